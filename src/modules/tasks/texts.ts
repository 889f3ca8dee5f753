import { sql } from 'kysely'
import type { TextSource } from '#kernel/module.ts'
import { SOURCES, type TaskSource } from './contract.ts'

interface Row {
  id: string
  orgId: string
  title: string
  source: TaskSource
  leadName: string
  day: string
  body: string
}

/** What is to be done and what came of it, for who reads the tasks of the organisation whose turn it is; those called off are not found. */
export const taskTexts: TextSource = {
  kind: '任务',
  follows: [
    'task.given',
    'task.planned',
    'task.submitted',
    'task.returned',
    'task.handedOff',
    'task.passedUp',
    'task.closed',
    'task.reopened',
    'task.cancelled',
  ],
  read: async (db, ids) => {
    const { rows } = await sql<Row>`
      select t.id, t.lead_org_id as "orgId", t.title, t.source, coalesce(l.short_name, l.name) as "leadName",
        to_char(t.given_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, concat_ws(E'\\n', t.text, t.plan, t.result) as body
      from tasks.task t join organisation.org l on l.id = t.lead_org_id
      where t.id = any(${[...ids]}::uuid[]) and t.state <> 'cancelled'`.execute(db)
    return rows.map(({ source, leadName, ...row }) => ({
      ...row,
      readWith: 'tasks.read',
      note: `${row.day} ${SOURCES[source]} · ${leadName}`,
      open: `/tasks/${row.id}`,
    }))
  },
}
