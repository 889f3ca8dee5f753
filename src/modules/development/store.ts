import { sql } from 'kysely'
import { json } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { birthOf, developStandings } from '#modules/members/published.ts'
import { besideSteps } from './beside.ts'
import { type Course, developmentFacts, isDone, type Stop, stageOf, standingsOf, type Taken, termsOf, type Votes } from './contract.ts'

export const record = recorderOf(developmentFacts)

/** A row of `development.course` with its branch and superior today. */
export interface CourseRow {
  org_id: string
  id: string
  person_id: string
  state: 'open' | 'stopped' | 'done'
  stage: number
  entered_through: number
  prolong_months: number | null
  prolong_on: string | null
  prolonged_until: string | null
  due_on: string | null
  due_no: number | null
  from_on: string | null
  stop_reason: Stop | null
  stop_note: string | null
  stopped_on: string | null
  version: number
  path: string
  /** Place of the organisation above the branch; its own for one without. */
  above: string
  org_name: string
  person: string
}

export interface StepRow {
  id: string
  no: number
  taken_on: string
  entered: boolean
  people: string[]
  vote_id: string | null
  meeting_id: string | null
  request_id: string | null
  votes: Votes | null
  hours: number | null
  days: number | null
  leaves_on: string | null
  leaving_reason: string | null
  papers: string[]
  place: string
  note: string
  fact_id: string
  recorded_at: Date
  by_name: string
}

export const coursesPlaced = sql`development.course c join organisation.org o on o.id = c.org_id
  left join organisation.org u on u.id = o.parent_id join organisation.person p on p.id = c.person_id`
export const courseColumns = sql`c.*, o.path, coalesce(u.path, o.path) as above, o.name as org_name, p.name as person`

export async function seen(ctx: Ctx, { id }: { id: string }): Promise<CourseRow | undefined> {
  const { rows } = await sql<CourseRow>`select ${courseColumns} from ${coursesPlaced}
    where c.id = ${id} and ${ctx.actor.within('development.read', 'o.path')}`.execute(ctx.db)
  return rows[0]
}

/** The same, with the course and its person locked for a step. */
export async function locked(ctx: Ctx, { id }: { id: string }): Promise<CourseRow | undefined> {
  const found = await seen(ctx, { id })
  if (!found) return undefined
  await sql`select from organisation.person where id = ${found.person_id} for update`.execute(ctx.db)
  return seen(ctx, { id })
}

/** The open course of a person in a branch, for what other modules report. */
export async function courseOf(ctx: Pick<Ctx, 'db'>, orgId: string, personId: string): Promise<CourseRow | undefined> {
  const { rows } = await sql<CourseRow>`select ${courseColumns} from ${coursesPlaced}
    where c.org_id = ${orgId} and c.person_id = ${personId} and c.state = 'open'`.execute(ctx.db)
  return rows[0]
}

export async function stepsOf(ctx: Pick<Ctx, 'db'>, orgId: string, courseIds: readonly string[]): Promise<Map<string, StepRow[]>> {
  const { rows } = await sql<StepRow & { course_id: string }>`select * from development.step
    where org_id = ${orgId} and course_id = any(${[...courseIds]}::uuid[]) order by no, taken_on, id`.execute(ctx.db)
  return Map.groupBy(rows, (r) => r.course_id)
}

export const takenOf = (s: StepRow): Taken => ({
  no: s.no,
  on: s.taken_on,
  entered: s.entered,
  votes: s.votes,
  hours: s.hours,
  days: s.days,
  leavesOn: s.leaves_on,
})

/** The course as the rules see it. */
export async function viewOf(
  ctx: Pick<Ctx, 'db'>,
  row: Pick<CourseRow, 'org_id' | 'id' | 'person_id' | 'prolonged_until' | 'entered_through'>,
): Promise<{ course: Course; steps: StepRow[] }> {
  const steps = (await stepsOf(ctx, row.org_id, [row.id])).get(row.id) ?? []
  const birth = await birthOf(ctx.db, row.person_id)
  const { prolonged_until: prolongedUntil, entered_through: enteredThrough } = row
  return { steps, course: { steps: steps.map(takenOf), prolongedUntil, enteredThrough, birth, ...(await besideSteps(ctx.db, row)) } }
}

export interface NewStep extends Taken {
  people?: readonly string[] | undefined
  voteId?: string | null | undefined
  meetingId?: string | null | undefined
  requestId?: string | null | undefined
  papers?: readonly string[] | undefined
  place?: string | undefined
  note?: string | undefined
  leavingReason?: string | null | undefined
}

type Whose = Pick<CourseRow, 'org_id' | 'id' | 'person_id'>

/** Writes a step with its fact; answers the step's id. */
export async function writeStep(ctx: Ctx, row: Whose, step: NewStep): Promise<string> {
  const id = newId()
  const { people = [], voteId = null, meetingId = null, requestId = null, papers = [], place = '', note = '' } = step
  const factId = recordStep(ctx, row, step)
  await sql`insert into development.step (org_id, id, course_id, no, taken_on, entered, people, vote_id, meeting_id, request_id, votes,
      hours, days, leaves_on, leaving_reason, papers, place, note, fact_id, recorded_at, by_name)
    values (${row.org_id}, ${id}, ${row.id}, ${step.no}, ${step.on}, ${step.entered}, ${[...people]}::uuid[], ${voteId}, ${meetingId},
      ${requestId}, ${step.votes ? json(step.votes) : null}, ${step.hours ?? null}, ${step.days ?? null}, ${step.leavesOn ?? null},
      ${step.leavingReason ?? null}, ${[...papers]}::text[], ${place}, ${note}, ${factId}, ${ctx.now}, ${ctx.actor.name})`.execute(ctx.db)
  return id
}

export function recordStep(
  ctx: Ctx,
  row: Whose,
  { no, on, entered, people = [], meetingId, requestId, votes, hours, days, leavesOn }: NewStep,
): string {
  const body = {
    step: no,
    entered,
    peopleIds: [...people],
    meetingId: meetingId ?? null,
    requestId: requestId ?? null,
    votes: votes ?? null,
    hours: hours ?? null,
    days: days ?? null,
    leavesOn: leavesOn ?? null,
  }
  return record(ctx, 'development.stepTaken', { subject: row.id, orgId: row.org_id, personId: row.person_id, happenedOn: on, body })
}

/** Brings the row and the person's standings to what the steps now say. */
export async function settle(ctx: Ctx, row: Whose & Pick<CourseRow, 'version'>): Promise<number> {
  const { rows } = await sql<CourseRow>`select c.* from development.course c
    where c.org_id = ${row.org_id} and c.id = ${row.id}`.execute(ctx.db)
  const { course } = await viewOf(ctx, rows[0]!)
  await developStandings(ctx, { personId: row.person_id, orgId: row.org_id }, standingsOf(course))
  const own = termsOf(course).filter(({ whose, due }) => whose === 'branch' && due !== null)
  const first = own.sort((a, b) => (a.due! < b.due! ? -1 : 1))[0]
  const from = termsOf(course)
    .map((t) => t.from)
    .filter((d) => d !== null)
    .sort()[0]
  const done = isDone(course, 25)
  if (done && rows[0]!.state !== 'done')
    record(ctx, 'development.completed', {
      subject: row.id,
      orgId: row.org_id,
      personId: row.person_id,
      happenedOn: lastDay(course),
      body: {},
    })
  await sql`update development.course set stage = ${stageOf(course)}, due_on = ${first?.due ?? null}, due_no = ${first?.no ?? null},
      from_on = ${from ?? null}, state = case when ${done} then 'done' else state end, version = version + 1
    where org_id = ${row.org_id} and id = ${row.id}`.execute(ctx.db)
  return row.version + 1
}

const lastDay = (course: Course): string => course.steps.map(({ on }) => on).reduce((a, b) => (a > b ? a : b))
