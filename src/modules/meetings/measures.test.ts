import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { away, type Branch, makeBranch, meetingOf, voteOn } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'
import { meetingMeasures } from './measures.ts'

let w: World
let b: Branch
let quiet: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-12T09:00:00+08:00') })
  b = await makeBranch(w, { full: 10, probationary: 1 })
  quiet = await makeBranch(w, { full: 3, committeeId: b.committeeId })
  const done = (given: Parameters<typeof meetingOf>[1]) => w.done(b.commissioner, 'meetings.record', meetingOf(b, given))
  await done({ heldOn: '2026-09-10', absent: [...away(b.members.slice(0, 2), 'sickLeave'), ...away(b.members.slice(2, 3), 'none')] })
  await done({ heldOn: '2026-08-10', kinds: ['partyLecture', 'themePartyDay'] })
  const voting = await done({
    heldOn: '2026-09-11',
    items: [
      voteOn('计划', { rule: 'assembly', inFavour: 6, against: 4, recordedPassed: true }),
      voteOn('分工', { rule: 'assembly', inFavour: 5, against: 5, recordedPassed: true }),
    ],
  })
  const gone = await done({ heldOn: '2026-09-09', kinds: ['orgLifeMeeting'] })
  await w.done(b.commissioner, 'meetings.cancel', { id: gone.id, version: gone.version, reason: 'notHeld', note: '没有召开' })
  await w.done(b.secretary, 'meetings.sign', { id: voting.id, version: voting.version })
}, 120_000)
afterAll(() => w.close())

const ask = (key: string, filter: Record<string, string> = {}, asAt = '2026-09-12') => {
  const orgIds = [b.id, quiet.id]
  const question = {
    db: w.db,
    facts: ledgerAsOf(),
    orgIds,
    from: '2026-01-01',
    to: '2026-12-31',
    asAt,
    filter,
    memo: new Map<string, Promise<unknown>>(),
  }
  return meetingMeasures.find((m) => m.key === key)!.cases(question)
}
const totals = async (key: string, filter?: Record<string, string>, asAt?: string) => {
  const cases = await ask(key, filter, asAt)
  return [cases.reduce((n, c) => n + c.met, 0), cases.reduce((n, c) => n + c.expected, 0)]
}

test('attendance counts people; leave with a reason is left out where the filter says so, absence without one never', async () => {
  expect(await totals('meetings.attendance')).toEqual([30, 33])
  expect(await totals('meetings.attendance', { excuse: 'sickLeave' })).toEqual([30, 31])
  expect(await totals('meetings.attendance', { excuse: 'all' })).toEqual([30, 31])
  expect(await totals('meetings.attendance', { kind: 'partyLecture' })).toEqual([11, 11])
})

test('a meeting of two kinds is one case for each kind asked for, and one in all; a cancelled one is none', async () => {
  expect(await totals('meetings.held')).toEqual([3, 3])
  expect(await totals('meetings.held', { kind: 'partyLecture' })).toEqual([1, 1])
  expect(await totals('meetings.held', { kind: 'themePartyDay' })).toEqual([1, 1])
  expect(await totals('meetings.held', { kind: 'orgLifeMeeting' })).toEqual([0, 0])
})

test('signatures: open ones count against nobody until their seven days are over', async () => {
  expect(await totals('meetings.signed-in-time')).toEqual([1, 1])
  expect(await totals('meetings.signed-in-time', {}, '2026-09-19')).toEqual([1, 1])
  expect(await totals('meetings.signed-in-time', {}, '2026-09-20')).toEqual([1, 3])
})

test('late entries and their counterpart agree', async () => {
  expect(await totals('meetings.late-entries')).toEqual([1, 1])
  expect(await totals('meetings.recorded-in-time')).toEqual([2, 3])
})

test('sound and void resolutions add up to the votes taken', async () => {
  expect(await totals('meetings.sound-resolutions')).toEqual([1, 2])
  expect(await totals('meetings.void-resolutions')).toEqual([1, 1])
  const [wrong] = await ask('meetings.void-resolutions')
  expect(wrong!.note).toContain('赞成 5，记为通过，与票数不符')
})

test('every case names facts that exist in its organisation, a period of the year and a Chinese note', async () => {
  for (const { key } of meetingMeasures)
    for (const c of await ask(key)) {
      const { rows } = await w.pool.query('select count(*)::int as n from ledger.fact where org_id = $1 and id = any($2)', [
        c.orgId,
        c.facts,
      ])
      expect([key, rows[0].n, c.period.slice(0, 4), /[\u4e00-\u9fff]/.test(c.note)]).toEqual([key, c.facts.length, '2026', true])
      expect(c.met).toBeLessThanOrEqual(c.expected)
    }
  expect((await ask('meetings.held')).some((c) => c.orgId === quiet.id)).toBe(false)
})

test('a correction takes the place of the first figures', async () => {
  const [first] = (await w.done(b.secretary, 'meetings.list', { orgId: b.id, kind: 'memberAssembly', limit: 1 })).items
  const { version } = await w.done(b.secretary, 'meetings.get', { id: first!.id })
  const votes = [0, 1].map((position) => ({ position, rule: 'assembly' as const, inFavour: 9 }))
  const change = { absent: away(b.members.slice(0, 1)), votes }
  await w.done(b.commissioner, 'meetings.correct', { id: first!.id, version, text: '漏记一人', change })
  expect(await totals('meetings.attendance')).toEqual([29, 33])
  expect(await totals('meetings.void-resolutions')).toEqual([0, 0])
})
