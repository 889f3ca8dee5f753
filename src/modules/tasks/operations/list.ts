import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { type Act, DOING_STATES, OPEN_STATES, TaskCard, TaskSource, TodoItem } from '../contract.ts'
import { cardOf, type Seen, taskRows } from '../find.ts'

const FAR = '9999-12-31'
const byTerm: OrderBy[] = [{ by: sql`coalesce(t.due_on, ${FAR}::date)` }, { by: sql`t.id` }]
const newestFirst: OrderBy[] = [
  { by: sql`t.given_at`, desc: true },
  { by: sql`t.id`, desc: true },
]

export const VIEWS = ['open', 'overdue', 'submitted', 'above', 'closed', 'given'] as const

export const listTasks = query('tasks.list', {
  title: '看任务列表',
  input: Paged.extend({
    orgId: z.uuid(),
    view: z.enum(VIEWS).default('open'),
    source: TaskSource.optional(),
    /** Also those of the organisations below. */
    below: z.boolean().default(true),
    /** The first characters of the title. */
    text: z.string().trim().max(60).optional(),
  }),
  output: pageOf(TaskCard).extend({ counts: z.record(z.enum(VIEWS), z.int()) }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'tasks.read'),
  may: (actor, org) => actor.holds('tasks.read', org.path),
  run: async (ctx, { view, source, below, text, after, limit }, org) => {
    const today = dateAt(ctx.now)
    const open = sql`t.state = any(${[...OPEN_STATES]}::text[])`
    const views = {
      open,
      overdue: sql`${open} and t.state <> 'submitted' and t.due_on < ${today}::date`,
      submitted: sql`t.state = 'submitted'`,
      above: sql`t.state = 'above'`,
      closed: sql`t.state = 'closed'`,
      given: sql`true`,
    }
    const here = (v: (typeof VIEWS)[number]) =>
      v === 'given'
        ? sql`t.giver_org_id = ${org.id} and ${open}`
        : sql`${below ? sql`l.path >= ${org.path} and l.path < ${beyond(org.path)}` : sql`t.lead_org_id = ${org.id}`} and ${views[v]}`
    const order = view === 'closed' ? newestFirst : byTerm
    const filters = sql`${source ? sql`t.source = ${source}` : sql`true`}
      and ${text ? sql`starts_with(t.title, ${text})` : sql`true`}`
    const { rows } = await sql<Seen>`${taskRows} where ${here(view)} and ${filters} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const keyOf = (t: Seen) => (view === 'closed' ? [t.given_at.toISOString(), t.id] : [t.due_on ?? FAR, t.id])
    const { items, next } = cut(rows, limit, keyOf)
    const { rows: counted } = await sql<Record<(typeof VIEWS)[number], number>>`
      select ${sql.join(VIEWS.map((v) => sql`count(*) filter (where ${here(v)} and ${filters})::int as ${sql.ref(v)}`))}
      from tasks.task t join organisation.org l on l.id = t.lead_org_id
      where (l.path >= ${org.path} and l.path < ${beyond(org.path)}) or t.giver_org_id = ${org.id}`.execute(ctx.db)
    return { items: items.map((t) => cardOf(t, ctx.now)), next, counts: counted[0]! }
  },
})

/** The posts of the actor in which they do tasks, and in which they give and verify them: of these very organisations. */
const ownPosts = ({ actor }: Ctx, capability: string) => [
  ...new Set(
    actor
      .grantsOf(capability)
      .map((g) => g.orgId)
      .filter(Boolean),
  ),
]

/** What waits for the actor, over all posts: a relation of tasks with `act` and `rank` (0 late, 1 others wait for it, 2 the rest). */
function waiting(ctx: Ctx) {
  const me = ctx.actor.personId
  const today = dateAt(ctx.now)
  const [work, give] = [ownPosts(ctx, 'tasks.work'), ownPosts(ctx, 'tasks.give')]
  const mine = sql`(t.lead_id = ${me} or (t.lead_id is null and t.lead_org_id = any(${work}::uuid[])))`
  const giving = sql`(t.giver_org_id = any(${give}::uuid[]))`
  const acts: [Act, ReturnType<typeof sql>][] = [
    ['settle', sql`t.state = 'above' and t.above_org_id = any(${give}::uuid[])`],
    [
      'verify',
      sql`t.state = 'submitted' and ${giving} and t.submitted_by is distinct from ${me}::uuid and t.lead_id is distinct from ${me}::uuid`,
    ],
    ['extension', sql`t.asked_due_on is not null and ${giving} and t.asked_by is distinct from ${me}::uuid`],
    [
      'answer',
      sql`t.state <> all(array['closed', 'cancelled']) and exists (select from tasks.co_owner c where c.org_id = t.org_id and c.task_id = t.id and c.state = 'asked'
        and (c.co_id = ${me} or (c.co_id is null and c.co_org_id = any(${work}::uuid[]))))`,
    ],
    ['do', sql`t.state = any(${[...DOING_STATES]}::text[]) and ${mine}`],
    ['effect', sql`t.state = 'closed' and t.effect_holds is null and t.effect_on <= ${today}::date and ${giving}`],
  ]
  const act = sql`case ${sql.join(
    acts.map(([name, when]) => sql`when ${when} then ${name}::text`),
    sql` `,
  )} end`
  // What may concern the person at all comes by indexes; which of it waits is then asked of those few.
  const concerned = sql`(t.lead_id = ${me} or t.lead_org_id = any(${work}::uuid[]) or t.giver_org_id = any(${give}::uuid[])
    or t.above_org_id = any(${give}::uuid[]) or t.id = any(array(select c.task_id from tasks.co_owner c
      where c.state = 'asked' and (c.co_id = ${me} or c.co_org_id = any(${work}::uuid[])))))`
  return sql`(select w.*, case when w.act = 'do' and w.due_on < ${today}::date then 0 when w.act in ('do', 'effect') then 2 else 1 end as rank
    from (select t.*, ${act} as act from (${taskRows} where t.state <> 'cancelled' and ${concerned}) t) w where w.act is not null)`
}

const byConsequence: OrderBy[] = [{ by: sql`t.rank` }, { by: sql`coalesce(t.due_on, ${FAR}::date)` }, { by: sql`t.id` }]

export const mine = query('tasks.mine', {
  title: '我的待办',
  input: Paged,
  output: pageOf(TodoItem),
  may: () => true,
  run: async (ctx, { after, limit }) => {
    if (!ctx.actor.personId) return { items: [], next: null }
    const { rows } = await sql<Seen & { act: Act; rank: number }>`select t.* from ${waiting(ctx)} t
      where ${afterCursor(byConsequence, after)} order by ${orderOf(byConsequence)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (t) => [t.rank, t.due_on ?? FAR, t.id])
    return { items: items.map((t) => ({ ...cardOf(t, ctx.now), act: t.act })), next }
  },
})

export const mineCount = query('tasks.mineCount', {
  title: '我有几件待办',
  input: z.object({}),
  output: z.object({ open: z.int(), overdue: z.int() }),
  may: () => true,
  run: async (ctx) => {
    if (!ctx.actor.personId) return { open: 0, overdue: 0 }
    const { rows } = await sql<{ open: number; overdue: number }>`
      select count(*)::int as open, count(*) filter (where t.rank = 0)::int as overdue from ${waiting(ctx)} t`.execute(ctx.db)
    return rows[0]!
  },
})
