import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { reviewedInTime } from './measures.ts'
import { remindReviews } from './remind.ts'

const NOW = new Date('2026-09-18T09:00:00+08:00')
let w: World
let above: string
let officer: string
let b: Branch

beforeAll(async () => {
  w = await world({ now: NOW })
  above = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
  officer = await makeMember(w, above)
  await givePost(w, above, officer, 'partyAffairsWorker')
  b = await makeBranch(w, { committeeId: above })
})
beforeEach(() => w.setNow(NOW))
afterAll(() => w.close())

const written = {
  name: '支部工作细则',
  owner: '党群工作部',
  source: '支部工作条例第十一条',
  validFrom: '2026-01-01',
  reviewOn: '2026-10-01',
}
const enact = async (given: object = {}) => (await w.done(officer, 'rulebook.enact', { orgId: above, ...written, ...given })).id
const listed = async (as: string, state: 'standing' | 'review' | 'ended' = 'standing', orgId = above) =>
  (await w.done(as, 'rulebook.list', { orgId, state, limit: 200 })).items

test('a regulation of the committee is read by its branches, and only whoever manages there changes it', async () => {
  const id = await enact({ letterNo: '一矿党委〔2026〕1号' })
  expect((await listed(b.members[0]!, 'standing', b.id)).find((e) => e.id === id)).toMatchObject({
    state: 'inForce',
    number: 1,
    canManage: false,
  })
  const tried = await w.call(b.secretary, 'rulebook.repeal', { id, version: 1, on: '2026-06-01', why: '不要了' })
  expect([tried.status, tried.facts]).toEqual([404, []])
  const seen = await w.call(b.secretary, 'rulebook.get', { orgId: b.id, id })
  expect(seen.status).toBe(200)
})

test('revised, the old edition ends the day the new one begins; both stay in sight and nothing is revised twice', async () => {
  const id = await enact()
  const { facts } = await w.call(officer, 'rulebook.revise', { id, version: 1, ...written, validFrom: '2026-07-01', reviewOn: null })
  expect(facts.map((f) => f.kind)).toEqual(['regulation.enacted'])
  expect((await listed(officer, 'ended')).find((e) => e.id === id)).toMatchObject({ state: 'revised', endedOn: '2026-07-01' })
  const next = (await listed(officer)).find((e) => e.rootId === id)!
  const { editions } = await w.done(officer, 'rulebook.get', { orgId: above, id: next.id })
  expect(editions.map((e) => e.number)).toEqual([2, 1])
  const again = await w.call(officer, 'rulebook.revise', { id, version: 2, ...written, validFrom: '2026-08-01', reviewOn: null })
  expect([again.status, again.facts]).toEqual([409, []])
})

test('an edition to come is shown as such, and the one it follows stands until then', async () => {
  const id = await enact()
  await w.done(officer, 'rulebook.revise', { id, version: 1, ...written, validFrom: '2027-01-01', reviewOn: null })
  expect(
    (await listed(officer))
      .filter((e) => e.rootId === id)
      .map((e) => e.state)
      .sort(),
  ).toEqual(['coming', 'inForce'])
  const far = await w.call(officer, 'rulebook.enact', { orgId: above, ...written, validFrom: '2030-01-01', reviewOn: null })
  expect([far.status, far.facts]).toEqual([422, []])
})

test('duty rules by which the system applies it are named; those of another organisation are refused', async () => {
  const rule = (orgId: string) => ({
    orgId, from: '2026-01-01', wording: '本单位的规定', source: '支部工作细则第三条',
    body: { duty: 'memberAssembly' as const, every: 'month' as const, times: 1, strength: 'must' as const, orgKinds: ['partyBranch' as const], minFullMembers: null, mayShare: true },
  }) // biome-ignore format: one rule
  const own = (await w.done(OWNER, 'duties.adoptRule', rule(above))).id
  const other = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团二矿党委' })
  const theirs = (await w.done(OWNER, 'duties.adoptRule', rule(other))).id
  const id = await enact({ ruleIds: [own] })
  expect((await listed(officer)).find((e) => e.id === id)!.rules).toEqual([{ id: own, text: '党员大会每月 1 次' }])
  const refused = await w.call(officer, 'rulebook.enact', { orgId: above, ...written, ruleIds: [own, theirs] })
  expect([refused.status, refused.facts]).toEqual([422, []])
})

test('a review that comes near is told once to the desk, and over once it is looked through', async () => {
  const id = await enact()
  await remindReviews(w.db, NOW)
  await remindReviews(w.db, NOW)
  const told = async () => (await w.done(officer, 'notifications.list', {})).items.filter((n) => n.open.includes(id))
  expect((await told()).map((n) => n.read)).toEqual([false])
  expect((await listed(officer, 'review')).some((e) => e.id === id)).toBe(true)
  await w.done(officer, 'rulebook.review', { id, version: 1, nextOn: '2027-10-01' })
  expect((await told())[0]!.read).toBe(true)
  expect((await listed(officer, 'review')).some((e) => e.id === id)).toBe(false)
})

test('the measure counts a review by its day: in time, too late, or not yet due', async () => {
  const org = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团三矿党委' })
  const enactAt = async (reviewOn: string) => (await w.done(OWNER, 'rulebook.enact', { orgId: org, ...written, reviewOn })).id
  const early = await enactAt('2026-10-01')
  await w.done(OWNER, 'rulebook.review', { id: early, version: 1, nextOn: '2027-10-01' })
  await enactAt('2026-08-01')
  await enactAt('2026-12-01')
  const cases = await reviewedInTime.cases({
    db: w.db, facts: ledgerAsOf(), orgIds: [org], from: '2026-01-01', to: '2026-12-31', asAt: '2026-09-18', filter: {}, memo: new Map(),
  }) // biome-ignore format: one question
  expect(cases.map((c) => [c.period, c.met, c.due ?? true]).sort()).toEqual([
    ['2026-08', 0, true],
    ['2026-10', 1, true],
    ['2026-12', 0, false],
  ])
})

test('a revision registered in time is in time though valid later; what is done to a newer edition says nothing of an older one', async () => {
  const org = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团四矿党委' })
  const ask = { orgId: org, ...written, reviewOn: '2026-10-01' }
  const { id } = await w.done(OWNER, 'rulebook.enact', ask)
  const { id: second } = await w.done(OWNER, 'rulebook.revise', {
    id,
    version: 1,
    ...written,
    validFrom: '2026-11-01',
    reviewOn: '2026-12-15',
  })
  w.setNow(new Date('2026-11-20T09:00:00+08:00'))
  const of = { db: w.db, facts: ledgerAsOf(), orgIds: [org], from: '2026-01-01', to: '2026-12-31', asAt: '2026-12-31' }
  const cases = async () =>
    (await reviewedInTime.cases({ ...of, filter: {}, memo: new Map() })).map((c) => [c.period, c.met, c.note]).sort()
  expect(await cases()).toEqual([
    ['2026-10', 1, '一项制度应于 2026-10-01 前复审，2026-09-18 修订'],
    ['2026-12', 0, '一项制度应于 2026-12-15 前复审，还没有复审'],
  ])
  await w.done(OWNER, 'rulebook.review', { id: second, version: 1, nextOn: '2027-12-01' })
  expect((await cases())[1]).toEqual(['2026-12', 1, '一项制度应于 2026-12-15 前复审，2026-11-20 复审'])
})

test('the files of a superior’s regulation open for those it binds, and for nobody beside or above who does not read there', async () => {
  const file = { name: '支部工作细则.txt', data: Buffer.from('第一条') }
  const { body } = await w.call(officer, 'files.send', { orgId: above }, { file })
  const fileId = (body as { id: string }).id
  const id = await enact({ name: '附件制度', files: [fileId] })
  const seen = await w.done(b.members[0]!, 'rulebook.get', { orgId: b.id, id })
  expect(seen.files.map((f) => f.id)).toEqual([fileId])
  const stranger = await makeMember(w, await makeOrg(w, { kind: 'partyBranch', parentId: await makeOrg(w, { kind: 'partyCommittee' }) }))
  const open = async (as: string) => (await w.call(as, 'files.get', { id: fileId })).status
  expect([await open(b.members[0]!), await open(b.secretary), await open(officer), await open(stranger)]).toEqual([200, 200, 200, 404])
})
