import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '会议到会',
  why: '计算到会、应到和学习时间',
  tables: ['meetings.attendance', 'meetings.invited', 'meetings.left_out', 'meetings.topic'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`select m.held_on::text as label,
        m.title || case when a.present then '：到会' else '：缺席' || coalesce('，' || nullif(a.note, ''), '') end as value
      from meetings.attendance a join meetings.meeting m on m.org_id = a.org_id and m.id = a.meeting_id
      where a.person_id = ${personId} order by m.held_on desc, m.id limit 200`.execute(db)
    const { rows: left } = await sql<{ label: string; value: string }>`select p.held_on::text as label,
        p.title || '：登记为选举时不计入应到会' as value
      from meetings.left_out l join meetings.plan p on p.org_id = l.org_id and p.id = l.plan_id
      where l.person_id = ${personId} order by p.held_on desc limit 20`.execute(db)
    const { rows: spoke } = await sql<{
      label: string
      value: string
    }>`select t.year || ' 年中心组专题' as label, t.title || '：主讲' as value
      from meetings.topic t where t.speaker_id = ${personId} order by t.year desc, t.month limit 50`.execute(db)
    return [...rows, ...left, ...spoke]
  },
}
