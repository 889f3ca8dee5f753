import { sql } from 'kysely'
import { measure } from '#kernel/measure.ts'
import { leadership } from './leadership.ts'

interface Ended {
  orgId: string
  id: string
  until: string
  extendedBy: string | null
  next: string | null
  nextFact: string | null
}

/** Of the terms of office that ended in the span, extensions approved, how many were followed by a new one in time. */
export const termsOnTime = measure({
  key: 'elections.terms-on-time',
  title: '按期换届',
  reads: ['term.began', 'term.extended', 'org.dissolved', 'org.merged'],
  cases: async ({ db, facts, orgIds, from, to, asAt }) => {
    const orgs = sql`any(${[...orgIds]}::uuid[])`
    const { rows } = await sql<Ended>`select * from (
      select b.org_id as "orgId", b.id, coalesce(x.body ->> 'until', b.body ->> 'until') as until, x.id as "extendedBy",
        n.happened_on as next, n.id as "nextFact"
      from (select f.*, lead(happened_on) over (partition by org_id order by happened_on, id) as follows,
          lead(id) over (partition by org_id order by happened_on, id) as follower
        from ${facts} f where kind = 'term.began' and org_id = ${orgs}) b
      left join lateral (select * from ${facts} k where k.kind = 'term.extended' and k.org_id = b.org_id and k.happened_on = b.happened_on
        order by k.recorded_at desc, k.id desc limit 1) x on true
      left join ${facts} n on n.org_id = b.org_id and n.org_id = ${orgs} and n.id = b.follower
      where not exists (select from ${facts} g where g.org_id = b.org_id and g.kind in ('org.dissolved', 'org.merged')
        and g.happened_on <= coalesce(x.body ->> 'until', b.body ->> 'until')::date)) t
      where t.until::date between ${from}::date and ${to}::date order by 1, 3`.execute(db)
    return rows.map(({ orgId, id, until, extendedBy, next, nextFact }) => {
      const met = next !== null && next <= until && next <= asAt
      const open = !met && until >= asAt
      const says = met ? `${next} 已换届` : next && next <= asAt ? `到 ${next} 才换届` : open ? '还在任期内' : '届满没有换届'
      return {
        orgId,
        period: until.slice(0, 4),
        expected: 1,
        met: met ? 1 : 0,
        facts: [id, extendedBy, nextFact].filter((f) => f !== null),
        note: `本届任期${extendedBy ? '经批准延期' : ''} ${until} 届满，${says}`,
        ...(open ? { due: false } : {}),
      }
    })
  },
})

export const electionMeasures = [termsOnTime, leadership]
