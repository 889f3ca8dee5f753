import { type FactCtx, retract } from '#ledger/facts.ts'
import type { Record } from './compose.ts'
import { type MeetingKind, THRESHOLDS, VOTE_RULES } from './contract.ts'
import { type Meeting, record, type Vote } from './tables.ts'

/** Records that the meeting was held and its votes, and keeps their fact ids in the rows. */
export function recordHeld(ctx: FactCtx, written: Record): void {
  const { meeting } = written
  meeting.held_fact = record(ctx, 'meeting.held', {
    subject: meeting.id,
    orgId: meeting.org_id,
    happenedOn: meeting.held_on,
    body: {
      ...figuresOf(written),
      late: meeting.late,
      paper: meeting.state === 'archivedOnPaper',
      minutes: minutesOf(meeting),
      ...(meeting.plan_id ? { planId: meeting.plan_id } : {}),
      ...firstAgendaOf(written),
      ...topicsIn(written),
    },
  })
  for (const vote of written.votes) recordVote(ctx, meeting, vote)
}

export function recordVote(ctx: FactCtx, meeting: Pick<Meeting, 'org_id' | 'id' | 'held_on'>, vote: Vote): void {
  const { pass, written } = VOTE_RULES[vote.rule as keyof typeof VOTE_RULES]
  vote.fact_id = record(ctx, 'vote.taken', {
    subject: vote.id,
    orgId: meeting.org_id,
    happenedOn: meeting.held_on,
    body: {
      meetingId: meeting.id,
      rule: vote.rule as keyof typeof VOTE_RULES,
      needed: THRESHOLDS[pass.at].need(pass.base === 'present' ? vote.present : vote.base),
      notEntitled: vote.not_entitled,
      notEntitledIds: vote.not_entitled_votes.map((v) => v.personId),
      base: vote.base,
      present: vote.present,
      inFavour: vote.in_favour + (written ? vote.written_in_favour : 0),
      against: vote.against + (written ? vote.written_against : 0),
      abstained: vote.abstained + (written ? vote.written_abstained : 0),
      quorate: vote.quorate,
      passed: vote.passed,
      recordedPassed: vote.recorded_passed,
    },
  })
}

/** Takes back what an earlier version of a record said, before a changed one is recorded. */
export function takeBack(ctx: FactCtx, meeting: Pick<Meeting, 'org_id' | 'held_fact'>, votes: readonly Pick<Vote, 'fact_id'>[]): void {
  retract(ctx, { orgId: meeting.org_id, factId: meeting.held_fact, kind: 'meeting.held', reason: 'replaced' })
  takeBackVotes(ctx, meeting.org_id, votes)
}

export function takeBackVotes(ctx: FactCtx, orgId: string, votes: readonly Pick<Vote, 'fact_id'>[]): void {
  for (const { fact_id } of votes) retract(ctx, { orgId, factId: fact_id, kind: 'vote.taken', reason: 'replaced' })
}

/** The counts a fact carries: who came and who did not, by id. */
export const figuresOf = ({ meeting, attendance }: Pick<Record, 'meeting' | 'attendance'>) => ({
  kinds: meeting.kinds as MeetingKind[],
  expected: meeting.expected,
  present: meeting.present,
  presentIds: attendance.filter((a) => a.present).map((a) => a.person_id),
  absent: attendance.filter((a) => !a.present).map((a) => ({ personId: a.person_id, reason: (a.reason ?? 'other') as 'other' })),
  entitled: meeting.entitled,
  entitledPresent: meeting.entitled_present,
})

const minutesOf = ({ started_at, ended_at }: Meeting): number | null =>
  started_at && ended_at ? Math.round((ended_at.getTime() - started_at.getTime()) / 60_000) : null

function topicsIn({ items }: Record) {
  const topicIds = [...new Set(items.flatMap((i) => i.topic_id ?? []))]
  return topicIds.length > 0 ? { topicIds } : {}
}

function firstAgendaOf({ items, actions }: Record) {
  const first = items.filter((i) => i.first_agenda)
  const withMeasures = first.filter((i) => actions.some((a) => a.position === i.position)).length
  return first.length > 0 ? { firstAgenda: { items: first.length, withMeasures } } : {}
}
