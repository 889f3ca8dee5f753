import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { FactCtx } from '#ledger/facts.ts'
import type { CorrectionReason } from '#modules/organisation/contract.ts'
import { orgCard, personFor } from '#modules/organisation/published.ts'
import { beginMembership, endMembership, type Membership, transfer } from './changes.ts'
import type { Standing } from './contract.ts'
import { correctLife } from './correct.ts'
import { lifeDate, standingsFrom } from './life.ts'
import { lockPerson } from './locking.ts'
import { saveProfile } from './profile.ts'

/** The rosters somebody stands on, on `day` or at any later time; more than one is a clash. The person is locked for the transaction. */
export async function rosterOfLocked(ctx: Pick<FactCtx, 'db'>, personId: string, day: string): Promise<Membership[]> {
  await lockPerson(ctx, personId)
  const { rows } =
    await sql<Membership>`select id, person_id as "personId", org_id as "orgId", lower(valid) as "from", upper(valid) as until
    from members.membership where person_id = ${personId} and valid && daterange(${day}::date, null) order by lower(valid)`.execute(ctx.db)
  return rows
}

/** From `on` the person stands on the roster of `toOrgId`. Answers the id of the new membership. */
export const moveMember = (ctx: FactCtx, membership: Membership, on: string, toOrgId: string): Promise<string> =>
  transfer(ctx, membership, on, toOrgId)

/** From `on` the person stands on no roster of this installation any more. */
export const seeOff = (ctx: FactCtx, membership: Membership, on: string): Promise<void> =>
  endMembership(ctx, membership, on, 'transferredOut')

/** Somebody who comes with a letter from outside. */
export interface Arrival {
  orgId: string
  name: string
  staffNo: string | null
  standing: Standing
  /** `2012-07-01` or `2012-07`. */
  joined: string
  converted: string | null
}

/** Enters somebody from outside on a roster from `on`. */
export async function receive(ctx: FactCtx, who: Arrival, on: string): Promise<{ personId: string; membershipId: string }> {
  const { orgId, name, staffNo, standing, joined, converted } = who
  const personId = await personFor(ctx, { name, staffNo })
  await lockPerson(ctx, personId)
  await saveProfile(ctx.db, personId, { joined, converted })
  const standings = standingsFrom(on, standing, converted ? lifeDate(converted) : null)
  return { personId, membershipId: await beginMembership(ctx, { personId, orgId, inferred: false }, standings) }
}

/** Puts the day right on which a stay began (the stay left for it moves too) or ended. */
export async function correctStay(
  ctx: FactCtx,
  personId: string,
  stay: { id: string; from?: string; until?: string },
  reason: CorrectionReason,
): Promise<void> {
  const founded = await foundedOf(ctx.db, personId)
  await correctLife(ctx, personId, { memberships: [stay] }, { converted: null, foundedOn: (id) => founded.get(id)! }, reason)
}

async function foundedOf(db: Db, personId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ orgId: string }>`select distinct org_id as "orgId" from members.membership
    where person_id = ${personId}`.execute(db)
  const cards = await Promise.all(rows.map(({ orgId }) => orgCard(db, orgId)))
  return new Map(cards.map((card) => [card!.id, card!.foundedOn]))
}
