import { sql } from 'kysely'
import { z } from 'zod'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { COMMITTEE_KINDS, type Content, type MeetingKind, MeetingView, quorumOf, type VoteRuleKey } from '../contract.ts'
import { namesOf, type Seen, seen } from '../find.ts'
import { ownKindsWhere } from '../ownKinds.ts'
import { papersOf } from '../planning/papers.ts'
import { abilities, seesText } from '../policy.ts'
import { type Action, type Addendum, type Attendance, type Item, type PlanItem, tables, type Vote } from '../tables.ts'
import { cardOf } from './card.ts'
import { likelyRule } from './prepare.ts'
import { voteView } from './voteView.ts'

export const getMeeting = query('meetings.get', {
  title: '看一次会议',
  input: z.object({ id: z.uuid() }),
  output: MeetingView,
  load: seen,
  may: anyone,
  run: (ctx, _input, m) => viewOf(ctx, m),
})

/** The whole record as this reader may see it. */
export async function viewOf(ctx: Ctx, m: Seen): Promise<z.output<typeof MeetingView>> {
  const hidden = !seesText(ctx.actor, m)
  const parts = hidden ? nothing : await partsOf(ctx, m)
  const names = await namesOf(ctx, idsOf(m, parts))
  const named = (id: string | null, name: string | null = null) => ({ id, name: (id ? names.get(id) : name) ?? '' })
  const nameOf = (id: string | null) => (id ? (names.get(id) ?? null) : null)
  const [own] = m.own_kind_id ? await ownKindsWhere(ctx, sql`k.id = ${m.own_kind_id}`, 1) : []
  const { warnings: _count, ...card } = cardOf(m, hidden)
  return {
    ...card,
    chair: named(m.chair_id, m.chair_name),
    recorder: named(m.recorder_id, m.recorder_name),
    teller: m.teller_id ? named(m.teller_id) : null,
    scrutineer: m.scrutineer_id ? named(m.scrutineer_id) : null,
    observers: hidden ? [] : m.observers,
    entitled: m.entitled,
    entitledPresent: m.entitled_present,
    rosterExpected: m.roster_expected,
    fileExpected: m.file_expected,
    filePresent: m.file_present,
    quorum:
      (own ? own.votes : votingKinds(m.kinds)) && m.entitled && m.entitled_present !== null
        ? quorumOf(ruleOf(m), m.entitled, m.entitled_present)
        : null,
    attendance: parts.attendance.map((a) => ({
      personId: a.person_id,
      name: names.get(a.person_id) ?? '',
      present: a.present,
      reason: a.reason,
      note: a.note,
      entitled: a.entitled,
      why: a.why,
    })),
    items: parts.items.map((item) => ({
      position: item.position,
      topic: item.topic,
      discussion: item.discussion,
      resolution: item.resolution,
      firstAgenda: item.first_agenda ?? false,
      topicId: item.topic_id ?? null,
      actions: parts.actions.filter((a) => a.position === item.position).map((a) => actionView(a, names)),
      vote: parts.votes.filter((v) => v.position === item.position).map((v) => voteView(v, m, names))[0] ?? null,
    })),
    addenda: parts.addenda.map((a) => ({
      id: a.id,
      at: a.at.toISOString(),
      by: nameOf(a.by_id) ?? '系统管理',
      text: a.text,
      corrected: a.corrected ?? [],
    })),
    warnings: hidden ? [] : m.warnings,
    papers: hidden || !m.plan_id ? [] : await papersIn(ctx, { org_id: m.org_id, id: m.plan_id }),
    recordedAt: m.recorded_at.toISOString(),
    submittedBy: nameOf(m.submitted_by),
    signedBy: nameOf(m.signed_by),
    signedAt: m.signed_at?.toISOString() ?? null,
    bySubstitute: m.by_substitute,
    signNote: hidden ? null : m.sign_note,
    cancelled:
      m.state === 'cancelled'
        ? {
            reason: m.cancel_reason!,
            note: hidden ? '' : (m.cancel_note ?? ''),
            by: nameOf(m.cancelled_by) ?? '',
            at: m.cancelled_at!.toISOString(),
          }
        : null,
    entries: await entriesOf(ctx, m, parts.votes),
    version: m.version,
    can: abilities(ctx.actor, m),
  }
}

/** What was laid before the meeting, as its plan keeps it. */
async function papersIn(ctx: Ctx, plan: { org_id: string; id: string }) {
  const { rows: items } = await sql<PlanItem>`select * from meetings.plan_item where org_id = ${plan.org_id} and plan_id = ${plan.id}
    order by position`.execute(ctx.db)
  const papers = await papersOf(ctx, plan, items)
  return items.map((i) => ({ topic: i.topic, files: papers.get(i.position) ?? [] })).filter((i) => i.files.length > 0)
}

/** What belongs to a meeting, in reading order. */
export async function partsOf(ctx: Ctx, m: Pick<Seen, 'org_id' | 'id'>) {
  const of = <T extends 'attendance' | 'item' | 'vote' | 'action' | 'addendum'>(table: T) =>
    tables(ctx)
      .selectFrom(`meetings.${table}` as 'meetings.attendance')
      .selectAll()
      .where('org_id', '=', m.org_id)
      .where('meeting_id', '=', m.id)
  const [attendance, items, votes, actions, addenda] = [
    (
      await sql<Attendance>`select a.* from meetings.attendance a join organisation.person p on p.id = a.person_id
      where a.org_id = ${m.org_id} and a.meeting_id = ${m.id} order by p.name collate "zh-x-icu", p.id`.execute(ctx.db)
    ).rows,
    (await of('item').execute()) as unknown as Item[],
    (await of('vote').execute()) as unknown as Vote[],
    (await of('action').execute()) as unknown as Action[],
    (await of('addendum').execute()) as unknown as Addendum[],
  ]
  items.sort((a, b) => a.position - b.position)
  actions.sort((a, b) => (a.id < b.id ? -1 : 1))
  addenda.sort((a, b) => (a.id < b.id ? -1 : 1))
  return { attendance, items, votes, actions, addenda }
}

export type Parts = Awaited<ReturnType<typeof partsOf>>
const nothing: Parts = { attendance: [], items: [], votes: [], actions: [], addenda: [] }

const idsOf = (m: Seen, { attendance, votes, actions, addenda }: Parts) => [
  ...[m.chair_id, m.recorder_id, m.teller_id, m.scrutineer_id, m.submitted_by, m.signed_by, m.cancelled_by],
  ...attendance.map((a) => a.person_id),
  ...votes.flatMap((v) => [...v.recused_ids, ...v.not_entitled_votes.map((n) => n.personId)]),
  ...actions.map((a) => a.owner_id),
  ...addenda.map((a) => a.by_id),
]

const actionView = (a: Action, names: Map<string, string>) => ({
  id: a.id,
  text: a.text,
  owner: a.owner_id || a.owner_name ? { id: a.owner_id, name: (a.owner_id ? names.get(a.owner_id) : a.owner_name) ?? '' } : null,
  dueOn: a.due_on,
  settledOn: a.settled_on,
  result: a.result,
})

const votingKinds = (kinds: readonly string[]) => kinds.some((k) => k === 'memberAssembly' || COMMITTEE_KINDS.includes(k as MeetingKind))
const ruleOf = (m: Seen): VoteRuleKey => likelyRule(m.kinds as Content['kinds'])

/** The facts of the record with their ledger numbers, as far as they are numbered. */
async function entriesOf(ctx: Ctx, m: Seen, votes: readonly Vote[]) {
  const subjects = [m.id, ...votes.map((v) => v.id)]
  const { rows } = await sql<{ factId: string; kind: string; n: number | null }>`
    select f.id as "factId", f.kind, e.n from ledger.fact f left join ledger.entry e on e.fact_id = f.id
    where f.org_id = ${m.org_id} and f.subject = any(${subjects}::uuid[]) order by f.recorded_at, f.id`.execute(ctx.db)
  return rows
}
