import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '换届选举',
  why: '登记候选人和当选',
  tables: ['elections.candidate'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`select coalesce(e.held_on, e.planned_on)::text as label,
        o.name || '换届：候选人' || case when c.elected_votes is not null then '，当选（' || c.elected_votes || ' 票）' else '' end as value
      from elections.candidate c join elections.election e on e.id = c.election_id join organisation.org o on o.id = e.org_id
      where c.person_id = ${personId} order by 1 desc limit 50`.execute(db)
    return rows
  },
}
