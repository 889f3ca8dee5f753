import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { conflict } from '#kernel/errors.ts'

/** The superior's number for a year, and how much of it is used: received by that year's assemblies, and waiting as 发展对象. */
export async function planOf(db: Db, orgId: string, year: number): Promise<{ number: number | null; received: number; waiting: number }> {
  const { rows } = await sql<{ number: number | null; received: number; waiting: number }>`
    select (select number from development.plan where org_id = ${orgId} and year = ${year}) as number,
      (select count(distinct s.course_id)::int from development.step s where s.org_id = ${orgId} and s.no = 15
        and s.taken_on >= ${`${year}-01-01`}::date and s.taken_on <= ${`${year}-12-31`}::date) as received,
      (select count(*)::int from development.course c where c.org_id = ${orgId} and c.state = 'open' and c.stage in (2, 3)
        and not exists (select from development.step s where s.org_id = ${orgId} and s.course_id = c.id and s.no = 15)) as waiting`.execute(
    db,
  )
  return rows[0]!
}

/** Refuses step 7 or 15 beyond the superior's number of the year; where none was given, nothing is refused. */
export async function assertWithinPlan(db: Db, orgId: string, no: number, on: string): Promise<void> {
  const year = Number(on.slice(0, 4))
  const { number, received, waiting } = await planOf(db, orgId, year)
  if (number === null) return
  const used = no === 7 ? received + waiting : received
  if (used >= number)
    throw conflict(
      'beyond-plan',
      `上级下达本支部 ${year} 年发展党员计划 ${number} 名，已接收 ${received} 名${no === 7 ? `、已列为发展对象 ${waiting} 名` : ''}，不能再增加。请先向上级申请调整计划`,
    )
}
