import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, type Fields, invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { LeftOutReason, type MeetingKind } from '../contract.ts'
import { expectedOn } from '../expected.ts'
import { lockedPlan, planPolicy, type SeenPlan } from '../planning/find.ts'
import { record } from '../tables.ts'

const Step = z.object({ id: z.uuid(), version: z.int(), personId: z.uuid() })
const Changed = z.object({ id: z.uuid(), version: z.int() })

export const leaveOut = command('meetings.leaveOut', {
  title: '登记选举时不计入应到会的党员',
  input: Step.extend({
    reason: LeftOutReason,
    /** The superior's agreement and the assembly's decision; the person counts until both stand. */
    agreedOn: z.iso.date().nullable().default(null),
    letterNo: z.string().trim().max(60).default(''),
    decidedOn: z.iso.date().nullable().default(null),
  }),
  output: Changed,
  load: lockedPlan,
  may: planPolicy.leaveOut,
  run: async (ctx, { version, personId, reason, agreedOn, letterNo, decidedOn }, plan) => {
    assertCurrent(plan, version)
    if (!plan.election) throw conflict('not-an-election', '只有选举的党员大会可以按规定不计入应到会；其他会议按名册计算')
    await checkPerson(ctx, plan, personId)
    checkDays(ctx, plan, { agreedOn, decidedOn })
    await sql`insert into meetings.left_out (org_id, plan_id, person_id, reason, agreed_on, letter_no, decided_on)
      values (${plan.org_id}, ${plan.id}, ${personId}, ${reason}, ${agreedOn}::date, ${letterNo}, ${decidedOn}::date)
      on conflict (org_id, plan_id, person_id) do update set reason = excluded.reason, agreed_on = excluded.agreed_on,
        letter_no = excluded.letter_no, decided_on = excluded.decided_on`.execute(ctx.db)
    record(ctx, 'plan.leftOut', { subject: plan.id, orgId: plan.org_id, body: { personId, reason, agreedOn, decidedOn } })
    return advance(ctx, plan)
  },
})

export const countAgain = command('meetings.countAgain', {
  title: '选举时仍计入应到会',
  input: Step,
  output: Changed,
  load: lockedPlan,
  may: planPolicy.leaveOut,
  run: async (ctx, { version, personId }, plan) => {
    assertCurrent(plan, version)
    const { rows } = await sql`delete from meetings.left_out where org_id = ${plan.org_id} and plan_id = ${plan.id}
      and person_id = ${personId} returning person_id`.execute(ctx.db)
    if (rows.length === 0) throw conflict('counts-already', '这个人本来就计入应到会')
    record(ctx, 'plan.countedAgain', { subject: plan.id, orgId: plan.org_id, body: { personId } })
    return advance(ctx, plan)
  },
})

function assertCurrent(plan: SeenPlan, version: number): void {
  if (version !== plan.version) throw stale({}, { version: plan.version })
}

async function advance(ctx: Ctx, plan: SeenPlan) {
  await sql`update meetings.plan set version = version + 1 where org_id = ${plan.org_id} and id = ${plan.id}`.execute(ctx.db)
  return { id: plan.id, version: plan.version + 1 }
}

async function checkPerson(ctx: Ctx, plan: SeenPlan, personId: string): Promise<void> {
  const { people } = await expectedOn(ctx.db, { id: plan.org_id }, plan.kinds as MeetingKind[], plan.held_on)
  const person = people.find((p) => p.personId === personId)
  if (person?.entitled) return
  const why = person ? `${person.name}当天没有选举权（${person.why}），本来就不计入` : '这个人不在当天的名册里'
  throw invalid('not-counted', why, { personId: [why] })
}

/** What is to come stands for nothing yet; a decision after the election could not have left anybody out of it. */
function checkDays(ctx: Ctx, plan: SeenPlan, days: { agreedOn: string | null; decidedOn: string | null }): void {
  const today = dateAt(ctx.now)
  const wrong: Fields = {}
  for (const [field, day] of Object.entries(days))
    if (day !== null && day > today) wrong[field] = ['还没有到这一天，请在同意或通过以后登记']
    else if (day !== null && day > plan.held_on) wrong[field] = ['不能晚于选举的那一天']
  if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)
}
