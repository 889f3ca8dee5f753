import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '任务和一岗双责',
  why: '写明谁牵头办、什么时候办',
  tables: ['tasks.duty_item'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`
      (select to_char(t.given_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as label,
        t.title || case when t.closed_on is not null then '（已办结）' else '' end as value
      from tasks.task t where t.lead_id = ${personId} order by t.given_at desc limit 100)
      union all (select i.year || ' 年一岗双责', i.text from tasks.duty_item i where i.person_id = ${personId} order by i.year desc limit 100)`.execute(
      db,
    )
    return rows
  },
}
