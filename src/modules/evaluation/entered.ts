import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { conflict } from '#kernel/errors.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { Input } from './engine/input.ts'
import { canonicalJson } from './engine/load.ts'
import type { Scheme } from './engine/scheme.ts'

/** What the ledger's digest of an entry binds. */
export interface Entered {
  orgId: string
  schemeKey: string
  inputKey: string
  period: string
  input: Input
  source: string
}

/** SHA-256 (hex) of an entry's place, content and source. */
export const digestOf = ({ orgId, schemeKey, inputKey, period, input, source }: Entered): string =>
  createHash('sha256').update(canonicalJson({ orgId, schemeKey, inputKey, period, input, source })).digest('hex')

/** The values entered by hand for a scheme and period, the latest of each, as known through a ledger number. */
export async function enteredInputs(
  db: Db,
  scheme: Scheme,
  period: string,
  orgIds: readonly string[],
  through: number | undefined,
): Promise<Map<string, Record<string, Input>>> {
  const { rows } = await sql<Entered & { told: string }>`
    select distinct on (e.org_id, e.input_key) e.org_id as "orgId", e.scheme_key as "schemeKey", e.input_key as "inputKey",
      e.period, e.input, e.source, f.body->>'digest' as told
    from evaluation.entry e
    join ${ledgerAsOf(through)} f on f.org_id = e.org_id and f.subject = e.id and f.kind = 'value.entered'
    where e.org_id = any(${[...orgIds]}::uuid[]) and e.scheme_key = ${scheme.key} and e.period = ${period}
    order by e.org_id, e.input_key, e.entered_at desc, e.id desc`.execute(db)
  for (const row of rows) if (digestOf(row) !== row.told) throw altered(row)
  const byOrg = Map.groupBy(rows, (r) => r.orgId)
  return new Map([...byOrg].map(([id, of]) => [id, Object.fromEntries(of.map((r) => [r.inputKey, r.input]))]))
}

const altered = ({ inputKey }: Entered) =>
  conflict('entry-altered', `「${inputKey}」的填报数据与账本里的摘要不符，可能被绕过系统改动，不能用来计算。请先校验账本，再重新填报这一项`)
