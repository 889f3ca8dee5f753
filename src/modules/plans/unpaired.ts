import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { Year } from './contract.ts'

const Unpaired = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  title: z.string(),
  dueOn: z.iso.date(),
  says: z.string(),
  source: z.string(),
  remedy: z.string(),
  factIds: z.array(z.uuid()),
  open: z.string(),
})

interface Row {
  id: string
  orgId: string
  orgName: string
  title: string
  dueOn: string
}

const order: OrderBy[] = [{ by: sql`e.due_on` }, { by: sql`e.id` }]
/** Tasks beside which a measure stands that was not cancelled. */
const pairedTasks = sql`(select distinct p.org_id, p.task_id from plans.pair p
  join plans.entry m on m.org_id = p.org_id and m.id = p.measure_id where m.ended_on is null)`

/** States what stands alone; nobody is blamed for it, and no score follows from the list itself. */
export const unpaired = query('plans.unpaired', {
  title: '没有配党建举措的重点业务任务',
  input: Paged.extend({ orgId: z.uuid(), year: Year }),
  output: pageOf(Unpaired).extend({
    /** Key business tasks of the year there and below, and those with a Party measure. */
    tasks: z.int(),
    paired: z.int(),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'plans.read'),
  may: (actor, org) => actor.holds('plans.read', org.path),
  run: async (ctx, { year, after, limit }, org) => {
    const { path } = org
    const standing = sql`plans.entry e join organisation.org o on o.id = e.org_id
      left join ${pairedTasks} b on b.org_id = e.org_id and b.task_id = e.id
      where o.path >= ${path} and o.path < ${beyond(path)} and ${ctx.actor.within('plans.read', 'o.path')}
        and e.year = ${year} and e.side = 'business' and e.ended_on is null`
    const { rows } =
      await sql<Row>`select e.id, e.org_id as "orgId", coalesce(o.short_name, o.name) as "orgName", e.title, e.due_on as "dueOn"
      from ${standing} and b.task_id is null and ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const { rows: counts } = await sql<{ tasks: number; alone: number }>`select count(*)::int as tasks,
      (count(*) filter (where b.task_id is null))::int as alone from ${standing}`.execute(ctx.db)
    const { tasks, alone } = counts[0]!
    const { items, next } = cut(rows, limit, (r) => [r.dueOn, r.id])
    const facts = await adoptedIn(ctx, items)
    return { items: items.map((r) => ({ ...r, ...saying(r, year), factIds: facts.get(r.id) ?? [] })), next, tasks, paired: tasks - alone }
  },
})

const saying = ({ orgName, title, orgId }: Row, year: number) => ({
  says: `${orgName} ${year} 年的重点业务任务“${title}”没有配党建举措`,
  source: '党建与业务同谋划、同部署、同推进',
  remedy: '需要的，在年度计划里给它配上党建举措',
  open: `/plans?org=${orgId}&year=${year}`,
})

/** The facts by which the entries came onto their plans, by entry. */
async function adoptedIn(ctx: Ctx, rows: readonly Row[]): Promise<Map<string, string[]>> {
  const { rows: facts } = await sql<{ subject: string; id: string }>`select f.subject, f.id from ${ledgerAsOf()} f
    where f.org_id = any(${[...new Set(rows.map((r) => r.orgId))]}::uuid[]) and f.subject = any(${rows.map((r) => r.id)}::uuid[])
      and f.kind = 'planEntry.adopted' order by f.recorded_at, f.id`.execute(ctx.db)
  return new Map([...Map.groupBy(facts, (f) => f.subject)].map(([entry, of]) => [entry, of.map((f) => f.id)]))
}
