import { type FactCtx, retract } from '#ledger/facts.ts'
import { factsAbout } from './correct.ts'
import { lifeFrom, type MemberFact } from './lives.ts'
import { replaceLife } from './rebuild.ts'

/**
 * Takes back facts about a person's rights, and makes the dated tables of this person again from what then counts, with what this
 * command has recorded itself. Answers how many of them still counted.
 */
export async function takeBackRights(ctx: FactCtx, personId: string, factIds: readonly string[]): Promise<number> {
  const recorded = await factsAbout(ctx.db, personId)
  const wrong = recorded.filter(({ id, kind }) => factIds.includes(id) && kind.startsWith('rights.'))
  for (const { id, orgId, kind } of wrong) retract(ctx, { orgId, factId: id, kind, reason: 'replaced' })
  const fresh = ctx.facts.filter((f) => f.personId === personId && f.kind.startsWith('rights.')) as unknown as MemberFact[]
  await replaceLife(ctx.db, personId, lifeFrom([...recorded.filter((fact) => !wrong.includes(fact)), ...fresh]))
  return wrong.length
}
