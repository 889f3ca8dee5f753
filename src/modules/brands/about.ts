import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '支部品牌',
  why: '写明由谁负责创建',
  tables: [],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{
      label: string
      value: string
    }>`select b.begun_on::text as label, '负责支部品牌「' || b.name || '」' as value
      from brands.brand b where b.lead_id = ${personId} order by b.begun_on desc limit 50`.execute(db)
    return rows
  },
}
