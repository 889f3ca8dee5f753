import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { MeetingCard, MeetingKind, meetingLife } from '../contract.ts'
import { meetingsPlaced, type Seen, seenColumns, seenOrg } from '../find.ts'
import { seesText } from '../policy.ts'
import { cardOf } from './card.ts'

const newestFirst: OrderBy[] = [
  { by: sql`m.held_on`, desc: true },
  { by: sql`m.id`, desc: true },
]

export const listMeetings = query('meetings.list', {
  title: '看会议列表',
  input: Paged.extend({
    orgId: z.uuid().optional(),
    year: z.int().min(1949).max(2100).optional(),
    kind: MeetingKind.optional(),
    ownKindId: z.uuid().optional(),
    state: z.enum(meetingLife.states).optional(),
  }),
  output: pageOf(MeetingCard),
  may: (actor) => actor.holdsAnywhere('meetings.read'),
  run: async (ctx, { orgId, year, kind, ownKindId, state, after, limit }) => {
    const org = orgId ? await seenOrg(ctx, orgId) : undefined
    if (orgId && !org) return { items: [], next: null }
    const rows = await meetingsWhere(
      ctx,
      sql`${inSubtree(org?.path)} and ${year ? sql`m.held_on >= ${`${year}-01-01`}::date and m.held_on <= ${`${year}-12-31`}::date` : sql`true`}
        and ${ownKindId ? sql`m.own_kind_id = ${ownKindId}` : sql`true`}
        and ${kind ? sql`${kind} = any(m.kinds)` : sql`true`} and ${state ? sql`m.state = ${state}` : sql`true`}
        and ${afterCursor(newestFirst, after)}`,
      limit + 1,
    )
    const { items, next } = cut(rows, limit, (r) => [r.held_on, r.id])
    return { items: items.map((m) => cardOf(m, !seesText(ctx.actor, m))), next }
  },
})

export const month = query('meetings.month', {
  title: '看一个月的组织生活',
  input: z.object({ orgId: z.uuid(), month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份写成 2026-09') }),
  output: z.object({ items: z.array(MeetingCard) }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.read', org.path),
  run: async (ctx, { month }, org) => {
    const rows = await meetingsWhere(
      ctx,
      sql`${inSubtree(org.path)} and m.held_on >= ${`${month}-01`}::date and m.held_on < ${`${month}-01`}::date + interval '1 month'
        and m.state <> 'cancelled'`,
      500,
    )
    return { items: rows.toReversed().map((m) => cardOf(m, !seesText(ctx.actor, m))) }
  },
})

export const unsigned = query('meetings.unsigned', {
  title: '看七天没有签字的会议记录',
  input: z.object({ orgId: z.uuid(), day: z.iso.date().optional() }),
  output: z.object({ items: z.array(MeetingCard) }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.read', org.path),
  run: async (ctx, { day }, org) => {
    const rows = await meetingsWhere(ctx, sql`${inSubtree(org.path)} and ${unsignedFor7Days(day ?? dateAt(ctx.now))}`, 200)
    return { items: rows.map((m) => cardOf(m, !seesText(ctx.actor, m))) }
  },
})

/** Submitted on a day seven days or more before, and still without a signature. */
export const unsignedFor7Days = (day: string): RawBuilder<boolean> =>
  sql<boolean>`m.state = 'submitted' and m.recorded_at < (${addDays(day, -6)}::date)::timestamp at time zone 'Asia/Shanghai'`

export const inSubtree = (path: string | undefined): RawBuilder<boolean> =>
  path === undefined ? sql<boolean>`true` : sql<boolean>`o.path >= ${path} and o.path < ${beyond(path)}`

/** Meetings the actor may know of, newest first. */
export async function meetingsWhere(ctx: Ctx, condition: RawBuilder<unknown>, limit: number): Promise<Seen[]> {
  const { rows } = await sql<Seen>`select ${seenColumns} from ${meetingsPlaced}
    where ${ctx.actor.within('meetings.read', 'o.path')} and ${condition}
    order by ${orderOf(newestFirst)} limit ${limit}`.execute(ctx.db)
  return rows
}
