import type { Ctx } from '#kernel/operation.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { knownFrom } from './load.ts'
import { type DutyCase, dutiesOf } from './owed.ts'

/** What these organisations owe in the asked days, live. Whole years are read: a yearly duty is judged on its whole year. */
export async function casesOf(
  ctx: Pick<Ctx, 'db'>,
  orgIds: readonly string[],
  from: string,
  to: string,
  asAt: string,
): Promise<DutyCase[]> {
  const known = await knownFrom(ctx.db, ledgerAsOf(), orgIds, `${from.slice(0, 4)}-01-01`, `${to.slice(0, 4)}-12-31`)
  return orgIds.flatMap((id) => dutiesOf(known, id, { from, to, asAt }))
}
