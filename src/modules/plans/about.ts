import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '年度计划',
  why: '写明计划里的工作由谁负责',
  tables: ['plans.entry'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`select e.year || ' 年计划' as label, e.title as value
      from plans.entry e where e.lead_id = ${personId} order by e.due_on desc limit 100`.execute(db)
    return rows
  },
}
