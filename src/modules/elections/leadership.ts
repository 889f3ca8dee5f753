import { sql } from 'kysely'
import { type Case, measure, type Question } from '#kernel/measure.ts'
import { BRANCH_KINDS, COMMITTEE_POSTS, POSTS, type PostRole } from '#modules/organisation/contract.ts'

/** 支部委员会 of three to five, seven at most (《中国共产党支部工作条例（试行）》第六章). */
const MOST_SEATS = 7
const REFILLED = ['partySecretary', 'deputySecretary'] as const
const WANTS = ['secretary', 'size', 'vacancies', 'whole'] as const

/**
 * How a branch is led on the last day of the span, one case each: 书记 in office, no more seats than the rules allow, 书记 and 副书记
 * filled again where somebody left, or all of these together. Who is led by posts that were never filled lacks the 书记 only.
 */
export const leadership = measure({
  key: 'elections.leadership',
  title: '支部班子健全',
  filters: { want: WANTS },
  reads: ['org.founded', 'org.placed', 'org.dissolved', 'org.merged', 'post.began', 'post.ended'],
  cases: async (q) => {
    const day = q.asAt < q.to ? q.asAt : q.to
    const [branches, posts] = await Promise.all([branchesOn(q, day), postsUntil(q, day)])
    return branches.flatMap((orgId) => caseOf(orgId, posts.get(orgId) ?? [], (q.filter.want ?? 'whole') as (typeof WANTS)[number], day, q))
  },
})

interface Post {
  orgId: string
  role: PostRole
  personId: string
  from: string
  until: string | null
  facts: string[]
}

function caseOf(orgId: string, posts: readonly Post[], want: (typeof WANTS)[number], day: string, { from, to }: Question): Case[] {
  const now = posts.filter((p) => p.until === null || p.until > day)
  const seats = new Set(now.map((p) => p.personId)).size
  if (want === 'size' && seats === 0) return []
  const lacks: string[] = []
  if (want !== 'size' && want !== 'vacancies' && !now.some((p) => p.role === 'partySecretary')) lacks.push('没有书记')
  if ((want === 'size' || want === 'whole') && seats > MOST_SEATS) lacks.push(`委员 ${seats} 人，超过 ${MOST_SEATS} 人`)
  if (want === 'vacancies' || want === 'whole')
    for (const role of REFILLED) {
      const left = posts.filter((p) => p.role === role && p.until !== null && p.until > from && p.until <= day).at(-1)
      if (left && !now.some((p) => p.role === role)) lacks.push(`${POSTS[role]} ${left.until} 起空缺，没有补`)
    }
  const note = `${day} ${lacks.length === 0 ? `班子在任 ${seats} 人` : [...new Set(lacks)].join('；')}`
  return [{ orgId, period: to.slice(0, 4), expected: 1, met: lacks.length === 0 ? 1 : 0, facts: posts.flatMap((p) => p.facts), note }]
}

async function branchesOn({ db, facts, orgIds }: Question, day: string): Promise<string[]> {
  const { rows } = await sql<{ orgId: string }>`select org_id as "orgId" from ${facts} f
    where org_id = any(${[...orgIds]}::uuid[]) and kind in ('org.founded', 'org.placed', 'org.dissolved', 'org.merged')
      and happened_on <= ${day}::date
    group by org_id having not bool_or(kind in ('org.dissolved', 'org.merged'))
      and (array_agg(body ->> 'kind' order by happened_on desc, recorded_at desc, id desc)
        filter (where kind in ('org.founded', 'org.placed')))[1] = any(${[...BRANCH_KINDS]}::text[])
    order by org_id`.execute(db)
  return rows.map((r) => r.orgId)
}

/** Every seat that somebody had taken by `day`, in the order in which they were left. */
async function postsUntil({ db, facts, orgIds }: Question, day: string): Promise<Map<string, Post[]>> {
  const { rows } = await sql<Post>`select b.org_id as "orgId", b.body ->> 'role' as role, b.person_id as "personId", b.happened_on as from,
      e.happened_on as until, array_remove(array[b.id, e.id], null) as facts
    from ${facts} b left join ${facts} e on e.kind = 'post.ended' and e.org_id = any(${[...orgIds]}::uuid[]) and e.org_id = b.org_id
      and e.subject = b.subject
    where b.kind = 'post.began' and b.org_id = any(${[...orgIds]}::uuid[]) and b.body ->> 'role' = any(${[...COMMITTEE_POSTS]}::text[])
      and b.happened_on <= ${day}::date order by b.org_id, e.happened_on, b.id`.execute(db)
  return Map.groupBy(rows, (r) => r.orgId)
}
