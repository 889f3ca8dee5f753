import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { placesUnder } from '#modules/organisation/published.ts'
import type { SetUp } from './checks.ts'

export interface Standing extends SetUp {
  orgId: string
  parentId: string | null
  path: string
  project: { name: string; endsOn: string; version: number } | null
  manages: boolean
}

/** How every organisation at and below a path that the actor sees is set up today, in the order of the tree. */
export async function setUpsUnder(ctx: Ctx, path: string): Promise<Standing[]> {
  const today = dateAt(ctx.now)
  const { rows } = await sql<Standing & { ownFull: number; own: number }>`
    select o.id as "orgId", o.parent_id as "parentId", o.path, o.kind, coalesce(o.short_name, o.name) as name,
      coalesce(r.full, 0) as "ownFull", coalesce(r.all, 0) as own, 0 as "full", 0 as members,
      (select count(distinct t.person_id)::int from organisation.post t where t.org_id = o.id and t.valid @> ${today}::date
        and t.role = any(${[...COMMITTEE_POSTS]})) as committee,
      h.org_id is not null as "metAsCommittee",
      (select count(*)::int from organisation.coverage c where c.org_id = o.id and c.valid @> ${today}::date) as units,
      p.ends_on as "projectEnd",
      case when p.org_id is null then null else jsonb_build_object('name', p.name, 'endsOn', p.ends_on, 'version', p.version) end as project,
      coalesce(${ctx.actor.within('standards.manage', 'o.path')}, false) as manages
    from ${placesUnder(path)} l join organisation.org o on o.id = l.id
    left join (select m.org_id, count(*) filter (where s.standing = 'fullMember')::int as "full", count(*)::int as "all"
      from members.membership m
      join members.standing s on s.person_id = m.person_id and s.valid @> ${today}::date and s.standing in ('fullMember', 'probationaryMember')
      join organisation.org u on u.id = m.org_id and starts_with(u.path, ${path})
      where m.valid @> ${today}::date group by m.org_id) r on r.org_id = o.id
    left join (select distinct m.org_id from meetings.meeting m where m.held_on between ${`${today.slice(0, 4)}-01-01`}::date and ${today}::date
      and m.kinds @> array['branchCommittee'] and m.state <> 'cancelled') h on h.org_id = o.id
    left join standards.project p on p.org_id = o.id
    where o.dissolved_on is null and ${ctx.actor.within('standards.read', 'o.path')}
    order by l.place`.execute(ctx.db)
  const byId = new Map(rows.map((r) => [r.orgId, r]))
  for (const row of rows)
    for (let at: typeof row | undefined = row; at; at = at.parentId ? byId.get(at.parentId) : undefined) {
      at.full += row.ownFull
      at.members += row.own
    }
  return rows
}
