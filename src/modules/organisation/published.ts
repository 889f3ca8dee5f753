import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import { invalid } from '#kernel/errors.ts'
import type { OrgKind, PostRole } from './contract.ts'
import { POST_ORDER } from './rank.ts'

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

/** One organisation as it is today (or as it last was), for loading the object of an operation; undefined if there is none. */
export async function orgCard(db: Db, id: string): Promise<OrgCard | undefined> {
  const { rows } = await sql<OrgCard>`${cardRows} from organisation.org o where o.id = ${id}`.execute(db)
  return rows[0]
}

/** The columns of an `OrgCard` of `organisation.org o`. */
export const cardRows = sql`select o.id, o.path, o.name, o.short_name as "shortName", o.kind, o.parent_id as "parentId",
  o.founded_on as "foundedOn", o.dissolved_on as "dissolvedOn"`

/** As `orgCard`, but undefined as well when the actor holds `capability` neither there nor above: what one may not see is not there. */
export async function orgSeen(ctx: { db: Db; actor: Actor }, id: string, capability = 'organisation.read'): Promise<OrgCard | undefined> {
  const org = await orgCard(ctx.db, id)
  return org && ctx.actor.holds(capability, org.path) === true ? org : undefined
}

/** Every organisation that is there where the actor holds `capability`, as it is today. */
export async function orgsSeen(ctx: { db: Db; actor: Actor }, capability: string): Promise<OrgCard[]> {
  const { rows } = await sql<OrgCard>`${cardRows}
    from organisation.org o where o.dissolved_on is null and ${ctx.actor.within(capability, 'o.path')}`.execute(ctx.db)
  return rows
}

/** Refuses a day on which the organisation is not there; `field` is the input that carries the day. */
export function assertThere({ name, foundedOn, dissolvedOn }: OrgCard, on: string, field: string): void {
  if (on < foundedOn)
    throw invalid('before-founding', `${name} ${foundedOn} 才成立，请填这一天或之后的日期`, { [field]: [`请填 ${foundedOn} 或之后`] })
  if (dissolvedOn !== null && on >= dissolvedOn)
    throw invalid('after-dissolution', `${name} 自 ${dissolvedOn} 起已不再存在，请填之前的日期`, { [field]: [`请填 ${dissolvedOn} 之前`] })
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
    where t.org_id = ${orgId} and t.valid @> ${day}::date order by ${POST_ORDER}, p.name collate "zh-x-icu", p.id`.execute(db)
  return rows
}

/** The term of office that holds on `day`, or else the last one before it. */
export async function termOn(db: Db, orgId: string, day: string): Promise<{ from: string; until: string } | undefined> {
  const { rows } = await sql<{ from: string; until: string }>`select lower(valid) as "from", upper(valid) as until
    from organisation.term where org_id = ${orgId} and lower(valid) <= ${day}::date order by lower(valid) desc limit 1`.execute(db)
  return rows[0]
}

/** The administrative units the organisation covers on `day`. */
export async function unitsOn(db: Db, orgId: string, day: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select u.id, n.name from organisation.coverage c
    join organisation.unit u on u.id = c.unit_id
    join organisation.unit_naming n on n.unit_id = u.id and n.valid @> ${day}::date
    where c.org_id = ${orgId} and c.valid @> ${day}::date order by n.name collate "zh-x-icu"`.execute(db)
  return rows
}

export interface HeldPost {
  id: string
  orgId: string
  orgName: string
  role: PostRole
  from: string
  until: string | null
}

/** Every post the person holds or held, the running ones first. */
export async function postsHeldBy(db: Db, personId: string): Promise<HeldPost[]> {
  const { rows } = await sql<HeldPost>`
    select t.id, t.org_id as "orgId", o.name as "orgName", t.role, lower(t.valid) as "from", upper(t.valid) as until
    from organisation.post t join organisation.org o on o.id = t.org_id
    where t.person_id = ${personId} order by upper(t.valid) desc nulls first, lower(t.valid) desc`.execute(db)
  return rows
}

export {
  type Assignment,
  approveAssignment,
  assignments,
  endAssignment,
  lockAssignment,
  refuseAssignment,
  requestAssignment,
} from './assignments.ts'
export { onEndingOfOrg, type WhenEnding } from './changes.ts'
export { onFoundingCorrected, type WhenFoundingCorrected } from './correct.ts'
export { type Employed, employ, type Workplace, workplacesOf } from './employment.ts'
export { foundOrg, type NewOrg, type NewUnit } from './founding.ts'
export type { OrgMatch } from './import/matchOrg.ts'
export { orgAsker, readWrittenOrg, type WrittenOrg } from './import/writtenOrg.ts'
export { unitAsker, type WrittenUnit } from './import/writtenUnit.ts'
export { mendPerson, onSeeingPerson, personFor, personSeen, storePersons, type WhoSees } from './people.ts'
export { type Appointment, appoint, beginTerm, endPost, extendTerm, lockPost } from './posts.ts'
export { inTreeOrder, nthUnder, placesUnder, siblingOrder } from './rank.ts'
export { rebuildOrganisation } from './rebuild.ts'
export { foundCovered } from './units.ts'
