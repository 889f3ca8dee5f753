import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '日历订阅',
  why: '让你自己的日历读到日程；链接只存散列',
  tables: ['calendar.feed'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`
      select to_char(made_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as label,
        case when revoked_at is null then '订阅链接在用' else '订阅链接已停用' end as value
      from calendar.feed where person_id = ${personId} order by made_at desc, id limit 50`.execute(db)
    return rows
  },
}
