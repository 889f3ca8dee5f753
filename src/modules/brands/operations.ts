import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { all, conflict, forbidden, invalid, missing } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { retract } from '#ledger/facts.ts'
import { tellDesk } from '#modules/notifications/published.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { orgSeen, personSeen } from '#modules/organisation/published.ts'
import { Brand, BrandView, Outcome, type RecordKind, Withdrawal } from './contract.ts'
import { linkable, linksOf } from './links.ts'
import { assertFresh, brandOf, brandRows, lockedBrand, next, placeAbove, record, type Stored, seenBrand } from './store.ts'

const Step = { id: z.uuid(), version: z.int() }
const Done = z.object({ id: z.uuid(), version: z.int() })
const Given = {
  name: z.string().trim().min(2, '请写品牌名称').max(40),
  /** What is special about it, in a sentence. */
  feature: z.string().trim().min(4, '请写特色是什么').max(200),
  plan: z.string().trim().min(4, '请写怎样创建').max(2000),
  leadId: z.uuid().nullable().default(null),
}
const ORDER: OrderBy[] = [{ by: sql`(b.state = 'active')`, desc: true }, { by: sql`o.path` }, { by: sql`b.id` }]

export const list = query('brands.list', {
  title: '看支部品牌',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(Brand).extend({ can: z.object({ begin: z.boolean() }) }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'brands.read'),
  may: (actor, org) => actor.holds('brands.read', org.path),
  run: async (ctx, { after, limit }, org) => {
    const { rows } = await sql<Stored>`${brandRows} where o.path >= ${org.path} and o.path < ${beyond(org.path)}
        and ${ctx.actor.within('brands.read', 'o.path')} and ${afterCursor(ORDER, after)}
      order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (b) => [b.state === 'active', b.path, b.id])
    const begin = BRANCH_KINDS.includes(org.kind) && ctx.actor.holds('brands.manage', org.path) === true
    return { items: page.items.map((b) => brandOf(ctx, b)), next: page.next, can: { begin } }
  },
})

export const get = query('brands.get', {
  title: '看一个支部品牌',
  input: z.object({ id: z.uuid() }),
  output: BrandView,
  load: seenBrand,
  may: (actor, b) => actor.holds('brands.read', b.path),
  run: async (ctx, { id }, b) => {
    const { rows } = await sql<
      z.output<typeof BrandView>['reviews'][number]
    >`select id, year, outcome, text, reviewed_on as "on", by_name as by
      from brands.review where org_id = ${b.org_id} and brand_id = ${id} order by year desc`.execute(ctx.db)
    return { ...brandOf(ctx, b), links: await linksOf(ctx.db, b.org_id, id), reviews: rows }
  },
})

export const records = query('brands.records', {
  title: '看可以关联的记录',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    items: z.array(z.object({ kind: z.enum(['meeting', 'task']), recordId: z.string(), says: z.string(), on: z.string() })),
  }),
  load: seenBrand,
  may: (actor, b) => actor.holds('brands.manage', b.path),
  run: async (ctx, { id }, b) => ({ items: await linkable(ctx.db, b.org_id, id, addYears(dateAt(ctx.now), -1)) }),
})

export const begin = command('brands.begin', {
  title: '创建支部品牌',
  input: z.object({ orgId: z.uuid(), ...Given }),
  output: Done,
  load: async (ctx, { orgId, leadId }) => (leadId && !(await personSeen(ctx, leadId)) ? undefined : orgSeen(ctx, orgId, 'brands.read')),
  may: (actor, org) => actor.holds('brands.manage', org.path),
  run: async (ctx, { orgId, name, feature, plan, leadId }, org) => {
    if (!BRANCH_KINDS.includes(org.kind)) throw conflict('not-a-branch', '品牌是支部的，请选一个支部')
    await sql`select from organisation.org where id = ${orgId} for update`.execute(ctx.db)
    const { rows } = await sql`select from brands.brand where org_id = ${orgId} and state = 'active'`.execute(ctx.db)
    if (rows.length > 0) throw conflict('one-brand', '这个支部已经有一个品牌；要换的，先把原来的撤下')
    const id = newId()
    const fact = record(ctx, 'brand.begun', { subject: id, orgId, body: {} })
    await sql`insert into brands.brand (org_id, id, name, feature, plan, lead_id, begun_on, state, begun_fact, version)
      values (${orgId}, ${id}, ${name}, ${feature}, ${plan}, ${leadId}, ${dateAt(ctx.now)}, 'active', ${fact}, 1)`.execute(ctx.db)
    return { id, version: 1 }
  },
})

const mayManage = (actor: Ctx['actor'], b: Stored) => all(actor.holds('brands.manage', b.path), isActive(b))
const isActive = (b: Stored) => b.state === 'active' || conflict('withdrawn', '这个品牌已经撤下，请刷新后再看')

export const edit = command('brands.edit', {
  title: '修改支部品牌',
  input: z.object({ ...Step, ...Given }),
  output: Done,
  load: async (ctx, { id, leadId }) => (leadId && !(await personSeen(ctx, leadId)) ? undefined : lockedBrand(ctx, { id })),
  may: mayManage,
  run: async (ctx, { version, name, feature, plan, leadId }, b) => {
    assertFresh(b, version)
    await sql`update brands.brand set name = ${name}, feature = ${feature}, plan = ${plan}, lead_id = ${leadId}
      where org_id = ${b.org_id} and id = ${b.id}`.execute(ctx.db)
    return next(ctx, b)
  },
})

export const link = command('brands.link', {
  title: '把记录关联到品牌',
  input: z.object({ ...Step, recordId: z.uuid() }),
  output: Done,
  load: lockedBrand,
  may: mayManage,
  run: async (ctx, { version, recordId }, b) => {
    assertFresh(b, version)
    const since = b.begun_on < addYears(dateAt(ctx.now), -1) ? b.begun_on : addYears(dateAt(ctx.now), -1)
    const found = (await linkable(ctx.db, b.org_id, b.id, since)).find((r) => r.recordId === recordId)
    if (!found) throw missing()
    await writeLink(ctx, b, found)
    return next(ctx, b)
  },
})

async function writeLink(ctx: Ctx, b: Stored, { kind, recordId, on }: { kind: RecordKind; recordId: string; on: string }): Promise<void> {
  const fact = record(ctx, 'brand.recordLinked', { subject: b.id, orgId: b.org_id, happenedOn: on, body: { kind, recordId } })
  await sql`insert into brands.link (org_id, id, brand_id, kind, record_id, on_day, fact_id)
    values (${b.org_id}, ${newId()}, ${b.id}, ${kind}, ${recordId}, ${on}, ${fact})`.execute(ctx.db)
}

export const unlink = command('brands.unlink', {
  title: '取消关联的记录',
  input: z.object({ ...Step, linkId: z.uuid() }),
  output: Done,
  load: lockedBrand,
  may: mayManage,
  run: async (ctx, { version, linkId }, b) => {
    assertFresh(b, version)
    const { rows } = await sql<{
      fact: string
    }>`delete from brands.link where org_id = ${b.org_id} and brand_id = ${b.id} and id = ${linkId}
      returning fact_id as fact`.execute(ctx.db)
    if (!rows[0]) throw missing()
    retract(ctx, { orgId: b.org_id, factId: rows[0].fact, kind: 'brand.recordLinked', reason: 'mistake' })
    return next(ctx, b)
  },
})

export const review = command('brands.review', {
  title: '年度评议支部品牌',
  input: z.object({
    ...Step,
    year: z.int().min(2000).max(2100),
    outcome: Outcome,
    text: z.string().trim().min(4, '请写看到了什么、怎样改进').max(1000),
  }),
  output: Done,
  load: lockedBrand,
  may: (actor, b) => all(actor.holds('brands.review', placeAbove(b)), isActive(b)),
  run: async (ctx, { version, year, outcome, text }, b) => {
    assertFresh(b, version)
    const today = dateAt(ctx.now)
    if (year > Number(today.slice(0, 4)) || year < Number(b.begun_on.slice(0, 4)))
      throw invalid('other-year', '只能评议创建以来的年度', { year: ['请另选年度'] })
    const { rows } = await sql`select from brands.review where org_id = ${b.org_id} and brand_id = ${b.id} and year = ${year}`.execute(
      ctx.db,
    )
    if (rows.length > 0) throw conflict('reviewed-already', `${year} 年已经评议过`)
    const fact = record(ctx, 'brand.reviewed', { subject: b.id, orgId: b.org_id, body: { year, outcome } })
    const id = newId()
    await sql`insert into brands.review (org_id, id, brand_id, year, outcome, text, reviewed_on, by_id, by_name, fact_id)
      values (${b.org_id}, ${id}, ${b.id}, ${year}, ${outcome}, ${text}, ${today}, ${ctx.actor.personId}, ${ctx.actor.name}, ${fact})`.execute(
      ctx.db,
    )
    await tellDesk(ctx, b.org_id, {
      kind: 'brands.reviewed',
      key: id,
      text: `支部品牌有了 ${year} 年的评议意见`,
      open: `/brands?org=${b.org_id}`,
    })
    return next(ctx, b)
  },
})

export const withdraw = command('brands.withdraw', {
  title: '撤下支部品牌',
  input: z.object({ ...Step, why: Withdrawal, note: z.string().trim().max(500).default('') }),
  output: Done,
  load: lockedBrand,
  may: (actor, b) =>
    actor.holds('brands.manage', b.path) === true ? isActive(b) : all(actor.holds('brands.review', placeAbove(b)), isActive(b)),
  run: async (ctx, { version, why, note }, b) => {
    assertFresh(b, version)
    const { inactive, inactiveFrom } = brandOf(ctx, b)
    if (why === 'inactive' && !inactive) throw conflict('not-inactive', `还有活动记录，${inactiveFrom} 以前不能按没有活动撤下`)
    if (why !== 'inactive' && ctx.actor.holds('brands.manage', b.path) !== true)
      throw forbidden('own-decision', '有活动的品牌由支部自己决定要不要换')
    if (why === 'mistake') retract(ctx, { orgId: b.org_id, factId: b.begun_fact, kind: 'brand.begun', reason: 'mistake' })
    else record(ctx, 'brand.withdrawn', { subject: b.id, orgId: b.org_id, body: { why } })
    await sql`update brands.brand set state = 'withdrawn', withdrawn_on = ${dateAt(ctx.now)}, withdrawn_why = ${why}, withdrawn_note = ${note}
      where org_id = ${b.org_id} and id = ${b.id}`.execute(ctx.db)
    await tellDesk(ctx, b.org_id, { kind: 'brands.withdrawn', key: b.id, text: '支部品牌已经撤下', open: `/brands?org=${b.org_id}` })
    return next(ctx, b)
  },
})
