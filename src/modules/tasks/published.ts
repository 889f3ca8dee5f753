import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Ctx } from '#kernel/operation.ts'
import { OPEN_STATES, type TaskSource } from './contract.ts'
import { type NewTask, storing, taskFrom } from './create.ts'
import { tellGiven } from './news.ts'

/** Gives a task in the transaction of what it comes from; the caller has asked who may. Returns its id. */
export async function giveFor(ctx: Ctx, given: NewTask): Promise<string> {
  const task = taskFrom(ctx, given)
  await tellGiven(ctx, [task])
  ctx.clauses.push(storing([task]))
  return task.id
}

export interface TaskTerm {
  id: string
  title: string
  source: TaskSource
  dueOn: string
  submitted: boolean
  leadName: string
}

/** Open tasks whose term lies between two days: of a person, or of one of these organisations and nobody there yet. */
export async function termsOf(
  db: Db,
  { personId, orgIds }: { personId: string; orgIds: readonly string[] },
  from: string,
  to: string,
): Promise<TaskTerm[]> {
  const { rows } = await sql<TaskTerm>`
    select t.id, t.title, t.source, t.due_on as "dueOn", t.state = 'submitted' as submitted, coalesce(o.short_name, o.name) as "leadName"
    from tasks.task t join organisation.org o on o.id = t.lead_org_id
    where (t.lead_id = ${personId} or (t.lead_id is null and t.lead_org_id = any(${[...orgIds]}::uuid[])))
      and t.state = any(${[...OPEN_STATES]}::text[]) and t.due_on between ${from}::date and ${to}::date
    order by t.due_on, t.id limit 500`.execute(db)
  return rows
}
export { escalateTasks } from './escalate.ts'
