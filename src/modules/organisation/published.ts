import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { OrgKind, PostRole } from './contract.ts'

export interface OrgCard {
  id: string
  path: string
  name: string
  shortName: string | null
  kind: OrgKind
  parentId: string | null
  foundedOn: string
  dissolvedOn: string | null
}

const card = sql`o.id, o.path, o.name, o.short_name as "shortName", o.kind, o.parent_id as "parentId",
  o.founded_on as "foundedOn", o.dissolved_on as "dissolvedOn"`

/** One organisation as it is today (or as it last was), for loading the object of an operation; undefined if there is none. */
export async function orgCard(db: Db, id: string): Promise<OrgCard | undefined> {
  return (await sql<OrgCard>`select ${card} from organisation.org_now o where o.id = ${id}`.execute(db)).rows[0]
}

/** An organisation as it was on `day`; undefined when it did not exist that day. */
export async function orgOn(db: Db, id: string, day: string): Promise<OrgCard | undefined> {
  const { rows } = await sql<OrgCard>`
    select o.id, p.path, n.name, n.short_name as "shortName", p.kind, p.parent_id as "parentId",
      o.founded_on as "foundedOn", o.dissolved_on as "dissolvedOn"
    from organisation.org o
    join organisation.placement p on p.org_id = o.id and p.valid @> ${day}::date
    join organisation.naming n on n.org_id = o.id and n.valid @> ${day}::date
    where o.id = ${id}`.execute(db)
  return rows[0]
}

export interface PostHolder {
  personId: string
  name: string
  role: PostRole
}

/** Who held which post in the organisation on `day`. */
export async function postsOn(db: Db, orgId: string, day: string): Promise<PostHolder[]> {
  const { rows } = await sql<PostHolder>`
    select t.person_id as "personId", p.name, t.role from organisation.post t join organisation.person p on p.id = t.person_id
    where t.org_id = ${orgId} and t.valid @> ${day}::date order by t.role, p.name collate "zh-x-icu", p.id`.execute(db)
  return rows
}
