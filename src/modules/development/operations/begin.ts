import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { enlistApplicant } from '#modules/members/published.ts'
import { assertThere, type OrgCard, orgSeen, personFor, personSeen } from '#modules/organisation/published.ts'
import { VotesInput } from '../contract.ts'
import { conditionsOf } from '../course.ts'
import { record, settle, viewOf, writeStep } from '../store.ts'

const Who = {
  orgId: z.uuid(),
  /** Somebody registered already; left out, found by 工号 or registered now. */
  personId: z.uuid().optional(),
  name: z.string().trim().min(1).max(60),
  staffNo: z.string().trim().min(1).max(40).nullable().default(null),
  birth: z.iso.date().optional(),
}
const Begun = z.object({ id: z.uuid(), personId: z.uuid(), version: z.int() })

const load = async (ctx: Ctx, { orgId, personId }: { orgId: string; personId?: string | undefined }) => {
  if (personId && !(await personSeen(ctx, personId))) return undefined
  return orgSeen(ctx, orgId, 'development.read')
}

export const begin = command('development.begin', {
  title: '登记入党申请',
  input: z.object({
    ...Who,
    appliedOn: z.iso.date(),
    /** Where the paper lies. */
    place: z.string().trim().max(100).default(''),
  }),
  output: Begun,
  load,
  may: (actor, org) => actor.holds('development.manage', org.path),
  run: async (ctx, { appliedOn, place, ...who }, org) => {
    const row = await beginCourse(ctx, org, who, appliedOn, 0)
    const { course } = await viewOf(ctx, row)
    const step = { no: 1, on: appliedOn, entered: false }
    const block = conditionsOf(course, step).find(({ level }) => level === 'block')
    if (block) throw conflict(block.code, block.says)
    await writeStep(ctx, row, { ...step, papers: ['入党申请书'], place })
    return { id: row.id, personId: row.person_id, version: await settle(ctx, row) }
  },
})

export const enter = command('development.enter', {
  title: '补录正在发展的对象',
  input: z.object({
    ...Who,
    /** What happened before, as the papers say; the days that are known. */
    steps: z
      .array(
        z.strictObject({
          no: z.int().min(1).max(25),
          on: z.iso.date(),
          people: z.array(z.uuid()).max(4).default([]),
          votes: VotesInput.nullable().default(null),
          hours: z.int().min(0).max(9999).nullable().default(null),
          days: z.int().min(0).max(999).nullable().default(null),
        }),
      )
      .min(1)
      .max(60),
    place: z.string().trim().max(100).default(''),
  }),
  output: Begun,
  load,
  may: (actor, org) => actor.holds('development.manage', org.path),
  run: async (ctx, { steps, place, ...who }, org) => {
    const ordered = [...steps].sort((a, b) => a.no - b.no || (a.on < b.on ? -1 : 1))
    assertFirst(ctx, ordered)
    for (const { people } of ordered)
      for (const id of people)
        if (!(await personSeen(ctx, id))) throw invalid('unknown-person', '没有找到这个人', { steps: ['请从名册里选'] })
    const last = ordered.at(-1)!.no
    const row = await beginCourse(ctx, org, who, ordered[0]!.on, last)
    for (const step of ordered) await writeStep(ctx, row, { ...step, entered: true, place })
    return { id: row.id, personId: row.person_id, version: await settle(ctx, row) }
  },
})

function assertFirst(ctx: Ctx, steps: readonly { no: number; on: string }[]) {
  if (steps[0]!.no !== 1)
    throw invalid('application-missing', '请填递交入党申请书的日期，不知道的填最早有记录的日期', { steps: ['缺第 1 步'] })
  const twice = steps.find(({ no }, i) => steps[i + 1]?.no === no && no !== 6 && no !== 21)
  if (twice) throw invalid('twice', `第 ${twice.no} 步填了两次`, { steps: [`第 ${twice.no} 步只能有一个日期`] })
  if (steps.some(({ on }) => on > dateAt(ctx.now)))
    throw invalid('ahead', '日期在今天以后，请填已经办了的日期', { steps: ['不能晚于今天'] })
}

async function beginCourse(
  ctx: Ctx,
  org: OrgCard,
  {
    personId: known,
    name,
    staffNo,
    birth,
  }: { personId?: string | undefined; name: string; staffNo: string | null; birth?: string | undefined },
  on: string,
  enteredThrough: number,
) {
  if (on > dateAt(ctx.now)) throw invalid('ahead', '申请日期在今天以后', { appliedOn: ['不能晚于今天'] })
  assertThere(org, on, 'appliedOn')
  const personId = known ?? (await personFor(ctx, { name, staffNo }))
  if (!(await personSeen(ctx, personId))) throw conflict('person-elsewhere', '这个人在你看不到的支部，请在他所在的支部办理')
  await sql`select from organisation.person where id = ${personId} for update`.execute(ctx.db)
  const { rows } = await sql`select from development.course where person_id = ${personId} and state = 'open'`.execute(ctx.db)
  if (rows.length > 0) throw conflict('begun-already', `${name}已经在发展过程中，不用再登记`)
  const row = { org_id: org.id, id: newId(), person_id: personId, version: 0, prolonged_until: null, entered_through: enteredThrough }
  await enlistFor(ctx, row, birth, on)
  const fact = record(ctx, 'development.began', { subject: row.id, orgId: org.id, personId, happenedOn: on, body: { enteredThrough } })
  await sql`insert into development.course (org_id, id, person_id, state, stage, entered_through, began_fact, version)
    values (${org.id}, ${row.id}, ${personId}, 'open', 0, ${enteredThrough}, ${fact}, 0)`.execute(ctx.db)
  return row
}

/** Somebody whose course is entered from paper may be a member on probation already; everybody else is put on the list as applicant. */
async function enlistFor(
  ctx: Ctx,
  row: { org_id: string; person_id: string; entered_through: number },
  birth: string | undefined,
  on: string,
) {
  await enlistApplicant(ctx, { personId: row.person_id, orgId: row.org_id, birth, probationaryToo: row.entered_through >= 15 }, on)
}
