import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { CHANNELS, type Channel } from '../contract.ts'

const Delivery = z.object({
  id: z.uuid(),
  channel: z.enum(Object.keys(CHANNELS) as [Channel, ...Channel[]]),
  /** Whom it goes to: a person's name or an organisation's; never the address. */
  to: z.string(),
  subject: z.string(),
  at: z.iso.datetime(),
  state: z.enum(['waiting', 'sent', 'failed', 'givenUp']),
  attempts: z.int(),
  failure: z.string().nullable(),
  nextAt: z.iso.datetime().nullable(),
})

interface Row {
  id: string
  channel: Channel
  to: string
  subject: string
  made_at: Date
  cursor: string
  due_at: Date
  sent_at: Date | null
  given_up_at: Date | null
  attempts: number
  failure: string | null
}

export const deliveries = query('notifications.deliveries', {
  title: '发出去的消息',
  input: Paged.extend({ orgId: z.uuid(), unsent: z.boolean().default(false) }),
  output: pageOf(Delivery),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'notifications.manage'),
  may: (actor, org) => actor.holds('notifications.manage', org.path),
  run: async (ctx, { after, limit, unsent }, org) => {
    const order = [
      { by: sql`d.made_at`, desc: true },
      { by: sql`d.id`, desc: true },
    ]
    const { rows } = await sql<Row>`
      select d.id, d.channel, coalesce(p.name, o.name) as "to", d.subject, d.made_at, d.made_at::text as cursor, d.due_at, d.sent_at,
        d.given_up_at, d.attempts, d.failure
      from notifications.delivery d
      left join organisation.person p on p.id = d.person_id
      left join organisation.org o on o.id = d.org_id
      where ${unsent ? sql`d.sent_at is null` : sql`true`} and ${afterCursor(order, after)}
        and (d.org_id is not null and ${ctx.actor.within('notifications.manage', 'o.path')}
          or d.person_id in (select m.person_id from members.membership m join organisation.org mo on mo.id = m.org_id
            where mo.path >= ${org.path} and mo.path < ${`${org.path}~`} and upper_inf(m.valid)))
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (r) => [r.cursor, r.id])
    return { items: items.map(cardOf), next }
  },
})

const cardOf = (r: Row): z.output<typeof Delivery> => {
  const state = r.sent_at ? 'sent' : r.given_up_at ? 'givenUp' : r.attempts > 0 ? 'failed' : 'waiting'
  return {
    id: r.id,
    channel: r.channel,
    to: r.to,
    subject: r.subject,
    at: r.made_at.toISOString(),
    state,
    attempts: r.attempts,
    failure: r.failure,
    nextAt: state === 'waiting' || state === 'failed' ? r.due_at.toISOString() : null,
  }
}
