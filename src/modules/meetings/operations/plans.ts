import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { stale } from '#kernel/errors.ts'
import { anyone, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { FileCard } from '#modules/files/contract.ts'
import { AgendaItem, Clash, MeetingKind, PlanCard, PlanState, PlanView, TemplateItem } from '../contract.ts'
import { expectedOn } from '../expected.ts'
import { seenOrg } from '../find.ts'
import { ownKindsWhere, usableBy } from '../ownKinds.ts'
import { firstAgenda, templateOf } from '../planning/agenda.ts'
import { clashesOf } from '../planning/clashes.ts'
import { plansWhere, seenPlan } from '../planning/find.ts'
import { papersBack } from '../planning/papers.ts'
import { momentsOf } from '../planning/times.ts'
import { planCard, planView } from '../planning/view.ts'
import { inSubtree } from './list.ts'
import { Likely, lastOf, likelyRoles, openActions } from './prepare.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 16:30 这样')

/** What planning needs before anything is typed, and whom or what the time would clash with. */
export const preparePlan = query('meetings.preparePlan', {
  title: '准备安排会议：应到、议程和冲突',
  input: z.object({
    orgId: z.uuid(),
    day: z.iso.date(),
    kinds: z.array(MeetingKind).min(1).max(5),
    ownKindId: z.uuid().optional(),
    start: clock.optional(),
    end: clock.optional(),
    place: z.string().max(100).optional(),
    chairId: z.uuid().optional(),
    recorderId: z.uuid().optional(),
    expectedIds: z.array(z.uuid()).max(2_000).optional(),
    /** The plan that is being changed. */
    planId: z.uuid().optional(),
  }),
  output: z.object({
    basis: z.enum(['roster', 'posts', 'chosen']),
    people: z.array(z.object({ personId: z.uuid(), name: z.string(), entitled: z.boolean(), why: z.string() })),
    known: z.array(z.object({ id: z.uuid(), name: z.string() })),
    chair: Likely,
    recorder: Likely,
    place: z.string(),
    agenda: z.array(AgendaItem.extend({ because: z.string() })),
    /** The files of items that come back. */
    papers: z.array(FileCard),
    openActions: z.int(),
    clashes: z.array(Clash),
  }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { day, kinds, ownKindId, start, end, place, chairId, recorderId, expectedIds, planId }, org) => {
    const { basis, people, known } = await expectedOn(ctx.db, org, kinds, day)
    const last = await lastOf(ctx, org.id, kinds)
    const roles = await likelyRoles(ctx, org.id, day, known, last)
    const [own] = ownKindId ? await ownKindsWhere(ctx, sql`k.id = ${ownKindId} and ${usableBy(org.path)}`, 1) : []
    const open = (await openActions(ctx, org, day)).length
    const agenda = await firstAgenda(ctx, org, kinds, own, day, open)
    const ids = basis === 'chosen' ? (expectedIds ?? []) : people.map((p) => p.personId)
    const asked = { planId: planId ?? null, place: place ?? last?.place ?? '', expectedIds: ids }
    const leaders = { chairId: chairId ?? roles.chair?.id ?? null, recorderId: recorderId ?? roles.recorder?.id ?? null }
    return {
      basis,
      people,
      known: [...known].map(([id, name]) => ({ id, name })),
      ...roles,
      place: last?.place ?? '',
      agenda,
      papers: await papersBack(ctx, agenda),
      openActions: open,
      clashes: start && end && start !== end ? await clashesOf(ctx, { ...asked, ...leaders, ...momentsOf(day, start, end) }, known) : [],
    }
  },
})

export const getPlan = query('meetings.planned', {
  title: '看一次会议的安排',
  input: z.object({ id: z.uuid() }),
  output: PlanView,
  load: seenPlan,
  may: anyone,
  run: (ctx, _input, plan) => planView(ctx, plan),
})

const soonestFirst: OrderBy[] = [{ by: sql`p.held_on` }, { by: sql`p.id` }]
const latestFirst: OrderBy[] = [
  { by: sql`p.held_on`, desc: true },
  { by: sql`p.id`, desc: true },
]

export const listPlans = query('meetings.plans', {
  title: '看会议安排列表',
  input: Paged.extend({ orgId: z.uuid(), state: PlanState.optional(), from: z.iso.date().optional(), to: z.iso.date().optional() }),
  output: pageOf(PlanCard),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.read', org.path),
  run: async (ctx, { state, from, to, after, limit }, org) => {
    const order = state === 'announced' ? soonestFirst : latestFirst
    const rows = await plansWhere(
      ctx,
      sql`${inSubtree(org.path)} and ${ctx.actor.within('meetings.read', 'o.path')}
        and ${state ? sql`p.state = ${state}` : sql`true`} and ${from ? sql`p.held_on >= ${from}::date` : sql`true`}
        and ${to ? sql`p.held_on <= ${to}::date` : sql`true`} and ${afterCursor(order, after)}`,
      orderOf(order),
      limit + 1,
    )
    const { items, next } = cut(rows, limit, (r) => [r.held_on, r.id])
    return { items: items.map((p) => planCard(ctx, p)), next }
  },
})

export const myPlans = query('meetings.mine', {
  title: '看通知我参加的会议',
  input: z.object({}),
  output: z.object({ items: z.array(PlanCard) }),
  may: anyone,
  run: async (ctx) => {
    const since = addDays(dateAt(ctx.now), -1)
    const rows = await plansWhere(ctx, sql`i.person_id is not null and p.state <> 'held' and p.held_on >= ${since}::date`, undefined, 50)
    return { items: rows.map((p) => planCard(ctx, p)) }
  },
})

const TemplateView = z.object({
  kind: MeetingKind,
  items: z.array(TemplateItem),
  from: z.enum(['own', 'above', 'shipped']),
  version: z.int(),
})

export const agendaTemplate = query('meetings.template', {
  title: '看一类会议的议程模板',
  input: z.object({ orgId: z.uuid(), kind: MeetingKind }),
  output: TemplateView,
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { kind }, org) => ({ kind, ...(await templateOf(ctx, org, kind)) }),
})

export const setTemplate = command('meetings.setTemplate', {
  title: '修改一类会议的议程模板',
  input: z.object({
    orgId: z.uuid(),
    kind: MeetingKind,
    /** 0 when the organisation has none of its own yet. */
    version: z.int().min(0),
    items: z.array(TemplateItem).min(1, '请至少写一个议题').max(30),
  }),
  output: z.object({ kind: MeetingKind, version: z.int() }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { kind, version, items }, org) => {
    const { rows } = await sql<{
      version: number
    }>`insert into meetings.template as t (org_id, kind, items, changed_by, changed_at, version)
      values (${org.id}, ${kind}, ${json(items)}, ${ctx.actor.personId}::uuid, ${ctx.now}, 1)
      on conflict (org_id, kind) do update set items = excluded.items, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
        version = t.version + 1
      where t.version = ${version} returning t.version`.execute(ctx.db)
    if (!rows[0]) throw stale(items, (await templateOf(ctx, org, kind)).items)
    return { kind, version: rows[0].version }
  },
})
