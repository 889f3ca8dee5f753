import { conflict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { restoreRights, suspendRights, takeBackRights } from '#modules/members/published.ts'

interface Whose {
  personId: string
  orgId: string
}

/** Without the three rights from the day of approval; answers the facts that say so. */
export async function withoutRights(ctx: Ctx, whose: Whose, from: string, restoredOn: string | null): Promise<string[]> {
  const before = ctx.facts.length
  await suspendRights(ctx, whose, from, 'onProbation')
  if (restoredOn) await restoreRights(ctx, whose, restoredOn)
  return ctx.facts.slice(before).map(({ id }) => id)
}

/** What was recorded of the rights counts no longer; refused when somebody else has taken it back meanwhile. */
export async function asIfNever(ctx: Ctx, personId: string, factIds: readonly string[]): Promise<void> {
  if (factIds.length === 0) return
  const taken = await takeBackRights(ctx, personId, factIds)
  if (taken === 0) throw conflict('rights-changed', '党员档案里的权利登记已经另行更正，请先在党员档案里核对')
}

export { restoreRights }
