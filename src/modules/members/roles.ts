import { type RawBuilder, sql } from 'kysely'

/** Membership makes a person 党员 of the branch whose roster holds them on `day`. Columns: role, org_id, path, subtree. */
export const rolesByMembership = (personId: string, day: string): RawBuilder<unknown> => sql`
  select 'partyMember' as role, m.org_id, o.path, false as subtree
  from members.membership m join organisation.org o on o.id = m.org_id
  where m.person_id = ${personId}::uuid and m.valid @> ${day}::date`
