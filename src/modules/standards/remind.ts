import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { overWith, tellDesks } from '#modules/notifications/published.ts'

const KIND = 'standards.projectOver'

/** Asks the desks of a temporary or joint branch and of its superior to dissolve it once its task has ended. For a job, every morning. */
export async function remindProjects(db: Db, now: Date = new Date()): Promise<number> {
  const { rows } = await sql<{ id: string; parentId: string | null; name: string; on: string }>`
    select o.id, o.parent_id as "parentId", coalesce(o.short_name, o.name) as name, p.ends_on as on
    from standards.project p join organisation.org o on o.id = p.org_id
    where p.ends_on < ${dateAt(now)}::date and o.dissolved_on is null and o.kind in ('provisionalBranch', 'jointBranch')`.execute(db)
  const keys = rows.map(({ id, on }) => `${id} ${on}`)
  const news = rows.map(({ id, parentId, name, on }, i) => {
    const text = `${name}的任务 ${on} 已结束，请报批撤销，或登记新的结束日期`
    const said = { kind: KIND, key: keys[i]!, text }
    return [id, parentId].flatMap((orgId) => (orgId ? [{ ...said, orgId, open: `/structure?org=${orgId}` }] : []))
  })
  await tellDesks({ db, now }, news.flat())
  await overWith({ db, now }, KIND, { still: keys })
  return rows.length
}
