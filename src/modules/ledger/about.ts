import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { titleOfKind } from './titles.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '账本里的实绩',
  why: '证明哪一天办过什么；只有编号、日期和种类',
  tables: ['ledger.fact'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ kind: string; n: number; last: string }>`select kind, count(*)::int as n, max(happened_on)::text as last
      from ${ledgerAsOf()} f where f.person_id = ${personId} group by kind order by kind limit 100`.execute(db)
    return rows.map(({ kind, n, last }) => ({ label: titleOfKind(kind), value: `${n} 条，最近 ${last}` }))
  },
}
