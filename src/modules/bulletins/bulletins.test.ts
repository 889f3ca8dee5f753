import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { summaryOf } from './contract.ts'

let w: World
let b: Branch
let officer: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-10-12T09:00:00+08:00') })
  b = await makeBranch(w, { full: 8, name: '机电队党支部' })
  officer = await makeMember(w, b.committeeId)
  await givePost(w, b.committeeId, officer, 'partyAffairsWorker')
  await w.done(b.commissioner, 'meetings.record', meetingOf(b))
}, 120_000)
afterAll(() => w.close())

const words = { title: '第三季度组织生活情况通报', from: '2026-07-01', to: '2026-09-30', body: '请各支部对照整改。' }
const get = (as: string, id: string) => w.done(as, 'bulletins.get', { id })

test('a draft follows the records, an issued one keeps its numbers and reaches those below with its number', async () => {
  const { id } = await w.done(officer, 'bulletins.draft', { orgId: b.committeeId, ...words })
  expect((await w.call(b.secretary, 'bulletins.get', { id })).status).toBe(404)
  const before = (await get(officer, id)).numbers.branches
  expect(before).toMatchObject([{ name: '机电队党支部', meetings: 1, tasks: 0 }])
  expect(before[0]!.due).toBe(before[0]!.met + before[0]!.overdue)
  expect(before[0]!.late).toHaveLength(before[0]!.overdue)
  await w.done(b.commissioner, 'meetings.record', meetingOf(b, { kinds: ['branchCommittee'], heldOn: '2026-08-05', title: '八月支委会' }))
  expect((await get(officer, id)).numbers.branches[0]!.meetings).toBe(2)
  const { version } = await w.done(officer, 'bulletins.issue', { id, version: 1, docNo: '一矿党通〔2026〕3号', on: '2026-10-12' })
  await w.done(b.commissioner, 'meetings.record', meetingOf(b, { kinds: ['branchCommittee'], heldOn: '2026-09-05', title: '九月支委会' }))
  const seen = await get(b.secretary, id)
  expect(seen).toMatchObject({ state: 'issued', docNo: '一矿党通〔2026〕3号', numbers: { branches: [{ meetings: 2 }] } })
  expect(seen.can).toMatchObject({ edit: { code: expect.any(String) }, issue: { code: expect.any(String) } })
  expect(summaryOf(seen.numbers)[0]).toBe('1 个支部召开会议 2 次。')
  expect((await w.done(b.secretary, 'bulletins.list', { orgId: b.id })).items.map((i) => i.id)).toContain(id)
  const again = await w.done(officer, 'bulletins.draft', { orgId: b.committeeId, ...words })
  expect(
    (await w.call(officer, 'bulletins.issue', { id: again.id, version: 1, docNo: '一矿党通〔2026〕3号', on: '2026-10-12' })).body,
  ).toMatchObject({
    code: 'number-taken',
  })
  expect((await w.call(officer, 'bulletins.edit', { id, version, ...words })).status).toBe(409)
  for (const format of ['word', 'pdf'] as const) expect((await w.call(b.secretary, 'bulletins.paper', { id, format })).status).toBe(200)
  await w.done(officer, 'bulletins.withdraw', { id, version, why: '数据核对有误' })
  expect((await get(b.secretary, id)).withdrawnWhy).toBe('数据核对有误')
})

test('a branch, a member and a time to come are refused', async () => {
  expect((await w.call(b.secretary, 'bulletins.draft', { orgId: b.id, ...words })).body).toMatchObject({ code: 'not-a-branch' })
  expect((await w.call(b.secretary, 'bulletins.draft', { orgId: b.committeeId, ...words })).status).toBe(404)
  expect((await w.call(b.members[0]!, 'bulletins.list', { orgId: b.id })).status).toBe(404)
  const later = { orgId: b.committeeId, ...words, from: '2027-01-01', to: '2027-03-31' }
  expect((await w.call(officer, 'bulletins.draft', later)).body).toMatchObject({ code: 'span-to-come' })
  expect(w.bugs).toEqual([])
})
