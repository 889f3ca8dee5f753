import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { RecordKind } from './contract.ts'

export interface Linked {
  id: string
  kind: RecordKind
  says: string
  on: string
  open: string
}

/** The records that show what was done for a brand, the last first; what was cancelled since stays out. */
export async function linksOf(db: Db, orgId: string, brandId: string): Promise<Linked[]> {
  const { rows } = await sql<Linked & { recordId: string }>`select l.id, l.kind, l.record_id as "recordId", l.on_day as "on",
      coalesce(m.title, t.title) as says
    from brands.link l left join meetings.meeting m on m.org_id = l.org_id and m.id = l.record_id and m.state <> 'cancelled'
    left join tasks.task t on t.org_id = l.org_id and t.id = l.record_id
    where l.org_id = ${orgId} and l.brand_id = ${brandId} and (m.id is not null or t.id is not null)
    order by l.on_day desc, l.id limit 200`.execute(db)
  return rows.map(({ recordId, ...l }) => ({ ...l, open: l.kind === 'meeting' ? `/meetings/${recordId}` : `/todo/${recordId}` }))
}

export interface Linkable {
  kind: RecordKind
  recordId: string
  says: string
  on: string
}

/** Meetings and finished tasks of the branch since a day that are not linked yet, the last first. */
export async function linkable(db: Db, orgId: string, brandId: string, since: string): Promise<Linkable[]> {
  const { rows } = await sql<Linkable>`select x.* from (
      select 'meeting' as kind, m.id as "recordId", m.title as says, m.held_on as "on" from meetings.meeting m
        where m.org_id = ${orgId} and m.state <> 'cancelled' and m.held_on >= ${since}::date
      union all select 'task', t.id, t.title, t.closed_on from tasks.task t
        where t.org_id = ${orgId} and t.state = 'closed' and t.closed_on >= ${since}::date) x
    left join brands.link l on l.org_id = ${orgId} and l.brand_id = ${brandId} and l.record_id = x."recordId"
    where l.id is null order by x."on" desc, x."recordId" limit 200`.execute(db)
  return rows
}
