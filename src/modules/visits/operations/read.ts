import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { heldMeeting } from '#modules/meetings/published.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { TASK_STATES } from '#modules/tasks/contract.ts'
import { tasksFrom } from '#modules/tasks/published.ts'
import { VisitCard, VisitView } from '../contract.ts'
import { mayGuide, mayWithdraw, type SeenVisit, seenVisit, visitsWhere } from '../store.ts'

const newestFirst: OrderBy[] = [
  { by: sql`v.visited_on`, desc: true },
  { by: sql`v.id`, desc: true },
]

export const listVisits = query('visits.list', {
  title: '看督导意见',
  input: Paged.extend({ orgId: z.uuid(), year: z.int().min(2000).max(2100) }),
  output: pageOf(VisitCard),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'visits.read'),
  may: (actor, org) => actor.holds('visits.read', org.path),
  run: async (ctx, { year, after, limit }, org) => {
    const rows = await visitsWhere(
      ctx.db,
      sql`o.path >= ${org.path} and o.path < ${`${org.path}~`} and ${ctx.actor.within('visits.read', 'o.path')}
        and v.visited_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date and ${afterCursor(newestFirst, after)}`,
      sql`order by ${orderOf(newestFirst)} limit ${limit + 1}`,
    )
    const { items, next } = cut(rows, limit, (v) => [v.visited_on, v.id])
    return { items: items.map(cardOf), next }
  },
})

export const visitsOfMeeting = query('visits.ofMeeting', {
  title: '看一次会的督导意见',
  input: z.object({ orgId: z.uuid(), meetingId: z.uuid() }),
  output: z.object({ items: z.array(VisitCard), can: z.object({ make: z.boolean() }) }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'visits.read'),
  may: (actor, org) => actor.holds('visits.read', org.path),
  run: async (ctx, { orgId, meetingId }, org) => {
    const rows = await visitsWhere(
      ctx.db,
      sql`v.org_id = ${orgId} and v.meeting_id = ${meetingId} and v.withdrawn_reason is null`,
      sql`order by v.id limit 50`,
    )
    const made = rows.some((v) => v.guide_id === ctx.actor.personId)
    return { items: rows.map(cardOf), can: { make: !made && mayGuide(ctx.actor, org) === true } }
  },
})

export const getVisit = query('visits.get', {
  title: '看一份督导意见',
  input: z.object({ id: z.uuid() }),
  output: VisitView,
  load: seenVisit,
  may: (actor, v) => actor.holds('visits.read', v.path),
  run: async (ctx, _input, v) => {
    const [tasks, m, lines] = await Promise.all([
      tasksFrom(ctx.db, v.id),
      heldMeeting(ctx.db, v.org_id, v.meeting_id),
      sql<{ id: string; text: string; dueOn: string }>`select id, text, due_on as "dueOn" from visits.follow_up
        where org_id = ${v.org_id} and visit_id = ${v.id} order by id`.execute(ctx.db),
    ])
    const verdict = mayWithdraw(ctx.actor, v)
    const stands = v.withdrawn_reason === null || { code: 'withdrawn', message: '这份督导意见已经撤回' }
    return {
      ...cardOf(v),
      meetingTitle: m?.title ?? null,
      items: lines.rows.map((l) => {
        const task = tasks.get(l.id)
        return { ...l, taskId: task?.id ?? null, taskState: task ? TASK_STATES[task.state] : null }
      }),
      version: v.version,
      can: { withdraw: verdict === true ? stands : { code: verdict.code, message: verdict.message } },
    }
  },
})

const cardOf = (v: SeenVisit): VisitCard => ({
  id: v.id,
  orgId: v.org_id,
  orgName: v.org_name,
  fromName: v.from_name,
  guide: v.guide,
  on: v.visited_on,
  meetingId: v.meeting_id,
  comment: v.comment,
  followUps: v.follow_ups,
  withdrawnReason: v.withdrawn_reason,
})
