import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { Method, Month, PAYERS, Payer, Rounding } from '../contract.ts'
import { firstOf, lastOf, monthOf } from '../months.ts'
import { keptHome, keptOrg } from '../place.ts'
import { basesOn, type Line, linesOf, ratesFor, roundingOn } from '../plan.ts'
import { bracketOf, dueOf } from '../rates.ts'

const LineState = z.enum(['noBase', 'elsewhere', 'unlisted', 'none', 'open', 'short', 'paid'])

const Row = z.object({
  personId: z.string(),
  name: z.string(),
  payerName: z.string().nullable(),
  /** What the month's list says; before it is made, what it would say. In cents. */
  owed: z.int().nullable(),
  /** The list should be made again: base, reduction or roster are otherwise now. */
  stale: z.boolean(),
  reduced: z.boolean(),
  paid: z.int(),
  state: LineState,
  elsewhere: z.string().nullable(),
  payments: z.array(z.object({ id: z.string(), cents: z.int(), paidOn: z.string(), method: Method, version: z.int() })),
})

export const month = query('dues.month', {
  title: '一个月的党费收缴',
  input: Paged.extend({ orgId: z.uuid(), month: Month, limit: z.int().min(1).max(200).default(200) }),
  output: pageOf(Row).extend({
    listedOn: z.string().nullable(),
    source: z.string(),
    rounding: Rounding,
    totals: z.object({ persons: z.int(), owed: z.int(), paid: z.int(), open: z.int(), withoutBase: z.int(), stale: z.int() }),
  }),
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { orgId, month, after, limit }, org) => {
    const lines = await linesOf(ctx, org, month)
    const { rows: lists } = await sql<{ listedOn: string }>`select listed_on as "listedOn" from dues.list
      where org_id = ${orgId} and month = ${firstOf(month)}::date`.execute(ctx.db)
    const rows = lines.map((line) => rowOf(line, orgId))
    const here = rows.filter(({ state }) => state !== 'elsewhere')
    const start = after ? rows.findIndex(({ personId }) => personId === after) + 1 : 0
    const items = rows.slice(start, start + limit)
    const payments = await paymentsOf(ctx.db, orgId, items, month)
    return {
      items: items.map((row) => ({ ...row, payments: payments.get(row.personId) ?? [] })),
      next: start + limit < rows.length ? items.at(-1)!.personId : null,
      listedOn: lists[0]?.listedOn ?? null,
      source: ratesFor(month).source,
      rounding: await roundingOn(ctx.db, org.path, firstOf(month)),
      totals: {
        persons: here.length,
        owed: here.reduce((sum, r) => sum + (r.owed ?? 0), 0),
        paid: here.reduce((sum, r) => sum + r.paid, 0),
        open: here.filter(({ state }) => state === 'open' || state === 'short').length,
        withoutBase: here.filter(({ state }) => state === 'noBase').length,
        stale: here.filter(({ stale }) => stale).length,
      },
    }
  },
})

function rowOf({ personId, name, base, wanted, owed, paid, reductionId }: Line, orgId: string): Omit<z.output<typeof Row>, 'payments'> {
  const elsewhere = owed && owed.orgId !== orgId ? owed.orgName : null
  const payer = owed?.payer ?? base?.payer
  const state = elsewhere ? 'elsewhere' : stateOf(owed?.cents ?? null, paid, base !== null)
  const stale = !elsewhere && wanted !== null && owed?.cents !== wanted
  const due = elsewhere ? null : (owed?.cents ?? wanted)
  return {
    personId,
    name,
    payerName: payer ? PAYERS[payer] : null,
    owed: due,
    stale,
    reduced: reductionId !== null,
    paid,
    state,
    elsewhere,
  }
}

function stateOf(owed: number | null, paid: number, hasBase: boolean): z.output<typeof LineState> {
  if (owed === null) return hasBase ? 'unlisted' : 'noBase'
  if (owed === 0) return 'none'
  return paid >= owed ? 'paid' : paid > 0 ? 'short' : 'open'
}

type Payments = z.output<typeof Row>['payments']

async function paymentsOf(db: Ctx['db'], orgId: string, items: readonly { personId: string }[], month: string) {
  const { rows } = await sql<
    Payments[number] & { personId: string }
  >`select id, person_id as "personId", cents, paid_on as "paidOn", method,
      version from dues.payment where org_id = ${orgId} and month = ${firstOf(month)}::date and not taken_back
      and person_id = any(${items.map(({ personId }) => personId)}::uuid[]) order by paid_on, id`.execute(db)
  const found = new Map<string, Payments>()
  for (const { personId, ...payment } of rows) found.set(personId, [...(found.get(personId) ?? []), payment])
  return found
}

export const overview = query('dues.overview', {
  title: '各支部的党费收缴',
  input: Paged.extend({ orgId: z.uuid(), month: Month }),
  output: pageOf(
    z.object({
      orgId: z.string(),
      orgName: z.string(),
      listedOn: z.string().nullable(),
      persons: z.int(),
      open: z.int(),
      owed: z.int(),
      paid: z.int(),
    }),
  ).extend({ totals: z.object({ branches: z.int(), listed: z.int(), open: z.int(), owed: z.int(), paid: z.int() }) }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'dues.oversee'),
  may: (actor, org) => actor.holds('dues.oversee', org.path),
  run: async (ctx, { month, after, limit }, org) => {
    const first = sql`${firstOf(month)}::date`
    const table = sql`(select o.id as "orgId", o.name as "orgName", o.path, l.listed_on as "listedOn",
        count(w.id)::int as persons, coalesce(sum(w.cents), 0)::int as owed, coalesce(sum(least(w.cents, coalesce(x.paid, 0))), 0)::int as paid,
        (count(*) filter (where w.cents > coalesce(x.paid, 0)))::int as open
      from organisation.org o
      left join dues.list l on l.org_id = o.id and l.month = ${first}
      left join dues.owed w on w.org_id = o.id and w.month = ${first}
      left join (select person_id, sum(cents)::int as paid from dues.payment where month = ${first} and not taken_back group by person_id) x
        on x.person_id = w.person_id
      where o.kind = any(${[...BRANCH_KINDS]}) and o.founded_on <= ${lastOf(month)}::date
        and (o.dissolved_on is null or o.dissolved_on > ${first}) and o.path >= ${org.path} and o.path < ${beyond(org.path)}
      group by o.id, l.listed_on)`
    const order: OrderBy[] = [{ by: sql`(t."listedOn" is not null)` }, { by: sql`t.open`, desc: true }, { by: sql`t."orgId"` }]
    const { rows } = await sql<BranchRow>`select t.*, (t."listedOn" is not null) as listed from ${table} t
      where ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const { rows: sums } = await sql<{ branches: number; listed: number; open: number; owed: number; paid: number }>`select
        count(*)::int as branches, count("listedOn")::int as listed, coalesce(sum(open), 0)::int as open, coalesce(sum(owed), 0)::int as owed,
        coalesce(sum(paid), 0)::int as paid from ${table} t`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.listed, row.open, row.orgId])
    return { items: page.items.map(({ listed: _, path: _p, ...row }) => row), next: page.next, totals: sums[0]! }
  },
})

interface BranchRow {
  orgId: string
  orgName: string
  path: string
  listedOn: string | null
  listed: boolean
  persons: number
  open: number
  owed: number
  paid: number
}

const Standing = z.object({
  /** By date, the last first; the amount masked. */
  bases: z.array(z.object({ from: z.string(), until: z.string().nullable(), payer: Payer, payerName: z.string() })),
  /** What is paid a month by today's base and table, in cents, and by which rate (‰). */
  due: z.int().nullable(),
  perMille: z.int().nullable(),
  source: z.string(),
  months: z.array(z.object({ month: z.string(), orgName: z.string(), owed: z.int(), paid: z.int() })),
  reduction: z
    .object({
      id: z.string(),
      from: z.string(),
      until: z.string(),
      cents: z.int(),
      state: z.string(),
      reason: z.string(),
      version: z.int(),
    })
    .nullable(),
})

export const baseOf = query('dues.baseOf', {
  title: '一名党员的党费',
  input: z.object({ personId: z.uuid() }),
  output: Standing,
  load: (ctx, { personId }) => keptHome(ctx, personId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { personId }, org) => standing(ctx, personId, org.path),
})

export const mine = query('dues.mine', {
  title: '我的党费',
  input: z.object({}),
  output: z.object({ standing: Standing.nullable() }),
  may: anyone,
  run: async (ctx) => {
    const { personId } = ctx.actor
    if (!personId) return { standing: null }
    const { rows } = await sql<{ path: string }>`select o.path from members.membership m join organisation.org o on o.id = m.org_id
      where m.person_id = ${personId} order by lower(m.valid) desc limit 1`.execute(ctx.db)
    return { standing: rows[0] ? await standing(ctx, personId, rows[0].path) : null }
  },
})

async function standing(ctx: Ctx, personId: string, path: string) {
  const day = dateAt(ctx.now)
  const table = ratesFor(monthOf(day))
  const { rows: bases } = await sql<{ from: string; until: string | null; payer: Payer }>`select lower(valid) as "from",
      upper(valid) as until, payer from dues.base where person_id = ${personId} order by lower(valid) desc limit 20`.execute(ctx.db)
  const { rows: months } = await sql<{ month: string; orgName: string; owed: number; paid: number }>`
    select to_char(w.month, 'YYYY-MM') as month, o.name as "orgName", w.cents as owed, coalesce((select sum(cents) from dues.payment y
      where y.person_id = w.person_id and y.month = w.month and not y.taken_back), 0)::int as paid
    from dues.owed w join organisation.org o on o.id = w.org_id where w.person_id = ${personId}
    order by w.month desc limit 24`.execute(ctx.db)
  const { rows: reductions } = await sql<{
    id: string
    from: string
    until: string
    cents: number
    state: string
    reason: string
    version: number
  }>`
    select id, to_char(from_month, 'YYYY-MM') as "from", to_char(until_month, 'YYYY-MM') as until, cents, state, reason, version
    from dues.reduction where person_id = ${personId} and state in ('asked', 'approved') order by id desc limit 1`.execute(ctx.db)
  const base = (await basesOn(ctx.db, [personId], day)).get(personId)
  const rate = base && (base.payer === 'employed' || base.payer === 'retired') ? bracketOf(table[base.payer], base.cents).perMille : null
  return {
    bases: bases.map((b) => ({ ...b, payerName: PAYERS[b.payer] })),
    due: base ? dueOf(table, base.payer, base.cents, await roundingOn(ctx.db, path, day)) : null,
    perMille: rate,
    source: table.source,
    months,
    reduction: reductions[0] ?? null,
  }
}
