import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { type Db, json } from '#kernel/database.ts'
import type { PostRole } from '#modules/organisation/contract.ts'
import type { Standing } from '../contract.ts'
import { blindIndexOf } from '../sealed.ts'
import type { RosterRow } from './parseRoster.ts'

/** A member's file as it is stored. */
export type StoredProfile = Record<string, unknown>

/** Somebody in the installation who may be the person of a row. */
export interface KnownPerson {
  personId: string
  name: string
  staffNo: string | null
  /** May the importing actor read the roster they stand on, or stood on? Of others nothing may be said. */
  seen: boolean
  /** Where they stand now, if anywhere. */
  membershipId: string | null
  orgId: string | null
  orgPath: string | null
  orgName: string | null
  since: string | null
  standing: Standing | null
  /** Every post they hold or held: in which organisation, from the first day until the first day without. */
  posts: { orgId: string; orgName: string; role: PostRole; from: string; until: string | null }[]
  /** The unit they work in. */
  unitId: string | null
  profile: StoredProfile
}

/** Who fits a row, by what; the surest kind of match alone. */
export interface Fitting {
  by: 'id' | 'staffNo' | 'name'
  people: KnownPerson[]
}

/**
 * For each row the people it may mean: by identity number, else by 工号, else by name, branch and joining date. By name only those
 * fit who have no other identity number or 工号 than the row. One statement finds them, one reads them.
 */
export async function matchPeople(db: Db, actor: Actor, rows: readonly RosterRow[]): Promise<(Fitting | null)[]> {
  const asked = rows.map((row, n) => ({
    n,
    idIndex: blindIndexOf('idNumber', row.idNumber),
    staffNo: row.employeeNumber,
    name: row.name,
    orgId: row.branch.id,
    joined: row.joined?.from ?? null,
  }))
  const { rows: found } = await sql<{ n: number; by: Fitting['by']; personId: string }>`
    with asked as materialized (
      select * from jsonb_to_recordset(${json(asked)})
        as t(n int, "idIndex" text, "staffNo" text, name text, "orgId" uuid, joined date)
    ), called as materialized (
      select a.n, a."orgId", a.joined, a."idIndex", p.id from asked a
      join organisation.person p on p.name = a.name and (p.staff_no is null or a."staffNo" is null)
    )
    select a.n, 'id' as by, f.person_id as "personId" from asked a join members.profile f on f.id_index = a."idIndex"
    union all
    select a.n, 'staffNo', p.id from asked a join organisation.person p on p.staff_no = a."staffNo"
    union all
    select c.n, 'name', c.id from called c
    join members.profile f on f.person_id = c.id and f.joined_from is not distinct from c.joined
      and (f.id_index is null or c."idIndex" is null)
    where exists (select from members.membership m where m.person_id = c.id and m.org_id = c."orgId")`.execute(db)
  const known = await readPeople(db, actor, [...new Set(found.map(({ personId }) => personId))])
  const byRow = Map.groupBy(found, ({ n }) => n)
  return rows.map((_, n) => {
    const mine = byRow.get(n) ?? []
    const by = (['id', 'staffNo', 'name'] as const).find((kind) => mine.some((m) => m.by === kind))
    // An identity number and a 工号 of two people contradict each other; both are shown.
    const kinds: (Fitting['by'] | undefined)[] = by === 'id' ? ['id', 'staffNo'] : [by]
    const ids = [...new Set(mine.filter((m) => kinds.includes(m.by)).map(({ personId }) => personId))]
    return by ? { by, people: ids.map((id) => known.get(id)!) } : null
  })
}

/** Each table is asked for one person at a time: what the planner believes of tables that have just grown cannot lead it to read them whole. */
async function readPeople(db: Db, actor: Actor, ids: readonly string[]): Promise<Map<string, KnownPerson>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<KnownPerson>`
    select p.id as "personId", p.name, p.staff_no as "staffNo", to_jsonb(f) as profile, ${seen(actor)} as seen,
      m.id as "membershipId", m.org_id as "orgId", o.path as "orgPath", o.name as "orgName", m.since, s.standing,
      coalesce(h.posts, '[]') as posts, e.unit_id as "unitId"
    from unnest(${[...ids]}::uuid[]) as q(id)
    cross join lateral (select * from organisation.person p where p.id = q.id limit 1) p
    left join lateral (select * from members.profile f where f.person_id = q.id limit 1) f on true
    left join lateral (select m.id, m.org_id, lower(m.valid) as since from members.membership m
      where m.person_id = q.id and upper(m.valid) is null limit 1) m on true
    left join organisation.org o on o.id = m.org_id
    left join lateral (select s.standing from members.standing s where s.person_id = q.id and upper(s.valid) is null limit 1) s
      on true
    left join lateral (select e.unit_id from organisation.employment e where e.person_id = q.id and upper(e.valid) is null limit 1) e
      on true
    left join lateral (select jsonb_agg(jsonb_build_object('orgId', t.org_id, 'orgName', coalesce(b.short_name, b.name), 'role', t.role,
        'from', lower(t.valid), 'until', upper(t.valid)) order by lower(t.valid)) as posts
      from organisation.post t join organisation.org b on b.id = t.org_id where t.person_id = q.id) h on true`.execute(db)
  return new Map(rows.map((row) => [row.personId, row]))
}

/** Read where they stand now; of somebody on no roster, where they stood before, if anywhere. */
const seen = (actor: Actor): RawBuilder<boolean> => sql<boolean>`case when o.path is not null then ${actor.within('members.read', 'o.path')}
  else coalesce((select bool_or(${actor.within('members.read', 'y.path')}) from members.membership x
    join organisation.org y on y.id = x.org_id where x.person_id = p.id), true) end`
