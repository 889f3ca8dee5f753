import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { sheetOf } from '#testing/sheet.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import type { Api } from '../../platform.ts'
import { answeredInTime } from './measures.ts'

let w: World
let committee: string
let old: string
let fresh: string
let sender: string
let receiver: string
let who: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  old = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  fresh = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '综采一队党支部' })
  sender = await makeMember(w, old, { name: '王某某' })
  receiver = await makeMember(w, fresh, { name: '李某某' })
  await givePost(w, old, sender, 'organizationCommissioner')
  await givePost(w, fresh, receiver, 'partySecretary')
})
afterAll(() => w.close())
beforeEach(async () => {
  w.setNow(new Date('2026-11-22T04:00:00Z'))
  who = await makeMember(w, old)
})

type Sending = Api['transfers.send']['input']
const sending = (more: Partial<Sending> = {}): Sending => ({
  orgId: old, personId: who, toOrgId: fresh, cause: 'job', sentOn: '2026-11-20', days: 10, ...more,
}) // biome-ignore format: one letter
const send = async (more: Partial<Sending> = {}) => ({ id: (await w.done(sender, 'transfers.send', sending(more))).id, version: 1 })
const rosters = async (day: string) => {
  const on = async (orgId: string) =>
    (await w.done(OWNER, 'members.roster', { orgId, on: day, limit: 200 })).items.some((r) => r.personId === who)
  return { old: await on(old), fresh: await on(fresh) }
}
const code = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code]

describe('inside the installation', () => {
  test('a member stays on the old roster until the new branch receives, and then both change on one day', async () => {
    const step = await send()
    expect(await rosters('2026-11-22')).toEqual({ old: true, fresh: false })
    const [waiting] = (await w.done(receiver, 'transfers.list', { view: 'coming' })).items
    expect(waiting).toMatchObject({ id: step.id, fromName: '机电队党支部', daysLeft: 8, validUntil: '2026-11-30' })
    expect(waiting!.says).toContain('接收以前仍由机电队党支部管理')
    const { facts } = await w.call(receiver, 'transfers.receive', { ...step, on: '2026-11-21' })
    expect(facts.map((f) => f.kind).sort()).toEqual(['membership.began', 'membership.ended', 'transfer.received'])
    expect(await rosters('2026-11-20')).toEqual({ old: true, fresh: false })
    expect(await rosters('2026-11-21')).toEqual({ old: false, fresh: true })
    expect(code(await w.call(receiver, 'transfers.receive', { ...step, on: '2026-11-21' }))[1]).toBe('stale-version')
    expect((await w.done(who, 'transfers.mine', {})).items[0]!.says).toBe('2026-11-21 起在综采一队党支部名册')
  })

  test('received at the same moment by two, it changes the rosters once', async () => {
    const step = await send()
    const answers = await Promise.all(Array.from({ length: 6 }, () => w.call(receiver, 'transfers.receive', { ...step, on: '2026-11-21' })))
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    const { rows } = await w.pool.query(`select kind from ledger.fact where subject = $1 and kind = 'transfer.received'`, [step.id])
    expect(rows).toHaveLength(1)
    const stays = (await w.done(OWNER, 'members.get', { personId: who })).memberships
    expect(stays.map((s) => [s.orgId, s.from, s.until])).toEqual([
      [old, stays[0]!.from, '2026-11-21'],
      [fresh, '2026-11-21', null],
    ])
  })

  test('sent twice at the same moment, one goes', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => w.call(sender, 'transfers.send', sending())))
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409, 409])
    expect(code(await w.call(sender, 'transfers.send', sending({ place: '外地某公司党委', toOrgId: undefined })))).toEqual([
      409,
      'sent-before',
    ])
  })

  test('received and withdrawn at the same moment, one of the two happens', async () => {
    const step = await send()
    const [received, withdrawn] = await Promise.all([
      w.call(receiver, 'transfers.receive', { ...step, on: '2026-11-21' }),
      w.call(sender, 'transfers.withdraw', { ...step, reason: 'staying' }),
    ])
    expect([received.status, withdrawn.status].sort()).toEqual([200, 409])
    expect(await rosters('2026-11-22')).toEqual({ old: received.status === 409, fresh: received.status === 200 })
  })

  test('the posts the sender chose end with the reception, others stay', async () => {
    const ends = await givePost(w, old, who, 'publicityCommissioner')
    const stays = await givePost(w, committee, who, 'organizer')
    const elsewhere = await givePost(w, old, sender, 'committeeMember')
    expect(code(await w.call(sender, 'transfers.send', sending({ endPosts: [elsewhere] })))).toEqual([422, 'other-post'])
    const { from } = await w.done(sender, 'transfers.ofMember', { personId: who })
    expect(from!.posts.map((p) => p.id)).toEqual([ends])
    const step = await send({ endPosts: [ends] })
    expect((await w.done(receiver, 'transfers.get', { id: step.id })).posts).toMatchObject([{ id: ends, ends: true }])
    await w.done(receiver, 'transfers.receive', { ...step, on: '2026-11-22' })
    const { rows } = await w.pool.query('select id, upper(valid) as until from organisation.post where id = any($1)', [[ends, stays]])
    expect(Object.fromEntries(rows.map((r) => [r.id, r.until]))).toEqual({ [ends]: '2026-11-22', [stays]: null })
  })

  test('returned or withdrawn, nothing has changed and it can be sent again', async () => {
    const first = await send()
    await w.done(receiver, 'transfers.giveBack', { ...first, reason: 'notOurs', note: '' })
    const second = await send()
    await w.done(sender, 'transfers.withdraw', { ...second, reason: 'mistake' })
    const { rows } = await w.pool.query(
      `select kind from ledger.fact where (subject = $1 or subject in (select id from ledger.fact where subject = $1)) order by recorded_at, id`,
      [second.id],
    )
    expect(rows.map((r) => r.kind)).toEqual(['transfer.sent', 'transfer.awaited', 'transfer.withdrawn', 'fact.retracted'])
    expect(await rosters('2026-11-22')).toEqual({ old: true, fresh: false })
    await send()
  })

  test('after the letter has run out nothing is received until a new one is issued', async () => {
    const step = await send()
    w.setNow(new Date('2026-12-05T04:00:00Z'))
    const [late] = (await w.done(sender, 'transfers.list', { view: 'going' })).items.filter((t) => t.id === step.id)
    expect(late!.says).toContain('已过有效期 5 天，请机电队党支部重开介绍信')
    expect(code(await w.call(receiver, 'transfers.receive', { ...step, on: '2026-12-05' }))).toEqual([409, 'letter-expired'])
    const renewed = await w.done(sender, 'transfers.reissue', { ...step, days: 30 })
    expect(renewed.validUntil).toBe('2027-01-04')
    await w.done(receiver, 'transfers.receive', { id: step.id, version: renewed.version, on: '2026-12-05' })
    const cases = await answeredInTime.cases({
      db: w.db, facts: ledgerAsOf(), orgIds: [fresh, old], from: '2026-11-01', to: '2027-01-31', asAt: '2027-01-31', filter: {}, memo: new Map(),
    }) // biome-ignore format: one question
    const [missed, met] = cases.filter(
      (c) => (c.note.startsWith('2026-11-20') && c.note.includes('到 2026-12-05')) || c.period === '2027-01',
    )
    expect([missed!.met, met!.met]).toEqual([0, 1])
    expect(cases.every((c) => c.orgId === fresh)).toBe(true)
  })

  test('a letter holds no longer than three months, from the day it was issued', async () => {
    expect(code(await w.call(sender, 'transfers.send', sending({ sentOn: '2026-02-20', days: 92 })))).toEqual([422, 'letter-too-long'])
    expect(code(await w.call(sender, 'transfers.send', sending({ sentOn: '2026-11-23' })))).toEqual([422, 'day-to-come'])
  })

  test('numbers of letters run through the year of the committee that issues them, without a gap', async () => {
    const { rows: before } = await w.pool.query('select max(serial) as last from transfers.letter where issuer_id = $1 and year = 2026', [
      committee,
    ])
    const people = await Promise.all([1, 2, 3].map(() => makeMember(w, old)))
    const letters = await Promise.all(people.map((personId) => w.done(sender, 'transfers.send', sending({ personId }))))
    const at = (before[0]?.last ?? 0) as number
    const wanted = [1, 2, 3].map((n) => `组转字〔2026〕第 ${String(at + n).padStart(4, '0')} 号`)
    expect(letters.map((l) => l.letterNo).sort()).toEqual(wanted)
  })

  test('a wrong day of reception is put right on both rosters', async () => {
    const step = await send()
    const received = await w.done(receiver, 'transfers.receive', { ...step, on: '2026-11-22' })
    await w.done(receiver, 'transfers.correctDay', { ...received, on: '2026-11-20', reason: 'mistake' })
    expect(await rosters('2026-11-19')).toEqual({ old: true, fresh: false })
    expect(await rosters('2026-11-20')).toEqual({ old: false, fresh: true })
    const { items } = await w.done(who, 'transfers.mine', {})
    expect(items[0]!.settledOn).toBe('2026-11-20')
  })

  test('while a transfer waits, no other door is open', async () => {
    await send()
    const membershipId = (await w.done(OWNER, 'members.get', { personId: who })).memberships[0]!.id
    const step = { membershipId, on: '2026-11-22' }
    expect(code(await w.call(OWNER, 'members.transfer', { ...step, toOrgId: fresh }))).toEqual([409, 'transfer-open'])
    expect(code(await w.call(OWNER, 'members.leave', { ...step, reason: 'died' }))).toEqual([409, 'transfer-open'])
    const { name } = await w.done(OWNER, 'members.get', { personId: who })
    const enrol = { orgId: fresh, name, standing: 'fullMember' as const, profile: { joined: '2010-07-01' } }
    expect(code(await w.call(OWNER, 'members.enrol', enrol))).toEqual([409, 'coming-already'])
    const { letter, ...arrival } = fromOutside(name)
    expect(code(await w.call(receiver, 'transfers.takeIn', { ...arrival, letterNo: letter }))).toEqual([409, 'coming-already'])
    expect(await rosters('2026-11-22')).toEqual({ old: true, fresh: false })
  })

  test('who is on the roster of the other branch by its merger is received from there', async () => {
    const closing = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '绞车队党支部' })
    const moving = await makeMember(w, closing)
    const { id } = await w.done(OWNER, 'transfers.send', sending({ orgId: closing, personId: moving }))
    await w.done(OWNER, 'organisation.merge', { id: closing, version: 1, on: '2026-11-21', intoId: old })
    await w.done(receiver, 'transfers.receive', { id, version: 1, on: '2026-11-22' })
    const stays = (await w.done(OWNER, 'members.get', { personId: moving })).memberships
    expect(stays.map((s) => s.orgId)).toEqual([closing, old, fresh])
  })
})

const fromOutside = (name: string) => ({
  orgId: fresh, name, standing: 'fullMember' as const, joined: '2012-07', converted: '2013-07', place: '外地某公司党委', letter: '外转 7 号',
  cause: 'job' as const, issuedOn: '2026-11-01', validUntil: '2026-12-01', on: '2026-11-10',
}) // biome-ignore format: one letter

describe('to and from outside', () => {
  test('going out, the roster changes with the receipt and not before', async () => {
    const step = await send({ toOrgId: undefined, place: '外地某公司党委', days: 30 })
    expect(code(await w.call(receiver, 'transfers.receive', { ...step, on: '2026-11-22' }))[0]).toBe(404)
    expect((await rosters('2026-11-22')).old).toBe(true)
    await w.done(sender, 'transfers.enterReceipt', { ...step, on: '2026-11-22' })
    expect(await rosters('2026-11-22')).toEqual({ old: false, fresh: false })
    expect((await w.done(sender, 'transfers.get', { id: step.id })).says).toContain('回执已登记')
  })

  test('coming in, a letter that ran out is refused; a good one enters the roster with its receipt', async () => {
    const { letter: letterNo, ...given } = fromOutside('赵某某')
    const bad = { ...given, letterNo, issuedOn: '2026-08-01', validUntil: '2026-10-30' }
    expect(code(await w.call(receiver, 'transfers.takeIn', bad))).toEqual([409, 'letter-expired'])
    const { id, personId } = await w.done(receiver, 'transfers.takeIn', { ...given, letterNo })
    const { memberships, standings } = await w.done(OWNER, 'members.get', { personId })
    expect(memberships).toMatchObject([{ orgId: fresh, from: '2026-11-10', inferred: false }])
    expect(standings).toMatchObject([{ standing: 'fullMember' }])
    const file = await w.call(receiver, 'transfers.receipt', { id })
    expect([file.status, (file.body as unknown as Buffer).subarray(0, 2).toString()]).toEqual([200, 'PK'])
    expect((await w.call(sender, 'transfers.receipt', { id })).status).toBe(404)
  })
})

describe('who sees what', () => {
  test('a member sees only the own, a third branch nothing, the receiving branch cannot withdraw', async () => {
    const third = await makeOrg(w, { kind: 'partyBranch', parentId: committee })
    const stranger = await makeMember(w, third)
    await givePost(w, third, stranger, 'partySecretary')
    const step = await send()
    expect((await w.call(stranger, 'transfers.get', { id: step.id })).status).toBe(404)
    expect((await w.done(stranger, 'transfers.list', {})).items).toEqual([])
    expect((await w.call(receiver, 'transfers.withdraw', { ...step, reason: 'mistake' })).status).toBe(403)
    expect((await w.call(sender, 'transfers.receive', { ...step, on: '2026-11-22' })).status).toBe(403)
    const own = await w.done(who, 'transfers.get', { id: step.id })
    expect(Object.values(own.can)).not.toContain(true)
    expect((await w.call(who, 'transfers.letter', { id: step.id })).status).toBe(403)
    const file = await w.call(sender, 'transfers.letter', { id: step.id })
    expect((file.body as unknown as Buffer).subarray(0, 2).toString()).toBe('PK')
  })
})

describe('one person on two rosters', () => {
  test('is found when the new branch brought the person in with its own list instead of receiving', async () => {
    const name = '周某兴'
    who = await makeMember(w, old, { name, joinedOn: '2011-07-01' })
    const step = await send()
    expect((await w.done(receiver, 'transfers.clashes', {})).items).toEqual([])
    const file = await sheetOf(['姓名', '支部', '人员类别', '入党日期'], [name, '综采一队党支部', '正式党员', '2011-07-01'])
    await w.done(receiver, 'members.importRoster', { dryRun: false }, { file })
    const { items } = await w.done(receiver, 'transfers.clashes', {})
    expect(items).toMatchObject([{ name, kind: 'coming', transferId: step.id, stays: [{ orgId: old }, { orgId: fresh }] }])
    expect(items[0]!.says).toContain('一直没有办理接收')
    expect(items[0]!.facts).toHaveLength(3)
    const other = await w.done(OWNER, 'members.get', { personId: items[0]!.stays[1]!.personId })
    await w.done(receiver, 'members.leave', {
      membershipId: other.memberships[0]!.id,
      on: other.memberships[0]!.from,
      reason: 'correction',
    })
    await w.done(receiver, 'transfers.receive', { ...step, on: '2026-11-22' })
    expect((await w.done(receiver, 'transfers.clashes', {})).items).toEqual([])
  })

  test('left over from before the system, the same person on two rosters is found and goes no further', async () => {
    await w.pool.query(
      `insert into members.membership (id, person_id, org_id, valid, inferred) values (gen_random_uuid(), $1, $2, '[2024-01-01,)', true)`,
      [who, fresh],
    )
    const { items } = await w.done(receiver, 'transfers.clashes', {})
    expect(items).toMatchObject([{ kind: 'same', transferId: null }])
    expect(code(await w.call(sender, 'transfers.send', sending()))).toEqual([409, 'two-rosters'])
  })
})
