import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { type Engagement, politicalWorkFacts, type StaffRow } from './contract.ts'

export const record = recorderOf(politicalWorkFacts)

export interface Stored {
  org_id: string
  id: string
  person_id: string
  name: string
  org_name: string
  path: string
  engagement: Engagement
  duty: string
  from_on: string
  until_on: string | null
  entered_fact: string
  version: number
  members: number
  orgs: number
}

/** Columns of a `Stored` of `politicalwork.service s` on a day, with what the office is for: counted from rosters, not entered. */
export const serviceRows = (
  day: string,
) => sql`select s.org_id, s.id, s.person_id, p.name, coalesce(o.short_name, o.name) as org_name, o.path,
    s.engagement, s.duty, s.from_on, s.until_on, s.entered_fact, s.version, coalesce(n.members, 0) as members, coalesce(n.orgs, 0) as orgs
  from politicalwork.service s join organisation.org o on o.id = s.org_id and not s.taken_back join organisation.person p on p.id = s.person_id
  left join (select w.org_id, count(m.id)::int as members, count(distinct u.id)::int as orgs
    from (select distinct org_id from politicalwork.service where not taken_back) w join organisation.org a on a.id = w.org_id
    join organisation.org u on u.path >= a.path and u.path < a.path || '~' and u.dissolved_on is null
    left join members.membership m on m.org_id = u.id and m.valid @> ${day}::date
      and exists (select from members.standing t where t.person_id = m.person_id and t.valid @> ${day}::date
        and t.standing in ('fullMember', 'probationaryMember'))
    group by w.org_id) n on n.org_id = s.org_id`

/** A service where the actor reads the files of an organisation, or one's own. */
export async function lockedService(ctx: Pick<Ctx, 'db' | 'actor'>, { id }: { id: string }): Promise<Held | undefined> {
  const found = async () => {
    const { rows } =
      await sql<Held>`select s.org_id, s.id, s.person_id, s.from_on, s.until_on, s.entered_fact, s.taken_back, s.version, o.path
      from politicalwork.service s join organisation.org o on o.id = s.org_id
      where s.id = ${id} and ${ctx.actor.within('politicalwork.read', 'o.path')}`.execute(ctx.db)
    return rows[0]
  }
  const row = await found()
  if (!row) return undefined
  await sql`select from politicalwork.service where org_id = ${row.org_id} and id = ${id} for update`.execute(ctx.db)
  return found()
}

export type Held = Pick<Stored, 'org_id' | 'id' | 'person_id' | 'from_on' | 'until_on' | 'entered_fact' | 'version' | 'path'> & {
  taken_back: boolean
}

/** A service as its reader sees it. */
export const rowOf = ({ actor }: Pick<Ctx, 'actor'>, s: Stored): StaffRow => ({
  id: s.id,
  personId: s.person_id,
  name: s.name,
  orgId: s.org_id,
  orgName: s.org_name,
  engagement: s.engagement,
  duty: s.duty,
  from: s.from_on,
  until: s.until_on,
  members: s.members,
  orgs: s.orgs,
  version: s.version,
  can: { manage: s.until_on === null && actor.holds('politicalwork.manage', s.path) === true },
})
