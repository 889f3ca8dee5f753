import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { TaskCard, TaskState } from '../contract.ts'
import { cardOf, namesOf, type Seen, taskRows } from '../find.ts'
import type { Deployment } from '../tables.ts'

const Counts = z.object({ receivers: z.int(), received: z.int(), planned: z.int(), submitted: z.int(), closed: z.int(), overdue: z.int() })

const Card = z.object({
  id: z.uuid(),
  title: z.string(),
  orgName: z.string(),
  givenOn: z.iso.date(),
  dueOn: z.iso.date().nullable(),
  counts: Counts,
})

/** How far the receivers of deployments `d` are: from one grouped query over their tasks. */
async function countsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, z.output<typeof Counts>>> {
  const today = dateAt(ctx.now)
  const { rows } = await sql<z.output<typeof Counts> & { id: string }>`
    select t.source_id as id, count(*)::int as receivers,
      count(*) filter (where t.state not in ('given', 'above'))::int as received,
      count(*) filter (where t.state in ('planned', 'submitted', 'closed'))::int as planned,
      count(*) filter (where t.state in ('submitted', 'closed'))::int as submitted,
      count(*) filter (where t.state = 'closed')::int as closed,
      count(*) filter (where t.state in ('given', 'received', 'planned', 'above') and t.due_on < ${today}::date)::int as overdue
    from tasks.task t where t.source_id = any(${[...ids]}::uuid[]) and t.source = 'deployment' and t.state <> 'cancelled'
    group by t.source_id`.execute(ctx.db)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

const none = { receivers: 0, received: 0, planned: 0, submitted: 0, closed: 0, overdue: 0 }

const newestFirst: OrderBy[] = [
  { by: sql`d.given_on`, desc: true },
  { by: sql`d.id`, desc: true },
]

export const deployments = query('tasks.deployments', {
  title: '看本组织的部署',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(Card),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'tasks.read'),
  may: (actor, org) => actor.holds('tasks.read', org.path),
  run: async (ctx, { after, limit }, org) => {
    const { rows } = await sql<Deployment & { org_name: string }>`select d.*, coalesce(o.short_name, o.name) as org_name
      from tasks.deployment d join organisation.org o on o.id = d.org_id
      where d.org_id = ${org.id} and ${afterCursor(newestFirst, after)} order by ${orderOf(newestFirst)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (d) => [d.given_on, d.id])
    const counts = await countsOf(
      ctx,
      items.map((d) => d.id),
    )
    const card = (d: Deployment & { org_name: string }) => ({
      id: d.id,
      title: d.title,
      orgName: d.org_name,
      givenOn: d.given_on,
      dueOn: d.due_on,
      counts: counts.get(d.id) ?? none,
    })
    return { items: items.map(card), next }
  },
})

type Placed = Deployment & { path: string; org_name: string }

async function seenDeployment(ctx: Ctx, { id }: { id: string }): Promise<Placed | undefined> {
  const { rows } = await sql<Placed>`select d.*, o.path, coalesce(o.short_name, o.name) as org_name
    from tasks.deployment d join organisation.org o on o.id = d.org_id where d.id = ${id}`.execute(ctx.db)
  const [d] = rows
  // Who received it may read what was asked; how the others stand is for who gave it and above.
  return d && (ctx.actor.holds('tasks.read', d.path) === true || (await hasReceived(ctx, d.id))) ? d : undefined
}

async function hasReceived(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql`select from tasks.task t join organisation.org l on l.id = t.lead_org_id
    where t.source_id = ${id} and t.source = 'deployment' and ${ctx.actor.within('tasks.read', 'l.path')} limit 1`.execute(ctx.db)
  return rows.length > 0
}

const STAGES = ['all', 'given', 'received', 'planned', 'submitted', 'closed', 'overdue'] as const
/** What waits for who gave it first, then what is furthest behind; closed ones last. */
const ORDER = ['submitted', 'above', 'given', 'received', 'planned', 'closed'] as const
const byProgress: OrderBy[] = [
  { by: sql`array_position(${[...ORDER]}::text[], t.state)` },
  { by: sql`l.name collate "zh-x-icu"` },
  { by: sql`t.id` },
]

export const getDeployment = query('tasks.deployment', {
  title: '看一项部署和各单位的办理情况',
  input: Paged.extend({ id: z.uuid(), stage: z.enum(STAGES).default('all') }),
  output: pageOf(TaskCard.extend({ result: z.string().nullable() })).extend({
    id: z.uuid(),
    title: z.string(),
    text: z.string(),
    ownText: z.string(),
    orgName: z.string(),
    givenOn: z.iso.date(),
    givenBy: z.string().nullable(),
    dueOn: z.iso.date().nullable(),
    /** The deployment of the superior that it splits. */
    from: z.object({ id: z.uuid(), title: z.string(), orgName: z.string() }).nullable(),
    /** Only for who gave it: how all receivers stand. */
    counts: Counts.nullable(),
    states: z.partialRecord(TaskState, z.int()),
  }),
  load: seenDeployment,
  may: () => true,
  run: async (ctx, { stage, after, limit }, d) => {
    const whole = ctx.actor.holds('tasks.read', d.path) === true
    const today = dateAt(ctx.now)
    const which =
      stage === 'all'
        ? sql`true`
        : stage === 'overdue'
          ? sql`t.state <> all(array['submitted', 'closed']) and t.due_on < ${today}::date`
          : sql`t.state = ${stage}`
    const { rows } = await sql<Seen>`${taskRows} where t.source_id = ${d.id} and t.source = 'deployment' and t.state <> 'cancelled'
      and ${ctx.actor.within('tasks.read', 'l.path')} and ${which} and ${afterCursor(byProgress, after)}
      order by ${orderOf(byProgress)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (t) => [ORDER.indexOf(t.state as 'given') + 1, t.lead_full_name, t.id])
    const { rows: states } = whole
      ? await sql<{ state: TaskState; n: number }>`select t.state, count(*)::int as n from tasks.task t
          where t.source_id = ${d.id} and t.source = 'deployment' group by t.state`.execute(ctx.db)
      : { rows: [] }
    return {
      items: items.map((t) => ({ ...cardOf(t, ctx.now), result: t.result })),
      next,
      id: d.id,
      title: d.title,
      text: d.text,
      ownText: d.own_text,
      orgName: d.org_name,
      givenOn: d.given_on,
      givenBy: (await namesOf(ctx.db, 'person', [d.given_by])).get(d.given_by ?? '') ?? null,
      dueOn: d.due_on,
      from: await fromOf(ctx, d),
      counts: whole ? ((await countsOf(ctx, [d.id])).get(d.id) ?? none) : null,
      states: Object.fromEntries(states.map(({ state, n }) => [state, n])),
    }
  },
})

async function fromOf(ctx: Ctx, { from_id }: Deployment) {
  if (!from_id) return null
  const { rows } = await sql<{ id: string; title: string; orgName: string }>`
    select d.id, d.title, coalesce(o.short_name, o.name) as "orgName" from tasks.deployment d join organisation.org o on o.id = d.org_id
    where d.id = ${from_id}`.execute(ctx.db)
  return rows[0] ?? null
}
