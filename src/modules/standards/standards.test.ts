import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { itemsMet, projectsEnded } from './measures.ts'
import { remindProjects } from './remind.ts'

const NOW = new Date('2026-09-18T09:00:00+08:00')
let w: World
let above: string
let officer: string
let b: Branch
let temporary: string

beforeAll(async () => {
  w = await world({ now: NOW })
  above = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
  officer = await makeMember(w, above)
  await givePost(w, above, officer, 'partyAffairsWorker')
  b = await makeBranch(w, { full: 9, committeeId: above })
  temporary = await makeOrg(w, { kind: 'provisionalBranch', parentId: above, name: '泵站项目临时党支部', foundedOn: '2025-01-01' })
})
beforeEach(() => w.setNow(NOW))
afterAll(() => w.close())

const findings = async (as = officer, orgId = above) => (await w.done(as, 'standards.structure', { orgId, limit: 200 })).items
const of = async (orgId: string) => (await findings()).filter((f) => f.orgId === orgId).map((f) => f.check)
const project = { name: '泵站改造', endsOn: '2026-04-30' }
const question = (orgIds: string[]) => ({
  db: w.db, facts: ledgerAsOf(), orgIds, from: '2026-01-01', to: '2026-12-31', asAt: '2026-09-18', filter: {}, memo: new Map(),
}) // biome-ignore format: one question

test('numbers are those of today’s rosters: a branch of two is found with the rule’s name, and no more once a third came', async () => {
  const small = await makeOrg(w, { kind: 'partyBranch', parentId: above, name: '小支部' })
  expect(await of(small)).toEqual(['empty-roster'])
  for (let n = 0; n < 2; n++) await makeMember(w, small)
  const [found] = (await findings()).filter((f) => f.orgId === small)
  expect(found).toMatchObject({ check: 'few-members', level: 'must', says: '小支部正式党员 2 人，不足 3 人' })
  expect(found!.source).toContain('支部工作条例')
  await makeMember(w, small)
  expect(await of(small)).toEqual([])
})

test('a temporary branch is asked for its end; after it both desks are asked to dissolve it, until it is extended', async () => {
  expect(await of(temporary)).toEqual(['no-end'])
  await w.done(officer, 'standards.setProject', { orgId: temporary, version: 0, ...project })
  const [over] = (await findings()).filter((f) => f.orgId === temporary)
  expect(over).toMatchObject({ check: 'project-over', project: { ...project, version: 1 }, canSetProject: true })
  expect(over!.facts).toHaveLength(1)
  await remindProjects(w.db, NOW)
  const told = async () => (await w.done(officer, 'notifications.list', {})).items.filter((n) => n.text.includes('泵站'))
  expect((await told()).map((n) => n.read)).toEqual([false])
  expect((await projectsEnded.cases(question([temporary]))).map((c) => [c.period, c.met, c.due ?? true])).toEqual([['2026-04', 0, true]])
  await w.done(officer, 'standards.setProject', { orgId: temporary, version: 1, ...project, endsOn: '2026-12-31' })
  expect(await of(temporary)).toEqual([])
  await remindProjects(w.db, NOW)
  expect((await told()).map((n) => n.read)).toEqual([true])
})

test('only whoever manages above sets the end, of a temporary or joint branch, with the version that stands', async () => {
  const own = await w.call(b.secretary, 'standards.setProject', { orgId: b.id, version: 0, ...project })
  expect([own.status, own.facts]).toEqual([403, []])
  const ordinary = await w.call(officer, 'standards.setProject', { orgId: b.id, version: 0, ...project })
  expect([ordinary.status, ordinary.facts]).toEqual([409, []])
  const joint = await makeOrg(w, { kind: 'jointBranch', parentId: above })
  await w.done(officer, 'standards.setProject', { orgId: joint, version: 0, ...project })
  for (const version of [0, 5]) {
    const old = await w.call(officer, 'standards.setProject', { orgId: joint, version, ...project })
    expect([old.status, old.facts]).toEqual([409, []])
  }
  const fresh = await makeOrg(w, { kind: 'jointBranch', parentId: above })
  expect((await w.call(officer, 'standards.setProject', { orgId: fresh, version: 3, ...project })).status).toBe(409)
})

test('a branch reads its own findings, page by page, and none of others', async () => {
  expect((await findings(b.secretary, b.id)).every((f) => f.orgId === b.id)).toBe(true)
  expect((await w.call(b.secretary, 'standards.structure', { orgId: above })).status).toBe(404)
  const all = (await findings()).map((f) => f.key)
  const pages: string[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await w.done(officer, 'standards.structure', { orgId: above, limit: 1, ...(after ? { after } : {}) })
    pages.push(...items.map((f) => f.key))
    if (!next) break
    after = next
  }
  expect(pages).toEqual(all)
})

test('the check-list is answered from records, the rest by whoever looked, and a gap says what is missing', async () => {
  const read = async () => (await w.done(b.secretary, 'standards.checklist', { orgId: b.id })).items
  const before = await read()
  expect(before.find((i) => i.key === 'set-up')).toMatchObject({ state: 'met', from: 'records' })
  expect(before.find((i) => i.key === 'duties')).toMatchObject({ state: 'unmet' })
  expect(before.find((i) => i.key === 'place')).toMatchObject({ state: 'unknown', version: 0 })
  const seen = { orgId: b.id, item: 'place' as const, version: 0, seenOn: '2026-09-10' }
  const bare = await w.call(b.secretary, 'standards.mark', { ...seen, met: false })
  expect([bare.status, bare.facts]).toEqual([422, []])
  await w.done(b.secretary, 'standards.mark', { ...seen, met: false, note: '誓词墙褪色' })
  expect((await read()).find((i) => i.key === 'place')).toMatchObject({ state: 'unmet', version: 1 })
  await w.done(b.secretary, 'standards.mark', { ...seen, version: 1, met: true, seenOn: '2026-09-17' })
  expect((await itemsMet.cases(question([b.id]))).map((c) => [c.met, c.note])).toEqual([[1, expect.stringContaining('2026-09-17 看过')]])
  const committee = await w.call(OWNER, 'standards.mark', { ...seen, orgId: above, met: true })
  expect([committee.status, committee.facts]).toEqual([409, []])
})

test('an earlier look does not replace a later one, so that the page and the measure say the same', async () => {
  const c = await makeBranch(w, { full: 3, committeeId: above })
  const seen = { orgId: c.id, item: 'place' as const, note: '没有党旗' }
  await w.done(c.secretary, 'standards.mark', { ...seen, version: 0, met: true, seenOn: '2026-09-15' })
  const earlier = await w.call(c.secretary, 'standards.mark', { ...seen, version: 1, met: false, seenOn: '2026-09-14' })
  expect([earlier.status, Object.keys((earlier.body as any).fields), earlier.facts]).toEqual([422, ['seenOn'], []])
  const same = await w.call(c.secretary, 'standards.mark', { ...seen, version: 1, met: false, seenOn: '2026-09-15' })
  expect(same.status).toBe(200)
})
