import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { stateOf } from './contract.ts'
import { paired } from './measures.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-12T09:00:00+08:00') })
  b = await makeBranch(w, { full: 9, name: '机电队党支部' })
}, 120_000)
afterAll(() => w.close())

const year = () => w.done(b.secretary, 'plans.year', { orgId: b.id, year: 2026 })
const adopt = (more: object) =>
  w.done(b.secretary, 'plans.adopt', { orgId: b.id, year: 2026, title: '做一件事', dueOn: '2026-12-01', counted: 'said', ...more } as never)

test('an entry is done exactly when enough records count, else late exactly after its term', () => {
  const Day = fc.constantFrom('2026-01-31', '2026-06-30', '2026-12-31')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 12 }), Day, Day, (target, count, dueOn, today) => {
      const state = stateOf({ target, count, dueOn, ended: false }, today)
      expect(state === 'done').toBe(count >= target)
      if (count < target) expect(state === 'late').toBe(dueOn < today)
      expect(stateOf({ target, count, dueOn, ended: true }, today)).toBe('ended')
    }),
  )
})

test('meetings held and tasks closed count by themselves; what has no record is said once with its day', async () => {
  await adopt({ title: '开好党员大会', counted: 'meetings', meetingKind: 'memberAssembly', target: 1 })
  const task = await adopt({ title: '建成党员之家', counted: 'task', leadId: b.secretary })
  const said = await adopt({ title: '慰问困难党员', dueOn: '2026-09-01' })
  expect((await year()).items.map((e) => [e.title, e.state])).toEqual([
    ['慰问困难党员', 'late'],
    ['开好党员大会', 'open'],
    ['建成党员之家', 'open'],
  ])
  const { id } = await w.done(b.commissioner, 'meetings.record', meetingOf(b))
  await w.done(b.secretary, 'plans.giveTask', { id: task.id, version: 1 })
  await w.done(b.secretary, 'plans.markDone', { id: said.id, version: 1, on: '2026-09-05', note: '走访三户' })
  const { items } = await year()
  expect(items.map((e) => e.state)).toEqual(['done', 'done', 'open'])
  expect(items[1]).toMatchObject({ count: 1, records: [{ open: `/meetings/${id}` }] })
  expect(items[2]).toMatchObject({ count: 0, records: [{ says: '建成党员之家（待接收）' }] })
  expect((await w.call(b.secretary, 'plans.giveTask', { id: task.id, version: 2 })).body).toMatchObject({ code: 'already-given' })
})

test('the report says what was counted and the branch’s own words; the 手册 has the plan', async () => {
  await w.done(b.secretary, 'plans.say', { orgId: b.id, year: 2026, text: '我们抓住了岗位承诺。', version: 0 })
  expect((await w.call(b.secretary, 'plans.say', { orgId: b.id, year: 2026, text: '别的', version: 0 })).status).toBe(409)
  for (const which of ['plan', 'report'] as const) {
    const { status, body } = await w.call(b.secretary, 'plans.paper', { orgId: b.id, year: 2026, which })
    expect([status, (body as unknown as Buffer).subarray(0, 2).toString()]).toEqual([200, 'PK'])
  }
  const { says } = await w.done(b.secretary, 'handbook.chapter', { orgId: b.id, period: '2026', key: 'plan' })
  expect(says).toBe('计划 3 项，完成 2 项')
})

test('a key business task without a standing Party measure is listed, here and above, and only stated', async () => {
  const listed = () => w.done(OWNER, 'plans.unpaired', { orgId: b.committeeId, year: 2026 })
  expect(await listed()).toMatchObject({ items: [], tasks: 0, paired: 0 })
  const task = await adopt({ title: '完成主井提升系统检修', side: 'business' })
  const [bare] = (await listed()).items
  expect(bare).toMatchObject({ id: task.id, says: '机电队党支部 2026 年的重点业务任务“完成主井提升系统检修”没有配党建举措' })
  expect(bare!.says + bare!.remedy).not.toMatch(/必须|不力|问题/)
  expect(bare!.factIds).toHaveLength(1)
  const measure = await adopt({ title: '党员挂牌检修', forIds: [task.id] })
  expect(await listed()).toMatchObject({ items: [], tasks: 1, paired: 1 })
  const { items } = await year()
  expect(items.find((e) => e.id === task.id)!.beside).toEqual([{ id: measure.id, title: '党员挂牌检修', state: 'open' }])
  expect(items.find((e) => e.id === measure.id)!.beside).toMatchObject([{ id: task.id }])
  await w.done(b.secretary, 'plans.pair', { id: task.id, version: 1, measureIds: [] })
  expect((await listed()).paired).toBe(0)
  await w.done(b.secretary, 'plans.pair', { id: task.id, version: 2, measureIds: [measure.id] })
  const asked = { db: w.db, facts: ledgerAsOf(), orgIds: [b.id], from: '2026-01-01', to: '2026-12-31', asAt: '2027-01-05' }
  const cases = () => paired.cases({ ...asked, filter: {}, memo: new Map() })
  expect(await cases()).toMatchObject([{ expected: 1, met: 1 }])
  await w.done(b.secretary, 'plans.end', { id: measure.id, version: 1 })
  expect(await listed()).toMatchObject({ items: [{ id: task.id }], tasks: 1, paired: 0 })
  expect(await cases()).toMatchObject([{ expected: 1, met: 0, note: '一项重点业务任务（2026-12-01 前），没有配党建举措' }])
})

test('a measure of another year or organisation cannot stand beside a task, nor a task beside a task; nothing is kept', async () => {
  const task = await adopt({ title: '推进智能化改造', side: 'business' })
  const other = await adopt({ title: '降低吨煤电耗', side: 'business' })
  const said = { orgId: b.id, year: 2025, title: '去年的举措', dueOn: '2025-12-01', counted: 'said' as const }
  const old = await w.done(b.secretary, 'plans.adopt', said)
  for (const measureIds of [[other.id], [old.id]])
    expect((await w.call(b.secretary, 'plans.pair', { id: task.id, version: 1, measureIds })).body).toMatchObject({ code: 'other-entry' })
  expect((await w.call(b.secretary, 'plans.pair', { id: old.id, version: 1, measureIds: [] })).body).toMatchObject({
    code: 'not-a-business-task',
  })
  expect((await w.call(b.members.at(-1)!, 'plans.unpaired', { orgId: b.id, year: 2026 })).status).toBe(404)
  expect((await year()).items.find((e) => e.id === task.id)).toMatchObject({ beside: [], version: 1 })
})

test('a term in another year, a lead without a post and a plain member are refused, and nothing is kept', async () => {
  const before = (await year()).items.length
  const input = { orgId: b.id, year: 2026, title: '做一件事', dueOn: '2027-01-01', counted: 'said' as const }
  expect((await w.call(b.secretary, 'plans.adopt', input)).body).toMatchObject({ code: 'other-year' })
  const lead = { ...input, dueOn: '2026-12-01', leadId: b.members.at(-1)! }
  expect((await w.call(b.secretary, 'plans.adopt', lead)).body).toMatchObject({ code: 'no-post' })
  expect((await w.call(b.members.at(-1)!, 'plans.year', { orgId: b.id, year: 2026 })).status).toBe(404)
  expect((await year()).items).toHaveLength(before)
  expect(w.bugs).toEqual([])
})
