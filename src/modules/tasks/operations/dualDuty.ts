import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { MeetingKind } from '#modules/meetings/contract.ts'
import { meetingsAttended } from '#modules/meetings/published.ts'
import { POSTS } from '#modules/organisation/contract.ts'
import { orgSeen, postsHeldBy, postsOn } from '#modules/organisation/published.ts'
import { Counted, DutyItem, Side, type TaskState } from '../contract.ts'
import { record } from '../tables.ts'

const Year = z.int().min(2000).max(2100)
type Row = Omit<DutyItem, 'done' | 'meetings' | 'tasks'>

/** Items under a condition on `i` (an item) and `o` (its organisation), each with the records that count for it. */
async function itemsWhere(ctx: Ctx, condition: RawBuilder<unknown>, year: number): Promise<DutyItem[]> {
  const { rows } = await sql<Row>`
    select i.id, i.person_id as "personId", p.name as "personName", i.org_id as "orgId", coalesce(o.short_name, o.name) as "orgName", i.year,
      i.side, i.text, i.counted, i.meeting_kind as "meetingKind", i.target, i.version,
      coalesce(${ctx.actor.within('tasks.give', 'o.path')}, false) as "canEnd"
    from tasks.duty_item i join organisation.person p on p.id = i.person_id join organisation.org o on o.id = i.org_id
    where i.year = ${year} and i.ended_on is null and ${condition}
    order by p.name collate "zh-x-icu", p.id, array_position(array['business', 'party', 'integrity'], i.side), i.id limit 500`.execute(
    ctx.db,
  )
  const meetings = await meetingsAttended(ctx.db, [...new Set(rows.map((r) => r.personId))], `${year}-01-01`, `${year}-12-31`)
  const { rows: tasks } = await sql<{ itemId: string; id: string; title: string; state: TaskState }>`
    select t.source_id as "itemId", t.id, t.title, t.state from tasks.task t
    where t.source = 'dualDuty' and t.source_id = any(${rows.map((r) => r.id)}::uuid[]) and t.state <> 'cancelled'
    order by t.given_at, t.id limit 2000`.execute(ctx.db)
  return rows.map((r) => {
    const own = meetings.filter((m) => m.personId === r.personId && r.meetingKind !== null && m.kinds.includes(r.meetingKind))
    const given = tasks.filter((t) => t.itemId === r.id).map(({ id, title, state }) => ({ id, title, state }))
    const closed = given.filter((t) => t.state === 'closed').length
    const counts = own.map((m) => ({ id: m.meetingId, heldOn: m.heldOn }))
    return { ...r, meetings: counts, tasks: given, done: r.counted === 'tasksClosed' ? closed : counts.length }
  })
}

export const dualDuties = query('tasks.dualDuties', {
  title: '看一岗双责清单',
  input: z.object({ orgId: z.uuid(), year: Year }),
  output: z.object({
    items: z.array(DutyItem),
    /** Who holds a post here and may have a list; empty for who only reads. */
    leaders: z.array(z.object({ id: z.uuid(), name: z.string(), post: z.string() })),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'tasks.read'),
  may: (actor, org) => actor.holds('tasks.read', org.path),
  run: async (ctx, { year }, org) => {
    const items = await itemsWhere(ctx, sql`i.org_id = ${org.id}`, year)
    const posts = ctx.actor.holds('tasks.give', org.path) === true ? await postsOn(ctx.db, org.id, dateAt(ctx.now)) : []
    const leaders = new Map(posts.toReversed().map((p) => [p.personId, { id: p.personId, name: p.name, post: POSTS[p.role] }]))
    return { items, leaders: [...leaders.values()].toReversed() }
  },
})

export const myDuties = query('tasks.myDuties', {
  title: '我的职责',
  input: z.object({ year: Year }),
  output: z.object({
    posts: z.array(z.object({ orgName: z.string(), post: z.string(), from: z.iso.date() })),
    items: z.array(DutyItem),
    /** Tasks that the person leads or has agreed to work on, still open. */
    leading: z.int(),
    helping: z.int(),
  }),
  may: () => true,
  run: async (ctx, { year }) => {
    const me = ctx.actor.personId
    if (!me) return { posts: [], items: [], leading: 0, helping: 0 }
    const today = dateAt(ctx.now)
    const posts = (await postsHeldBy(ctx.db, me)).filter((p) => p.from <= today && (p.until === null || p.until > today))
    const { rows } = await sql<{ leading: number; helping: number }>`select
      (select count(*)::int from tasks.task t where t.lead_id = ${me} and t.state not in ('closed', 'cancelled')) as leading,
      (select count(*)::int from tasks.co_owner c join tasks.task t on t.org_id = c.org_id and t.id = c.task_id
        where c.co_id = ${me} and c.state = 'accepted' and t.state not in ('closed', 'cancelled')) as helping`.execute(ctx.db)
    return {
      posts: posts.map((p) => ({ orgName: p.orgName, post: POSTS[p.role], from: p.from })),
      items: await itemsWhere(ctx, sql`i.person_id = ${me}`, year),
      ...rows[0]!,
    }
  },
})

export const adoptDutyItem = command('tasks.adoptDutyItem', {
  title: '列入一岗双责清单',
  input: z.object({
    orgId: z.uuid(),
    personId: z.uuid(),
    year: Year,
    side: Side,
    text: z.string().trim().min(2, '请写清负什么责').max(300),
    counted: Counted,
    meetingKind: MeetingKind.nullable().default(null),
    target: z.int().min(1).max(366),
  }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'tasks.read'),
  may: (actor, org) => actor.holds('tasks.give', org.path),
  run: async (ctx, { personId, year, side, text, counted, meetingKind, target }, org) => {
    if ((counted === 'meetingsAttended') !== (meetingKind !== null))
      throw invalid('meeting-kind', '按会议算的要选会议类别，按任务算的不选', { meetingKind: ['请核对'] })
    const posts = await postsOn(ctx.db, org.id, dateAt(ctx.now))
    if (!posts.some((p) => p.personId === personId))
      throw invalid('no-post', '清单列给在本组织任职的人', { personId: ['这个人现在没有在本组织任职'] })
    const id = newId()
    await sql`insert into tasks.duty_item (id, person_id, org_id, year, side, text, counted, meeting_kind, target, adopted_on, adopted_by)
      values (${id}, ${personId}, ${org.id}, ${year}, ${side}, ${text}, ${counted}, ${meetingKind}, ${target}, ${dateAt(ctx.now)},
        ${ctx.actor.personId})`.execute(ctx.db)
    record(ctx, 'dutyItem.adopted', { subject: id, orgId: org.id, personId, body: { year, side, counted, meetingKind, target } })
    return { id }
  },
})

interface Locked {
  id: string
  org_id: string
  person_id: string
  ended_on: string | null
  version: number
  path: string
}

export const endDutyItem = command('tasks.endDutyItem', {
  title: '从一岗双责清单去掉一项',
  input: z.object({ id: z.uuid(), version: z.int() }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { id }) => {
    const { rows } = await sql<Locked>`select i.*, o.path from tasks.duty_item i join organisation.org o on o.id = i.org_id
      where i.id = ${id} and ${ctx.actor.within('tasks.read', 'o.path')} for update of i`.execute(ctx.db)
    return rows[0]
  },
  may: (actor, item) => actor.holds('tasks.give', item.path),
  run: async (ctx, { version }, item) => {
    if (item.version !== version) throw stale({}, { version: item.version })
    if (item.ended_on) throw conflict('already-ended', '这一项已经去掉了')
    await sql`update tasks.duty_item set ended_on = ${dateAt(ctx.now)}::date, version = version + 1 where id = ${item.id}`.execute(ctx.db)
    record(ctx, 'dutyItem.ended', { subject: item.id, orgId: item.org_id, personId: item.person_id, body: {} })
    return { id: item.id }
  },
})

/** The item a task is given under: it must be the lead's own, of this organisation. */
export async function assertItem(ctx: Ctx, itemId: string, orgId: string, personId: string | null): Promise<void> {
  const { rows } = await sql`select from tasks.duty_item i where i.id = ${itemId} and i.org_id = ${orgId} and i.person_id = ${personId}
    and i.counted = 'tasksClosed' and i.ended_on is null`.execute(ctx.db)
  if (rows.length === 0)
    throw invalid('not-the-leads-item', '清单里没有这一项，或者它不是牵头人的', { itemId: ['请选牵头人自己的、按任务算的一项'] })
}
