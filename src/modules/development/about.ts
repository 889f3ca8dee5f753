import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'
import { stepRule } from './steps.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '发展党员',
  why: '办理入党各步',
  tables: ['development.course', 'development.pairing'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ on: string; no: number }>`select s.taken_on as "on", s.no from development.step s
      join development.course c on c.org_id = s.org_id and c.id = s.course_id
      where c.person_id = ${personId} order by s.taken_on, s.no limit 100`.execute(db)
    return rows.map(({ on, no }) => ({ label: on, value: stepRule(no).title }))
  },
}
