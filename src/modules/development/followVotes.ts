import { sql } from 'kysely'
import { json } from '#kernel/database.ts'
import type { Ctx } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import {
  type AdmissionVote,
  admissionVotes,
  type MeetingRef,
  onMeetingCancelled,
  onVotesMoved,
  type VoteMoved,
} from '#modules/meetings/published.ts'
import { recordFailure } from './operations/fail.ts'
import { countsOf } from './operations/take.ts'
import { type CourseRow, courseColumns, coursesPlaced, recordStep, type StepRow, settle, takenOf } from './store.ts'

/** Day and counts of a step are those of the minutes: when the minutes are put right, so is the step that used the vote. */
export function listenToMinutes(): void {
  onVotesMoved(follow)
  onMeetingCancelled(async (ctx, meeting) => {
    const { rows } = await sql<{ before: string }>`select vote_id as before from development.step
        where org_id = ${meeting.org_id} and meeting_id = ${meeting.id} and vote_id is not null
      union all select vote_id from development.failure where org_id = ${meeting.org_id} and meeting_id = ${meeting.id}`.execute(ctx.db)
    await follow(
      ctx,
      meeting,
      rows.map(({ before }) => ({ before, after: null })),
    )
  })
}

async function follow(ctx: Ctx, meeting: MeetingRef, moved: readonly VoteMoved[]): Promise<void> {
  const { org_id: orgId } = meeting
  for (const { before, after } of moved) {
    const [vote] = after === null ? [] : await admissionVotes(ctx.db, orgId, '1949-10-01', after)
    await moveStep(ctx, orgId, before, vote)
    await moveFailure(ctx, orgId, before, vote)
  }
}

async function moveStep(ctx: Ctx, orgId: string, before: string, vote: AdmissionVote | undefined): Promise<void> {
  const { rows } = await sql<StepRow & { course_id: string }>`select * from development.step
    where org_id = ${orgId} and vote_id = ${before}`.execute(ctx.db)
  const [step] = rows
  if (!step) return
  // A vote that is gone from the minutes leaves the step as it was entered, to be put right by hand.
  if (!vote) {
    await sql`update development.step set vote_id = null where org_id = ${orgId} and id = ${step.id}`.execute(ctx.db)
    return
  }
  const votes = countsOf(vote)
  const row = await lockedCourse(ctx, orgId, step.course_id)
  retract(ctx, { orgId, factId: step.fact_id, kind: 'development.stepTaken', reason: 'mistake' })
  const fresh = { ...takenOf(step), on: vote.heldOn, votes, people: step.people, meetingId: vote.meetingId, requestId: step.request_id }
  const factId = recordStep(ctx, row, fresh)
  await sql`update development.step set taken_on = ${vote.heldOn}, votes = ${json(votes)}, vote_id = ${vote.id}, fact_id = ${factId}
    where org_id = ${orgId} and id = ${step.id}`.execute(ctx.db)
  if (row.state !== 'stopped') await settle(ctx, row)
}

async function moveFailure(ctx: Ctx, orgId: string, before: string, vote: AdmissionVote | undefined): Promise<void> {
  const { rows } = await sql<{ id: string; course_id: string; no: number; fact_id: string }>`select id, course_id, no, fact_id
    from development.failure where org_id = ${orgId} and vote_id = ${before}`.execute(ctx.db)
  const [failure] = rows
  if (!failure) return
  const row = await lockedCourse(ctx, orgId, failure.course_id)
  retract(ctx, { orgId, factId: failure.fact_id, kind: 'development.voteFailed', reason: 'mistake' })
  if (!vote || vote.passed || !vote.quorate) {
    await sql`delete from development.failure where org_id = ${orgId} and id = ${failure.id}`.execute(ctx.db)
    return
  }
  const factId = recordFailure(ctx, row, failure.no, vote)
  await sql`update development.failure set failed_on = ${vote.heldOn}, vote_id = ${vote.id}, votes = ${json(countsOf(vote))},
    fact_id = ${factId} where org_id = ${orgId} and id = ${failure.id}`.execute(ctx.db)
}

async function lockedCourse(ctx: Ctx, orgId: string, id: string): Promise<CourseRow> {
  const { rows: of } = await sql<{ person: string }>`select person_id as person from development.course
    where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
  await sql`select from organisation.person where id = ${of[0]!.person} for update`.execute(ctx.db)
  const { rows } = await sql<CourseRow>`select ${courseColumns} from ${coursesPlaced}
    where c.org_id = ${orgId} and c.id = ${id}`.execute(ctx.db)
  return rows[0]!
}
