import type { Actor } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import { conflict, type Refusal } from '#kernel/errors.ts'
import { EFFECT_RULE } from './contract.ts'
import { effectsOf } from './store.ts'

/**
 * Refuses to nominate somebody for `what` (a Chinese noun: 评先评优) while a sanction keeps its effect on `day`. Who may read sanctions
 * at the homes of all of them is told the person, the first day without effect and the rule; anybody else only whom to ask. Undefined
 * when nothing stands in the way.
 */
export async function sanctionedRefusal(
  { db, actor }: { db: Db; actor: Actor },
  personIds: readonly string[],
  day: string,
  what: string,
  field: string,
): Promise<Refusal | undefined> {
  const effects = await effectsOf(db, personIds, day)
  if (effects.length === 0) return undefined
  if (!effects.every(({ paths }) => paths.every((path) => actor.holds('merits.discipline', path) === true))) {
    const asked = conflict('ask-discipline', `不能直接提名${what}，请先请纪检委员核对`)
    asked.more.fields = { [field]: ['请先请纪检委员核对'] }
    return asked
  }
  const who = effects.map(({ name, until }) => `${name}在处分影响期内，${until ? `${until} 起` : '恢复权利后再满两年'}才可以`).join('；')
  const refusal = conflict('sanction-in-effect', `不能提名${what}：${who}。依据：${EFFECT_RULE}。影响期登记有误的，请纪检委员先更正`)
  refusal.more.fields = { [field]: ['有人在处分影响期内'] }
  return refusal
}
