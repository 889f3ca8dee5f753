import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
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
    const [standing, names] = await Promise.all([standingOn(db, facts, day, orgIds), namesOn(db, day, orgIds)])
    const asked = KINDS[kind] ?? []
    return standing
      .filter((o) => asked.includes(o.kind))
      .map(({ orgId, kind }): Assessable => ({ orgId, name: names.get(orgId) ?? '（已无名称记录）', group: ORG_KINDS[kind] }))
  },
}

interface Standing {
  orgId: string
  kind: OrgKind
}

/** What stood on `day` and of which kind, by id. Read by organisation, so that the index serves it however many facts there are. */
async function standingOn(db: Db, facts: RawBuilder<unknown>, day: string, orgIds?: readonly string[]): Promise<Standing[]> {
  const asked = orgIds ? sql`any(${[...orgIds]}::uuid[])` : sql`any(array(select id from organisation.org))`
  const { rows } = await sql<Standing>`
    select org_id as "orgId",
      (array_agg(body->>'kind' order by happened_on desc, recorded_at desc, id desc) filter (where kind in ('org.founded', 'org.placed')))[1] as kind
    from ${facts} f
    where org_id = ${asked} and kind in ('org.founded', 'org.placed', 'org.dissolved', 'org.merged') and happened_on <= ${day}::date
    group by org_id having not bool_or(kind in ('org.dissolved', 'org.merged')) order by org_id`.execute(db)
  return rows
}

// Beside the facts, not joined to them: the planner takes the organisations of a group for a handful and looks each name up.
async function namesOn(db: Db, day: string, orgIds?: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ orgId: string; name: string }>`select org_id as "orgId", name from organisation.naming
    where valid @> ${day}::date ${orgIds ? sql`and org_id = any(${[...orgIds]}::uuid[])` : sql``}`.execute(db)
  return new Map(rows.map((r) => [r.orgId, r.name]))
}
