import { sql } from 'kysely'
import { z } from 'zod'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { Notice } from '../contract.ts'
import { wake } from '../listeners.ts'

/** Who is nobody in the organisation (the console, an officer without a person) is told nothing. */
const me = ({ actor }: Ctx) => actor.personId

export const list = query('notifications.list', {
  title: '我的消息',
  input: Paged.extend({ unread: z.boolean().default(false) }),
  output: pageOf(Notice),
  may: anyone,
  run: async (ctx, { after, limit, unread }) => {
    const order = [
      { by: sql`at`, desc: true },
      { by: sql`id`, desc: true },
    ]
    const { rows } = await sql<{ id: string; text: string; open: string; at: Date; read: boolean; cursor: string }>`
      select id, text, open, at, at::text as cursor, read_at is not null as read from notifications.notice
      where person_id = ${me(ctx)} and ${unread ? sql`read_at is null` : sql`true`} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (r) => [r.cursor, r.id])
    return { items: items.map(({ cursor: _, at, ...row }) => ({ ...row, at: at.toISOString() })), next }
  },
})

export const count = query('notifications.count', {
  title: '有几条没看的消息',
  input: z.object({}),
  output: z.object({ unread: z.int() }),
  may: anyone,
  run: async (ctx) => {
    const { rows } = await sql<{ unread: number }>`
      select count(*)::int as unread from notifications.notice where person_id = ${me(ctx)} and read_at is null`.execute(ctx.db)
    return rows[0]!
  },
})

export const read = command('notifications.read', {
  title: '标为已看',
  input: z.object({ ids: z.array(z.uuid()).max(200).describe('空的：全部') }),
  output: z.object({ count: z.int() }),
  may: anyone,
  run: async (ctx, { ids }) => {
    const which = ids.length > 0 ? sql`id = any(${ids}::uuid[])` : sql`true`
    const { rows } = await sql`update notifications.notice set read_at = ${ctx.now}
      where person_id = ${me(ctx)} and read_at is null and ${which} returning id`.execute(ctx.db)
    const { personId } = ctx.actor
    if (personId) ctx.afterCommit.push(() => wake([personId]))
    return { count: rows.length }
  },
})
