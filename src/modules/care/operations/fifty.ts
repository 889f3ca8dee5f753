import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { type Ctx, download, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { lifeText } from '#modules/members/published.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { FIFTY_RULE } from '../contract.ts'
import { fiftyOn } from '../fifty.ts'

const Row = z.object({
  personId: z.string(),
  name: z.string(),
  orgName: z.string(),
  joined: z.string().nullable(),
  converted: z.string().nullable(),
  /** The first day of fifty years, as far as it is known. */
  on: z.string(),
  certain: z.boolean(),
  why: z.string(),
  /** The day on which the medal was handed over, where that is recorded. */
  medalOn: z.string().nullable(),
})

const Where = z.object({
  orgId: z.uuid().optional(),
  /** Reached by this day; the next first of July when left out. */
  by: z.iso.date().optional(),
})
type Where = z.output<typeof Where>

interface Stored {
  id: string
  name: string
  orgName: string
  joinedFrom: string | null
  joinedUntil: string | null
  joinedPrecision: 'day' | 'month' | 'year' | null
  convertedFrom: string | null
  convertedUntil: string | null
  convertedPrecision: 'day' | 'month' | 'year' | null
  counted: string
  medalOn: string | null
}

const ORDER: OrderBy[] = [{ by: sql`coalesce(f.converted_from, f.joined_from)` }, { by: sql`p.id` }]

function rowsBy(ctx: Ctx, by: string, org: OrgCard | null) {
  const under = org ? sql`(o.path >= ${org.path} and o.path < ${beyond(org.path)})` : sql`true`
  return sql<Stored>`select p.id, p.name, o.name as "orgName", f.joined_from as "joinedFrom", f.joined_until as "joinedUntil",
      f.joined_precision as "joinedPrecision", f.converted_from as "convertedFrom", f.converted_until as "convertedUntil",
      f.converted_precision as "convertedPrecision", coalesce(f.converted_from, f.joined_from) as counted,
      c.on_day as "medalOn"
    from members.profile f join organisation.person p on p.id = f.person_id
    join members.membership m on m.person_id = p.id and upper(m.valid) is null
    join organisation.org o on o.id = m.org_id
    join members.standing s on s.person_id = p.id and upper(s.valid) is null and s.standing = 'fullMember'
    left join (select person_id, max(on_day) as on_day from care.condolence where form = 'medal' group by person_id) c on c.person_id = p.id
    where coalesce(f.converted_from, f.joined_from) <= ${addYears(by, -50)}::date and ${ctx.actor.within('care.read', 'o.path')} and ${under}`
}

const place = async (ctx: Ctx, { orgId }: Where) => (orgId ? orgSeen(ctx, orgId, 'care.read') : null)

/** The next first of July: the day on which the medals are handed over. */
function nextFirstOfJuly(day: string): string {
  const year = Number(day.slice(0, 4))
  return day <= `${year}-07-01` ? `${year}-07-01` : `${year + 1}-07-01`
}

function rowOf(r: Stored, by: string): z.output<typeof Row> {
  const span = (from: string | null, until: string | null) => (from && until ? { from, until } : null)
  const text = (from: string | null, precision: 'day' | 'month' | 'year' | null) =>
    from && precision ? lifeText({ from, precision }) : null
  const fifty = fiftyOn(span(r.convertedFrom, r.convertedUntil), span(r.joinedFrom, r.joinedUntil), by)
  return {
    personId: r.id,
    name: r.name,
    orgName: r.orgName,
    joined: text(r.joinedFrom, r.joinedPrecision),
    converted: text(r.convertedFrom, r.convertedPrecision),
    on: fifty?.on ?? addYears(r.counted, 50),
    certain: fifty?.certain ?? false,
    why: fifty?.why ?? '',
    medalOn: r.medalOn,
  }
}

export const fifty = query('care.fifty', {
  title: '光荣在党50年',
  input: Where.extend(Paged.shape),
  output: pageOf(Row).extend({ by: z.string(), rule: z.string() }),
  load: place,
  may: (actor, org) => (org ? actor.holds('care.read', org.path) : actor.holdsAnywhere('care.read')),
  run: async (ctx, { after, limit, ...where }, org) => {
    const by = where.by ?? nextFirstOfJuly(dateAt(ctx.now))
    const { rows } = await sql<Stored>`${rowsBy(ctx, by, org)} and ${afterCursor(ORDER, after)}
      order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.counted, row.id])
    return { next: page.next, items: page.items.map((row) => rowOf(row, by)), by, rule: FIFTY_RULE }
  },
})

export const fiftySheet = download('care.fiftySheet', {
  title: '导出光荣在党50年名单',
  input: Where,
  load: place,
  may: (actor, org) => (org ? actor.holds('care.read', org.path) : actor.holdsAnywhere('care.read')),
  run: async (ctx, where, org) => {
    const by = where.by ?? nextFirstOfJuly(dateAt(ctx.now))
    const { rows } = await sql<Stored>`${rowsBy(ctx, by, org)} order by ${orderOf(ORDER)} limit 20000`.execute(ctx.db)
    const heads = ['姓名', '支部', '入党', '转正', '满50年', '核对', '颁发纪念章']
    const body = await xlsxBuffer([
      {
        name: '光荣在党50年',
        title: `截至 ${by} 光荣在党50年名单`,
        columns: heads.map((title) => ({ title })),
        rows: rows.map((r) => {
          const row = rowOf(r, by)
          return [row.name, row.orgName, row.joined, row.converted, row.on, row.certain ? row.why || '已满' : row.why, row.medalOn]
        }),
        footer: [FIFTY_RULE],
      },
    ])
    return { fileName: `光荣在党50年-${by}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body }
  },
})
