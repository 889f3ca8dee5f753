import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '会议到会',
  why: '计算到会、应到和学习时间',
  tables: ['meetings.attendance', 'meetings.invited'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`select m.held_on::text as label,
        m.title || case when a.present then '：到会' else '：缺席' || coalesce('，' || nullif(a.note, ''), '') end as value
      from meetings.attendance a join meetings.meeting m on m.org_id = a.org_id and m.id = a.meeting_id
      where a.person_id = ${personId} order by m.held_on desc, m.id limit 200`.execute(db)
    return rows
  },
}
