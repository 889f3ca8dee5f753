import { sql } from 'kysely'
import { measure } from '#kernel/measure.ts'

interface Row {
  orgId: string
  subject: string
  id: string
  kind: 'regulation.enacted' | 'regulation.reviewed' | 'regulation.repealed'
  edition: number
  /** When it took effect, or was registered if that was earlier: a revision registered in time was done in time. */
  on: string
  reviewOn: string | null
}

const TOLD = { 'regulation.enacted': '修订', 'regulation.reviewed': '复审', 'regulation.repealed': '废止' } as const

/** What ended the wait for a review of one edition: the review of that edition, a newer edition, or the end of the regulation. */
const endsWait = (step: Row, later: Row): boolean =>
  later.kind === 'regulation.reviewed'
    ? later.edition === step.edition
    : later.kind === 'regulation.enacted'
      ? later.edition > step.edition
      : true

/** Of the reviews of its own regulations that came due in the span, how many an organisation had done by that day. */
export const reviewedInTime = measure({
  key: 'rulebook.reviewed',
  title: '制度按期复审',
  reads: ['regulation.enacted', 'regulation.reviewed', 'regulation.repealed'],
  cases: async (q) => {
    const { rows } = await sql<Row>`select f.org_id as "orgId", f.subject, f.id, f.kind, (f.body ->> 'edition')::int as edition,
        least(f.happened_on, (f.recorded_at at time zone 'Asia/Shanghai')::date) as on,
        coalesce(f.body ->> 'reviewOn', f.body ->> 'nextOn') as "reviewOn"
      from ${q.facts} f where f.kind = any(${['regulation.enacted', 'regulation.reviewed', 'regulation.repealed']}::text[])
        and f.org_id = any(${[...q.orgIds]}::uuid[]) and least(f.happened_on, (f.recorded_at at time zone 'Asia/Shanghai')::date) <= ${q.asAt}::date
      order by f.recorded_at, f.id`.execute(q.db)
    return [...Map.groupBy(rows, (r) => r.subject).values()].flatMap((steps) =>
      steps.flatMap((step, i) => {
        const due = step.reviewOn
        if (!due || due < q.from || due > q.to) return []
        const next = steps.slice(i + 1).find((later) => endsWait(step, later))
        const done = next !== undefined && next.on <= due
        const says = next ? `${next.on} ${TOLD[next.kind]}` : '还没有复审'
        return {
          orgId: step.orgId,
          period: due.slice(0, 7),
          expected: 1,
          met: done ? 1 : 0,
          facts: next ? [step.id, next.id] : [step.id],
          note: `一项制度应于 ${due} 前复审，${says}`,
          ...(!done && due >= q.asAt ? { due: false } : {}),
        }
      }),
    )
  },
})
