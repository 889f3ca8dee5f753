import { sql } from 'kysely'
import { measure, type Question } from '#kernel/measure.ts'
import { COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { coverage, type InCircle, type Pair } from './contract.ts'

const READS = ['talk.held', 'membership.began', 'membership.ended', 'standing.changed', 'post.began', 'post.ended'] as const

/** Of the members of each organisation at the end of the span, how many had the talks of the year that 支部工作条例 names. */
export const talksHeld = measure({
  key: 'talks.covered',
  title: '谈心谈话覆盖',
  reads: [...READS],
  cases: async (q) => {
    const day = q.asAt < q.to ? q.asAt : q.to
    const [circles, talks] = await Promise.all([circlesFrom(q, day), talksIn(q, day)])
    return q.orgIds.flatMap((orgId) => {
      const circle = circles.get(orgId) ?? []
      if (circle.length < 2) return []
      const told = talks.get(orgId) ?? []
      const covered = [...coverage(circle, told).values()].filter((c) => c.missing.length === 0).length
      return [
        {
          orgId,
          period: q.to.slice(0, 4),
          expected: circle.length,
          met: covered,
          facts: told.map((t) => t.fact),
          note: `${day} 在册 ${circle.length} 人，${covered} 人已与委员谈过（委员与其他委员都谈过），还差 ${circle.length - covered} 人（支部工作条例：每年一般不少于 1 次）`,
          ...(q.asAt < q.to && covered < circle.length ? { due: false } : {}),
        },
      ]
    })
  },
})

export const talkMeasures = [talksHeld]

async function talksIn({ db, facts, orgIds, from, to }: Question, day: string): Promise<Map<string, (Pair & { fact: string })[]>> {
  const { rows } = await sql<Pair & { orgId: string; fact: string }>`select org_id as "orgId", id as fact, body ->> 'aId' as "aId",
      body ->> 'bId' as "bId" from ${facts} f
    where f.kind = 'talk.held' and f.org_id = any(${[...orgIds]}::uuid[]) and f.happened_on between ${from}::date and ${to}::date
      and f.happened_on <= ${day}::date order by f.happened_on, f.id`.execute(db)
  return Map.groupBy(rows, (r) => r.orgId)
}

/** Who was on the roster of each organisation on `day`, and who sat on its committee, from their facts. */
async function circlesFrom({ db, facts, orgIds }: Question, day: string): Promise<Map<string, InCircle[]>> {
  const ids = sql`any(${[...orgIds]}::uuid[])`
  const { rows: members } = await sql<{ orgId: string; personId: string }>`select b.org_id as "orgId", b.person_id as "personId"
    from ${facts} b
    left join ${facts} e on e.org_id = ${ids} and e.org_id = b.org_id and e.subject = b.subject and e.kind = 'membership.ended'
      and e.happened_on <= ${day}::date
    left join (select distinct on (s.org_id, s.person_id) s.org_id, s.person_id, s.body ->> 'standing' as standing from ${facts} s
      where s.kind = 'standing.changed' and s.org_id = ${ids} and s.happened_on <= ${day}::date
      order by s.org_id, s.person_id, s.happened_on desc, s.id desc) c on c.org_id = b.org_id and c.person_id = b.person_id
    where b.kind = 'membership.began' and b.org_id = ${ids} and b.happened_on <= ${day}::date and e.id is null
      and coalesce(c.standing, b.body ->> 'standing') in ('fullMember', 'probationaryMember')`.execute(db)
  const { rows: posts } = await sql<{ orgId: string; personId: string }>`select distinct b.org_id as "orgId", b.person_id as "personId"
    from ${facts} b
    left join ${facts} e on e.org_id = ${ids} and e.org_id = b.org_id and e.subject = b.subject and e.kind = 'post.ended'
      and e.happened_on <= ${day}::date
    where b.kind = 'post.began' and b.org_id = ${ids} and b.happened_on <= ${day}::date and e.id is null
      and b.body ->> 'role' = any(${[...COMMITTEE_POSTS]})`.execute(db)
  const [byOrg, sitting] = [Map.groupBy(members, (m) => m.orgId), Map.groupBy(posts, (m) => m.orgId)]
  return new Map(
    orgIds.map((orgId) => {
      const committee = new Set((sitting.get(orgId) ?? []).map((p) => p.personId))
      const people = new Set([...(byOrg.get(orgId) ?? []).map((p) => p.personId), ...committee])
      return [orgId, [...people].sort().map((personId) => ({ personId, committee: committee.has(personId) }))]
    }),
  )
}
