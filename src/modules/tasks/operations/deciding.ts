import { z } from 'zod'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { invalid } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { settleAction } from '#modules/meetings/published.ts'
import { about, advance, assertCurrent, OnTask, recordGiven, Stepped, said } from '../advance.ts'
import { Term, termOf } from '../create.ts'
import { locked } from '../find.ts'
import { tellReturned } from '../news.ts'
import { policy } from '../policy.ts'
import { record, type Task } from '../tables.ts'

export const verify = command('tasks.verify', {
  title: '验收通过',
  input: OnTask.extend({
    note: z.string().trim().max(1_000).default(''),
    /** Look after this many days whether the effect holds; null: no need. */
    effectAfterDays: z.int().min(1).max(730).nullable().default(null),
  }),
  output: Stepped,
  load: locked,
  may: policy.verify,
  run: async (ctx, { version, note, effectAfterDays }, t) => {
    assertCurrent(t, version)
    const today = dateAt(ctx.now)
    recordClosed(ctx, t)
    await settle(ctx, t, { on: today, result: t.result ?? '' })
    const effect_on = effectAfterDays === null ? null : addDays(today, effectAfterDays)
    return advance(
      ctx,
      t,
      'verify',
      note,
      { state: 'closed', closed_on: today, closed_by: ctx.actor.personId, effect_on, effect_holds: null },
      { due_on: effect_on },
    )
  },
})

/** The fact that a task is done: on time or not by the day of its submission, or of the meeting that took note of its result. */
export function recordClosed(ctx: Ctx, t: Task, heldOn?: string): void {
  const reportedOn = t.state === 'submitted' && t.submitted_at ? dateAt(t.submitted_at) : (heldOn ?? dateAt(ctx.now))
  record(ctx, 'task.closed', { ...about(t), body: { dueOn: t.due_on, submittedOn: reportedOn, atMeeting: heldOn !== undefined } })
}

/** The resolution behind a task is done with it, and open again with it. */
const settle = async (ctx: Ctx, t: Task, done: { on: string; result: string } | null) => {
  if (t.source === 'resolution' && t.source_id) await settleAction(ctx.db, t.org_id, t.source_id, done)
}

export const giveBack = command('tasks.return', {
  title: '退回重办',
  input: OnTask.extend({ reason: said(1_000, '请写明还差什么') }),
  output: Stepped,
  load: locked,
  may: policy.return,
  run: async (ctx, { version, reason }, t) => {
    assertCurrent(t, version)
    record(ctx, 'task.returned', { ...about(t), body: {} })
    await tellReturned(ctx, t)
    return advance(ctx, t, 'return', reason, { state: 'planned', returns: t.returns + 1, submitted_at: null, submitted_by: null })
  },
})

export const askExtension = command('tasks.askExtension', {
  title: '申请延期',
  input: OnTask.extend({ dueOn: z.iso.date(), reason: said(1_000, '请写明为什么要延期') }),
  output: Stepped,
  load: locked,
  may: policy.askExtension,
  run: async (ctx, { version, dueOn, reason }, t) => {
    assertCurrent(t, version)
    if (dueOn <= t.due_on! || dueOn < dateAt(ctx.now))
      throw invalid('invalid-input', '新的时限应晚于原来的时限，也不早于今天', { dueOn: [`应晚于 ${t.due_on}，也不早于今天`] })
    const asked = { asked_due_on: dueOn, asked_reason: reason, asked_by: ctx.actor.personId }
    return advance(ctx, t, 'askExtension', reason, asked, { due_on: dueOn })
  },
})

export const decideExtension = command('tasks.decideExtension', {
  title: '答复延期申请',
  input: OnTask.extend({ agree: z.boolean(), reason: z.string().trim().max(1_000).default('') }),
  output: Stepped,
  load: locked,
  may: policy.decideExtension,
  run: async (ctx, { version, agree, reason }, t) => {
    assertCurrent(t, version)
    if (!agree && reason.length < 2) throw invalid('say-why', '不同意延期请写明原因', { reason: ['请写明原因'] })
    const dueOn = t.asked_due_on!
    const done = { asked_due_on: null, asked_reason: null, asked_by: null }
    if (agree) record(ctx, 'task.extended', { ...about(t), body: { dueOn } })
    else record(ctx, 'task.extensionRefused', { ...about(t), body: {} })
    return agree
      ? advance(ctx, t, 'extend', reason, { ...done, due_on: dueOn }, { due_on: dueOn })
      : advance(ctx, t, 'refuseExtension', reason, done)
  },
})

export const checkEffect = command('tasks.checkEffect', {
  title: '看成效',
  input: OnTask.extend({ holds: z.boolean(), note: said(1_000, '请写明看到的情况') }),
  output: Stepped,
  load: locked,
  may: policy.checkEffect,
  run: async (ctx, { version, holds, note }, t) => {
    assertCurrent(t, version)
    record(ctx, 'task.effectChecked', { ...about(t), body: { holds } })
    return advance(ctx, t, holds ? 'effectHolds' : 'effectFails', note, { effect_holds: holds })
  },
})

export const reopen = command('tasks.reopen', {
  title: '又出现了，重新办',
  input: OnTask.extend({ note: said(1_000, '请写明又出现了什么'), ...Term.shape }),
  output: Stepped,
  load: locked,
  may: policy.reopen,
  run: async (ctx, { version, note, ...term }, t) => {
    assertCurrent(t, version)
    const again = { ...t, due_on: await termOf(ctx, term), recurrences: t.recurrences + 1, hand_offs: 0 }
    recordGiven(ctx, again)
    await settle(ctx, t, null)
    const { due_on, recurrences, hand_offs } = again
    return advance(
      ctx,
      t,
      'reopen',
      note,
      {
        state: 'given',
        due_on,
        recurrences,
        hand_offs,
        plan: null,
        submitted_at: null,
        submitted_by: null,
        closed_on: null,
        closed_by: null,
        effect_on: null,
        effect_holds: null,
      },
      { due_on },
    )
  },
})
