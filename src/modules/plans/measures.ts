import { sql } from 'kysely'
import { measure } from '#kernel/measure.ts'

interface Row {
  orgId: string
  subject: string
  id: string
  kind: string
  on: string
  dueOn: string | null
  side: 'business' | 'party' | null
  measureId: string | null
}

const READS = ['planEntry.adopted', 'planEntry.paired', 'planEntry.unpaired', 'planEntry.ended']

/** Of the key business tasks that fall due in the span, those that had a Party measure beside them by its end (or by `asAt`). */
export const paired = measure({
  key: 'plans.paired',
  title: '重点业务任务配有党建举措',
  reads: READS,
  cases: async (q) => {
    const { rows } = await sql<Row>`select f.org_id as "orgId", f.subject, f.id, f.kind, f.happened_on as on, f.body ->> 'dueOn' as "dueOn",
        f.body ->> 'side' as side, f.body ->> 'measureId' as "measureId"
      from ${q.facts} f where f.kind = any(${READS}::text[]) and f.org_id = any(${[...q.orgIds]}::uuid[])
        and f.happened_on <= ${q.asAt}::date order by f.happened_on, f.recorded_at, f.id`.execute(q.db)
    const ended = new Set(rows.filter((r) => r.kind === 'planEntry.ended').map((r) => r.subject))
    return [...Map.groupBy(rows, (r) => r.subject)].flatMap(([task, steps]) => {
      const adopted = steps.find((s) => s.kind === 'planEntry.adopted')
      const due = adopted?.dueOn
      if (!adopted || !due || adopted.side !== 'business' || ended.has(task) || due < q.from || due > q.to) return []
      const beside = new Map<string, Row>()
      for (const s of steps)
        if (s.kind === 'planEntry.paired') beside.set(s.measureId!, s)
        else if (s.kind === 'planEntry.unpaired') beside.delete(s.measureId!)
      const standing = [...beside.values()].filter((s) => !ended.has(s.measureId!))
      return [
        {
          orgId: adopted.orgId,
          period: due.slice(0, 7),
          expected: 1,
          met: standing.length > 0 ? 1 : 0,
          facts: [adopted.id, ...standing.map((s) => s.id)],
          ...(standing.length === 0 && due >= q.asAt ? { due: false } : {}),
          note: `一项重点业务任务（${due} 前），${standing.length > 0 ? `配有党建举措 ${standing.length} 项` : '没有配党建举措'}`,
        },
      ]
    })
  },
})
