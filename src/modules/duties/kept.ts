import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { NOWHERE } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { Period } from '#kernel/period.ts'
import { sizeNow } from '#ledger/reading.ts'
import { chunksOf } from './branches.ts'
import { casesOf } from './cases.ts'
import type { Standing } from './contract.ts'
import { standingIn } from './standing.ts'

interface Kept {
  through: number
  standings: Map<string, Standing>
}

const KEPT = 8
const memory = new Map<string, Kept>()

/**
 * How branches stand in the quarter of a day, in their order. What was reckoned before for the same organisation and day is kept in this
 * process; only branches that facts have touched since are reckoned again. `orgId` is the organisation that is looked at.
 */
export async function standingsOf<B extends { id: string }>(
  ctx: Pick<Ctx, 'db'>,
  orgId: string,
  branches: readonly B[],
  { quarter, day }: { quarter: Period; day: string },
): Promise<(B & Standing)[]> {
  const key = `${orgId} ${quarter.key} ${day}`
  const through = await sizeNow(ctx.db)
  const kept = memory.get(key)
  const touched = kept && kept.through <= through ? await touchedSince(ctx.db, kept.through) : undefined
  const known = kept && touched && !touched.has(NOWHERE) ? kept.standings : new Map<string, Standing>()
  const standings = new Map([...known].filter(([id]) => !touched?.has(id)))
  for (const part of chunksOf(branches.filter(({ id }) => !standings.has(id)))) {
    const ids = part.map((b) => b.id)
    const byOrg = Map.groupBy(await casesOf(ctx, ids, quarter.from, quarter.to, day), (c) => c.orgId)
    for (const id of ids) standings.set(id, standingIn(byOrg.get(id) ?? [], quarter, day))
  }
  memory.delete(key)
  memory.set(key, { through, standings })
  for (const old of [...memory.keys()].slice(0, -KEPT)) memory.delete(old)
  return branches.map((b) => ({ ...b, ...standings.get(b.id)! }))
}

/** The organisations of facts after a number, those waiting for one included, and all that ever stood below them. */
async function touchedSince(db: Db, through: number): Promise<Set<string>> {
  const { rows } = await sql<{ org_id: string }>`
    with fresh as (select org_id from ledger.entry where n > ${through} union select org_id from ledger.pending)
    select org_id from fresh
    union select o.org_id from fresh f join organisation.placement a on a.org_id = f.org_id
      join organisation.placement o on o.path > a.path and o.path < a.path || '~'`.execute(db)
  return new Set(rows.map((r) => r.org_id))
}
