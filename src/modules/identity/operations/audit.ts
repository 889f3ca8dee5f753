import { sql } from 'kysely'
import { addDays } from '#kernel/civilDate.ts'
import { query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { AuditEntry, AuditFilter } from '../officersContract.ts'
import { services } from '../services.ts'

interface Row {
  id: string
  at: Date
  who: string
  operation: string
  subject: string | null
  outcome: string
  request_id: string
  source: string | null
}

export const audit = query('identity.audit', {
  title: '操作留痕',
  input: AuditFilter.extend(Paged.shape),
  output: pageOf(AuditEntry),
  may: (actor) => actor.holds('identity.readAudit', '/'),
  run: async (ctx, { from, until, operation, who, outcome, after, limit }) => {
    // The ids are made in the order of time.
    const order = [{ by: sql`id`, desc: true }]
    const filters = [
      from ? sql`at >= ${midnight(from)}` : sql`true`,
      until ? sql`at < ${midnight(addDays(until, 1))}` : sql`true`,
      operation ? sql`operation = ${operation}` : sql`true`,
      who ? sql`who = ${who}` : sql`true`,
      outcome === 'done' ? sql`outcome = 'done'` : outcome === 'refused' ? sql`outcome <> 'done'` : sql`true`,
    ]
    const { rows } = await sql<Row>`select id, at, who, operation, subject, outcome, request_id, source from kernel.audit
      where ${sql.join(filters, sql` and `)} and ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.id])
    return {
      ...page,
      items: page.items.map(({ at, request_id, ...row }) => ({
        ...row,
        at: at.toISOString(),
        title: services().titleOf?.(row.operation) ?? row.operation,
        requestId: request_id,
      })),
    }
  },
})

const midnight = (day: string) => new Date(`${day}T00:00:00+08:00`)
