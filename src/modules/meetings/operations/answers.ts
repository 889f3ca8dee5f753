import { sql } from 'kysely'
import { z } from 'zod'
import { forbidden, invalid } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { Absence } from '../contract.ts'
import { lockedPlan, planPolicy, type SeenPlan } from '../planning/find.ts'

const Answered = z.object({ id: z.uuid(), answer: z.enum(['comes', 'leave']) })

export const answerPlan = command('meetings.answer', {
  title: '回复会议通知：参加或请假',
  input: z.object({
    id: z.uuid(),
    answer: z.enum(['comes', 'leave']),
    /** Of a leave. */
    reason: Absence.exclude(['none']).optional(),
    note: z.string().trim().max(100).default(''),
    /** For somebody else, who told whoever leads the meeting. */
    personId: z.uuid().optional(),
  }),
  output: Answered,
  load: lockedPlan,
  may: (actor, plan, { personId }) =>
    personId && personId !== actor.personId ? planPolicy.tick(actor, plan) : planPolicy.answer(actor, plan),
  run: async (ctx, { id, answer, reason, note, personId }, plan) => {
    if (plan.ends_at <= ctx.now) throw invalid('meeting-over', '会已经开过了，不用再回复。出勤请找记录人核对', { answer: ['会已经开过了'] })
    if (answer === 'leave' && !reason) throw invalid('say-why', '请选请假的原因', { reason: ['请选请假的原因'] })
    const whose = personId ?? ctx.actor.personId
    const { numAffectedRows } = await sql`update meetings.invited set answer = ${answer},
        reason = ${answer === 'leave' ? reason! : null}, note = ${note || null}, answered_at = ${ctx.now}, excused = null, excused_by = null
      where org_id = ${plan.org_id} and plan_id = ${plan.id} and person_id = ${whose}::uuid`.execute(ctx.db)
    if (numAffectedRows !== 1n) throw invalid('not-called', '这个人不在通知名单里，请先更新名单', { personId: ['不在通知名单里'] })
    return { id, answer }
  },
})

export const excusePlan = command('meetings.excuse', {
  title: '批准或不批准请假',
  input: z.object({ id: z.uuid(), personId: z.uuid(), excused: z.boolean() }),
  output: z.object({ id: z.uuid(), personId: z.uuid(), excused: z.boolean() }),
  load: lockedPlan,
  may: (actor, plan, { personId }) =>
    actor.personId === personId ? forbidden('own-leave', '自己的请假由别人批：请另一位书记或主持人办') : planPolicy.excuse(actor, plan),
  run: async (ctx, { id, personId, excused }, plan) => {
    await decide(ctx, plan, personId, excused)
    return { id, personId, excused }
  },
})

async function decide(ctx: Ctx, plan: SeenPlan, personId: string, excused: boolean) {
  const { numAffectedRows } = await sql`update meetings.invited set excused = ${excused}, excused_by = ${ctx.actor.personId}::uuid
    where org_id = ${plan.org_id} and plan_id = ${plan.id} and person_id = ${personId}::uuid and answer = 'leave'`.execute(ctx.db)
  if (numAffectedRows !== 1n) throw invalid('no-leave', '这个人没有请假，或已经改为参加，请刷新', { personId: ['没有请假'] })
}
