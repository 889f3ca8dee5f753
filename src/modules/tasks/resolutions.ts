import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { actionsSettledIn, type MeetingRef, openActionsIn } from '#modules/meetings/published.ts'
import { advance } from './advance.ts'
import { OPEN_STATES } from './contract.ts'
import { storing, taskFrom } from './create.ts'
import { fall } from './falling.ts'
import { tellGiven } from './news.ts'
import { recordClosed } from './operations/deciding.ts'
import type { Task } from './tables.ts'

/** With the signature of the minutes, what was resolved becomes tasks, and tasks whose results were reported there are done. */
export async function tasksFollow(ctx: Ctx, m: MeetingRef): Promise<void> {
  await closeReported(ctx, m)
  const actions = await openActionsIn(ctx.db, m.org_id, m.id)
  if (actions.length === 0) return
  const tasks = actions.map(({ id, text, topic, ownerId, dueOn }) =>
    taskFrom(ctx, {
      title: text.slice(0, 200),
      text: `${topic}\n${text}`,
      source: 'resolution',
      source_id: id,
      source_place_id: m.id,
      giver_org_id: m.org_id,
      lead_org_id: m.org_id,
      lead_id: ownerId,
      due_on: dueOn,
    }),
  )
  await tellGiven(ctx, tasks)
  ctx.clauses.push(storing(tasks))
}

/** A result that the meeting took note of needs no further verification. */
async function closeReported(ctx: Ctx, m: MeetingRef) {
  const reported = await actionsSettledIn(ctx.db, m.org_id, m.id)
  if (reported.length === 0) return
  const results = new Map(reported.map((a) => [a.id, a.result]))
  for (const task of await openTasksOf(ctx, m, [...results.keys()])) {
    recordClosed(ctx, task, m.held_on)
    const result = results.get(task.source_id!) ?? ''
    const done = { closed_on: dateAt(ctx.now), closed_by: null, above_org_id: null, asked_due_on: null, result: task.result ?? result }
    await advance(ctx, task, 'resolve', result, { ...done, state: 'closed' })
  }
}

/** A record that is cancelled resolved nothing: what is still open of its tasks falls away. */
export const tasksFall = (ctx: Ctx, m: MeetingRef): Promise<void> =>
  fall(ctx, { orgId: m.org_id, source: 'resolution', placeId: m.id }, '会议记录作废')

async function openTasksOf(ctx: Ctx, m: MeetingRef, actionIds: readonly string[]): Promise<Task[]> {
  const { rows } = await sql<Task>`select * from tasks.task t where t.org_id = ${m.org_id} and t.source = 'resolution'
    and t.source_id = any(${[...actionIds]}::uuid[]) and t.state = any(${[...OPEN_STATES]}::text[]) for update of t`.execute(ctx.db)
  return rows
}
