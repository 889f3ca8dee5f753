import { sql } from 'kysely'
import { addMonths } from '#kernel/civilDate.ts'
import { type Case, measure, type Question } from '#kernel/measure.ts'
import { monthOf } from './months.ts'

interface Owing {
  orgId: string
  month: string
  id: string
  cents: number
  /** In cents by the end of the month, with the facts that show it. */
  paid: number
  facts: string[]
}

/** Of the members listed for a month, how many had paid in full by its last day; one case for each branch and month. */
export const onTime = measure({
  key: 'dues.on-time',
  title: '按月交足党费的党员',
  reads: ['dues.listed', 'dues.owed', 'dues.paid'],
  cases: async (q) => {
    const months = Map.groupBy(await owings(q), ({ orgId, month }) => `${orgId} ${month}`)
    const met = [...months.values()].map((of) => caseOf(of, q.asAt))
    return [...met, ...(await unlisted(q))]
  },
})

async function owings({ db, facts, orgIds, from, to, asAt }: Question): Promise<Owing[]> {
  const orgs = sql`any(${[...orgIds]}::uuid[])`
  const { rows } = await sql<Owing>`select w.org_id as "orgId", w.body ->> 'month' as month, w.id, (w.body ->> 'cents')::int as cents,
      coalesce(sum((y.body ->> 'cents')::int), 0)::int as paid, array_remove(array_agg(y.id), null) as facts
    from ${facts} w
    left join (select * from ${facts} k where k.kind = 'dues.paid' and k.org_id = ${orgs}) y
      on y.org_id = w.org_id and y.person_id = w.person_id and y.body ->> 'month' = w.body ->> 'month'
        and y.happened_on < ((w.body ->> 'month')::date + interval '1 month')
    where w.kind = 'dues.owed' and w.org_id = ${orgs} and (w.body ->> 'month')::date between ${from}::date and ${to}::date
      and (w.body ->> 'month')::date <= ${asAt}::date and (w.body ->> 'cents')::int > 0
    group by w.org_id, w.body ->> 'month', w.id, w.body ->> 'cents' order by 1, 2, 3`.execute(db)
  return rows
}

function caseOf(of: readonly Owing[], asAt: string): Case {
  const [{ orgId, month }] = of as [Owing]
  const met = of.filter(({ paid, cents }) => paid >= cents).length
  const open = addMonths(month, 1) > asAt && met < of.length
  return {
    orgId,
    period: monthOf(month),
    expected: of.length,
    met,
    facts: of.flatMap(({ id, facts }) => [id, ...facts]),
    note: `${monthOf(month)} 应交 ${of.length} 人，月底前交足 ${met} 人${met < of.length ? `，${of.length - met} 人没有交足` : ''}`,
    ...(open ? { due: false } : {}),
  }
}

/** Once a branch has begun to list, a month without a list is one case not met. */
async function unlisted({ db, facts, orgIds, from, to, asAt }: Question): Promise<Case[]> {
  const { rows } = await sql<{ orgId: string; months: string[] }>`select org_id as "orgId", array_agg(body ->> 'month' order by 1) as months
    from ${facts} f where kind = 'dues.listed' and org_id = any(${[...orgIds]}::uuid[]) group by org_id`.execute(db)
  return rows.flatMap(({ orgId, months }) => {
    const missing: Case[] = []
    const first = months.reduce((a, b) => (a < b ? a : b))
    for (let month = first > from ? first : `${monthOf(from)}-01`; month <= to && addMonths(month, 1) <= asAt; month = addMonths(month, 1))
      if (!months.includes(month))
        missing.push({ orgId, period: monthOf(month), expected: 1, met: 0, facts: [], note: `${monthOf(month)} 没有生成应交党费名单` })
    return missing
  })
}

/** Whether the year's dues were made known to the members; due when the year has ended. */
export const disclosed = measure({
  key: 'dues.disclosed',
  title: '公布年度党费收缴情况',
  reads: ['dues.listed', 'dues.disclosed'],
  cases: async ({ db, facts, orgIds, from, to, asAt }) => {
    const { rows } = await sql<{ orgId: string; year: number; id: string | null; on: string | null }>`
      select l.org_id as "orgId", l.year, d.id, d.happened_on as on
      from (select distinct org_id, extract(year from (body ->> 'month')::date)::int as year from ${facts} f
        where kind = 'dues.listed' and org_id = any(${[...orgIds]}::uuid[])) l
      left join (select distinct on (org_id, body ->> 'year') org_id, id, happened_on, (body ->> 'year')::int as year from ${facts} k
        where kind = 'dues.disclosed' and org_id = any(${[...orgIds]}::uuid[]) order by org_id, body ->> 'year', happened_on, id) d
        on d.org_id = l.org_id and d.year = l.year
      where l.year between ${Number(from.slice(0, 4))} and ${Number(to.slice(0, 4))} order by 1, 2`.execute(db)
    return rows.map(({ orgId, year, id, on }) => ({
      orgId,
      period: String(year),
      expected: 1,
      met: id ? 1 : 0,
      facts: id ? [id] : [],
      note: id ? `${year} 年党费收缴情况 ${on} 公布` : `${year} 年党费收缴情况还没有公布`,
      ...(id === null && asAt <= `${year}-12-31` ? { due: false } : {}),
    }))
  },
})

export const duesMeasures = [onTime, disclosed]
