import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import type { OrgCard } from '../published.ts'

export interface KnownOrg extends OrgCard {
  code: string | null
  /** The last term of office. */
  termFrom: string | null
  termUntil: string | null
}

/** Every organisation that is there and that the actor sees, with its last term: of others a file must not make us tell even the name. */
export async function knownOrgs({ db, actor }: { db: Db; actor: Actor }): Promise<KnownOrg[]> {
  const { rows } = await sql<KnownOrg>`
    select o.id, o.path, o.name, o.short_name as "shortName", o.kind, o.parent_id as "parentId", o.founded_on as "foundedOn",
      o.dissolved_on as "dissolvedOn", o.code, lower(t.valid) as "termFrom", upper(t.valid) as "termUntil"
    from organisation.org o
    left join (select distinct on (org_id) org_id, valid from organisation.term order by org_id, lower(valid) desc) t on t.org_id = o.id
    where o.dissolved_on is null and ${actor.within('organisation.read', 'o.path')}`.execute(db)
  return rows
}

export interface KnownUnit {
  id: string
  name: string
  parentId: string | null
  /** The organisations that cover it now. */
  orgIds: string[]
}

/** Every administrative unit that is there, with the organisations that cover it. */
export async function knownUnits(db: Db): Promise<KnownUnit[]> {
  const { rows } = await sql<KnownUnit>`
    select u.id, u.name, u.parent_id as "parentId",
      coalesce(array_agg(c.org_id) filter (where c.org_id is not null), '{}') as "orgIds"
    from organisation.unit u left join organisation.coverage c on c.unit_id = u.id and upper(c.valid) is null
    where u.dissolved_on is null group by u.id`.execute(db)
  return rows
}
