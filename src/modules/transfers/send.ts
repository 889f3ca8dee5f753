import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Membership, rosterOfLocked } from '#modules/members/published.ts'
import { type OrgCard, postsHeldBy } from '#modules/organisation/published.ts'
import type { Cause } from './contract.ts'
import { record } from './record.ts'
import { assertBetween, keepLetter, nextLetter, openTransferOf, type Transfer, validUntil } from './store.ts'

export interface Sending {
  personId: string
  /** One of the two: a branch here, or a unit elsewhere. */
  to: OrgCard | null
  place: string | null
  cause: Cause
  sentOn: string
  days: number
  endPosts: readonly string[]
}

/** Issues a letter for a member of `from`. The roster stays as it is until the other side receives. */
export async function send(ctx: Ctx, from: OrgCard, sending: Sending): Promise<{ id: string; letterNo: string }> {
  const { personId, to, place, cause, sentOn, days } = sending
  const membership = await membershipHere(ctx, personId, from)
  const open = await openTransferOf(ctx.db, personId)
  if (open)
    throw conflict('sent-before', `${open.name}的组织关系 ${open.sentOn} 已经转往${open.toName}，还没有办结；要改去向，请先撤回那一次`)
  assertBetween(ctx, sentOn, membership.from, '编入名册的日期', 'sentOn')
  if (to && to.id === membership.orgId) throw invalid('same-roster', '已经在这个支部，请另选一个', { toOrgId: ['请另选一个支部'] })
  await assertOwnPosts(ctx, personId, from, sending.endPosts)
  const until = validUntil(sentOn, days)
  const letter = await nextLetter(ctx, from.path, sentOn)
  const { serial, letterNo } = letter
  const id = newId()
  const direction = to ? 'inside' : 'out'
  await sql`insert into transfers.transfer
      (id, direction, state, person_id, from_id, to_id, place, letter_no, cause, sent_on, valid_until, end_posts)
    values (${id}, ${direction}, 'sent', ${personId}, ${from.id}, ${to?.id ?? null}, ${to ? null : place}, ${letterNo}, ${cause},
      ${sentOn}, ${until}, ${[...sending.endPosts]}::uuid[])`.execute(ctx.db)
  await keepLetter(ctx, id, letter, until)
  record(ctx, 'transfer.sent', {
    subject: id, orgId: from.id, personId, happenedOn: sentOn, body: { direction, toOrgId: to?.id ?? null, serial, validUntil: until },
  }) // biome-ignore format: one fact
  if (to) awaitIn(ctx, { id, personId, orgId: to.id, fromOrgId: from.id }, sentOn, until)
  return { id, letterNo }
}

/** The roster the person stands on, which must be this branch's own or that of a group below it. */
async function membershipHere(ctx: Ctx, personId: string, from: OrgCard): Promise<Membership> {
  const stays = await rosterOfLocked(ctx, personId, dateAt(ctx.now))
  if (stays.length > 1) throw conflict('two-rosters', '这个人同时在两个支部的名册上，请先在名册冲突里更正，再办转接')
  const [stay] = stays
  if (!stay || stay.until !== null) throw conflict('not-on-roster', '这个人现在不在名册上，不能从这里转出')
  if (stay.orgId !== from.id) throw conflict('not-here', '这个人不在这个支部的名册上，请由所在支部转出')
  return stay
}

async function assertOwnPosts(ctx: Ctx, personId: string, from: OrgCard, posts: readonly string[]) {
  const held = await runningPosts(ctx, personId, from.id)
  if (posts.some((id) => !held.some((post) => post.id === id)))
    throw invalid('other-post', '要一并结束的任职不是这个人在本支部的，请重新选', { endPosts: ['请重新选'] })
}

/** The posts somebody holds in the branch now and after today. */
export async function runningPosts(ctx: Pick<Ctx, 'db' | 'now'>, personId: string, orgId: string) {
  const today = dateAt(ctx.now)
  return (await postsHeldBy(ctx.db, personId)).filter((post) => post.orgId === orgId && (post.until === null || post.until > today))
}

interface Awaiting {
  id: string
  personId: string
  orgId: string
  fromOrgId: string
}

function awaitIn(ctx: Ctx, { id, personId, orgId, fromOrgId }: Awaiting, from: string, until: string) {
  record(ctx, 'transfer.awaited', { subject: id, orgId, personId, happenedOn: from, body: { fromOrgId, validUntil: until } })
}

/** A new letter for a transfer that waits; a time that ran out unanswered stays on record. */
export async function reissue(ctx: Ctx, transfer: Transfer, days: number): Promise<{ letterNo: string; validUntil: string }> {
  const today = dateAt(ctx.now)
  const until = validUntil(today, days)
  const letter = await nextLetter(ctx, transfer.fromPath!, today)
  const { serial, letterNo } = letter
  await keepLetter(ctx, transfer.id, letter, until)
  await sql`update transfers.transfer set letter_no = ${letterNo}, valid_until = ${until}, version = version + 1
    where id = ${transfer.id}`.execute(ctx.db)
  record(ctx, 'transfer.reissued', {
    subject: transfer.id, orgId: transfer.fromId!, personId: transfer.personId, body: { serial, validUntil: until },
  }) // biome-ignore format: one fact
  if (transfer.toId) {
    if (today <= transfer.validUntil) await awaitNoLonger(ctx, transfer, 'replaced')
    const { id, personId, toId, fromId } = transfer
    awaitIn(ctx, { id, personId, orgId: toId, fromOrgId: fromId! }, today, until)
  }
  return { letterNo, validUntil: until }
}

/** The receiving branch has nothing to answer any more: what it was waiting for is taken back. */
export async function awaitNoLonger(ctx: Ctx, { id, toId }: Transfer, reason: 'replaced' | 'cancelled'): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from ${ledgerAsOf()} f where org_id = ${toId} and subject = ${id}
    and kind = 'transfer.awaited' and (body ->> 'validUntil')::date >= ${dateAt(ctx.now)}::date`.execute(ctx.db)
  for (const fact of rows) retract(ctx, { orgId: toId!, factId: fact.id, kind: 'transfer.awaited', reason })
}
