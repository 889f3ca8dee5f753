import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { Input } from './engine/input.ts'
import type { Scheme } from './engine/scheme.ts'

interface EntryRow {
  org_id: string
  input_key: string
  input: Input
}

/** The values entered by hand for a scheme and period, the latest of each, as known through a ledger number. */
export async function enteredInputs(
  db: Db,
  scheme: Scheme,
  period: string,
  orgIds: readonly string[],
  through: number | undefined,
): Promise<Map<string, Record<string, Input>>> {
  const { rows } = await sql<EntryRow>`
    select distinct on (e.org_id, e.input_key) e.org_id, e.input_key, e.input
    from evaluation.entry e
    join ${ledgerAsOf(through)} f on f.org_id = e.org_id and f.subject = e.id and f.kind = 'value.entered'
    where e.org_id = any(${[...orgIds]}::uuid[]) and e.scheme_key = ${scheme.key} and e.period = ${period}
    order by e.org_id, e.input_key, e.entered_at desc, e.id desc`.execute(db)
  const byOrg = Map.groupBy(rows, (r) => r.org_id)
  return new Map([...byOrg].map(([id, of]) => [id, Object.fromEntries(of.map((r) => [r.input_key, r.input]))]))
}
