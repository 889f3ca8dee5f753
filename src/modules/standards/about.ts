import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '联系帮助整顿支部',
  why: '写明由谁联系帮助，办了什么',
  tables: ['standards.overhaul'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`select v.begun_on::text as label, '联系帮助' || o.name as value
      from standards.overhaul v join organisation.org o on o.id = v.org_id where v.helper_id = ${personId}
      order by v.begun_on desc limit 50`.execute(db)
    return rows
  },
}
