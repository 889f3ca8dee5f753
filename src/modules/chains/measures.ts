import { sql } from 'kysely'
import { daysBetween } from '#kernel/civilDate.ts'
import { measure, type Question } from '#kernel/measure.ts'
import { CHAIN_KINDS, type ChainKind, REPORT_DAYS, spanOf } from './contract.ts'

const READS = Object.keys({
  'lifeChain.opened': 1,
  'lifeChain.opinionSought': 1,
  'lifeChain.comparisonWritten': 1,
  'lifeChain.held': 1,
  'lifeChain.listed': 1,
  'lifeChain.reported': 1,
  'lifeChain.dropped': 1,
})

/** Of the steps of each 组织生活会 and 民主生活会 of the span, how many were taken: opinions, 对照检查, the meeting, the list, the report. */
export const chainSteps = measure({
  key: 'chains.steps',
  title: '组织生活会、民主生活会程序完整',
  filters: { kind: Object.keys(CHAIN_KINDS) },
  reads: READS,
  cases: async (q) =>
    (await chainsIn(q))
      .filter((c) => !q.filter.kind || c.kind === q.filter.kind)
      .map((c) => {
        const steps = {
          征求意见: c.opinions > 0,
          对照检查: c.written >= c.people,
          开会: c.heldOn !== null,
          列整改清单: c.listed > 0,
          ...(c.kind === 'democraticLifeMeeting' ? { 上报情况: c.reportedOn !== null } : {}),
        }
        const lacks = Object.entries(steps).filter(([, done]) => !done)
        const expected = Object.keys(steps).length
        const late = c.reportedOn && c.heldOn && daysBetween(c.heldOn, c.reportedOn) > REPORT_DAYS
        const said = lacks.length === 0 ? '各步都已办' : `缺：${lacks.map(([name]) => name).join('、')}`
        return {
          orgId: c.orgId,
          period: String(c.year),
          expected,
          met: expected - lacks.length,
          facts: c.facts,
          note: `${c.year} 年${CHAIN_KINDS[c.kind]}${said}${late ? `；会后 ${daysBetween(c.heldOn!, c.reportedOn!)} 天才上报，一般约 ${REPORT_DAYS} 日（核对原文）` : ''}`,
          ...(q.asAt < spanOf(c.year)[1] && lacks.length > 0 ? { due: false } : {}),
        }
      }),
})

export const chainMeasures = [chainSteps]

interface ChainFacts {
  orgId: string
  kind: ChainKind
  year: number
  people: number
  opinions: number
  written: number
  listed: number
  heldOn: string | null
  reportedOn: string | null
  facts: string[]
}

async function chainsIn({ db, facts, orgIds, from, to, asAt }: Question): Promise<ChainFacts[]> {
  const ids = sql`any(${[...orgIds]}::uuid[])`
  const { rows } = await sql<ChainFacts>`
    select a.org_id as "orgId", a.body ->> 'kind' as kind, (a.body ->> 'year')::int as year, (a.body ->> 'people')::int as people,
      count(*) filter (where s.kind = 'lifeChain.opinionSought')::int as opinions,
      count(distinct s.person_id) filter (where s.kind = 'lifeChain.comparisonWritten')::int as written,
      count(*) filter (where s.kind = 'lifeChain.listed')::int as listed,
      max(s.happened_on) filter (where s.kind = 'lifeChain.held') as "heldOn",
      max(s.happened_on) filter (where s.kind = 'lifeChain.reported') as "reportedOn",
      array_agg(s.id order by s.happened_on, s.id) as facts
    from ${facts} a join ${facts} s on s.org_id = ${ids} and s.org_id = a.org_id and s.subject = a.subject
      and (s.happened_on <= ${asAt}::date)
    where a.kind = 'lifeChain.opened' and a.org_id = ${ids}
      and (a.body ->> 'year')::int between ${Number(from.slice(0, 4))} and ${Number(to.slice(0, 4))}
    group by a.org_id, a.id, a.body having count(*) filter (where s.kind = 'lifeChain.dropped') = 0
    order by a.org_id, 3`.execute(db)
  return rows
}
