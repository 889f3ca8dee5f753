import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { addMonths, dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { LARGE_DONATION, MONTHS_OF_RULE, PAYERS, type Payer, type Rounding, SOURCE, yuan } from '../contract.ts'
import { disclosable, type MonthSums } from '../disclosable.ts'
import { firstOf, monthOf } from '../months.ts'
import { duesOrg, keptOrg } from '../place.ts'
import { basesOn, ratesFor, roundingOn } from '../plan.ts'
import { bracketOf, type RateTable } from '../rates.ts'

const under = ({ path }: OrgCard) => sql`o.path >= ${path} and o.path < ${beyond(path)}`

/** What was paid for each owing `w`. */
const paidOf = sql`coalesce((select sum(y.cents) from dues.payment y
  where y.person_id = w.person_id and y.month = w.month and not y.taken_back), 0)::int`

const Arrear = z.object({
  personId: z.string(),
  name: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  /** Closed months not paid in full, oldest first. */
  months: z.array(z.object({ month: z.string(), owed: z.int(), paid: z.int() })),
  open: z.int(),
  /** Months in a row without any payment, and since when they are six; a fact and a date, never a judgement. */
  run: z.int(),
  sixSince: z.string().nullable(),
  says: z.string(),
})

export const arrears = query('dues.arrears', {
  title: '没有交足的党费',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(Arrear).extend({ rule: z.string() }),
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { after, limit }, org) => {
    const order: OrderBy[] = [{ by: sql`t.name collate "zh-x-icu"` }, { by: sql`t."personId"` }]
    const { rows } = await sql<ArrearRow>`select t.*, t.name as key from (
        select w.person_id as "personId", p.name, (array_agg(o.id order by w.month desc))[1] as "orgId",
          (array_agg(o.name order by w.month desc))[1] as "orgName",
          jsonb_agg(jsonb_build_object('month', to_char(w.month, 'YYYY-MM'), 'owed', w.cents, 'paid', ${paidOf}) order by w.month) as months
        from dues.owed w join organisation.org o on o.id = w.org_id join organisation.person p on p.id = w.person_id
        where ${under(org)} and w.month < ${firstOf(monthOf(dateAt(ctx.now)))}::date and w.cents > ${paidOf}
        group by w.person_id, p.name) t
      where ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.name, row.personId])
    return {
      items: page.items.map(({ key: _, ...row }) => ({ ...row, ...saidOf(row.months) })),
      next: page.next,
      rule: `党章第九条：没有正当理由，连续六个月不交纳党费的，按自行脱党处理；是否有正当理由，先由支部核实，这里只列事实和日期`,
    }
  },
})

interface ArrearRow {
  personId: string
  name: string
  orgId: string
  orgName: string
  months: { month: string; owed: number; paid: number }[]
  key: string
}

/** The longest run of months in a row without any payment. */
export function saidOf(months: ArrearRow['months']) {
  const none = months.filter(({ paid }) => paid === 0).map(({ month }) => month)
  let [run, start, best, from] = [0, '', 0, '']
  for (const [i, month] of none.entries()) {
    const follows = i > 0 && monthOf(addMonths(firstOf(none[i - 1]!), 1)) === month
    run = follows ? run + 1 : 1
    if (!follows) start = month
    if (run > best) [best, from] = [run, start]
  }
  const open = months.reduce((sum, { owed, paid }) => sum + owed - paid, 0)
  const six = best >= MONTHS_OF_RULE ? addMonths(firstOf(from), MONTHS_OF_RULE) : null
  const list = `${months.map(({ month }) => month).join('、')} 没有交足，共差 ${yuan(open)} 元`
  const says = six ? `${list}；从 ${from} 起连续 ${best} 个月没有交纳，到 ${six} 满六个月` : list
  return { open, run: best, sixSince: six, says }
}

const Finding = z.object({
  personId: z.string(),
  name: z.string(),
  orgId: z.string(),
  month: z.string(),
  says: z.string(),
  remedy: z.string(),
  source: z.string(),
  facts: z.array(z.string()),
})

export const findings = query('dues.findings', {
  title: '交纳金额与应交不符',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(Finding),
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { after, limit }, org) => {
    const order: OrderBy[] = [{ by: sql`w.month`, desc: true }, { by: sql`w.id` }]
    const { rows } =
      await sql<Mismatch>`select w.id, w.person_id as "personId", p.name, w.org_id as "orgId", o.path, w.payer, w.cents as owed,
        to_char(w.month, 'YYYY-MM') as month, w.month as first, ${paidOf} as paid, w.reduction_id is not null as reduced
      from dues.owed w join organisation.org o on o.id = w.org_id join organisation.person p on p.id = w.person_id
      where ${under(org)} and ${paidOf} > 0 and ${paidOf} <> w.cents and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.first, row.id])
    const items = []
    for (const row of page.items) items.push(await found(ctx, row))
    return { items, next: page.next }
  },
})

interface Mismatch {
  id: string
  personId: string
  name: string
  orgId: string
  path: string
  payer: Payer
  owed: number
  paid: number
  month: string
  first: string
  reduced: boolean
}

/** Says what is wrong with what was paid, and where it is the rate of the bracket below, says that. */
async function found(ctx: Ctx, row: Mismatch): Promise<z.output<typeof Finding>> {
  const table = ratesFor(row.month)
  const base = (await basesOn(ctx.db, [row.personId], row.first)).get(row.personId)
  const rounding = await roundingOn(ctx.db, row.path, row.first)
  const off = `${row.name} ${row.month} 交 ${yuan(row.paid)} 元，应交 ${yuan(row.owed)} 元，差 ${yuan(Math.abs(row.owed - row.paid))} 元`
  const why = base && !row.reduced ? whyOf(table, base, row.paid, rounding) : ''
  const { rows: facts } = await sql<{ id: string }>`select f.id from ${ledgerAsOf()} f where f.org_id = ${row.orgId} and (
      (f.kind = 'dues.owed' and f.subject = ${row.id})
      or (f.kind = 'dues.paid' and f.person_id = ${row.personId} and f.body ->> 'month' = ${row.first}))
    order by f.happened_on, f.id`.execute(ctx.db)
  return {
    personId: row.personId,
    name: row.name,
    orgId: row.orgId,
    month: row.month,
    says: `${off}${why}`,
    remedy:
      row.paid < row.owed
        ? '请党员补交差额，存入补交的日期；登记错的撤回后重新登记'
        : '撤回登记错的一笔后重新登记；确实多交的，登记为自愿多交',
    source: `${table.source}：全额档，不是超额累进，边界含在低档`,
    facts: facts.map(({ id }) => id),
  }
}

function whyOf(table: RateTable, { payer, cents }: { payer: Payer; cents: number }, paid: number, rounding: Rounding): string {
  if (payer !== 'employed' && payer !== 'retired') return ''
  const brackets = table[payer]
  const right = bracketOf(brackets, cents)
  const lower = brackets[brackets.indexOf(right) - 1]
  const least = rounding === 'jiao' ? 5000 : 1000
  if (!lower || Math.abs(paid * 1000 - cents * lower.perMille) > least) return ''
  return `；交的是 ${lower.perMille / 10}%，但基数 ${yuan(cents)} 元超过 ${yuan(lower.upTo!)} 元（${PAYERS[payer]}），全部基数按 ${right.perMille / 10}% 交`
}

const YearMonth = z.object({
  month: z.string(),
  persons: z.int(),
  paidPersons: z.int(),
  /** Null where it would tell what one person pays. */
  owed: z.int().nullable(),
  paid: z.int().nullable(),
})
export const YearOfDues = z.object({
  year: z.int(),
  orgName: z.string(),
  months: z.array(YearMonth),
  totals: z.object({ owed: z.int().nullable(), paid: z.int().nullable() }),
  /** Amounts are left out, and why. */
  hidden: z.string().nullable(),
  /** Members who pay less or nothing with approval. */
  reduced: z.int(),
  /** 自愿一次多交 of 1,000 元 and more, which goes to the centre whole; and what was given besides. */
  large: z.object({ count: z.int(), cents: z.int() }),
  small: z.object({ count: z.int(), cents: z.int() }),
  disclosedOn: z.string().nullable(),
  source: z.string(),
  can: z.object({ disclose: z.boolean() }),
})

export const year = query('dues.year', {
  title: '一年的党费收缴情况',
  input: z.object({ orgId: z.uuid(), year: z.int().min(2008).max(2100) }),
  output: YearOfDues,
  load: (ctx, { orgId }) => duesOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.read', org.path),
  run: (ctx, { year }, org) => yearOf(ctx, org, year),
})

/** Sums by month of an organisation and all below it: no names, because an amount tells a wage. */
export async function yearOf(ctx: Ctx, org: OrgCard, year: number): Promise<z.output<typeof YearOfDues>> {
  const [from, until] = [`${year}-01-01`, `${year}-12-31`]
  const { rows: months } = await sql<MonthSums>`select to_char(t.month, 'YYYY-MM') as month,
      (count(*) filter (where t.cents > 0))::int as persons, (count(*) filter (where t.cents > 0 and t.paid >= t.cents))::int as "paidPersons",
      coalesce(sum(t.cents), 0)::int as owed, coalesce(sum(t.paid), 0)::int as paid
    from (select w.month, w.cents, ${paidOf} as paid from dues.owed w join organisation.org o on o.id = w.org_id
      where ${under(org)} and w.month between ${from}::date and ${until}::date) t
    group by t.month order by t.month`.execute(ctx.db)
  const { rows: given } = await sql<{ isLarge: boolean; count: number; cents: number }>`select d.cents >= ${LARGE_DONATION} as "isLarge",
      count(*)::int as count, sum(d.cents)::int as cents
    from dues.donation d join organisation.org o on o.id = d.org_id
    where ${under(org)} and not d.taken_back and d.paid_on between ${from}::date and ${until}::date group by 1`.execute(ctx.db)
  const { rows: reduced } = await sql<{ n: number }>`select count(distinct w.person_id)::int as n from dues.owed w
    join organisation.org o on o.id = w.org_id
    where ${under(org)} and w.reduction_id is not null and w.month between ${from}::date and ${until}::date`.execute(ctx.db)
  const { rows: told } = await sql<{ on: string }>`select f.happened_on as on from ${ledgerAsOf()} f where f.org_id = ${org.id}
    and f.kind = 'dues.disclosed' and (f.body ->> 'year')::int = ${year} order by f.happened_on desc, f.id desc limit 1`.execute(ctx.db)
  const sum = (isLarge: boolean) => {
    const { count, cents } = given.find((g) => g.isLarge === isLarge) ?? { count: 0, cents: 0 }
    return { count, cents }
  }
  return {
    year,
    orgName: org.name,
    ...disclosable(
      months,
      ['dues.manage', 'dues.oversee'].some((c) => ctx.actor.holds(c, org.path) === true),
    ),
    reduced: reduced[0]!.n,
    large: sum(true),
    small: sum(false),
    disclosedOn: told[0]?.on ?? null,
    source: SOURCE,
    can: { disclose: ctx.actor.holds('dues.manage', org.path) === true },
  }
}
