import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, missing, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { FileIds } from '#modules/files/contract.ts'
import { attachFiles } from '#modules/files/published.ts'
import { type AdmissionVote, admissionVotes } from '#modules/meetings/published.ts'
import { rosterOn } from '#modules/members/published.ts'
import { VotesInput } from '../contract.ts'
import { type Condition, conditionsOf, isDone, lastOf, leavesSoon, openSteps } from '../course.ts'
import { knownLeaving } from '../leaving.ts'
import { assertWithinPlan } from '../plan.ts'
import { mayCorrect, mayTake } from '../policy.ts'
import { comesAfter, stepRule } from '../steps.ts'
import { type CourseRow, locked, type NewStep, recordStep, type StepRow, settle, takenOf, viewOf, writeStep } from '../store.ts'

const Done = z.object({ id: z.uuid(), version: z.int(), hints: z.array(z.string()) })

export const take = command('development.take', {
  title: '办理发展党员的一步',
  input: z.object({
    id: z.uuid(),
    version: z.int(),
    no: z.int().min(1).max(25),
    on: z.iso.date().optional(),
    /** 培养联系人 or 介绍人. */
    people: z.array(z.uuid()).max(4).default([]),
    /** The vote of the assembly, from its record. */
    voteId: z.uuid().nullable().default(null),
    hours: z.int().min(0).max(9999).nullable().default(null),
    days: z.int().min(0).max(999).nullable().default(null),
    papers: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
    place: z.string().trim().max(100).default(''),
    note: z.string().trim().max(500).default(''),
    /** At the assembly: when the person leaves the unit, as far as anybody knows, and why the matter goes on nevertheless. */
    leavesOn: z.iso.date().nullable().default(null),
    leavingReason: z.string().trim().max(300).default(''),
    files: FileIds,
  }),
  output: Done,
  load: locked,
  may: (actor, c, { no }) => mayTake(actor, c, no),
  run: async (ctx, { version, no, files, ...given }, row) => {
    assertFresh(version, row)
    const { course } = await viewOf(ctx, row)
    const rule = stepRule(no)
    const isLate = no <= row.entered_through && lastOf(course, no) === undefined
    if (!isLate && !openSteps(course).includes(no)) throw conflict('not-yet', whyNot(no, course))
    if (rule.request && !isLate) throw conflict('by-request', '这一步由上级批复办理：请从「报送请示」报上级，批复后自动记入')
    const vote = rule.needs === 'vote' ? await voteFor(ctx, row, given.voteId, isLate) : null
    const on = vote?.heldOn ?? given.on ?? dateAt(ctx.now)
    if (on > dateAt(ctx.now)) throw invalid('ahead', '日期在今天以后，请填已经办了的日期', { on: ['不能晚于今天'] })
    const step: NewStep = {
      ...given,
      no,
      on,
      entered: isLate,
      ...(no === 15 && !isLate ? await leaving(ctx, row, on, given) : { leavesOn: null, leavingReason: null }),
      ...(vote
        ? {
            meetingId: vote.meetingId,
            votes: countsOf(vote),
          }
        : {}),
    }
    if (!isLate) assertPapers(no, given.papers)
    await assertPeople(ctx, row, step)
    const found = conditionsOf(course, step)
    if (!isLate) assertNoBlock(found)
    if (no === 7 || no === 15) await assertWithinPlan(ctx.db, row.org_id, no, on)
    const id = await writeStep(ctx, row, step)
    await attachFiles(ctx, files, {
      orgId: row.org_id,
      subject: 'development.step',
      subjectId: id,
      readWith: 'development.read',
      aboutId: row.person_id,
    })
    return { id: row.id, version: await settle(ctx, row), hints: found.map(({ says }) => says) }
  },
})

export const correctStep = command('development.correctStep', {
  title: '更正一步的日期',
  input: z.object({ id: z.uuid(), version: z.int(), stepId: z.uuid(), on: z.iso.date(), votes: VotesInput.optional() }),
  output: Done,
  load: async (ctx, { id, stepId }) => {
    const row = await locked(ctx, { id })
    const view = row && (await viewOf(ctx, row))
    const step = view?.steps.find((s) => s.id === stepId)
    return row && view && step && { row, view, step }
  },
  may: (actor, { row }) => mayCorrect(actor, row),
  run: async (ctx, { version, on, votes }, { row, view, step }) => {
    assertFresh(version, row)
    if (row.state === 'stopped') throw conflict('not-open', '已经停止发展，不能再更正')
    if (step.vote_id) throw conflict('by-meeting', '这一步的日期和票数来自会议记录，请在会议记录里更正')
    if (step.request_id) throw conflict('by-request', '这一步的日期来自上级批复，请由上级更正批复的日期')
    if (on > dateAt(ctx.now)) throw invalid('ahead', '日期在今天以后，请填已经办了的日期', { on: ['不能晚于今天'] })
    return { id: row.id, ...(await moveStep(ctx, row, view.steps, step, on, votes ?? step.votes)) }
  },
})

/** Puts a step on another day by a new fact; what comes after must still hold. */
export async function moveStep(ctx: Ctx, row: CourseRow, steps: readonly StepRow[], step: StepRow, on: string, votes: StepRow['votes']) {
  const { course } = await viewOf(ctx, row)
  const moved = steps
    .map((s) => (s.id === step.id ? { ...takenOf(s), on, votes } : takenOf(s)))
    .sort((a, b) => a.no - b.no || (a.on < b.on ? -1 : 1))
  const hints: string[] = []
  for (const [i, each] of moved.entries()) {
    const found = conditionsOf({ ...course, steps: moved.slice(0, i) }, each)
    if (!each.entered)
      assertNoBlock(found.map((c) => ({ ...c, says: each.no === step.no ? c.says : `改后第 ${each.no} 步不合规定：${c.says}` })))
    if (each.no === step.no) hints.push(...found.map(({ says }) => says))
  }
  retract(ctx, { orgId: row.org_id, factId: step.fact_id, kind: 'development.stepTaken', reason: 'mistake' })
  const fresh = { ...takenOf(step), on, votes, people: step.people, meetingId: step.meeting_id, requestId: step.request_id }
  const factId = recordStep(ctx, row, fresh)
  await sql`update development.step set taken_on = ${on}, votes = ${votes ? JSON.stringify(votes) : null}::text::jsonb, fact_id = ${factId}
    where org_id = ${row.org_id} and id = ${step.id}`.execute(ctx.db)
  return { version: await settle(ctx, row), hints }
}

/** The counts of a vote as a step keeps them. */
export const countsOf = ({ entitled, present, inFavour, against, abstained }: AdmissionVote) => ({
  entitled,
  present,
  inFavour,
  against,
  abstained,
})

/** What has to be done first, in words. */
export function whyNot(no: number, course: Parameters<typeof isDone>[0]): string {
  if (isDone(course, no)) return '这一步已经办过'
  const first = comesAfter(stepRule(no)).filter((n) => !isDone(course, n))
  return `请先办${first.map((n) => `第 ${n} 步「${stepRule(n).title}」`).join('、')}`
}

export function assertNoBlock(found: readonly Condition[]): void {
  const block = found.find(({ level }) => level === 'block')
  if (block) throw conflict(block.code, `${block.says}。依据：${block.clause}${block.from ? `。最早 ${block.from} 可以办` : ''}`)
}

function assertPapers(no: number, have: readonly string[]) {
  const lacking = stepRule(no).papers.filter((paper) => !have.includes(paper))
  if (lacking.length > 0) throw invalid('paper-missing', `还缺：${lacking.join('、')}`, { papers: lacking.map((paper) => `缺${paper}`) })
}

/** 培养联系人 are one or two full members, 介绍人 two (DEV-02, DEV-05), as the roster says on that day. */
async function assertPeople(ctx: Ctx, row: CourseRow, { no, on, people = [], entered }: NewStep) {
  const { needs } = stepRule(no)
  if (needs !== 'mentors' && needs !== 'sponsors') return
  if (entered && people.length === 0) return
  const many = new Set(people).size
  if (needs === 'mentors' && (many < 1 || many > 2)) throw invalid('mentors', '培养联系人一至两名', { people: ['请选一至两名正式党员'] })
  if (needs === 'sponsors' && many !== 2) throw invalid('sponsors', '入党介绍人两名', { people: ['请选两名正式党员'] })
  const roster = await rosterOn(ctx.db, row.org_id, on)
  for (const id of people) {
    const person = roster.find(({ personId }) => personId === id)
    if (!person) throw invalid('not-here', '只能从本支部当天的名册里选', { people: ['不在本支部名册上'] })
    if (!person.entitled)
      throw invalid('not-full', `${person.name}不能担任：${person.standing === 'fullMember' ? person.reason : '不是正式党员'}`, {
        people: ['只能是正式党员'],
      })
  }
}

async function voteFor(ctx: Ctx, row: CourseRow, voteId: string | null, isLate: boolean) {
  if (voteId === null) {
    if (isLate) return null
    throw invalid('vote-missing', '请选支部大会记录里这个人的表决；没有的，先在会议里记表决（接收、转正类）', { voteId: ['请选一次表决'] })
  }
  const [vote] = await admissionVotes(ctx.db, row.org_id, '1949-10-01', voteId)
  if (!vote) throw missing()
  await assertUnused(ctx, row, voteId)
  return vote
}

/** One vote is about one person, and says one thing about them. */
export async function assertUnused(ctx: Ctx, row: CourseRow, voteId: string): Promise<void> {
  const { rows } = await sql`select 1 from development.step where org_id = ${row.org_id} and vote_id = ${voteId}
    union all select 1 from development.failure where org_id = ${row.org_id} and vote_id = ${voteId}`.execute(ctx.db)
  if (rows.length > 0) throw conflict('vote-taken', '这次表决已经用过；接收和转正要逐人表决，一次表决只记一个人')
}

/** Who leaves within three months is generally not received (DEV-08): it goes on only with a reason that everybody reads. */
async function leaving(ctx: Ctx, row: CourseRow, on: string, given: { leavesOn: string | null; leavingReason: string }) {
  const leavesOn = given.leavesOn ?? (await knownLeaving(ctx.db, row.person_id, on))
  if (!leavesSoon({ on, leavesOn })) return { leavesOn, leavingReason: given.leavingReason || null }
  if (given.leavingReason.length < 4)
    throw invalid('leaving-reason', `${leavesOn} 将离开单位，三个月内将离开的一般不办理接收；确需办理的请写明原因`, {
      leavingReason: ['请写明为什么现在办理、怎样衔接'],
    })
  return { leavesOn, leavingReason: given.leavingReason }
}

export function assertFresh(version: number, row: CourseRow): void {
  if (version !== row.version) throw stale({ version }, { version: row.version, stage: row.stage })
}
