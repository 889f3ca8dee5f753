import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, download, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { retract } from '#ledger/facts.ts'
import { CorrectionReason } from '#modules/organisation/contract.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { FORMS, Form, OCCASIONS, Occasion } from '../contract.ts'
import { record } from '../store.ts'
import { assertPast, homeSeen } from './plan.ts'

export const condole = command('care.condole', {
  title: '记一次慰问',
  input: z.object({ personId: z.uuid(), on: z.iso.date(), occasion: Occasion, form: Form }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { personId }) => homeSeen(ctx, personId),
  may: (actor, org) => actor.holds('care.manage', org.path),
  run: async (ctx, { personId, on, occasion, form }, org) => {
    assertPast(ctx, on, 'on')
    const id = newId()
    const fact = record(ctx, 'condolence.paid', { subject: id, orgId: org.id, personId, happenedOn: on, body: { occasion, form } })
    await sql`insert into care.condolence (org_id, id, person_id, on_day, occasion, form, fact_id, recorded_by)
      values (${org.id}, ${id}, ${personId}, ${on}, ${occasion}, ${form}, ${fact}, ${ctx.actor.personId})`.execute(ctx.db)
    return { id }
  },
})

const Row = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  orgName: z.string(),
  on: z.string(),
  occasion: Occasion,
  form: Form,
  can: z.object({ drop: z.boolean() }),
})

interface Stored {
  org_id: string
  id: string
  person_id: string
  name: string
  org_name: string
  path: string
  on_day: string
  occasion: Occasion
  form: Form
  fact_id: string
}

const rowsOf = sql`select c.org_id, c.id, c.person_id, p.name, o.name as org_name, o.path, c.on_day, c.occasion, c.form, c.fact_id
  from care.condolence c join organisation.person p on p.id = c.person_id join organisation.org o on o.id = c.org_id`

const ORDER: OrderBy[] = [
  { by: sql`c.on_day`, desc: true },
  { by: sql`c.id`, desc: true },
]

const Where = z.object({ orgId: z.uuid().optional(), year: z.int().min(2000).max(2100).optional() })
type Where = z.output<typeof Where>

const place = async (ctx: Ctx, { orgId }: Where) => (orgId ? orgSeen(ctx, orgId, 'care.read') : null)

function filtered(ctx: Ctx, { year }: Where, org: OrgCard | null) {
  const under = org ? sql`(o.path >= ${org.path} and o.path < ${beyond(org.path)})` : sql`true`
  const within = year ? sql`c.on_day between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date` : sql`true`
  return sql`${ctx.actor.within('care.read', 'o.path')} and ${under} and ${within}`
}

export const condolences = query('care.condolences', {
  title: '看慰问记录',
  input: Where.extend(Paged.shape),
  output: pageOf(Row),
  load: place,
  may: (actor, org) => (org ? actor.holds('care.read', org.path) : actor.holdsAnywhere('care.read')),
  run: async (ctx, { after, limit, ...where }, org) => {
    const { rows } = await sql<Stored>`${rowsOf} where ${filtered(ctx, where, org)} and ${afterCursor(ORDER, after)}
      order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.on_day, row.id])
    return {
      next: page.next,
      items: page.items.map(({ id, person_id: personId, name, org_name: orgName, on_day: on, occasion, form, path }) => {
        return { id, personId, name, orgName, on, occasion, form, can: { drop: ctx.actor.holds('care.manage', path) === true } }
      }),
    }
  },
})

export const dropCondolence = command('care.dropCondolence', {
  title: '撤回记错的慰问',
  input: z.object({ id: z.uuid(), reason: CorrectionReason }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { id }) => {
    const { rows: at } = await sql<{ org_id: string }>`select org_id from care.condolence where id = ${id}`.execute(ctx.db)
    if (!at[0]) return undefined
    await sql`select from care.condolence where org_id = ${at[0].org_id} and id = ${id} for update`.execute(ctx.db)
    const { rows } = await sql<Stored>`${rowsOf} where c.id = ${id} and ${ctx.actor.within('care.read', 'o.path')}`.execute(ctx.db)
    return rows[0]
  },
  may: (actor, { path }) => actor.holds('care.manage', path),
  run: async (ctx, { id, reason }, { org_id: orgId, fact_id: factId }) => {
    retract(ctx, { orgId, factId, kind: 'condolence.paid', reason })
    await sql`delete from care.condolence where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
    return { id }
  },
})

export const condolenceSheet = download('care.condolenceSheet', {
  title: '导出慰问台账',
  input: Where,
  load: place,
  may: (actor, org) => (org ? actor.holds('care.read', org.path) : actor.holdsAnywhere('care.read')),
  run: async (ctx, where, org) => {
    const { rows } = await sql<Stored>`${rowsOf} where ${filtered(ctx, where, org)} order by ${orderOf(ORDER)} limit 20000`.execute(ctx.db)
    const title = `${org?.name ?? ''}${where.year ?? ''}慰问台账`
    const body = await xlsxBuffer([
      {
        name: '慰问',
        title,
        columns: ['日期', '姓名', '支部', '因为什么', '形式'].map((head) => ({ title: head })),
        rows: rows.map((r) => [r.on_day, r.name, r.org_name, OCCASIONS[r.occasion], FORMS[r.form]]),
      },
    ])
    return { fileName: `${title}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body }
  },
})
