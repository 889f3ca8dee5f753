import { afterAll, beforeAll, expect, test } from 'vitest'
import { away, type Branch, makeBranch, meetingOf, voteOn } from '#testing/meetings.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let odd: Branch
let even: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-12T09:00:00+08:00') })
  odd = await makeBranch(w, { full: 21 })
  even = await makeBranch(w, { full: 22, probationary: 1, committeeId: odd.committeeId })
}, 120_000)
afterAll(() => w.close())

const found = async (as = OWNER) =>
  (await w.done(as, 'meetings.findings', { orgId: odd.committeeId, from: '2026-01-01', to: '2026-12-31' })).items

const recorded = (b: Branch, given: Parameters<typeof meetingOf>[1]) => w.done(b.commissioner, 'meetings.record', meetingOf(b, given))

test('10 of 21 present: the resolution is void and found, the meeting is recorded all the same', async () => {
  const m = await recorded(odd, {
    absent: away(odd.members.slice(0, 11)),
    items: [voteOn('调整支部分工', { rule: 'assembly', inFavour: 10, recordedPassed: true })],
  })
  const [finding] = await found()
  expect(finding).toMatchObject({ key: 'below-quorum', meetingId: m.id, open: `/meetings/${m.id}` })
  expect(finding!.says).toContain('应到会有表决权党员 21，半数以上 = ⌈21 ÷ 2⌉ = 11，实到 10，差 1')
  expect(finding!.says).toContain('会议照常记录')
  expect(finding!.source).toContain('第十一条')
  expect(finding!.factIds).toHaveLength(2)
  expect(await w.done(odd.secretary, 'meetings.get', { id: m.id })).toMatchObject({ state: 'submitted', present: 10 })
})

test('11 of 22 in favour recorded as passed is found: 超过半数 is 12', async () => {
  await recorded(even, { items: [voteOn('年度计划', { rule: 'assembly', inFavour: 11, against: 11, recordedPassed: true })] })
  const finding = (await found()).find((f) => f.key === 'exactly-half')
  expect(finding!.says).toContain('超过半数 = ⌊22 ÷ 2⌋ + 1 = 12，赞成 11')
})

test('a probationary member’s vote is found and named, also where only the counts are too many', async () => {
  const [who] = even.probationary as [string]
  const name = (
    await w.done(even.secretary, 'meetings.prepare', { orgId: even.id, day: '2026-09-10', kinds: ['partyLecture'] })
  ).people.find((p) => p.personId === who)!.name
  await recorded(even, {
    heldOn: '2026-09-09',
    items: [
      voteOn('推荐对象', { rule: 'assembly', inFavour: 23, notEntitled: [{ personId: who, choice: 'inFavour' }] }),
      voteOn('活动方案', { rule: 'assembly', inFavour: 23 }),
    ],
  })
  const both = (await found()).filter((f) => f.key === 'probationary-vote')
  expect(both).toHaveLength(2)
  expect(both.map((f) => f.says).join()).toContain(`计入了 1 张没有表决权的人的票：${name}`)
})

test('a late entry and a record unsigned for a week are found; one within grace and a fresh one are not', async () => {
  const late = await recorded(odd, { heldOn: '2026-09-01', kinds: ['partyLecture'] })
  const graced = await recorded(odd, { heldOn: '2026-09-05', kinds: ['partyLecture'] })
  expect((await found()).filter((f) => f.key === 'late-entry').map((f) => f.meetingId)).toEqual([late.id])
  expect((await found()).filter((f) => f.key === 'unsigned')).toEqual([])
  w.setNow(new Date('2026-09-19T00:00:00+08:00'))
  const unsigned = (await found()).filter((f) => f.key === 'unsigned').map((f) => f.meetingId)
  expect(unsigned).toContain(graced.id)
  w.setNow(new Date('2026-09-12T09:00:00+08:00'))
})

test('who by the roster known now was gone that day is named, and a correction counts again', async () => {
  const [gone] = even.members as [string]
  const { id, version } = await recorded(even, { heldOn: '2026-08-29', kinds: ['orgLifeMeeting'] })
  expect((await found()).filter((f) => f.key === 'roster-changed')).toEqual([])
  await w.pool.query(`update members.membership set valid = daterange(lower(valid), '2026-08-20') where person_id = $1`, [gone])
  const finding = (await found()).find((f) => f.key === 'roster-changed' && f.meetingId === id)
  expect(finding!.says).toContain('应到会应为 22 人')
  await w.done(even.secretary, 'meetings.sign', { id, version })
  const { corrected } = await w.done(even.commissioner, 'meetings.correct', {
    id,
    version: version + 1,
    text: '附组织关系回执',
    change: {},
  })
  expect(corrected).toContain('应到 23 → 22')
  expect((await found()).filter((f) => f.meetingId === id && f.key === 'roster-changed')).toEqual([])
})

test('findings are confined to what the reader may see', async () => {
  const w1 = await w.call(odd.secretary, 'meetings.findings', { orgId: even.id, from: '2026-01-01', to: '2026-12-31' })
  expect(w1.status).toBe(404)
  const own = (await w.done(odd.secretary, 'meetings.findings', { orgId: odd.id, from: '2026-01-01', to: '2026-12-31' })).items
  expect(own.every((f) => f.orgId === odd.id)).toBe(true)
  expect(w.bugs).toEqual([])
})
