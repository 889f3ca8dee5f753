import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Ctx } from '#kernel/operation.ts'
import { OPEN_STATES, type TaskSource, type TaskState } from './contract.ts'
import { type NewTask, storing, taskFrom } from './create.ts'
import { tellGiven } from './news.ts'

/** Gives a task in the transaction of what it comes from; the caller has asked who may. Returns its id. */
export const giveFor = async (ctx: Ctx, given: NewTask): Promise<string> => (await giveAll(ctx, [given]))[0]!

async function giveAll(ctx: Ctx, given: readonly NewTask[]): Promise<string[]> {
  if (given.length === 0) return []
  const tasks = given.map((g) => taskFrom(ctx, g))
  await tellGiven(ctx, tasks)
  ctx.clauses.push(storing(tasks))
  return tasks.map((t) => t.id)
}

export interface Line {
  title: string
  text: string
  source: Extract<TaskSource, 'rectification' | 'guidance' | 'overhaul'>
  /** The line it comes from, and the record that line stands in: the task's page leads there. */
  sourceId: string
  placeId: string
  giverOrgId: string
  leadOrgId: string
  leadId: string | null
  dueOn: string | null
}

/** Makes tasks of the lines of another module's record, in its transaction; answers their ids in the same order. */
export const giveTasks = (ctx: Ctx, lines: readonly Line[]): Promise<string[]> =>
  giveAll(
    ctx,
    lines.map((l) => ({
      title: l.title.slice(0, 200),
      text: l.text,
      source: l.source,
      source_id: l.sourceId,
      source_place_id: l.placeId,
      giver_org_id: l.giverOrgId,
      lead_org_id: l.leadOrgId,
      lead_id: l.leadId,
      due_on: l.dueOn,
    })),
  )

export interface TaskOf {
  sourceId: string
  id: string
  state: TaskState
  dueOn: string | null
}

/** The tasks that came from the lines of one record, by line. */
export async function tasksFrom(db: Db, placeId: string): Promise<Map<string, TaskOf>> {
  const { rows } = await sql<TaskOf>`select source_id as "sourceId", id, state, due_on as "dueOn" from tasks.task
    where source_id is not null and source_place_id = ${placeId} and source in ('rectification', 'guidance', 'overhaul') order by id`.execute(
    db,
  )
  return new Map(rows.map((t) => [t.sourceId, t]))
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
export { fall as callOffTasks } from './falling.ts'
