import { sql } from 'kysely'
import type { TextSource } from '#kernel/module.ts'
import { STAGES } from './steps.ts'

interface Row {
  id: string
  orgId: string
  orgName: string
  person: string
  stage: number
  day: string
}

/** Who is on the way into the Party, by name and stage, as the list shows them. What was written of them is read on their page, which is audited. */
export const developmentTexts: TextSource = {
  kind: '发展党员',
  follows: ['development.began', 'development.stepTaken', 'development.stopped', 'development.completed'],
  read: async (db, ids) => {
    const { rows } = await sql<Row>`
      select c.id, c.org_id as "orgId", o.name as "orgName", p.name as person, c.stage, to_char(s.day, 'YYYY-MM-DD') as day
      from development.course c join organisation.org o on o.id = c.org_id join organisation.person p on p.id = c.person_id
        join (select course_id, max(taken_on) as day from development.step where course_id = any(${[...ids]}::uuid[]) group by 1) s
          on s.course_id = c.id
      where c.id = any(${[...ids]}::uuid[]) and c.state <> 'stopped'`.execute(db)
    return rows.map(({ orgName, person, stage, ...row }) => ({
      ...row,
      readWith: 'development.read',
      title: `${person} 发展党员`,
      note: `${row.day} ${STAGES[Math.min(stage, STAGES.length) - 1] ?? STAGES[0]} · ${orgName}`,
      open: `/development/${row.id}`,
      body: '',
    }))
  },
}
