import { z } from 'zod'
import { stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { TaskState } from './contract.ts'
import { record, type Step, type Task, tables } from './tables.ts'

/** Every step names the task and the version the person saw. */
export const OnTask = z.object({ id: z.uuid(), version: z.int() })
export const Stepped = z.object({ id: z.uuid(), state: TaskState, version: z.int() })

/** What a person writes with a step. */
export const said = (max: number, missing: string) => z.string().trim().min(2, missing).max(max)

export function assertCurrent(t: Task, version: number) {
  if (version !== t.version) throw stale({ version }, { version: t.version, state: t.state })
}

type Told = Partial<Pick<Step, 'from_org_id' | 'to_org_id' | 'to_id' | 'due_on'>>

/** Takes the step: what changes with it, the version, and its line in the chain. */
export async function advance(ctx: Ctx, t: Task, step: string, text: string, changes: Partial<Task>, told: Told = {}) {
  const version = t.version + 1
  await tables(ctx)
    .updateTable('tasks.task')
    .set({ ...changes, version })
    .where('org_id', '=', t.org_id)
    .where('id', '=', t.id)
    .execute()
  await tell(ctx, t, step, text, told)
  return { id: t.id, state: changes.state ?? t.state, version }
}

/** A line in the chain of a task. */
export async function tell(ctx: Ctx, t: Pick<Task, 'org_id' | 'id'>, step: string, text: string, told: Told = {}) {
  const row = { org_id: t.org_id, id: newId(), task_id: t.id, at: ctx.now, by_id: ctx.actor.personId, step, text }
  await tables(ctx)
    .insertInto('tasks.step')
    .values({ ...row, from_org_id: null, to_org_id: null, to_id: null, due_on: null, ...told })
    .execute()
}

/** The fact that somebody has it to do from now on. Returns its id. */
export const recordGiven = (
  ctx: Ctx,
  t: Pick<Task, 'id' | 'lead_org_id' | 'lead_id' | 'source' | 'source_id' | 'due_on' | 'giver_org_id' | 'hand_offs' | 'recurrences'>,
): string =>
  record(ctx, 'task.given', {
    subject: t.id,
    orgId: t.lead_org_id,
    personId: t.lead_id,
    body: {
      source: t.source,
      sourceId: t.source_id,
      dueOn: t.due_on,
      giverOrgId: t.giver_org_id,
      handOffs: t.hand_offs,
      recurrences: t.recurrences,
    },
  })

/** Where and about whom the facts of a step are recorded. */
export const about = (t: Task) => ({ subject: t.id, orgId: t.lead_org_id, personId: t.lead_id })
