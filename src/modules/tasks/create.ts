import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { addWorkingDays } from '#modules/workdays/contract.ts'
import { workdaysOf } from '#modules/workdays/published.ts'
import { recordGiven } from './advance.ts'
import type { Task } from './tables.ts'

/** A term as a day or in working days from today; neither: no term. */
export const Term = z.object({
  dueOn: z.iso.date().nullable().default(null),
  workingDays: z.int().min(1).max(500).nullable().default(null),
})
type Term = z.output<typeof Term>

/** The day a term ends; refused at its field when it lies in the past. */
export async function termOf({ db, now }: Ctx, { dueOn, workingDays }: Term): Promise<string | null> {
  const today = dateAt(now)
  if (dueOn !== null && workingDays !== null) throw invalid('two-terms', '时限按日期或按工作日，只填一种', { workingDays: ['只填一种'] })
  if (dueOn !== null && dueOn < today) throw invalid('past-term', '时限不能早于今天', { dueOn: ['不能早于今天'] })
  return workingDays === null ? dueOn : addWorkingDays(await workdaysOf(db), today, workingDays)
}

export type NewTask = Pick<
  Task,
  'title' | 'text' | 'source' | 'source_id' | 'source_place_id' | 'giver_org_id' | 'lead_org_id' | 'lead_id' | 'due_on'
>

/** A task of an organisation from now on, with its fact; stored by `storing`, or with others in one statement. */
export function taskFrom(ctx: Ctx, given: NewTask): Task {
  const task: Task = {
    ...given,
    org_id: given.lead_org_id,
    id: newId(),
    given_by: ctx.actor.personId,
    given_at: ctx.now,
    given_fact: '',
    state: 'given',
    plan: null,
    result: null,
    submitted_at: null,
    submitted_by: null,
    closed_on: null,
    closed_by: null,
    hand_offs: 0,
    returns: 0,
    recurrences: 0,
    above_org_id: null,
    asked_due_on: null,
    asked_reason: null,
    asked_by: null,
    effect_on: null,
    effect_holds: null,
    label: null,
    label_on: null,
    label_by: null,
    label_basis: null,
    version: 1,
  }
  task.given_fact = recordGiven(ctx, task)
  return task
}

/** A clause of the command's last statement that stores tasks, thousands as well as one. What they share is sent once. */
export function storing(tasks: readonly Task[]): RawBuilder<unknown> {
  const [first] = tasks
  const own = tasks.map(({ org_id, id, given_fact, lead_id, title, text, source_id, due_on, lead_org_id }) =>
    Object.fromEntries(
      Object.entries({ org_id, id, given_fact, lead_id, title, text, source_id, due_on, lead_org_id }).filter(
        ([column, value]) => value !== first![column as keyof Task] || ['org_id', 'id', 'given_fact'].includes(column),
      ),
    ),
  )
  return sql`task_stored as (insert into tasks.task
    select r.* from jsonb_array_elements(${json(own)}) as e(own),
      jsonb_populate_record(null::tasks.task, ${json(first)} || e.own) as r)`
}
