import type { Db } from '#kernel/database.ts'
import { conflict, type Refusal } from '#kernel/errors.ts'
import { EFFECT_RULE } from './contract.ts'
import { effectsOf } from './store.ts'

/**
 * Refuses to nominate somebody for `what` (a Chinese noun: 评先评优) while a sanction keeps its effect on `day`; names the person, the
 * first day without effect and the rule. Undefined when nothing stands in the way.
 */
export async function sanctionedRefusal(
  db: Db,
  personIds: readonly string[],
  day: string,
  what: string,
  field: string,
): Promise<Refusal | undefined> {
  const effects = await effectsOf(db, personIds, day)
  if (effects.size === 0) return undefined
  const who = [...effects.values()].map(({ name, until }) => `${name}在处分影响期内，${until} 起才可以`).join('；')
  const refusal = conflict('sanction-in-effect', `不能提名${what}：${who}。依据：${EFFECT_RULE}。影响期登记有误的，请纪检委员先更正`)
  refusal.more.fields = { [field]: ['有人在处分影响期内'] }
  return refusal
}
