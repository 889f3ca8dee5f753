import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { HEADINGS, staffAsked } from './contract.ts'

let w: World
let above: string
let officer: string
let staff: string
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  above = await makeOrg(w, { kind: 'partyCommittee', name: '一矿党委' })
  b = await makeBranch(w, { full: 6, committeeId: above })
  officer = await makeMember(w, b.id)
  await givePost(w, above, officer, 'partyAffairsWorker')
  staff = b.members[0]!
})
afterAll(() => w.close())

const file = (as: string, personId = staff) => w.call(as, 'politicalwork.file', { personId })

test('who does political work stands with what the office is for, counted from rosters, and the gap is told beside its source', async () => {
  const post = { orgId: above, personId: staff, engagement: 'fullTime' as const, duty: '党群工作部干事', from: '2024-03-01' }
  expect((await w.call(b.secretary, 'politicalwork.enter', post)).status).toBe(404)
  const entered = await w.call(officer, 'politicalwork.enter', post)
  expect(entered.facts.map((f) => f.kind)).toEqual(['politicalStaff.entered'])
  const again = await w.call(officer, 'politicalwork.enter', post)
  expect([again.status, again.facts]).toEqual([409, []])
  const { items } = await w.done(officer, 'politicalwork.list', { orgId: above })
  expect(items).toMatchObject([{ personId: staff, engagement: 'fullTime', members: 7, orgs: 2, until: null }])
  expect(await w.done(officer, 'politicalwork.gaps', { orgId: above })).toMatchObject({ fullTime: 1, partTime: 0, members: 7, asked: null })
  await w.done(officer, 'politicalwork.setHeadcount', { orgId: above, version: 0, employees: 1801, asOf: '2026-06-30' })
  expect(await w.done(officer, 'politicalwork.gaps', { orgId: above })).toMatchObject({ employees: 1801, asked: 19 })
  expect([staffAsked(100), staffAsked(101)]).toEqual([1, 2])
})

test('own words stand beside records under nine headings; only the person writes them, and there is no mark to be found', async () => {
  await w.done(b.commissioner, 'meetings.record', { ...meetingOf(b, { kinds: ['partyLecture'], heldOn: '2026-09-10' }) })
  const [service] = (await w.done(officer, 'politicalwork.list', { orgId: above })).items
  const course = { kind: 'training' as const, title: '党务培训班', issuer: '集团党校', on: '2026-06-12', hours: 24 }
  await w.done(officer, 'politicalwork.train', { serviceId: service!.id, ...course })
  await w.done(staff, 'politicalwork.write', { heading: 'learning', version: 0, text: '每月读一本书' })
  const over = await w.call(staff, 'politicalwork.write', { heading: 'learning', version: 0, text: '又写一遍' })
  expect([over.status, over.facts]).toEqual([409, []])
  expect((await w.call(officer, 'politicalwork.write', { heading: 'learning', version: 0, text: '替人写' })).status).toBe(404)
  const seen = (await file(officer)).body
  expect(seen.headings.map((h) => h.heading)).toEqual(Object.keys(HEADINGS))
  const learning = seen.headings.find((h) => h.heading === 'learning')!
  expect([learning.words?.text, learning.lines.map((l) => l.says)]).toEqual([
    '每月读一本书',
    ['参加党课、主题党日和集体学习 1 次', '培训 24 学时'],
  ])
  expect([seen.own, seen.can.write, (await file(staff)).body.own]).toEqual([false, false, true])
  expect(JSON.stringify(seen)).not.toMatch(/score|rank|分数|排名|得分/)
  expect([(await file(b.members[1]!)).status, (await file(b.secretary)).status]).toEqual([404, 404])
})

test('who stops is left out of the list and the gap, and a mistaken entry never was', async () => {
  const other = b.members[2]!
  const post = { orgId: above, personId: other, engagement: 'partTime' as const, duty: '支部组织委员', from: '2026-01-01' }
  const { id, version } = await w.done(officer, 'politicalwork.enter', post)
  expect((await w.done(officer, 'politicalwork.gaps', { orgId: above })).partTime).toBe(1)
  const taken = await w.call(officer, 'politicalwork.withdraw', { id, version, reason: 'mistake' })
  expect(taken.facts.map((f) => f.kind)).toEqual(['fact.retracted'])
  expect((await file(officer, other)).status).toBe(404)
  const [service] = (await w.done(officer, 'politicalwork.list', { orgId: above })).items
  const early = await w.call(officer, 'politicalwork.end', { id: service!.id, version: service!.version, on: '2024-03-01' })
  expect([early.status, Object.keys((early.body as any).fields)]).toEqual([422, ['on']])
  await w.done(officer, 'politicalwork.end', { id: service!.id, version: service!.version, on: '2026-11-01' })
  expect((await w.done(officer, 'politicalwork.list', { orgId: above })).items).toEqual([])
  expect((await w.done(officer, 'politicalwork.list', { orgId: above, left: true })).items.map((s) => s.until)).toEqual(['2026-11-01'])
})
