import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, forbidden } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { FEEDS, Feed } from '../contract.ts'
import { hashOf, newToken } from '../feed.ts'

export const feeds = query('calendar.feeds', {
  title: '我的日历订阅',
  input: z.object({}),
  output: z.object({ items: z.array(Feed) }),
  may: anyone,
  run: async (ctx) => {
    const { rows } = await sql<{ id: string; orgName: string | null; madeAt: Date; readOn: string | null }>`
      select f.id, coalesce(o.short_name, o.name) as "orgName", f.made_at as "madeAt", f.read_on as "readOn"
      from calendar.feed f left join organisation.org o on o.id = f.org_id
      where f.person_id = ${ctx.actor.personId}::uuid and f.revoked_at is null order by f.made_at, f.id limit ${FEEDS}`.execute(ctx.db)
    return { items: rows.map(({ madeAt, ...row }) => ({ ...row, madeOn: dateAt(madeAt) })) }
  },
})

export const makeFeed = command('calendar.makeFeed', {
  title: '生成日历订阅链接',
  /** Without an organisation: one's own calendar. */
  input: z.object({ orgId: z.uuid().nullable().default(null) }),
  output: z.object({ id: z.uuid(), path: z.string().describe('只在这时显示一次') }),
  secret: true,
  load: async (ctx: Ctx, { orgId }) => {
    if (!orgId) return { org: undefined }
    const org = await orgSeen(ctx, orgId, 'meetings.read')
    return org && { org }
  },
  may: (actor, { org }) => {
    if (!actor.personId) return forbidden('no-person', '这个账号不是某个人的，没有日程')
    return org === undefined || actor.holds('meetings.read', org.path)
  },
  run: async (ctx, { orgId }) => {
    const person = ctx.actor.personId!
    await sql`select id from organisation.person where id = ${person} for no key update`.execute(ctx.db)
    const { rows } = await sql`select id from calendar.feed where person_id = ${person} and revoked_at is null`.execute(ctx.db)
    if (rows.length >= FEEDS) throw conflict('too-many-feeds', `最多同时有 ${FEEDS} 个订阅链接，请先停用不用的`)
    const id = newId()
    const token = newToken()
    await sql`insert into calendar.feed (id, person_id, org_id, token_hash, made_at)
      values (${id}, ${person}, ${orgId}::uuid, ${hashOf(token)}, ${ctx.now})`.execute(ctx.db)
    return { id, path: `/calendar/feed/${token}.ics` }
  },
})

export const revokeFeed = command('calendar.revokeFeed', {
  title: '停用日历订阅链接',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx: Ctx, { id }) => {
    const { rows } = await sql<{ id: string }>`select id from calendar.feed
      where id = ${id} and person_id = ${ctx.actor.personId}::uuid and revoked_at is null for update`.execute(ctx.db)
    return rows[0]
  },
  may: anyone, // one's own only, by load
  run: async (ctx, { id }) => {
    await sql`update calendar.feed set revoked_at = ${ctx.now} where id = ${id}`.execute(ctx.db)
    return { id }
  },
})
