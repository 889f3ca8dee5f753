import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type Visitor, visitor } from '#testing/visitor.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { activated, officers, PASSWORD } from './testing.ts'

let w: World
let system: Visitor
let worker: Visitor
let east: string
let at = new Date('2026-11-22T01:00:00Z')

beforeAll(async () => {
  w = await world({ signIn: 'real', now: at })
  ;({ system, worker } = await officers(w))
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  east = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '东区党支部' })
  const west = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '西区党支部' })
  const secretary = await makeMember(w, east, { name: '甲某某', staffNo: 'C01' })
  await givePost(w, east, secretary, 'partySecretary')
  await makeMember(w, east, { name: '乙某某', staffNo: 'C02' })
  await makeMember(w, east, { name: '丙某某' })
  await makeMember(w, west, { name: '=丁某某', staffNo: 'C04' })
  const { personId } = await w.done(OWNER, 'members.enrol', {
    orgId: west,
    name: '戊某某',
    standing: 'fullMember',
    profile: { joined: '2010-07-01', converted: '2011-07-01', phone: '13800001234' },
  })
  expect(personId).toBeTruthy()
})
afterAll(() => w.close())

const minutes = (n: number) => {
  at = new Date(at.getTime() + n * 60_000)
  w.setNow(at)
  // An officer idle this long signs in anew.
  return system.done('identity.signIn', { login: 'A1001', password: PASSWORD })
}

test('the preview shows whom a batch would reach, and why not, without making anything', async () => {
  const all = await system.done('identity.previewSlips', { limit: 50 })
  expect(all).toMatchObject({ total: 5, issuable: 4, next: null })
  expect(all.items.map(({ name, login, problem, posts }) => ({ name, login, problem, posts }))).toEqual([
    { name: '=丁某某', login: 'C04', problem: null, posts: [] },
    { name: '丙某某', login: null, problem: '没有工号也没有手机号，请党务干部先在名册里补上', posts: [] },
    { name: '甲某某', login: 'C01', problem: null, posts: ['书记'] },
    { name: '戊某某', login: '本人手机号', problem: null, posts: [] },
    { name: '乙某某', login: 'C02', problem: null, posts: [] },
  ])
  expect(await system.done('identity.previewSlips', { orgId: east, posts: ['partySecretary'] })).toMatchObject({ total: 1 })
  const first = await system.done('identity.previewSlips', { limit: 2 })
  const second = await system.done('identity.previewSlips', { limit: 2, after: first.next! })
  expect([...first.items, ...second.items].map((item) => item.name)).toEqual(all.items.slice(0, 4).map((item) => item.name))
  expect((await worker.call('identity.previewSlips', {})).status).toBe(403)
  const { rows } = await w.pool.query('select count(*)::int as n from identity.account')
  expect(rows[0].n).toBe(4)
})

test('a batch gives each person a code that works once, on paper and as a sheet, and says who is left out', async () => {
  const issued = await system.done('identity.issueSlips', { title: '首批', validDays: 7 })
  expect(issued.slips.map((slip) => slip.login).sort()).toEqual(['C01', 'C02', 'C04', '本人手机号'])
  expect(issued.left).toEqual([{ name: '丙某某', problem: '没有工号也没有手机号，请党务干部先在名册里补上' }])
  expect(new Set(issued.slips.map((slip) => slip.code)).size).toBe(4)
  const sheet = Buffer.from(issued.sheet, 'base64')
  const text = await textOf(sheet)
  for (const { name, code } of issued.slips) expect([text.includes(name), text.includes(code)]).toEqual([true, true])

  const { code } = issued.slips.find((slip) => slip.login === 'C01')!
  const one = visitor(w)
  await one.refused('identity.activate', { login: 'C02', code, password: PASSWORD }, 'wrong-code')
  await one.refused('identity.activate', { login: 'C01', code, password: '123' }, 'weak-password')
  await one.done('identity.activate', { login: 'c01', code: code.replaceAll('-', '').toLowerCase(), password: PASSWORD })
  await visitor(w).refused('identity.activate', { login: 'C01', code, password: PASSWORD }, 'wrong-code')
  expect((await one.done('identity.session', {})).account).toMatchObject({ name: '甲某某' })

  const byPhone = issued.slips.find((slip) => slip.login === '本人手机号')!
  const phone = await activated(w, '13800001234', byPhone.code)
  expect((await phone.done('identity.session', {})).account.name).toBe('戊某某')
  const { items } = await system.done('identity.batches', {})
  expect(items).toMatchObject([{ title: '首批', count: 4, used: 2, issuedBy: '王某某', revokedAt: null, can: { revoke: true } }])
})

test('the same again is nobody, a new batch replaces codes that were lost', async () => {
  await system.refused('identity.issueSlips', { title: '又一批' }, 'nobody')
  const again = await system.done('identity.issueSlips', { title: '补发', again: true })
  expect(again.slips.map((slip) => slip.login).sort()).toEqual(['C02', 'C04'])
})

test('a revoked batch opens nothing any more', async () => {
  const { slips, batchId } = await system.done('identity.issueSlips', { title: '作废的', again: true, orgId: east })
  await system.done('identity.revokeBatch', { id: batchId })
  await system.refused('identity.revokeBatch', { id: batchId }, 'batch-revoked')
  await visitor(w).refused('identity.activate', { login: 'C02', code: slips[0]!.code, password: PASSWORD }, 'wrong-code')
})

test('a code runs out after its days', async () => {
  const { slips } = await system.done('identity.issueSlips', { title: '一天', again: true, orgId: east, validDays: 1 })
  await minutes(25 * 60)
  await visitor(w, { source: '10.44.0.1' }).refused(
    'identity.activate',
    { login: 'C02', code: slips[0]!.code, password: PASSWORD },
    'wrong-code',
  )
})

test('a double click issues one batch, and the second answer tells no codes', async () => {
  const input = { title: '双击', again: true }
  const key = 'double-click-1'
  const answers = await Promise.all(Array.from({ length: 10 }, () => system.call('identity.issueSlips', input, { key })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(9)
  const { items } = await system.done('identity.batches', {})
  expect(items.filter((item) => item.title === '双击')).toHaveLength(1)
})

async function textOf(file: Buffer): Promise<string> {
  const { sheets } = await openSpreadsheet(file)
  const rows: unknown[] = []
  for await (const row of sheets[0]!.rows()) rows.push(...row.cells)
  return JSON.stringify(rows)
}
