import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, missing, stale, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { Standing } from '#modules/members/contract.ts'
import { BRANCH_KINDS, CorrectionReason } from '#modules/organisation/contract.ts'
import { assertThere, type OrgCard, orgCard, orgSeen } from '#modules/organisation/published.ts'
import { Cause, Return, Withdrawal } from '../contract.ts'
import { tellSent, tellSettled, tellWithdrawn } from '../news.ts'
import { record } from '../record.ts'
import { awaitNoLonger, reissue as reissueLetter, send as sendMember } from '../send.ts'
import { correctDay as correctTheDay, enterReceipt as enterTheReceipt, receiveInside, settle, takeIn as takeSomebodyIn } from '../settle.ts'
import { assertBetween, assertSent, openTransferOf, type Transfer, transferSeen } from '../store.ts'

const Place = z.string().trim().min(2).max(100)
const Name = z.string().trim().min(1).max(60)

export const send = command('transfers.send', {
  title: '转出组织关系',
  input: z.object({
    orgId: z.uuid(),
    personId: z.uuid(),
    /** One of the two: a branch of this installation, or the name of a unit elsewhere. */
    toOrgId: z.uuid().optional(),
    place: Place.optional(),
    cause: Cause,
    sentOn: z.iso.date(),
    /** For how many days the letter holds. */
    days: z.int().min(1).max(92),
    /** Posts in this branch that end with the reception. */
    endPosts: z.array(z.uuid()).max(20).default([]),
  }),
  output: z.object({ id: z.uuid(), letterNo: z.string() }),
  load: async (ctx, { orgId, personId }) => {
    const org = await orgSeen(ctx, orgId, 'transfers.read')
    return org && (await standsHere(ctx, personId, orgId)) ? org : undefined
  },
  may: (actor, org) => actor.holds('transfers.manage', org.path),
  run: async (ctx, { toOrgId, place, personId, cause, sentOn, days, endPosts }, org) => {
    if ((toOrgId === undefined) === (place === undefined))
      throw invalid('where-to', '请选转到哪个支部，或填外单位党组织的名称', { toOrgId: ['二者选一'] })
    const to = toOrgId ? await destination(ctx, toOrgId, sentOn) : null
    const sent = await sendMember(ctx, org, { personId, to, place: place ?? null, cause, sentOn, days, endPosts })
    if (to) await tellSent(ctx, sent.id, org, to)
    return sent
  },
})

/** Whoever stands on the roster of this branch, or stood there when something is to be said about it. */
async function standsHere(ctx: Ctx, personId: string, orgId: string): Promise<boolean> {
  const { rows } = await sql`select from members.membership where person_id = ${personId} and org_id = ${orgId}`.execute(ctx.db)
  return rows.length > 0
}

async function destination(ctx: Ctx, id: string, on: string): Promise<OrgCard> {
  const org = await orgCard(ctx.db, id)
  if (!org || !BRANCH_KINDS.includes(org.kind)) throw missing()
  assertThere(org, on, 'toOrgId')
  if (org.dissolvedOn) throw conflict('gone', `${org.name}已撤销或并出，请另选一个支部`)
  return org
}

const Step = z.object({ id: z.uuid(), version: z.int() })
const Done = z.object({ id: z.uuid(), version: z.int() })
const done = ({ id, version }: Transfer) => ({ id, version: version + 1 })

/** The transfer, held for a change; refused when it has changed since it was looked at. */
const held = (ctx: Ctx, { id }: { id: string }) => transferSeen(ctx, id, true)

function assertNew({ version }: { version: number }, { state, version: theirs, letterNo }: Transfer) {
  if (version !== theirs) throw stale({ version }, { state, letterNo, version: theirs })
}

type Holder = { holds: (capability: string, path: string) => Verdict }
const manages = (actor: Holder, path: string | null): Verdict => actor.holds('transfers.manage', path ?? '')

export const receive = command('transfers.receive', {
  title: '接收组织关系',
  input: Step.extend({ on: z.iso.date() }),
  output: Done,
  load: held,
  may: (actor, { toPath }) => manages(actor, toPath),
  run: async (ctx, { on, ...step }, transfer) => {
    assertNew(step, transfer)
    assertSent(transfer)
    await receiveInside(ctx, transfer, (await orgCard(ctx.db, transfer.toId!))!, on)
    await tellSettled(ctx, transfer, '已接收')
    return done(transfer)
  },
})

export const giveBack = command('transfers.giveBack', {
  title: '退回组织关系',
  input: Step.extend({ reason: Return, note: z.string().trim().max(200).default('') }),
  output: Done,
  load: held,
  may: (actor, { toPath, fromPath, direction }) => manages(actor, direction === 'out' ? fromPath : toPath),
  run: async (ctx, { reason, note, ...step }, transfer) => {
    assertNew(step, transfer)
    assertSent(transfer)
    await settle(ctx, transfer, 'returned', dateAt(ctx.now), { reason, note })
    const { id, personId, toId, fromId } = transfer
    record(ctx, 'transfer.returned', { subject: id, orgId: (toId ?? fromId)!, personId, body: { reason } })
    await tellSettled(ctx, transfer, '已退回')
    return done(transfer)
  },
})

export const withdraw = command('transfers.withdraw', {
  title: '撤回转出',
  input: Step.extend({ reason: Withdrawal }),
  output: Done,
  load: held,
  may: (actor, { fromPath }) => manages(actor, fromPath),
  run: async (ctx, { reason, ...step }, transfer) => {
    assertNew(step, transfer)
    assertSent(transfer)
    await settle(ctx, transfer, 'withdrawn', dateAt(ctx.now), { reason })
    const { id, personId, fromId, toId } = transfer
    record(ctx, 'transfer.withdrawn', { subject: id, orgId: fromId!, personId, body: { reason } })
    if (toId) await awaitNoLonger(ctx, transfer, 'cancelled')
    await tellWithdrawn(ctx, transfer)
    return done(transfer)
  },
})

export const reissue = command('transfers.reissue', {
  title: '重开介绍信',
  input: Step.extend({ days: z.int().min(1).max(92) }),
  output: Done.extend({ letterNo: z.string(), validUntil: z.string() }),
  load: held,
  may: (actor, { fromPath }) => manages(actor, fromPath),
  run: async (ctx, { days, ...step }, transfer) => {
    assertNew(step, transfer)
    assertSent(transfer)
    return { ...done(transfer), ...(await reissueLetter(ctx, transfer, days)) }
  },
})

export const enterReceipt = command('transfers.enterReceipt', {
  title: '登记外单位的回执',
  input: Step.extend({ on: z.iso.date() }),
  output: Done,
  load: held,
  may: (actor, { fromPath }) => manages(actor, fromPath),
  run: async (ctx, { on, ...step }, transfer) => {
    assertNew(step, transfer)
    assertSent(transfer)
    if (transfer.direction !== 'out') throw conflict('not-outside', '单位内部的转接由对方支部接收，不用登记回执')
    await enterTheReceipt(ctx, transfer, on)
    return done(transfer)
  },
})

export const correctDay = command('transfers.correctDay', {
  title: '更正接收日期',
  input: Step.extend({ on: z.iso.date(), reason: CorrectionReason }),
  output: Done,
  load: held,
  may: (actor, { direction, fromPath, toPath }) => manages(actor, direction === 'out' ? fromPath : toPath),
  run: async (ctx, { on, reason, ...step }, transfer) => {
    assertNew(step, transfer)
    if (transfer.state !== 'received') throw conflict('not-received', '还没有接收，没有接收日期可更正')
    await correctTheDay(ctx, transfer, on, reason)
    return done(transfer)
  },
})

const LifeText = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/)

export const takeIn = command('transfers.takeIn', {
  title: '接收外单位转来的组织关系',
  input: z.object({
    orgId: z.uuid(),
    name: Name,
    staffNo: z.string().trim().min(1).max(40).nullable().default(null),
    standing: Standing.extract(['fullMember', 'probationaryMember']),
    joined: LifeText,
    converted: LifeText.nullable().default(null),
    place: Place,
    letterNo: z.string().trim().min(1).max(60),
    cause: Cause,
    issuedOn: z.iso.date(),
    validUntil: z.iso.date(),
    on: z.iso.date(),
  }),
  output: z.object({ id: z.uuid(), personId: z.uuid() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'transfers.read'),
  may: (actor, org) => actor.holds('transfers.manage', org.path),
  run: async (ctx, { on, ...given }, org) => {
    assertBetween(ctx, given.issuedOn, org.foundedOn, `${org.name}成立的日期`, 'issuedOn')
    if (given.standing === 'fullMember' && given.converted === null)
      throw invalid('converted-missing', '正式党员请填转正日期，只知道年月的写成 2006-07', { converted: ['必填'] })
    await refuseIfComing(ctx, org.id, given.name)
    return takeSomebodyIn(ctx, org, { ...given, converted: given.standing === 'fullMember' ? given.converted : null }, on)
  },
})

/** Somebody of this name is on the way here already: entering them anew would put one person on two rosters. */
export async function refuseIfComing(ctx: Pick<Ctx, 'db'>, orgId: string, name: string): Promise<void> {
  const { rows } = await sql<{ personId: string }>`select t.person_id as "personId" from transfers.transfer t
    join organisation.person p on p.id = t.person_id
    where t.to_id = ${orgId} and t.state = 'sent' and p.name = ${name} limit 1`.execute(ctx.db)
  const open = rows[0] && (await openTransferOf(ctx.db, rows[0].personId))
  if (open)
    throw conflict(
      'coming-already',
      `${name}的组织关系正由${open.fromName}转来，请在组织关系转接里接收，不要另行编入；不是同一个人的，先退回那一次`,
    )
}
