import { sql } from 'kysely'
import type { Assessable, ObjectSource } from '#kernel/measure.ts'
import { BRANCH_KINDS, ORG_KINDS, type OrgKind } from './contract.ts'

const KINDS: Record<string, readonly OrgKind[]> = {
  branch: BRANCH_KINDS,
  generalBranch: ['generalBranch'],
  committee: ['partyCommittee', 'workCommittee'],
}

/** Party organisations as objects of an evaluation; like objects are those of the same kind. Existence and kind come from facts. */
export const organisationsAsObjects: ObjectSource = {
  kinds: Object.keys(KINDS),
  list: async (db, facts, kind, day, orgIds) => {
    // Read by organisation, so that the index serves it however many facts there are.
    const asked = orgIds ? sql`any(${[...orgIds]}::uuid[])` : sql`any(array(select id from organisation.org))`
    const { rows } = await sql<{ orgId: string; kind: OrgKind; name: string | null }>`
      with placed as (
        select distinct on (org_id) org_id, body->>'kind' as kind from ${facts} f
        where org_id = ${asked} and kind in ('org.founded', 'org.placed') and happened_on <= ${day}::date
        order by org_id, happened_on desc, recorded_at desc, id desc
      ), gone as (
        select org_id from ${facts} f
        where org_id = ${asked} and kind in ('org.dissolved', 'org.merged') and happened_on <= ${day}::date
      )
      select p.org_id as "orgId", p.kind, n.name from placed p
      left join organisation.naming n on n.org_id = p.org_id and n.valid @> ${day}::date
      where p.kind = any(${[...(KINDS[kind] ?? [])]}) and not exists (select from gone g where g.org_id = p.org_id)
      order by p.org_id`.execute(db)
    return rows.map((r): Assessable => ({ orgId: r.orgId, name: r.name ?? '（已无名称记录）', group: ORG_KINDS[r.kind] }))
  },
}
