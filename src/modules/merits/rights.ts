import { conflict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { restoreRights, suspendRights, takeBackRights } from '#modules/members/published.ts'

interface Whose {
  personId: string
  orgId: string
}

/** Without the three rights from the day of approval; answers the facts that say so. */
export const withoutRights = (ctx: Ctx, whose: Whose, from: string): Promise<string[]> =>
  recording(ctx, () => suspendRights(ctx, whose, from, 'onProbation'))

/** From `on` 留党察看 suspends nothing any more, whatever else does; answers the facts that say so. */
export const rightsAgain = (ctx: Ctx, whose: Whose, on: string): Promise<string[]> =>
  recording(ctx, () => restoreRights(ctx, whose, on, 'onProbation'))

async function recording(ctx: Ctx, change: () => Promise<void>): Promise<string[]> {
  const before = ctx.facts.length
  await change()
  return ctx.facts.slice(before).map(({ id }) => id)
}

/** What was recorded of the rights counts no longer; refused when somebody else has taken it back meanwhile. */
export async function asIfNever(ctx: Ctx, personId: string, factIds: readonly string[]): Promise<void> {
  const taken = await takeBackRights(ctx, personId, factIds)
  if (taken === 0) throw conflict('rights-changed', '党员档案里的权利登记已经另行更正，请先在党员档案里核对')
}
