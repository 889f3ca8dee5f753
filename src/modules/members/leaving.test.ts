import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forgetCached } from '#modules/identity/sessions.ts'
import { activated, officers, PASSWORD } from '#modules/identity/testing.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { DIRECT } from './handingOut.ts'
import { HOURLY } from './opened.ts'

let w: World
let system: Visitor
let security: Visitor
let worker: Visitor
let secretary: Visitor
let deputy: Visitor
let committee: string
let large: string
let small: string
let at = new Date('2026-11-20T01:00:00Z')
const ID = '140102197110201219'

beforeAll(async () => {
  w = await world({ signIn: 'real', now: at })
  ;({ system, security, worker } = await officers(w))
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  large = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '综采一队党支部' })
  small = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  for (let i = 0; i < DIRECT; i++) await makeMember(w, large)
  await makeMember(w, small)
  await givePost(w, large, await makeMember(w, large, { name: '钱某某', staffNo: 'B1' }), 'partySecretary')
  await givePost(w, large, await makeMember(w, large, { name: '周某某', staffNo: 'B2' }), 'deputySecretary')
  await givePost(w, small, await makeMember(w, small, { name: '吴某某', staffNo: 'B3' }), 'partySecretary')
  const { slips } = await system.done('identity.issueSlips', { title: '全部' })
  const enter = (login: string) => activated(w, login, slips.find((slip) => slip.login === login)!.code)
  secretary = await enter('B1')
  deputy = await enter('B2')
})
afterAll(() => w.close())

const minutes = (n: number) => {
  at = new Date(at.getTime() + n * 60_000)
  w.setNow(at)
  forgetCached('*') // the memory of one second goes by the real clock
}

const proven = async (one: Visitor) => one.done('identity.confirmSelf', { password: PASSWORD })

async function textOf(body: unknown): Promise<string> {
  const [sheet] = (await openSpreadsheet(body as Buffer)).sheets
  let text = ''
  for await (const row of sheet!.rows()) text += `${JSON.stringify(row)}\n`
  return text
}

describe('a roster of many persons', () => {
  test('does not leave without another person agreeing; then once, with both names on it', async () => {
    const filter = { orgId: large }
    expect(await secretary.done('members.exportState', filter)).toEqual({ count: DIRECT + 2, state: 'ask' })
    await secretary.refused('members.rosterExport', filter, 'needs-agreement')
    const { id } = await secretary.done('members.askExport', { filter, reason: '年度党内统计核对' })
    await secretary.refused('members.askExport', { filter, reason: '年度党内统计核对' }, 'asked-before')
    await secretary.refused('members.rosterExport', filter, 'needs-agreement')
    await secretary.refused('identity.agree', { id, version: 1 }, 'own-asking')
    const [waits] = (await deputy.done('identity.agreements', {})).items
    expect(waits).toMatchObject({ id, about: '综采一队党支部（含下级）', count: DIRECT + 2, askedBy: '钱某某', reason: '年度党内统计核对' })
    await deputy.done('identity.agree', { id, version: 1 })

    await secretary.refused('members.rosterExport', { ...filter, standings: ['fullMember'] }, 'needs-agreement')
    await deputy.refused('members.rosterExport', filter, 'needs-agreement')
    const file = await secretary.call('members.rosterExport', filter)
    expect(file.status).toBe(200)
    expect(await textOf(file.body)).toMatch(new RegExp(`钱某某 2026-11-20[^]*同意导出：周某某，编号 ${id}`))
    await secretary.refused('members.rosterExport', filter, 'needs-agreement')

    const { rows } = await w.pool.query(`select kind, body from ledger.fact where kind like 'agreement.%' order by recorded_at, id`)
    expect(rows.map((row) => [row.kind, row.body.count])).toEqual([
      ['agreement.asked', DIRECT + 2],
      ['agreement.given', DIRECT + 2],
    ])
    const { rows: audited } = await w.pool.query(
      `select outcome from kernel.audit where operation = 'members.rosterExport' and outcome = 'done'`,
    )
    expect(audited).toHaveLength(1)
  })

  test('is agreed to by the security officer for the whole unit, by nobody who sees another part', async () => {
    const { id } = await worker.done('members.askExport', { filter: {}, reason: '换届前核对名册' })
    for (const other of [secretary, deputy, system]) expect((await other.call('identity.agree', { id, version: 1 })).status).toBe(404)
    expect((await security.done('identity.agreements', {})).items).toMatchObject([{ id, count: DIRECT + 4 }])
    await security.done('identity.agree', { id, version: 1 })
    expect((await worker.call('members.rosterExport', {})).status).toBe(200)
  })

  test('agreed to for so many persons, it does not hold for more', async () => {
    const filter = { orgId: committee }
    const { id } = await worker.done('members.askExport', { filter, reason: '换届前核对名册' })
    await security.done('identity.agree', { id, version: 1 })
    const late = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '后来的党支部' })
    await makeMember(w, late)
    await worker.refused('members.rosterExport', filter, 'more-than-agreed')
  })

  test('agreed to, it waits a day and no longer', async () => {
    const filter = { orgId: large, standings: ['fullMember' as const, 'probationaryMember' as const] }
    const { id } = await secretary.done('members.askExport', { filter, reason: '年度党内统计核对' })
    await deputy.done('identity.agree', { id, version: 1 })
    minutes(24 * 60)
    await secretary.done('identity.signIn', { login: 'B1', password: PASSWORD })
    await secretary.refused('members.rosterExport', filter, 'needs-agreement')
  })

  test('does not leave in pieces either: fifty different persons a day, however they are asked for', async () => {
    await worker.done('identity.signIn', { login: 'A1004', password: PASSWORD })
    const file = await worker.call('members.rosterExport', { orgId: small })
    expect(file.status, 'the control: few persons need nobody').toBe(200)
    expect((await worker.call('members.rosterExport', { orgId: small })).status, 'the same persons again are no more persons').toBe(200)
    expect(await worker.done('members.exportState', { orgId: large, text: '钱' })).toEqual({ count: 1, state: 'direct' })
    const rest = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '运输队党支部' })
    for (let i = 0; i < DIRECT - 1; i++) await makeMember(w, rest)
    expect(await worker.done('members.exportState', { orgId: rest })).toEqual({ count: DIRECT - 1, state: 'ask' })
    await worker.refused('members.rosterExport', { orgId: rest }, 'needs-agreement')
    await secretary.refused('members.askExport', { filter: { orgId: large, text: '钱' }, reason: '试试' }, 'not-needed')
  })
})

describe('a sealed field', () => {
  test('is shown only when a factor was shown within five minutes in this session', async () => {
    const { items } = await secretary.done('members.roster', { orgId: large, text: '周' })
    const { personId } = items[0]!
    const { version } = await secretary.done('members.get', { personId })
    await secretary.done('members.edit', { personId, version, name: '周某某', staffNo: 'B2', profile: { idNumber: ID } })
    const look = { personId, field: 'idNumber' as const, reason: '核对介绍信' }
    await secretary.done('identity.signIn', { login: 'B1', password: PASSWORD })
    expect(await secretary.done('members.reveal', look), 'just signed in').toEqual({ value: ID })
    minutes(6)
    await secretary.refused('members.reveal', look, 'prove-self')
    const elsewhere = visitor(w, { source: '10.9.0.2' })
    await elsewhere.done('identity.signIn', { login: 'B1', password: PASSWORD })
    await secretary.refused('members.reveal', look, 'prove-self')
    await secretary.refused('identity.confirmSelf', { password: 'wrong' }, 'wrong-password')
    await secretary.refused('members.reveal', look, 'prove-self')
    await proven(secretary)
    expect(await secretary.done('members.reveal', look)).toEqual({ value: ID })
    const { rows } = await w.pool.query(`select outcome from kernel.audit where operation = 'members.reveal' order by at, id`)
    expect(rows.map((row) => row.outcome)).toEqual(['done', 'prove-self', 'prove-self', 'prove-self', 'done'])
  })

  test('five wrong passwords at this question rest it, also for the right one', async () => {
    for (let i = 0; i < 5; i++) await deputy.call('identity.confirmSelf', { password: 'wrong' })
    await deputy.done('identity.signIn', { login: 'B2', password: PASSWORD })
    for (let i = 0; i < 5; i++) await deputy.refused('identity.confirmSelf', { password: 'wrong' }, 'wrong-password')
    await deputy.refused('identity.confirmSelf', { password: PASSWORD }, 'locked')
  })
})

test('two hundred different files an hour, then no new one until the hour is over; each refusal is audited', async () => {
  const many = await world({ now: at })
  try {
    const branch = await makeOrg(many, { kind: 'partyBranch' })
    const who = await makeMember(many, branch)
    await givePost(many, branch, who, 'organizationCommissioner')
    const ids = await Promise.all(Array.from({ length: HOURLY + 1 }, () => makeMember(many, branch)))
    for (const personId of ids.slice(0, HOURLY)) await many.done(who, 'members.get', { personId })
    const refused = await many.call(who, 'members.get', { personId: ids[HOURLY]! })
    expect([refused.status, refused.body]).toMatchObject([409, { code: 'opened-enough', message: expect.stringContaining('分钟后再看') }])
    expect((await many.call(who, 'members.get', { personId: ids[0]! })).status, 'one already open stays open').toBe(200)
    expect((await many.call(OWNER, 'members.get', { personId: ids[HOURLY]! })).status, 'others go on').toBe(200)
    const { rows } = await many.pool.query(`select person_id, outcome from kernel.audit where operation = 'members.get'`)
    expect(rows).toEqual([{ person_id: who, outcome: 'opened-enough' }])
    many.setNow(new Date(at.getTime() + 3_600_000))
    await many.done(who, 'members.get', { personId: ids[HOURLY]! })
  } finally {
    await many.close()
  }
})
