import { sql } from 'kysely'
import { measure } from '#kernel/measure.ts'

interface Row {
  orgId: string
  subject: string
  id: string
  kind: 'regulation.enacted' | 'regulation.reviewed' | 'regulation.repealed'
  on: string
  reviewOn: string | null
}

/** Of the reviews of its own regulations that came due in the span, how many an organisation had done by that day. */
export const reviewedInTime = measure({
  key: 'rulebook.reviewed',
  title: '制度按期复审',
  reads: ['regulation.enacted', 'regulation.reviewed', 'regulation.repealed'],
  cases: async (q) => {
    const { rows } = await sql<Row>`select f.org_id as "orgId", f.subject, f.id, f.kind, f.happened_on as on,
        coalesce(f.body ->> 'reviewOn', f.body ->> 'nextOn') as "reviewOn"
      from ${q.facts} f where f.kind = any(${['regulation.enacted', 'regulation.reviewed', 'regulation.repealed']}::text[])
        and f.org_id = any(${[...q.orgIds]}::uuid[]) and f.happened_on <= ${q.asAt}::date order by f.happened_on, f.recorded_at, f.id`.execute(
      q.db,
    )
    return [...Map.groupBy(rows, (r) => r.subject).values()].flatMap((steps) =>
      steps.flatMap((step, i) => {
        const due = step.reviewOn
        if (!due || due < q.from || due > q.to) return []
        const next = steps[i + 1]
        const done = next !== undefined && next.on <= due
        const says = next
          ? `${next.on} ${{ 'regulation.enacted': '修订', 'regulation.reviewed': '复审', 'regulation.repealed': '废止' }[next.kind]}`
          : '还没有复审'
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
