import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'
import { stateOf } from './contract.ts'

let w: World
let b: Branch
let other: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-01-10T02:00:00Z') })
  b = await makeBranch(w, { full: 6 })
  other = await makeBranch(w, { full: 4, committeeId: b.committeeId })
})
afterAll(() => w.close())

const seen = async (who: string, id: string) => (await w.call(who, 'pledges.get', { id })).status
const PLEDGE = { kind: 'integrity' as const, text: '不收礼品礼金，不打招呼', untilOn: '2026-06-30' }

test('a pledge is read by those to whom it was made, and nobody else writes or marks it', async () => {
  const who = b.members[0]!
  const offered = (await w.done(who, 'pledges.audiences', {})).items.map(({ id }) => id)
  expect(offered).toEqual([b.id, b.committeeId])
  const wrong = await w.call(who, 'pledges.publish', { ...PLEDGE, audienceId: other.id })
  expect([wrong.status, Object.keys((wrong.body as any).fields), wrong.facts]).toEqual([422, ['audienceId'], []])
  const made = await w.call(who, 'pledges.publish', { ...PLEDGE, audienceId: b.id })
  expect(made.facts.map((f) => f.kind)).toEqual(['pledge.published'])
  const { id } = made.body
  expect([await seen(b.members[1]!, id), await seen(other.members[0]!, id), await seen(other.secretary, id)]).toEqual([200, 404, 404])
  const wide = await w.done(who, 'pledges.publish', { ...PLEDGE, kind: 'service', audienceId: b.committeeId })
  expect([await seen(other.members[0]!, wide.id), await seen(other.secretary, wide.id)]).toEqual([200, 200])
  expect((await w.done(other.members[0]!, 'pledges.list', {})).items.map((p) => p.id)).toEqual([wide.id])
  const told = await w.call(b.secretary, 'pledges.account', { id, version: 1, account: 'notKept', text: '书记替人说' })
  expect([told.status, told.facts]).toEqual([403, []])
  const { rows } = await w.pool.query('select body from ledger.fact where subject = $1', [id])
  expect(JSON.stringify(rows)).not.toContain('礼')
})

test('what has expired stays in sight until its person says what became of it; beside it stand records of that time', async () => {
  const who = b.secretary
  const { id } = await w.done(who, 'pledges.publish', { ...PLEDGE, kind: 'work', audienceId: b.id })
  const early = stateOf({ until: '2026-06-30', account: null, withdrawnOn: null }, '2026-06-30')
  expect(early).toBe('running')
  w.setNow(new Date('2026-07-01T02:00:00Z'))
  const [mine] = (await w.done(who, 'pledges.list', { mine: true })).items
  expect([mine?.state, mine?.can.withdraw, mine?.can.account]).toEqual(['expired', false, true])
  const late = await w.call(who, 'pledges.withdraw', { id, version: 1, note: '不算了' })
  expect([late.status, late.facts]).toEqual([409, []])
  const view = await w.done(b.members[2]!, 'pledges.get', { id })
  expect([view.state, view.recordsUntil, view.can.account]).toEqual(['expired', '2026-06-30', false])
  const task = { orgId: b.id, title: '配齐保温箱', text: '两个月内', lead: { orgId: b.id, personId: who }, dueOn: '2026-01-20' }
  w.setNow(new Date('2026-01-12T02:00:00Z'))
  await w.done(b.deputy, 'tasks.give', task)
  w.setNow(new Date('2026-07-01T02:00:00Z'))
  const told = async (reader: string) => (await w.done(reader, 'pledges.get', { id })).records.map((r) => r.says)
  expect([await told(who), await told(b.deputy), await told(b.members[2]!)]).toEqual([['到期还没有办结 1 件'], ['到期还没有办结 1 件'], []])
  await w.done(who, 'pledges.account', { id, version: 1, account: 'partly', text: '两项办了，一项还在办' })
  const again = await w.call(who, 'pledges.account', { id, version: 2, account: 'kept', text: '第三项也办完了' })
  expect(again.facts.map((f) => f.kind)).toEqual(['fact.retracted', 'pledge.accounted'])
  expect((await w.done(b.members[2]!, 'pledges.get', { id })).accountText).toBe('第三项也办完了')
})

test('a pledge taken back before its term stays visible as such, and five wait at most', async () => {
  const who = b.members[2]!
  const publish = () => w.call(who, 'pledges.publish', { ...PLEDGE, untilOn: '2026-12-31', audienceId: b.id })
  const first = (await publish()).body.id
  await w.done(who, 'pledges.withdraw', { id: first, version: 1, note: '写得太笼统' })
  expect((await w.done(b.members[0]!, 'pledges.get', { id: first })).state).toBe('withdrawn')
  for (let n = 0; n < 5; n++) expect((await publish()).status).toBe(200)
  expect([(await publish()).status]).toEqual([409])
})
