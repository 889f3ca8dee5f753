import type { Ctx } from '#kernel/operation.ts'
import { type NewTask, storing, taskFrom } from './create.ts'
import { tellGiven } from './news.ts'

/** Gives a task in the transaction of what it comes from; the caller has asked who may. Returns its id. */
export async function giveFor(ctx: Ctx, given: NewTask): Promise<string> {
  const task = taskFrom(ctx, given)
  await tellGiven(ctx, [task])
  ctx.clauses.push(storing([task]))
  return task.id
}
