import { dateAt, daysBetween } from '#kernel/civilDate.ts'
import { type Fields, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { Content } from './contract.ts'
import { GRACE_DAYS } from './contract.ts'
import type { Expectation } from './expected.ts'
import { checkRoles, type Gathering, gather } from './gather.ts'
import type { Action, Attendance, Item, Meeting, Vote } from './tables.ts'
import { judged, type VoteRow, votesOf } from './votes.ts'

/** A meeting with everything that belongs to it, as one statement stores it; facts are recorded beside it. */
export interface Record {
  meeting: Meeting
  attendance: Attendance[]
  items: Item[]
  votes: Vote[]
  actions: Action[]
  settled: { actionId: string; result: string }[]
}

/** Turns what a recorder wrote into rows, checked against the roster of that day; every mistake is named at its field. */
export function compose(ctx: Ctx, orgId: string, content: Content, expectation: Expectation, id: string = newId()): Record {
  const wrong: Fields = {}
  const times = timesOf(ctx, content, wrong)
  const people = gather(content, expectation, wrong)
  checkRoles(content, people, wrong)
  const votes = votesOf(content, people, wrong)
  if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)
  return {
    meeting: meetingOf(ctx, orgId, id, content, people, votes, times),
    attendance: people.attendance.map((a) => ({ org_id: orgId, meeting_id: id, ...a })),
    items: content.items.map(({ topic, discussion, resolution, firstAgenda, topicId }, position) => ({
      org_id: orgId,
      meeting_id: id,
      position,
      topic,
      discussion,
      resolution,
      first_agenda: firstAgenda,
      topic_id: topicId,
    })),
    votes: votes.map(({ row }) => ({ org_id: orgId, meeting_id: id, ...row })),
    actions: content.items.flatMap((item, position) => item.actions.map((a) => actionOf(orgId, id, position, a, people.known))),
    settled: content.settled,
  }
}

interface Times {
  started_at: Date | null
  ended_at: Date | null
}

/** A meeting past midnight belongs to the day it began; nothing is recorded before it has begun. */
function timesOf(ctx: Ctx, { heldOn, start, end }: Content, wrong: Fields): Times {
  if (end && !start) wrong.start = ['填了结束时间，请也填开始时间']
  if (end && end === start) wrong.end = ['结束时间和开始时间相同，请核对']
  const at = (clock: string) => new Date(`${heldOn}T${clock}:00+08:00`)
  const started_at = start ? at(start) : null
  let ended_at = start && end ? at(end) : null
  if (started_at && ended_at && ended_at <= started_at) ended_at = new Date(ended_at.getTime() + 86_400_000)
  if (heldOn > dateAt(ctx.now)) wrong.heldOn = ['会还没有开，不能先记。请在会后再记，或核对日期']
  else if (started_at && started_at > ctx.now) wrong.start = ['会还没有开始，不能先记。请在会后再记，或核对时间']
  return { started_at, ended_at }
}

function meetingOf(ctx: Ctx, orgId: string, id: string, content: Content, people: Gathering, votes: VoteRow[], times: Times): Meeting {
  const { kinds, title, heldOn, place, chairId, recorderId, tellerId, scrutineerId, observers } = content
  return {
    org_id: orgId,
    id,
    kinds: [...new Set(kinds)],
    title,
    held_on: heldOn,
    ...times,
    place,
    chair_id: chairId,
    chair_name: null,
    recorder_id: recorderId,
    recorder_name: null,
    teller_id: tellerId,
    scrutineer_id: scrutineerId,
    observers,
    state: 'submitted',
    expected: people.attendance.length,
    present: people.present,
    entitled: people.entitled,
    entitled_present: people.entitledPresent,
    roster_expected: people.attendance.length,
    file_expected: null,
    file_present: null,
    late: isLate(heldOn, dateAt(ctx.now)),
    warnings: votes.flatMap((v) => judged(v, people.known)),
    ...asRecorded(ctx, id),
    own_kind_id: content.ownKindId,
  }
}

/** Whether a meeting held that day is written down too late (补录) on `recordedOn`. */
export const isLate = (heldOn: string, recordedOn: string): boolean => daysBetween(heldOn, recordedOn) > GRACE_DAYS

/**
 * Whether a record whose day is changed is late: as it was, or because the new day lies so far before the first record. Otherwise a
 * spare meeting could be moved to where one is missing. A day after the first record cannot be right and stands in `wrong`.
 */
export function lateWhenMoved(before: Pick<Meeting, 'held_on' | 'recorded_at' | 'late' | 'state'>, heldOn: string, wrong: Fields): boolean {
  if (heldOn === before.held_on || before.state === 'archivedOnPaper') return before.late
  const recordedOn = dateAt(before.recorded_at)
  if (heldOn > recordedOn) wrong.heldOn = [`这份记录 ${recordedOn} 就写了，会不会在那以后才开。另一天的会请另记一次`]
  return before.late || isLate(heldOn, recordedOn)
}

/** What is true of every meeting that has just been written down: by whom and when, and that nothing has happened to it since. */
export const asRecorded = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>, id: string) => ({
  recorded_at: now,
  submitted_by: actor.personId,
  signed_by: null,
  signed_at: null,
  by_substitute: null,
  sign_note: null,
  cancelled_by: null,
  cancelled_at: null,
  cancel_reason: null,
  cancel_note: null,
  held_fact: id,
  source_key: null,
  source_hash: null,
  version: 1,
  plan_id: null as string | null,
  own_kind_id: null as string | null,
})

const actionOf = (
  orgId: string,
  meetingId: string,
  position: number,
  { text, ownerId, dueOn }: Content['items'][number]['actions'][number],
  known: Map<string, string>,
): Action => ({
  org_id: orgId,
  id: newId(),
  meeting_id: meetingId,
  position,
  text,
  owner_id: ownerId,
  owner_name: ownerId ? (known.get(ownerId) ?? null) : null,
  due_on: dueOn,
  settled_on: null,
  settled_in: null,
  result: null,
})
