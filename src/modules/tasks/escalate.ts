import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { overWith, tellDesks } from '#modules/notifications/published.ts'
import { addWorkingDays } from '#modules/workdays/contract.ts'
import { workdaysOf } from '#modules/workdays/published.ts'
import { OPEN_STATES } from './contract.ts'

/** So many working days after its term the superior hears of a task without a result. */
export const ESCALATED_AFTER = 3
const KIND = 'tasks.late'

interface Late {
  id: string
  title: string
  due_on: string
  lead: string
  above_id: string
}

/**
 * Tells the organisation above of each task that has had no result for three working days past its term: once for each term, in facts, without
 * a name for it. What has been done or given a new term since is taken back. Answers how many are late. For a job, every morning.
 */
export async function escalateTasks(db: Db, now: Date = new Date()): Promise<number> {
  const today = dateAt(now)
  const table = await workdaysOf(db)
  const { rows } = await sql<Late>`select t.id, t.title, t.due_on, coalesce(l.short_name, l.name) as lead, l.parent_id as above_id
    from tasks.task t join organisation.org l on l.id = t.lead_org_id
    where t.due_on < ${today}::date and t.state = any(${OPEN_STATES.filter((s) => s !== 'submitted')}::text[]) and l.parent_id is not null
    order by t.due_on, t.id`.execute(db)
  const late = rows.filter((t) => addWorkingDays(table, t.due_on, ESCALATED_AFTER) < today)
  await tellDesks(
    { db, now },
    late.map((t) => ({
      orgId: t.above_id,
      kind: KIND,
      key: keyOf(t),
      text: `${t.lead}的“${t.title}”应在 ${t.due_on} 前办结，过了 ${ESCALATED_AFTER} 个工作日还没有结果`,
      open: `/tasks/${t.id}`,
    })),
  )
  await overWith({ db, now }, KIND, { still: late.map(keyOf) })
  return late.length
}

const keyOf = ({ id, due_on }: Late) => `${id} ${due_on}`
