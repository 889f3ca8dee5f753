import { sql } from 'kysely'
import { dateAt, daysBetween } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import type { Ctx } from '#kernel/operation.ts'
import { OPEN_STATES, type TaskCard } from './contract.ts'
import { type Placed, sees } from './policy.ts'
import { type CoOwnerRow, type Task, tables } from './tables.ts'

/** A task with the names a list shows. */
export type Seen = Placed & { lead_org_name: string; lead_full_name: string; giver_name: string; lead_name: string | null }

const short = (o: string) => sql`coalesce(${sql.ref(`${o}.short_name`)}, ${sql.ref(`${o}.name`)})`

/** The columns of `tasks.task t` with places and names, and its joins; add a `where`. */
export const taskRows = sql`select t.*, l.path as lead_path, g.path as giver_path, h.path as home_path, a.path as above_path,
    ${short('l')} as lead_org_name, ${short('g')} as giver_name, p.name as lead_name, l.name as lead_full_name
  from tasks.task t join organisation.org l on l.id = t.lead_org_id join organisation.org g on g.id = t.giver_org_id
  join organisation.org h on h.id = t.org_id left join organisation.org a on a.id = t.above_org_id
  left join organisation.person p on p.id = t.lead_id`

/** The task and who was asked to work on it, if the actor may see it. */
export async function seen(ctx: Ctx, { id }: { id: string }): Promise<{ task: Seen; co: CoOwnerRow[] } | undefined> {
  const { rows } = await sql<Seen>`${taskRows} where t.id = ${id}`.execute(ctx.db)
  const [task] = rows
  if (!task) return undefined
  const co = await coOwnersOf(ctx.db, task)
  return sees(ctx.actor, task, co) ? { task, co } : undefined
}

/** The same, locked for a change: by organisation and id, since a lock must not reach over organisations. */
export async function locked(ctx: Ctx, input: { id: string }): Promise<Seen | undefined> {
  const found = await seen(ctx, input)
  if (!found) return undefined
  // Locked first, read then: a row that changes its organisation while we wait would fall out of the joins.
  await sql`select from tasks.task where org_id = ${found.task.org_id} and id = ${input.id} for update`.execute(ctx.db)
  return (await seen(ctx, input))?.task
}

export const coOwnersOf = (db: Db, { org_id, id }: Pick<Task, 'org_id' | 'id'>): Promise<CoOwnerRow[]> =>
  tables({ db }).selectFrom('tasks.co_owner').selectAll().where('org_id', '=', org_id).where('task_id', '=', id).orderBy('id').execute()

/** A task as a line of a list, as it stands on the day of `now`. */
export const cardOf = (t: Seen, now: Date): TaskCard => ({
  id: t.id,
  title: t.title,
  source: t.source,
  state: t.state,
  orgId: t.lead_org_id,
  orgName: t.lead_org_name,
  lead: t.lead_id && t.lead_name ? { id: t.lead_id, name: t.lead_name } : null,
  giverName: t.giver_name,
  dueOn: t.due_on,
  overdueDays: overdueDays(t, dateAt(now)),
  handOffs: t.hand_offs,
  recurrences: t.recurrences,
  label: t.label && t.label_on ? { label: t.label, on: t.label_on } : null,
})

/** Calendar days past the term, while something is still to be done by the lead or settled above; what waits for others is not late. */
export const overdueDays = ({ state, due_on }: Pick<Task, 'state' | 'due_on'>, day: string): number =>
  due_on !== null && state !== 'submitted' && (OPEN_STATES as readonly string[]).includes(state) ? Math.max(0, daysBetween(due_on, day)) : 0

/** Names of people or organisations by id. */
export async function namesOf(db: Db, of: 'person' | 'org', ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const name = of === 'org' ? sql`coalesce(short_name, name)` : sql`name`
  const { rows } = await sql<{ id: string; name: string }>`select id, ${name} as name from ${sql.table(`organisation.${of}`)}
    where id = any(${wanted}::uuid[])`.execute(db)
  return new Map(rows.map((r) => [r.id, r.name]))
}
