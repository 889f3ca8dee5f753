import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { heldMeeting, heldOf } from '#modules/meetings/published.ts'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { talksOfYear } from '#modules/talks/published.ts'
import { TASK_STATES } from '#modules/tasks/contract.ts'
import { tasksFrom } from '#modules/tasks/published.ts'
import { CHAIN_KINDS, ChainCard, ChainKind, ChainView, REPORT_DAYS, spanOf, stepsOf } from '../contract.ts'
import { chainsWhere, isOwn, type SeenChain, seenChain, stepsOfChain } from '../find.ts'
import { abilities } from '../policy.ts'
import type { Line, Person } from '../tables.ts'

const Year = z.int().min(2000).max(2100)

export const getChain = query('chains.get', {
  title: '看一次组织生活会或民主生活会的筹备',
  input: z.object({ id: z.uuid() }),
  output: ChainView,
  load: seenChain,
  may: anyone,
  run: (ctx, _input, c) => viewOf(ctx, c),
})

/** The chain as this reader may see it: its own committee everything, those above who wrote and not what, a member their own words. */
async function viewOf(ctx: Ctx, c: SeenChain): Promise<ChainView> {
  const own = isOwn(ctx.actor, c)
  const above = ctx.actor.holds('chains.read', c.path) === true
  // Who took part and has moved away since keeps their own words; what was listed afterwards is not theirs to read.
  const there = above || ctx.actor.grantsOf('meetings.read').some((g) => g.orgId === c.org_id)
  const [people, opinions, lines, talks, tasks, meeting] = await Promise.all([
    peopleOf(ctx, c),
    own ? opinionsOf(ctx, c) : [],
    there ? linesOf(ctx, c) : [],
    talksOfYear(ctx.db, c.org_id, c.year, ctx.now),
    tasksFrom(ctx.db, c.id),
    c.meeting_id ? heldMeeting(ctx.db, c.org_id, c.meeting_id) : undefined,
  ])
  const me = people.find((p) => p.person_id === ctx.actor.personId)
  return {
    id: c.id,
    orgId: c.org_id,
    orgName: c.org_name,
    kind: c.kind,
    year: c.year,
    title: c.title,
    openedOn: dateAt(c.opened_at),
    droppedReason: c.dropped_reason,
    steps: stepsOfChain(c, talks.left),
    opinions,
    people: above
      ? people.map((p) => ({
          personId: p.person_id,
          name: p.name,
          written: p.written_at !== null,
          onPaper: p.on_paper,
          text: own ? p.text : null,
        }))
      : [],
    talksLeft: own ? talks.names : [],
    mine: me ? { written: me.written_at !== null, text: me.text } : null,
    meeting: meeting
      ? { id: meeting.id, title: meeting.title, heldOn: meeting.heldOn, expected: meeting.expected, present: meeting.present }
      : null,
    lines: lines.map((l) => {
      const task = tasks.get(l.id)
      return {
        id: l.id,
        problem: l.problem,
        measure: l.measure,
        owner: l.owner,
        dueOn: l.due_on,
        taskId: task?.id ?? null,
        taskState: task ? TASK_STATES[task.state] : null,
      }
    }),
    reportedOn: c.reported_on,
    reportBy: c.kind === 'democraticLifeMeeting' && c.held_on ? addDays(c.held_on, REPORT_DAYS) : null,
    version: c.version,
    can: abilities(ctx.actor, c),
  }
}

const peopleOf = async ({ db }: Ctx, c: SeenChain) =>
  (
    await sql<Person & { name: string }>`select i.*, p.name from chains.person i join organisation.person p on p.id = i.person_id
      where i.org_id = ${c.org_id} and i.chain_id = ${c.id} order by p.name collate "zh-x-icu", p.id`.execute(db)
  ).rows

const opinionsOf = async ({ db }: Ctx, c: SeenChain) =>
  (
    await sql<ChainView['opinions'][number]>`select o.id, o.source, o.from_whom as "fromWhom", o.text, p.name as by, o.collected_on as on
      from chains.opinion o left join organisation.person p on p.id = o.collected_by
      where o.org_id = ${c.org_id} and o.chain_id = ${c.id} and o.withdrawn_at is null order by o.collected_on, o.id limit 500`.execute(db)
  ).rows

/** What is to be put right after it, in the order it was listed, with the name of who does it. */
export const linesOf = async ({ db }: Pick<Ctx, 'db'>, c: Pick<SeenChain, 'org_id' | 'id'>) =>
  (
    await sql<Line & { owner: string | null }>`select l.*, p.name as owner from chains.line l
      left join organisation.person p on p.id = l.owner_id
      where l.org_id = ${c.org_id} and l.chain_id = ${c.id} order by l.id limit 500`.execute(db)
  ).rows

export const meetingsFor = query('chains.meetings', {
  title: '看可以关联的会',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    items: z.array(z.object({ id: z.uuid(), title: z.string(), heldOn: z.iso.date(), expected: z.int(), present: z.int() })),
  }),
  load: seenChain,
  may: (actor, c) => actor.holds('chains.read', c.path),
  run: async (ctx, _input, c) => {
    const items = await heldOf(ctx.db, c.org_id, c.kind, ...spanOf(c.year))
    return { items: items.map(({ id, title, heldOn, expected, present }) => ({ id, title, heldOn, expected, present })) }
  },
})

const KINDS_OF: Record<ChainKind, readonly OrgKind[]> = {
  orgLifeMeeting: BRANCH_KINDS,
  democraticLifeMeeting: ['partyCommittee', 'workCommittee', 'generalBranch'],
}
const byName: OrderBy[] = [{ by: sql`o.name` }, { by: sql`o.id` }, { by: sql`coalesce(c.id, '00000000-0000-0000-0000-000000000000')` }]

export const chainStates = query('chains.states', {
  title: '看各组织的组织生活会、民主生活会办到哪一步',
  input: Paged.extend({ orgId: z.uuid(), year: Year, kind: ChainKind, notHeld: z.boolean().default(false) }),
  output: pageOf(ChainCard).extend({
    /** Of all that hold such a meeting there and below: how many there are, and how many have held theirs. */
    all: z.int(),
    held: z.int(),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'chains.read'),
  may: (actor, org) => actor.holds('chains.read', org.path),
  run: async (ctx, { year, kind, notHeld, after, limit }, org) => {
    const standing = sql`organisation.org o
      left join chains.chain c on c.org_id = o.id and c.year = ${year} and c.kind = ${kind} and c.dropped_reason is null
      where o.path >= ${org.path} and o.path < ${`${org.path}~`} and o.kind = any(${[...KINDS_OF[kind]]}) and o.dissolved_on is null
        and ${ctx.actor.within('chains.read', 'o.path')}`
    const { rows } = await sql<{ id: string; name: string; shown: string; chainId: string | null }>`
      select o.id, o.name, coalesce(o.short_name, o.name) as shown, c.id as "chainId" from ${standing}
        and ${notHeld ? sql`c.held_on is null` : sql`true`}
        and ${afterCursor(byName, after)} order by ${orderOf(byName)} limit ${limit + 1}`.execute(ctx.db)
    const { rows: counts } = await sql<{ all: number; held: number }>`select count(distinct o.id)::int as all,
      (count(distinct o.id) filter (where c.held_on is not null))::int as held from ${standing}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (r) => [r.name, r.id, r.chainId ?? '00000000-0000-0000-0000-000000000000'])
    const chains = new Map(
      (await chainsWhere(ctx, sql`c.id = any(${items.map((r) => r.chainId).filter((id) => id !== null)}::uuid[])`)).map((c) => [c.id, c]),
    )
    return {
      items: items.map((r) => {
        const c = r.chainId ? chains.get(r.chainId) : undefined
        return {
          id: r.chainId,
          orgId: r.id,
          orgName: r.shown,
          kind,
          year,
          title: c?.title ?? `${year} 年${CHAIN_KINDS[kind]}`,
          steps: c ? stepsOfChain(c, null) : stepsOf(NOTHING(kind)),
        }
      }),
      next,
      ...counts[0]!,
    }
  },
})

const NOTHING = (kind: ChainKind) => ({
  kind, opinions: 0, talksLeft: null, people: 1, written: 0, heldOn: null, lines: 0, reportedOn: null,
}) // biome-ignore format: one row

export const myChains = query('chains.mine', {
  title: '看我要写的对照检查',
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ id: z.uuid(), title: z.string(), written: z.boolean() })) }),
  may: anyone,
  run: async (ctx) => {
    const { rows } = await sql<{ id: string; title: string; written: boolean }>`select c.id, c.title, i.written_at is not null as written
      from chains.person i join chains.chain c on c.org_id = i.org_id and c.id = i.chain_id
      where i.person_id = ${ctx.actor.personId}::uuid and c.meeting_id is null and c.dropped_reason is null
      order by c.id desc limit 20`.execute(ctx.db)
    return { items: rows }
  },
})
