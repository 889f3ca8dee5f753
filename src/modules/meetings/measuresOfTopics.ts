import { sql } from 'kysely'
import { measure } from '#kernel/measure.ts'
import { HELD, held } from './measures.ts'

interface Listed {
  orgId: string
  subject: string
  id: string
  kind: 'topic.listed' | 'topic.dropped'
  year: number
  month: number
}

/** Of the topics on the 中心组's list whose month lies in the span, those that a session of that year took up. */
export const topicsHeld = measure({
  key: 'meetings.topics',
  title: '中心组年度专题：列入的已学习',
  reads: [...HELD, 'topic.listed', 'topic.dropped'],
  cases: async (q) => {
    const { rows } = await sql<Listed>`select f.org_id as "orgId", f.subject, f.id, f.kind, (f.body ->> 'year')::int as year,
        (f.body ->> 'month')::int as month
      from ${q.facts} f where f.kind in ('topic.listed', 'topic.dropped') and f.org_id = any(${[...q.orgIds]}::uuid[])
        and f.happened_on <= ${q.asAt}::date order by f.recorded_at, f.id`.execute(q.db)
    // A topic of March may be studied in May: the sessions of its whole year count.
    const year = { ...q, from: `${q.from.slice(0, 4)}-01-01`, to: `${q.to.slice(0, 4)}-12-31`, filter: {} }
    const sessions = await held(year)
    return [...Map.groupBy(rows, (r) => r.subject)].flatMap(([topic, steps]) => {
      const last = steps.at(-1)!
      const period = `${last.year}-${String(last.month).padStart(2, '0')}`
      if (last.kind === 'topic.dropped' || `${period}-31` < q.from || `${period}-01` > q.to) return []
      const session = sessions.find((m) => m.topicIds?.includes(topic) && m.on.startsWith(String(last.year)))
      const says = session ? `${session.on} 已学习` : '还没有学习'
      return [
        {
          orgId: last.orgId,
          period,
          expected: 1,
          met: session ? 1 : 0,
          facts: session ? [last.id, ...session.facts] : [last.id],
          note: `列在 ${last.year} 年 ${last.month} 月的专题，${says}`,
          ...(!session && q.asAt <= `${last.year}-12-31` ? { due: false } : {}),
        },
      ]
    })
  },
})
