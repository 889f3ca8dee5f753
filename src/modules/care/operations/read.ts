import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { Kind, PlanRow } from '../contract.ts'
import { planRows, type Stored, seenPlan, shown, termsOf } from '../store.ts'

const key = sql`coalesce(r.id, r.person_id)`
/** Who waits longest first; without a plan before all. */
const waits = sql`case when r.ended_on is not null then date '9999-12-31' when r.id is null then date '0001-01-01'
  else greatest(r.last_on, r.begins_on) + r.every_days end`
const ORDER: OrderBy[] = [{ by: waits }, { by: key }]

export const list = query('care.list', {
  title: '看流动、失联和离退休党员',
  input: Paged.extend({
    orgId: z.uuid().optional(),
    kinds: z.array(Kind).min(1).max(3).optional(),
    /** Left out, those whose plan runs and those without one. */
    ended: z.boolean().default(false),
    /** Only whose contact is due or who have no plan. */
    overdue: z.boolean().default(false),
  }),
  output: pageOf(PlanRow).extend({
    counts: z.object({ floating: z.int(), lost: z.int(), retired: z.int(), overdue: z.int() }),
    can: z.object({ manage: z.boolean() }),
  }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'care.read') : null),
  may: (actor, org) => (org ? actor.holds('care.read', org.path) : actor.holdsAnywhere('care.read')),
  run: async (ctx, { kinds, ended, overdue, after, limit }, org) => {
    const here = seen(ctx, org)
    const late = sql`(r.ended_on is null and ${waits} < ${dateAt(ctx.now)}::date)`
    const { rows } = await sql<
      Stored & { waits: string; key: string }
    >`select r.*, (${waits})::text as waits, ${key} as key from (${planRows}) r
      where ${here} and ${kinds ? sql`r.kind = any(${kinds})` : sql`true`}
        and ${ended ? sql`r.ended_on is not null` : sql`r.ended_on is null`} and ${overdue ? late : sql`true`}
        and ${afterCursor(ORDER, after)} order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const { rows: counted } = await sql<{ floating: number; lost: number; retired: number; overdue: number }>`select
        (count(*) filter (where r.kind = 'floating'))::int as floating, (count(*) filter (where r.kind = 'lost'))::int as lost,
        (count(*) filter (where r.kind = 'retired'))::int as retired, (count(*) filter (where ${late}))::int as overdue
      from (${planRows}) r where ${here} and r.ended_on is null`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.waits, row.key])
    const manage = org ? ctx.actor.holds('care.manage', org.path) : ctx.actor.holdsAnywhere('care.manage')
    return { items: page.items.map((row) => shown(ctx, row)), next: page.next, counts: counted[0]!, can: { manage: manage === true } }
  },
})

const seen = (ctx: Ctx, org: OrgCard | null) =>
  sql`${ctx.actor.within('care.read', 'r.path')} and ${org ? sql`(r.path >= ${org.path} and r.path < ${beyond(org.path)})` : sql`true`}`

export const get = query('care.get', {
  title: '看一个联系计划',
  input: z.object({ id: z.uuid() }),
  output: PlanRow.extend({
    contacts: z.array(z.object({ on: z.string(), by: z.string().nullable() })),
    /** How often, from which day; the latest first. */
    terms: z.array(z.object({ from: z.string(), everyDays: z.int() })),
  }),
  load: seenPlan,
  may: anyone,
  run: async (ctx, { id }, r) => {
    const { rows } = await sql<{ on: string; by: string | null }>`select k.on_day as "on", p.name as by
      from care.contact k left join organisation.person p on p.id = k.by_person_id
      where k.org_id = ${r.plan_org_id} and k.plan_id = ${id} order by k.on_day desc limit 100`.execute(ctx.db)
    return { ...shown(ctx, r), contacts: rows, terms: await termsOf(ctx, r) }
  },
})

export const mine = query('care.mine', {
  title: '我联系的党员',
  input: z.object({}),
  output: z.object({ items: z.array(PlanRow) }),
  may: anyone,
  run: async (ctx) => {
    const { rows } = await sql<Stored>`select * from (${planRows}) r
      where r.contact_id = ${ctx.actor.personId} and r.ended_on is null order by ${waits}, r.id limit 100`.execute(ctx.db)
    return { items: rows.map((row) => shown(ctx, row)) }
  },
})
