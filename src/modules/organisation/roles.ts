import { type RawBuilder, sql } from 'kysely'

/**
 * The roles a person holds on `day` and where: posts (with all below them) and approved assignments.
 * Columns: role, org_id, path, subtree.
 */
export const rolesByPost = (personId: string, day: string): RawBuilder<unknown> => sql`
  select t.role, t.org_id, o.path, true as subtree
  from organisation.post t join organisation.org o on o.id = t.org_id
  where t.person_id = ${personId}::uuid and t.valid @> ${day}::date
  union all
  select a.role, a.org_id, o.path, a.subtree
  from organisation.assignment a join organisation.org o on o.id = a.org_id
  where a.person_id = ${personId}::uuid and a.approved_at is not null and a.refused_at is null and a.valid @> ${day}::date`
