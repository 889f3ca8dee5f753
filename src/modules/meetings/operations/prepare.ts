import { sql } from 'kysely'
import { z } from 'zod'
import { type Ctx, query } from '#kernel/operation.ts'
import { postsOn } from '#modules/organisation/published.ts'
import { CheckView, MeetingKind, quorumOf, type VoteRuleKey } from '../contract.ts'
import { expectedOn } from '../expected.ts'
import { namesOf, seenOrg } from '../find.ts'
import { ownKindsWhere, usableBy } from '../ownKinds.ts'
import { seesText } from '../policy.ts'
import { topicsOf } from '../topics.ts'

export const Likely = z.object({ id: z.uuid(), name: z.string() }).nullable()

/** What the form needs before anything is typed: who is expected that day, who likely chairs, what is still open, what is recorded already. */
export const prepare = query('meetings.prepare', {
  title: '准备记一次会议：当天应到名单',
  input: z.object({ orgId: z.uuid(), day: z.iso.date(), kinds: z.array(MeetingKind).min(1).max(5), ownKindId: z.uuid().optional() }),
  output: z.object({
    basis: z.enum(['roster', 'posts', 'chosen']),
    people: z.array(z.object({ personId: z.uuid(), name: z.string(), entitled: z.boolean(), why: z.string() })),
    entitled: z.int(),
    quorum: CheckView,
    rule: z.string(),
    /** Whether people vote at it; a kind of the unit's own says so itself. */
    votes: z.boolean(),
    /** Topics of the 中心组's year that may be taken up. */
    topics: z.array(z.object({ id: z.uuid(), name: z.string() })),
    chair: Likely,
    recorder: Likely,
    place: z.string(),
    openActions: z.array(
      z.object({
        id: z.uuid(),
        text: z.string(),
        owner: z.string().nullable(),
        dueOn: z.iso.date().nullable(),
        from: z.iso.date(),
        meetingId: z.uuid(),
        overdue: z.boolean(),
      }),
    ),
    already: z.array(z.object({ id: z.uuid(), says: z.string(), kinds: z.array(MeetingKind) })),
    /** Names of everybody of the organisation that day, for choosing a chair, a recorder and owners of actions. */
    known: z.array(z.object({ id: z.uuid(), name: z.string() })),
  }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.record', org.path),
  run: async (ctx, { day, kinds, ownKindId }, org) => {
    const [own] = ownKindId ? await ownKindsWhere(ctx, sql`k.id = ${ownKindId} and ${usableBy(org.path)}`, 1) : []
    const topics = kinds.includes('centerGroupStudy') ? await topicsOf(ctx.db, org.id, Number(day.slice(0, 4))) : []
    const { basis, people, known } = await expectedOn(ctx.db, org, kinds, day)
    const entitled = people.filter((p) => p.entitled).length
    const rule = likelyRule(kinds)
    const last = await lastOf(ctx, org.id, kinds)
    return {
      basis,
      people,
      entitled,
      quorum: quorumOf(rule, entitled, entitled),
      rule,
      votes: own?.votes ?? true,
      topics: topics.filter((t) => t.droppedOn === null).map((t) => ({ id: t.id, name: `${t.month} 月：${t.title}` })),
      ...(await likelyRoles(ctx, org.id, day, known, last)),
      place: last?.place ?? '',
      openActions: await openActions(ctx, org, day),
      already: (await sameDay(ctx, org.id, day, kinds)).map((m) => ({ id: m.id, says: sayDuplicate(m), kinds: m.kinds })),
      known: [...known].map(([id, name]) => ({ id, name })),
    }
  },
})

/** The rule of voting that meetings of these kinds usually follow. */
export const likelyRule = (kinds: readonly MeetingKind[]): VoteRuleKey =>
  kinds.includes('memberAssembly')
    ? 'assembly'
    : kinds.includes('branchCommittee')
      ? 'branchCommittee'
      : kinds.includes('committeeMeeting') || kinds.includes('otherOfCommittee')
        ? 'committee'
        : 'assembly'

export interface Same {
  id: string
  kinds: MeetingKind[]
  held_on: string
  who: string | null
  n: number | null
}

/** Meetings of one of these kinds that are recorded already for that day. */
export async function sameDay(ctx: Ctx, orgId: string, day: string, kinds: readonly string[]): Promise<Same[]> {
  const { rows } = await sql<Same>`select m.id, m.kinds, m.held_on, p.name as who, e.n
    from meetings.meeting m
    left join organisation.person p on p.id = coalesce(m.submitted_by, m.recorder_id)
    left join ledger.entry e on e.fact_id = m.held_fact
    where m.org_id = ${orgId} and m.held_on = ${day}::date and m.kinds && ${[...kinds]}::text[] and m.state <> 'cancelled'
    order by m.recorded_at, m.id`.execute(ctx.db)
  return rows
}

export const sayDuplicate = ({ held_on, who, n }: Same): string => {
  const [, month, day] = held_on.split('-').map(Number)
  return `这次会 ${month}月${day}日 已${who ? `由${who}` : ''}记过${n ? `，编号 ${n}` : ''}。去补充，不用再记`
}

export interface Last {
  place: string
  chair_id: string | null
  recorder_id: string | null
}

export async function lastOf(ctx: Ctx, orgId: string, kinds: readonly string[]): Promise<Last | undefined> {
  const { rows } = await sql<Last>`select m.place, m.chair_id, m.recorder_id from meetings.meeting m
    where m.org_id = ${orgId} and m.state <> 'cancelled' order by m.kinds && ${[...kinds]}::text[] desc, m.held_on desc, m.id desc limit 1`.execute(
    ctx.db,
  )
  return rows[0]
}

/** The secretary chairs unless another did last time; who is writing now records, unless that is the chair. */
export async function likelyRoles(ctx: Ctx, orgId: string, day: string, known: Map<string, string>, last: Last | undefined) {
  const posts = await postsOn(ctx.db, orgId, day)
  const bySecretary = posts.find((p) => p.role === 'partySecretary') ?? posts.find((p) => p.role === 'deputySecretary')
  const chairId = bySecretary?.personId ?? (last?.chair_id && known.has(last.chair_id) ? last.chair_id : null)
  const candidates = [ctx.actor.personId, last?.recorder_id, posts.find((p) => p.role === 'organizationCommissioner')?.personId]
  const recorderId = candidates.find((id) => id && id !== chairId && known.has(id)) ?? null
  const named = (id: string | null) => (id && known.has(id) ? { id, name: known.get(id)! } : null)
  return { chair: named(chairId), recorder: named(recorderId) }
}

interface Open {
  id: string
  text: string
  owner_id: string | null
  owner_name: string | null
  due_on: string | null
  held_on: string
  meeting_id: string
}

export async function openActions(ctx: Ctx, org: { id: string; path: string }, day: string) {
  const { rows } = await sql<Open & { kinds: string[]; chair_id: string | null; recorder_id: string | null }>`
    select a.id, a.text, a.owner_id, a.owner_name, a.due_on, m.held_on, a.meeting_id, m.kinds, m.chair_id, m.recorder_id
    from meetings.action a join meetings.meeting m on m.org_id = a.org_id and m.id = a.meeting_id
    where a.org_id = ${org.id} and a.settled_on is null and m.state <> 'cancelled' and m.held_on <= ${day}::date
    order by a.due_on nulls last, m.held_on, a.id limit 50`.execute(ctx.db)
  const readable = rows.filter((r) => seesText(ctx.actor, { ...r, org_id: org.id, path: org.path, state: 'submitted', submitted_by: null }))
  const names = await namesOf(
    ctx,
    readable.map((r) => r.owner_id),
  )
  return readable.map((r) => ({
    id: r.id,
    text: r.text,
    owner: (r.owner_id ? names.get(r.owner_id) : r.owner_name) ?? null,
    dueOn: r.due_on,
    from: r.held_on,
    meetingId: r.meeting_id,
    overdue: r.due_on !== null && r.due_on < day,
  }))
}
