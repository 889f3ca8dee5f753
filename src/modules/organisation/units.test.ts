import { afterAll, beforeAll, expect, test } from 'vitest'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let committee: string
let east: string
let west: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委', foundedOn: '2010-01-01' })
  east = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '东区党支部', foundedOn: '2012-01-01' })
  west = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '西区党支部', foundedOn: '2012-01-01' })
})
afterAll(() => w.close())

const found = async (orgId: string, name: string, parentId: string | null = null) =>
  (await w.done(OWNER, 'organisation.foundUnit', { orgId, parentId, name, foundedOn: '2015-01-01' })).id
const treeOn = async (on?: string, as = OWNER) =>
  new Map((await w.done(as, 'organisation.unitTree', on ? { on } : {})).items.map((unit) => [unit.id, unit]))

test('units are founded, renamed, moved and dissolved from a day on, and each earlier day keeps what was', async () => {
  const company = await found(committee, '示例矿业有限公司')
  const [one, two] = [await found(east, '机电一队', company), await found(west, '机电二队', company)]
  await w.done(OWNER, 'organisation.renameUnit', { id: one, version: 1, on: '2026-01-01', name: '机电队' })
  await w.done(OWNER, 'organisation.moveUnit', { id: two, version: 1, on: '2026-02-01', parentId: one })
  const refused = await w.call(OWNER, 'organisation.dissolveUnit', { id: one, version: 2, on: '2026-06-01' })
  expect([refused.status, (refused.body as unknown as { code: string }).code]).toEqual([409, 'has-subunits'])
  expect((await w.call(OWNER, 'organisation.moveUnit', { id: one, version: 2, on: '2026-03-01', parentId: two })).status).toBe(409)
  const gone = await w.call(OWNER, 'organisation.dissolveUnit', { id: two, version: 2, on: '2026-06-01' })
  expect(gone.facts.map(({ kind }) => kind).sort()).toEqual(['coverage.ended', 'unit.dissolved'])
  const [before, after] = [await treeOn('2025-12-31'), await treeOn()]
  expect([before.get(one)?.name, before.get(two)?.parentId]).toEqual(['机电一队', company])
  expect([after.get(one)?.name, after.get(two)]).toEqual(['机电队', undefined])
  expect((await treeOn('2026-03-01')).get(two)?.parentId).toBe(one)
  expect((await w.call(OWNER, 'organisation.renameUnit', { id: one, version: 1, on: '2026-05-01', name: '别名' })).status).toBe(409)
})

test('a branch covers a unit from a day on and until a day, and twice is refused', async () => {
  const unit = await found(east, '运输队')
  const pair = { orgId: west, unitId: unit }
  await w.done(OWNER, 'organisation.cover', { ...pair, on: '2026-03-01' })
  expect((await w.call(OWNER, 'organisation.cover', { ...pair, on: '2026-04-01' })).status).toBe(409)
  const names = async (on: string) => (await treeOn(on)).get(unit)?.orgs.map(({ name }) => name)
  expect([await names('2026-02-28'), await names('2026-03-01')]).toEqual([['东区党支部'], ['东区党支部', '西区党支部']])
  await w.done(OWNER, 'organisation.uncover', { ...pair, on: '2026-05-01' })
  expect(await names('2026-05-01')).toEqual(['东区党支部'])
})

test('who works for one branch sees and changes the units of that branch only', async () => {
  const [ours, theirs] = [await found(east, '通风队'), await found(west, '洗选厂')]
  const worker = await makeMember(w, east)
  await givePost(w, east, worker, 'partyAffairsWorker')
  const seen = await treeOn(undefined, worker)
  expect([seen.get(ours)?.can.manage, seen.has(theirs)]).toEqual([true, false])
  expect((await w.call(worker, 'organisation.renameUnit', { id: theirs, version: 1, on: '2026-01-01', name: '别名' })).status).toBe(404)
  expect((await w.call(worker, 'organisation.cover', { orgId: east, unitId: theirs, on: '2026-01-01' })).status).toBe(404)
  await w.done(worker, 'organisation.renameUnit', { id: ours, version: 1, on: '2026-01-01', name: '通风区' })
})
