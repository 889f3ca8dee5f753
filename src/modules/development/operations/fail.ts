import { sql } from 'kysely'
import { z } from 'zod'
import { json } from '#kernel/database.ts'
import { conflict, missing } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { type AdmissionVote, admissionVotes } from '#modules/meetings/published.ts'
import { openSteps } from '../course.ts'
import { mayManage } from '../policy.ts'
import { type CourseRow, locked, record, viewOf } from '../store.ts'
import { advance } from './notices.ts'
import { assertFresh, assertUnused, countsOf, whyNot } from './take.ts'

export const fail = command('development.fail', {
  title: '登记支部大会没有通过',
  input: z.object({ id: z.uuid(), version: z.int(), no: z.union([z.literal(15), z.literal(23)]), voteId: z.uuid() }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: locked,
  may: mayManage,
  run: async (ctx, { version, no, voteId }, row) => {
    assertFresh(version, row)
    const { course } = await viewOf(ctx, row)
    if (!openSteps(course).includes(no)) throw conflict('not-yet', whyNot(no, course))
    const [vote] = await admissionVotes(ctx.db, row.org_id, '1949-10-01', voteId)
    if (!vote) throw missing()
    await assertUnused(ctx, row, voteId)
    if (!vote.quorate) throw conflict('not-quorate', '到会人数不够，这次表决无效，不算没有通过；可以另行开会表决')
    if (vote.passed) throw conflict('passed', `这次表决已经通过，请记为第 ${no} 步`)
    await writeFailure(ctx, row, no, vote)
    return { id: row.id, version: await advance(ctx, row) }
  },
})

async function writeFailure(ctx: Ctx, row: CourseRow, no: 15 | 23, vote: AdmissionVote): Promise<void> {
  const fact = recordFailure(ctx, row, no, vote)
  await sql`insert into development.failure (org_id, id, course_id, no, failed_on, vote_id, meeting_id, votes, fact_id, recorded_at, by_name)
    values (${row.org_id}, ${newId()}, ${row.id}, ${no}, ${vote.heldOn}, ${vote.id}, ${vote.meetingId}, ${json(countsOf(vote))}, ${fact},
      ${ctx.now}, ${ctx.actor.name})`.execute(ctx.db)
}

export const recordFailure = (ctx: Ctx, row: Pick<CourseRow, 'org_id' | 'id' | 'person_id'>, no: number, vote: AdmissionVote): string =>
  record(ctx, 'development.voteFailed', {
    subject: row.id,
    orgId: row.org_id,
    personId: row.person_id,
    happenedOn: vote.heldOn,
    body: { step: no, meetingId: vote.meetingId, votes: countsOf(vote) },
  })
