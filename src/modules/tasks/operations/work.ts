import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { personSeen } from '#modules/organisation/published.ts'
import { about, advance, assertCurrent, OnTask, Stepped, said, tell } from '../advance.ts'
import { taskLife } from '../contract.ts'
import { coOwnersOf, locked, seen } from '../find.ts'
import { tellGiven, tellSubmitted } from '../news.ts'
import { mayAnswer, policy } from '../policy.ts'
import { type CoOwnerRow, record } from '../tables.ts'

export const receive = command('tasks.receive', {
  title: '接收一件事',
  input: OnTask,
  output: Stepped,
  load: locked,
  may: policy.receive,
  run: async (ctx, { version }, t) => {
    assertCurrent(t, version)
    record(ctx, 'task.received', { ...about(t), body: {} })
    return advance(ctx, t, 'receive', '', { state: 'received' })
  },
})

export const plan = command('tasks.plan', {
  title: '写怎么落实',
  input: OnTask.extend({ text: said(2_000, '请写明怎么落实：谁办、做什么、到什么时候') }),
  output: Stepped,
  load: locked,
  may: policy.plan,
  run: async (ctx, { version, text }, t) => {
    assertCurrent(t, version)
    if (t.state === 'given') record(ctx, 'task.received', { ...about(t), body: {} })
    if (t.state !== 'planned') record(ctx, 'task.planned', { ...about(t), body: {} })
    return advance(ctx, t, 'plan', text, { state: 'planned', plan: text })
  },
})

export const note = command('tasks.note', {
  title: '记进展',
  input: OnTask.extend({ text: said(2_000, '请写进展') }),
  output: Stepped,
  load: locked,
  may: policy.note,
  run: async (ctx, { version, text }, t) => {
    assertCurrent(t, version)
    if (t.state === 'given') record(ctx, 'task.received', { ...about(t), body: {} })
    return advance(ctx, t, 'note', text, { state: taskLife.next(t.state, 'note' as never)! })
  },
})

export const assign = command('tasks.assign', {
  title: '指定由谁来办',
  input: OnTask.extend({ personId: z.uuid().nullable() }),
  output: Stepped,
  load: locked,
  may: policy.assign,
  run: async (ctx, { version, personId }, t) => {
    assertCurrent(t, version)
    if (personId === t.lead_id) throw conflict('same-lead', '已经是由这个人办')
    if (personId && !(await personSeen(ctx, personId)))
      throw invalid('invalid-input', '没有找到这个人，请另选', { personId: ['没有找到这个人，请另选'] })
    await tellGiven(ctx, personId ? [{ ...t, lead_id: personId }] : [])
    return advance(ctx, t, 'assign', '', { lead_id: personId }, { to_id: personId })
  },
})

export const submit = command('tasks.submit', {
  title: '报办结',
  input: OnTask.extend({ result: said(4_000, '请写办理结果：办成了什么，有什么为证') }),
  output: Stepped,
  load: locked,
  may: policy.submit,
  run: async (ctx, { version, result }, t) => {
    assertCurrent(t, version)
    const waiting = (await coOwnersOf(ctx.db, t)).filter((c) => c.state === 'asked')
    if (waiting.length > 0) throw conflict('co-owners-open', `还有 ${waiting.length} 个协办方没有答复，请先请他们答复`)
    if (t.state === 'given') record(ctx, 'task.received', { ...about(t), body: {} })
    record(ctx, 'task.submitted', { ...about(t), body: {} })
    await tellSubmitted(ctx, t)
    return advance(ctx, t, 'submit', result, {
      state: 'submitted',
      result,
      submitted_at: ctx.now,
      submitted_by: ctx.actor.personId,
      asked_due_on: null,
    })
  },
})

type Invited = CoOwnerRow & { task: NonNullable<Awaited<ReturnType<typeof locked>>> }

/** An invitation of a task the actor sees, locked. */
async function lockedInvitation(ctx: Ctx, { id, taskId }: { id: string; taskId: string }): Promise<Invited | undefined> {
  const found = await seen(ctx, { id: taskId })
  if (!found) return undefined
  const { rows } = await sql<CoOwnerRow>`select c.* from tasks.co_owner c
    where c.org_id = ${found.task.org_id} and c.task_id = ${taskId} and c.id = ${id} for update of c`.execute(ctx.db)
  return rows[0] && { ...rows[0], task: found.task }
}

export const answer = command('tasks.answer', {
  title: '答复协办邀请',
  input: z.object({
    id: z.uuid(),
    taskId: z.uuid(),
    version: z.int(),
    accept: z.boolean(),
    /** Needed to decline. */
    reason: z.string().trim().max(500).default(''),
  }),
  output: z.object({ id: z.uuid(), state: z.enum(['accepted', 'declined']) }),
  load: lockedInvitation,
  may: (actor, invited) => mayAnswer(actor, invited),
  run: async (ctx, { version, accept, reason }, { task, ...invited }) => {
    if (version !== invited.version) throw stale({ accept }, { version: invited.version, state: invited.state })
    if (!accept && reason.length < 2) throw invalid('say-why', '不能协办请写明原因', { reason: ['请写明原因'] })
    const state = accept ? ('accepted' as const) : ('declined' as const)
    await sql`update tasks.co_owner set state = ${state}, reason = ${reason || null}, answered_by = ${ctx.actor.personId},
      answered_at = ${ctx.now}, version = version + 1 where org_id = ${invited.org_id} and id = ${invited.id}`.execute(ctx.db)
    await tell(ctx, task, accept ? 'accept' : 'decline', reason, { from_org_id: invited.co_org_id })
    record(ctx, 'coOwner.answered', {
      subject: invited.id,
      orgId: invited.co_org_id,
      personId: invited.co_id,
      body: { taskId: task.id, accepted: accept },
    })
    return { id: invited.id, state }
  },
})
