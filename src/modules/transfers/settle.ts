import { sql } from 'kysely'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Arrival, correctStay, type Membership, moveMember, receive, rosterOfLocked, seeOff } from '#modules/members/published.ts'
import type { CorrectionReason } from '#modules/organisation/contract.ts'
import { assertThere, endPost, lockPost, type OrgCard } from '#modules/organisation/published.ts'
import type { State } from './contract.ts'
import { record } from './record.ts'
import { assertBetween, type Transfer } from './store.ts'

/** From `on` the person stands on the new roster and no longer on the old one; both change here and nowhere else. */
export async function receiveInside(ctx: Ctx, transfer: Transfer, to: OrgCard, on: string): Promise<void> {
  const membership = await stillThere(ctx, transfer)
  assertBetween(ctx, on, laterOf(transfer.sentOn, nextDay(membership.from)), '可以接收的第一天')
  if (on > transfer.validUntil)
    throw conflict('letter-expired', `介绍信 ${transfer.validUntil} 已过有效期，请${transfer.fromName}重开介绍信后再接收`)
  assertThere(to, on, 'on')
  const membershipId = await moveMember(ctx, membership, on, to.id)
  await endPosts(ctx, transfer, on)
  await settle(ctx, transfer, 'received', on, { membershipId })
  const { id, personId, direction } = transfer
  record(ctx, 'transfer.received', { subject: id, orgId: to.id, personId, happenedOn: on, body: { direction } })
}

/** The receipt of the other unit has come: from the day it names the person is on no roster here. */
export async function enterReceipt(ctx: Ctx, transfer: Transfer, on: string): Promise<void> {
  const membership = await stillThere(ctx, transfer)
  assertBetween(ctx, on, laterOf(transfer.sentOn, nextDay(membership.from)), '介绍信开出的日期')
  await seeOff(ctx, membership, on)
  await endPosts(ctx, transfer, on)
  await settle(ctx, transfer, 'received', on, { membershipId: membership.id })
  const { id, personId, direction, fromId } = transfer
  record(ctx, 'transfer.received', { subject: id, orgId: fromId!, personId, happenedOn: on, body: { direction } })
}

export interface Incoming extends Arrival {
  place: string
  letterNo: string
  cause: Transfer['cause']
  issuedOn: string
  validUntil: string
}

/** Somebody comes with a letter of another unit and is entered from `on`. */
export async function takeIn(ctx: Ctx, org: OrgCard, { place, letterNo, cause, issuedOn, validUntil, ...who }: Incoming, on: string) {
  if (validUntil < issuedOn) throw invalid('letter-order', '有效期应在开出日期以后', { validUntil: ['应在开出日期以后'] })
  assertBetween(ctx, on, issuedOn, '介绍信开出的日期')
  if (on > validUntil) throw conflict('letter-expired', `介绍信 ${validUntil} 已过有效期，请${place}重开介绍信后再接收`)
  assertThere(org, on, 'on')
  const { personId, membershipId } = await receive(ctx, who, on)
  const id = newId()
  await sql`insert into transfers.transfer
      (id, direction, state, person_id, to_id, place, letter_no, cause, sent_on, valid_until, settled_on, membership_id)
    values (${id}, 'in', 'received', ${personId}, ${org.id}, ${place}, ${letterNo}, ${cause}, ${issuedOn}, ${validUntil}, ${on},
      ${membershipId})`.execute(ctx.db)
  record(ctx, 'transfer.received', { subject: id, orgId: org.id, personId, happenedOn: on, body: { direction: 'in' } })
  return { id, personId }
}

/** The one roster of the person, which must still be the sender's. */
async function stillThere(ctx: Ctx, { personId, name, fromId, fromName }: Transfer): Promise<Membership> {
  const stays = await rosterOfLocked(ctx, personId, dateAt(ctx.now))
  const [stay] = stays
  if (!stay) throw conflict('not-on-roster', `${name}已经不在名册上，请${fromName}撤回这次转接`)
  if (stays.length > 1) throw conflict('two-rosters', `${name}同时在两个支部的名册上，请先在名册冲突里更正，再办接收`)
  if (stay.orgId !== fromId && !(await hasGoneInto(ctx, fromId!, stay.orgId)))
    throw conflict('moved-since', `${name}现在已不在${fromName}的名册上，请${fromName}撤回这次转接，由现在的支部转出`)
  return stay
}

/** Whether the organisation has been merged into the other, so that its members stand there now. */
async function hasGoneInto(ctx: Ctx, id: string, into: string): Promise<boolean> {
  const { rows } = await sql`select from organisation.org where id = ${id} and successor_id = ${into}`.execute(ctx.db)
  return rows.length > 0
}

/** Ends the posts in the branch that was left, as the sender chose; one that has ended meanwhile stays as it is. */
async function endPosts(ctx: Ctx, { endPosts }: Transfer, on: string): Promise<void> {
  for (const id of endPosts) {
    const post = await lockPost(ctx, id)
    if (post && post.until === null && post.from < on) await endPost(ctx, post, on)
  }
}

interface More {
  membershipId?: string
  reason?: string
  note?: string
}

/** The transfer has come to its end. */
export async function settle(ctx: Ctx, { id }: Transfer, state: State, on: string, { membershipId, reason, note }: More): Promise<void> {
  await sql`update transfers.transfer set state = ${state}, settled_on = ${on}, reason = ${reason ?? null}, note = ${note ?? null},
    membership_id = ${membershipId ?? null}, version = version + 1 where id = ${id}`.execute(ctx.db)
}

/** The day of the reception was written down wrong: both rosters and the fact are put right together. */
export async function correctDay(ctx: Ctx, transfer: Transfer, on: string, reason: CorrectionReason): Promise<void> {
  const { id, personId, direction, membershipId, settledOn } = transfer
  if (on === settledOn) throw conflict('nothing-wrong', '和已经登记的一样，没有要更正的')
  assertBetween(ctx, on, transfer.sentOn, '介绍信开出的日期')
  await correctStay(ctx, personId, direction === 'out' ? { id: membershipId!, until: on } : { id: membershipId!, from: on }, reason)
  const orgId = (direction === 'out' ? transfer.fromId : transfer.toId)!
  const { rows } = await sql<{ id: string }>`select id from ${ledgerAsOf()} f
    where org_id = ${orgId} and subject = ${id} and kind = 'transfer.received'`.execute(ctx.db)
  for (const fact of rows) retract(ctx, { orgId, factId: fact.id, kind: 'transfer.received', reason })
  record(ctx, 'transfer.received', { subject: id, orgId, personId, happenedOn: on, body: { direction } })
  await sql`update transfers.transfer set settled_on = ${on}, version = version + 1 where id = ${id}`.execute(ctx.db)
}

const laterOf = (a: string, b: string) => (a > b ? a : b)
const nextDay = (day: string) => addDays(day, 1)
