import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { retract } from '#ledger/facts.ts'
import { lockPerson } from '#modules/members/published.ts'
import { CorrectionReason } from '#modules/organisation/contract.ts'
import { type OrgCard, orgSeen, personSeen } from '#modules/organisation/published.ts'
import { Engagement, STAFF_RULE, StaffRow, staffAsked } from '../contract.ts'
import { type Held, lockedService, record, rowOf, type Stored, serviceRows } from '../store.ts'

const Done = z.object({ id: z.uuid(), version: z.int() })
/** By place and name: nobody stands before another for what they did. */
const ORDER: OrderBy[] = [{ by: sql`o.path` }, { by: sql`p.name` }, { by: sql`s.id` }]
const load = (ctx: Ctx, { orgId }: { orgId: string }) => orgSeen(ctx, orgId, 'politicalwork.read')
const mayRead = (actor: Ctx['actor'], org: OrgCard) => actor.holds('politicalwork.read', org.path)

export const list = query('politicalwork.list', {
  title: '看政工人员',
  input: Paged.extend({ orgId: z.uuid(), /** Also who no longer does it. */ left: z.boolean().default(false) }),
  output: pageOf(StaffRow).extend({ can: z.object({ manage: z.boolean() }) }),
  load,
  may: mayRead,
  run: async (ctx, { left, after, limit }, org) => {
    const { rows } = await sql<Stored>`${serviceRows(dateAt(ctx.now))} where o.path >= ${org.path} and o.path < ${beyond(org.path)}
        and ${ctx.actor.within('politicalwork.read', 'o.path')} and ${left ? sql`true` : sql`s.until_on is null`}
        and ${afterCursor(ORDER, after)} order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (s) => [s.path, s.name, s.id])
    const manage = ctx.actor.holds('politicalwork.manage', org.path) === true
    return { items: page.items.map((s) => rowOf(ctx, s)), next: page.next, can: { manage } }
  },
})

export const gaps = query('politicalwork.gaps', {
  title: '看政工人员配备',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({
    fullTime: z.int(),
    partTime: z.int(),
    members: z.int(),
    /** As the unit says itself; null where it has said nothing. */
    employees: z.int().nullable(),
    asOf: z.string().nullable(),
    asked: z.int().nullable(),
    rule: z.string(),
    version: z.int(),
    can: z.object({ set: z.boolean() }),
  }),
  load,
  may: mayRead,
  run: async (ctx, { orgId }, org) => {
    const under = sql`(o.path >= ${org.path} and o.path < ${beyond(org.path)})`
    const { rows } = await sql<{ fullTime: number; partTime: number }>`select
        (count(distinct s.person_id) filter (where s.engagement = 'fullTime'))::int as "fullTime",
        (count(distinct s.person_id) filter (where s.engagement = 'partTime'))::int as "partTime"
      from politicalwork.service s join organisation.org o on o.id = s.org_id where ${under} and s.until_on is null and not s.taken_back`.execute(
      ctx.db,
    )
    const { rows: roster } = await sql<{ members: number }>`select count(*)::int as members
      from organisation.org o join members.membership m on m.org_id = o.id and m.valid @> ${dateAt(ctx.now)}::date
      join members.standing t on t.person_id = m.person_id and t.valid @> ${dateAt(ctx.now)}::date
        and t.standing in ('fullMember', 'probationaryMember') where ${under}`.execute(ctx.db)
    const { rows: said } = await sql<{ employees: number; asOf: string; version: number }>`select employees, as_of as "asOf", version
      from politicalwork.headcount where org_id = ${orgId}`.execute(ctx.db)
    const [count] = said
    return {
      ...rows[0]!,
      ...roster[0]!,
      employees: count?.employees ?? null,
      asOf: count?.asOf ?? null,
      asked: count ? staffAsked(count.employees) : null,
      rule: STAFF_RULE,
      version: count?.version ?? 0,
      can: { set: ctx.actor.holds('politicalwork.manage', org.path) === true },
    }
  },
})

export const setHeadcount = command('politicalwork.setHeadcount', {
  title: '登记职工人数',
  input: z.object({
    orgId: z.uuid(),
    /** 0 while nothing is entered. */
    version: z.int().min(0),
    employees: z.int().min(1).max(1_000_000),
    asOf: z.iso.date(),
  }),
  output: z.object({ version: z.int() }),
  load,
  may: (actor, org) => actor.holds('politicalwork.manage', org.path),
  run: async (ctx, { orgId, version, employees, asOf }) => {
    assertPast(ctx, asOf, 'asOf')
    const values = sql`${employees}::int, ${asOf}::date, ${ctx.actor.personId}::uuid, ${ctx.now}`
    const columns = sql`employees, as_of, changed_by, changed_at`
    const { rows } =
      version === 0
        ? await sql<{ version: number }>`insert into politicalwork.headcount (org_id, ${columns}, version) values (${orgId}, ${values}, 1)
            on conflict (org_id) do nothing returning version`.execute(ctx.db)
        : await sql<{ version: number }>`update politicalwork.headcount set (${columns}) = (${values}), version = version + 1
            where org_id = ${orgId} and version = ${version} returning version`.execute(ctx.db)
    if (!rows[0]) throw stale({ employees, asOf }, { version: null })
    return { version: rows[0].version }
  },
})

export const enter = command('politicalwork.enter', {
  title: '登记政工人员',
  input: z.object({
    orgId: z.uuid(),
    personId: z.uuid(),
    engagement: Engagement,
    /** What the post is called: 党群工作部干事. */
    duty: z.string().trim().min(2, '请写岗位').max(60),
    from: z.iso.date(),
  }),
  output: Done,
  load: async (ctx, { orgId, personId }) => ((await personSeen(ctx, personId)) ? load(ctx, { orgId }) : undefined),
  may: (actor, org) => actor.holds('politicalwork.manage', org.path),
  run: async (ctx, { orgId, personId, engagement, duty, from }) => {
    assertPast(ctx, from, 'from')
    await lockPerson(ctx, personId)
    const { rows } = await sql<{ until: string | null }>`select until_on as until from politicalwork.service
      where org_id = ${orgId} and person_id = ${personId} and not taken_back and (until_on is null or until_on > ${from}::date)`.execute(
      ctx.db,
    )
    if (rows.length > 0) throw conflict('entered-already', '这个人在这里已经登记，岗位或专兼职变了的，请先结束原来的一段')
    const id = newId()
    const fact = record(ctx, 'politicalStaff.entered', { subject: id, orgId, personId, happenedOn: from, body: { engagement } })
    await sql`insert into politicalwork.service (org_id, id, person_id, engagement, duty, from_on, entered_fact, version)
      values (${orgId}, ${id}, ${personId}, ${engagement}, ${duty}, ${from}, ${fact}, 1)`.execute(ctx.db)
    return { id, version: 1 }
  },
})

export const end = command('politicalwork.end', {
  title: '结束一段政工工作',
  input: z.object({ id: z.uuid(), version: z.int(), /** The first day without it. */ on: z.iso.date() }),
  output: Done,
  load: lockedService,
  may: (actor, s) => actor.holds('politicalwork.manage', s.path),
  run: async (ctx, { id, version, on }, s) => {
    assertRunning(s, version)
    if (on <= s.from_on) throw invalid('too-early', `${s.from_on} 才开始，请填之后的日期`, { on: [`请填 ${s.from_on} 以后`] })
    assertPast(ctx, on, 'on')
    record(ctx, 'politicalStaff.left', { subject: id, orgId: s.org_id, personId: s.person_id, happenedOn: on, body: {} })
    await sql`update politicalwork.service set until_on = ${on}, version = version + 1 where org_id = ${s.org_id} and id = ${id}`.execute(
      ctx.db,
    )
    return { id, version: version + 1 }
  },
})

export const withdraw = command('politicalwork.withdraw', {
  title: '撤回登记有误的政工人员',
  input: z.object({ id: z.uuid(), version: z.int(), reason: CorrectionReason }),
  output: z.object({ id: z.uuid() }),
  load: lockedService,
  may: (actor, s) => actor.holds('politicalwork.manage', s.path),
  run: async (ctx, { id, version, reason }, s) => {
    assertRunning(s, version)
    retract(ctx, { orgId: s.org_id, factId: s.entered_fact, kind: 'politicalStaff.entered', reason })
    await sql`update politicalwork.service set taken_back = true, version = version + 1
      where org_id = ${s.org_id} and id = ${id}`.execute(ctx.db)
    return { id }
  },
})

function assertRunning(s: Held, version: number) {
  if (version !== s.version) throw stale({ version }, { version: s.version })
  if (s.taken_back) throw conflict('taken-back', '这条登记已经撤回，请刷新后再看')
  if (s.until_on !== null) throw conflict('ended-already', '这一段已经结束，请刷新后再看')
}

export function assertPast(ctx: Pick<Ctx, 'now'>, on: string, field: string): void {
  if (on > dateAt(ctx.now)) throw invalid('ahead', '这一天还没有到，请填今天或以前', { [field]: ['不能晚于今天'] })
}
