import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { away, type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { doubleLife, firstAgenda, studyHours } from './measuresOfPeople.ts'

let w: World
let b: Branch
let leader: string
const DAYS = ['2026-03-10', '2026-06-10', '2026-09-10'] as const

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  b = await makeBranch(w, { full: 5, name: '机电队党支部' })
  leader = b.members[0]!
  await givePost(w, b.committeeId, leader, 'deputySecretary')
  const other = await makeMember(w, b.committeeId, { name: '周某某' })
  await givePost(w, b.committeeId, other, 'partySecretary')
  for (const [i, heldOn] of DAYS.entries()) {
    const given = { heldOn, kinds: ['partyLecture' as const], title: '党课', absent: i === 2 ? away([leader]) : [] }
    await w.done(b.commissioner, 'meetings.record', meetingOf(b, given))
  }
  await w.done(b.commissioner, 'meetings.record', meetingOf(b, { heldOn: '2026-10-10', kinds: ['themePartyDay'], start: null, end: null }))
  const committee = (heldOn: string, items: NonNullable<Parameters<typeof meetingOf>[1]>['items']) =>
    w.done(other, 'meetings.record', {
      ...meetingOf(b, {
        heldOn,
        kinds: ['committeeMeeting'],
        title: '党委会',
        chairId: leader,
        recorderId: other,
        ...(items ? { items } : {}),
      }),
      orgId: b.committeeId,
    })
  await committee('2026-05-06', [{ topic: '学习上级精神', firstAgenda: true, actions: [{ text: '各支部一周内传达' }] }])
  await committee('2026-06-06', [{ topic: '学习安全生产部署', firstAgenda: true }, { topic: '研究人事' }])
  await committee('2026-07-06', [{ topic: '研究预算' }])
})
afterAll(() => w.close())

const ask = (orgId: string, filter: Record<string, string> = {}) => ({
  db: w.db,
  facts: sql`ledger.fact`,
  orgIds: [orgId],
  from: '2026-01-01',
  to: '2026-12-31',
  asAt: '2026-12-31',
  filter,
  memo: new Map(),
})

test('双重组织生活 is counted from the records of their own branch, for whoever sits in a committee above', async () => {
  const cases = await doubleLife.cases(ask(b.id))
  expect(cases.map((c) => [c.expected, c.met, c.note])).toEqual([[1, 1, '领导班子成员一人，所在支部 4 次组织生活参加 3 次，要求 2 次']])
  expect((await doubleLife.cases(ask(b.id, { times: '4' })))[0]!.met).toBe(0)
  const byTime = (times: string) => doubleLife.cases(ask(b.id, { times, per: 'time' }))
  expect((await Promise.all(['2', '4'].map(byTime))).map(([c]) => [c!.expected, c!.met])).toEqual([
    [2, 2],
    [4, 3],
  ])
  expect(await doubleLife.cases(ask(b.committeeId))).toEqual([])
  const { items } = await w.done(b.secretary, 'meetings.doubleLife', { orgId: b.id, year: 2026 })
  expect(items).toEqual([])
  const worker = await makeMember(w, b.committeeId)
  await givePost(w, b.committeeId, worker, 'partyAffairsWorker')
  const seen = await w.done(worker, 'meetings.doubleLife', { orgId: b.committeeId, year: 2026 })
  expect(seen.items.map((l) => [l.personId, l.called, l.came, l.last])).toContainEqual([leader, 4, 3, '2026-10-10'])
  expect((await w.call(b.members[1]!, 'meetings.doubleLife', { orgId: b.id, year: 2026 })).status).toBe(403)
})

test('study time is what was recorded, a session without times told apart', async () => {
  const { items } = await w.done(b.secretary, 'meetings.study', { orgId: b.id, year: 2026 })
  const of = (id: string) => items.find((i) => i.personId === id)
  expect(of(leader)).toMatchObject({ sessions: 3, minutes: 200, untimed: 1 })
  expect(of(b.members[1]!)).toMatchObject({ sessions: 4, minutes: 300, untimed: 1 })
  const cases = await studyHours.cases(ask(b.id))
  expect(cases.map((c) => [c.expected, c.met, c.facts.length])).toEqual([[5, 0, 3]])
})

test('第一议题 learned without measures stands in a list of its own and is not met', async () => {
  const cases = (filter = {}) => firstAgenda.cases(ask(b.committeeId, filter))
  expect((await cases()).map((c) => [c.met, c.note])).toEqual([
    [1, '2026-05-06 的党委会第一议题 1 项，1 项有落实措施'],
    [1, '2026-06-06 的党委会第一议题 1 项，0 项有落实措施'],
    [0, '2026-07-06 的党委会没有第一议题'],
  ])
  expect((await cases({ want: 'measures' })).map((c) => c.met)).toEqual([1, 0])
  const secretary = (await w.done(leader, 'meetings.firstAgendas', { orgId: b.committeeId, year: 2026, withoutMeasures: true })).items
  expect(secretary.map((i) => [i.heldOn, i.topic, i.measures])).toEqual([['2026-06-06', '学习安全生产部署', 0]])
  const first = await w.done(leader, 'meetings.firstAgendas', { orgId: b.committeeId, year: 2026, limit: 1 })
  const rest = await w.done(leader, 'meetings.firstAgendas', { orgId: b.committeeId, year: 2026, limit: 1, after: first.next! })
  expect([first.items[0]!.heldOn, rest.items[0]!.heldOn, rest.next]).toEqual(['2026-06-06', '2026-05-06', null])
})
