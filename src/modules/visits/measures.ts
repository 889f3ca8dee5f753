import { sql } from 'kysely'
import { measure } from '#kernel/measure.ts'

/** Of the 组织生活会 and 民主生活会 held, how many a guide of a superior attended and left comments on. */
export const lifeGuided = measure({
  key: 'visits.life-guided',
  title: '组织生活会、民主生活会有上级督导',
  reads: ['meeting.held', 'meeting.cancelled', 'visit.made'],
  cases: async ({ db, facts, orgIds, from, to, asAt }) => {
    const ids = sql`any(${[...orgIds]}::uuid[])`
    const { rows } = await sql<{ orgId: string; on: string; held: string; visit: string | null }>`
      select m.org_id as "orgId", m.happened_on as on, m.id as held, min(v.id::text) as visit from ${facts} m
      left join ${facts} v on v.org_id = ${ids} and v.org_id = m.org_id and v.kind = 'visit.made' and v.body ->> 'meetingId' = m.subject::text
      left join ${facts} x on x.org_id = ${ids} and x.org_id = m.org_id and x.kind = 'meeting.cancelled' and x.subject = m.subject
      where m.kind = 'meeting.held' and m.org_id = ${ids} and x.id is null
        and (m.body -> 'kinds' @> '"orgLifeMeeting"' or m.body -> 'kinds' @> '"democraticLifeMeeting"')
        and m.happened_on between ${from}::date and ${to}::date and m.happened_on <= ${asAt}::date
      group by m.org_id, m.happened_on, m.id order by 1, 2, 3`.execute(db)
    return rows.map(({ orgId, on, held, visit }) => ({
      orgId,
      period: on.slice(0, 4),
      expected: 1,
      met: visit ? 1 : 0,
      facts: visit ? [held, visit] : [held],
      note: `${on} 的${visit ? '会有上级督导，留有意见' : '会没有上级督导意见'}`,
    }))
  },
})

export const visitMeasures = [lifeGuided]
