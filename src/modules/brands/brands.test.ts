import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, addMonths } from '#kernel/civilDate.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { inactiveFrom } from './contract.ts'

let w: World
let b: Branch
let officer: string
beforeAll(async () => {
  w = await world({ now: new Date('2025-10-10T02:00:00Z') })
  b = await makeBranch(w, { full: 5 })
  officer = await makeMember(w, b.id)
  await givePost(w, b.committeeId, officer, 'partyAffairsWorker')
})
afterAll(() => w.close())

const BRAND = { name: '井下先锋', feature: '党员带班组查隐患', plan: '每月一次下井查隐患', leadId: null }

test('a brand is inactive a calendar year after its last record, and a later record moves the day', () => {
  const day = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays('2020-01-01', n))
  fc.assert(
    fc.property(day, day, (begunOn, lastOn) => {
      expect(inactiveFrom({ begunOn, lastOn: null })).toBe(addMonths(begunOn, 12))
      expect(inactiveFrom({ begunOn, lastOn })).toBe(addMonths(lastOn > begunOn ? lastOn : begunOn, 12))
    }),
  )
})

test('one brand a branch; records are linked, not written again, and keep it alive; what is idle for a year may be taken down from above', async () => {
  const begun = await w.call(b.secretary, 'brands.begin', { orgId: b.id, ...BRAND })
  expect(begun.facts.map((f) => f.kind)).toEqual(['brand.begun'])
  const { id } = begun.body
  const twice = await w.call(b.secretary, 'brands.begin', { orgId: b.id, ...BRAND })
  expect([twice.status, twice.facts]).toEqual([409, []])
  w.setNow(new Date('2026-09-20T02:00:00Z'))
  const meeting = await w.done(b.commissioner, 'meetings.record', meetingOf(b, { title: '下井查隐患' }))
  const { items } = await w.done(b.secretary, 'brands.records', { id })
  expect(items.map((r) => [r.kind, r.recordId, r.says])).toEqual([['meeting', meeting.id, '下井查隐患']])
  const linked = await w.call(b.secretary, 'brands.link', { id, version: 1, recordId: meeting.id })
  expect(linked.facts.map((f) => f.kind)).toEqual(['brand.recordLinked'])
  expect((await w.done(b.secretary, 'brands.records', { id })).items).toEqual([])
  const other = await makeBranch(w, { full: 3, committeeId: b.committeeId })
  const foreign = await w.done(other.commissioner, 'meetings.record', meetingOf(other))
  expect((await w.call(b.secretary, 'brands.link', { id, version: 2, recordId: foreign.id })).status).toBe(404)
  expect((await w.call(other.secretary, 'brands.get', { id })).status).toBe(404)

  const [brand] = (await w.done(officer, 'brands.list', { orgId: b.committeeId })).items
  expect(brand).toMatchObject({ records: 1, lastOn: '2026-09-10', inactiveFrom: '2027-09-10', inactive: false })
  expect(brand!.can).toEqual({ manage: false, review: true, withdraw: false })
  const early = await w.call(officer, 'brands.withdraw', { id, version: 2, why: 'inactive' })
  expect([early.status, early.facts]).toEqual([409, []])
  await w.done(officer, 'brands.review', { id, version: 2, year: 2026, outcome: 'improve', text: '活动要再多一些' })
  const again = await w.call(officer, 'brands.review', { id, version: 3, year: 2026, outcome: 'continue', text: '又评一次' })
  expect([again.status, again.facts]).toEqual([409, []])
  expect((await w.call(b.members[0]!, 'brands.get', { id })).status).toBe(404)

  w.setNow(new Date('2027-09-10T02:00:00Z'))
  const down = await w.call(officer, 'brands.withdraw', { id, version: 3, why: 'inactive' })
  expect([down.status, down.facts.map((f) => f.kind)]).toEqual([200, ['brand.withdrawn']])
  const gone = await w.done(b.secretary, 'brands.get', { id })
  expect([gone.withdrawnWhy, gone.links.length, gone.reviews.length]).toEqual(['inactive', 1, 1])
  expect((await w.call(b.secretary, 'brands.begin', { orgId: b.id, ...BRAND, name: '另立' })).status).toBe(200)
})
