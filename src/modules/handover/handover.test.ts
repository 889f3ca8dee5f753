import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  b = await makeBranch(w, { full: 8 })
})
afterAll(() => w.close())

test('the pack lists what waits from records, both confirm the same list, and it stays as it was then', async () => {
  const other = await makeOrg(w, { kind: 'partyBranch', parentId: b.committeeId })
  const moving = b.members[0]!
  const send = { orgId: b.id, personId: moving, toOrgId: other, cause: 'job' as const, sentOn: '2026-11-10', days: 20 }
  const sent = await w.done(b.secretary, 'transfers.send', send)
  await w.done(b.secretary, 'requests.send', { orgId: b.id, kind: 'other', title: '活动经费', body: '请批示。' })
  const { id } = await w.done(b.commissioner, 'handover.begin', { orgId: b.id, fromId: b.secretary, toId: b.deputy, on: '2026-11-20' })
  const before = await w.done(b.deputy, 'handover.get', { id })
  const groups = (pack: typeof before) => Map.groupBy(pack.lines, ({ group }) => group)
  expect(groups(before).get('transfers')).toHaveLength(1)
  expect(
    groups(before)
      .get('requests')
      ?.map(({ text }) => text),
  ).toEqual(['其他事项：活动经费'])
  expect(groups(before).get('duties')!.length).toBeGreaterThan(0)
  expect(before.frozen).toBe(false)
  await w.done(b.secretary, 'handover.note', { id, version: 1, text: '答应过看望住院的老党员。' })
  expect((await w.call(b.commissioner, 'handover.sign', { id, version: 2 })).status).toBe(403)
  expect((await w.done(b.secretary, 'handover.sign', { id, version: 2 })).signed).toBe(false)
  await w.done(b.secretary, 'transfers.withdraw', { id: sent.id, version: 1, reason: 'staying' })
  expect((await w.call(b.secretary, 'handover.sign', { id, version: 3 })).status).toBe(409)
  const both = await w.call(b.deputy, 'handover.sign', { id, version: 3 })
  expect(both.facts.map((f) => f.kind)).toEqual(['handover.signed'])
  const after = await w.done(b.deputy, 'handover.get', { id })
  expect([after.state, after.frozen, groups(after).get('transfers')?.length, after.note]).toEqual([
    'signed',
    true,
    1,
    '答应过看望住院的老党员。',
  ])
  expect((await w.call(b.secretary, 'handover.note', { id, version: 4, text: '再补一句' })).status).toBe(409)
  const file = await w.call(b.deputy, 'handover.paper', { id })
  expect((file.body as unknown as Buffer).subarray(0, 2).toString()).toBe('PK')
})

test('one handover at a time, and who neither hands over nor works there does not see it', async () => {
  const people = { orgId: b.id, fromId: b.secretary, toId: b.deputy, on: '2026-11-20' }
  const { id, version } = await w.done(OWNER, 'handover.begin', people)
  expect((await w.call(OWNER, 'handover.begin', people)).status).toBe(409)
  expect((await w.call(b.members[1]!, 'handover.get', { id })).status).toBe(404)
  expect((await w.done(b.members[1]!, 'handover.list', {})).items).toEqual([])
  await w.done(OWNER, 'handover.cancel', { id, version })
  const new1 = await makeMember(w, b.id)
  const own = await w.done(OWNER, 'handover.begin', { ...people, toId: new1 })
  expect((await w.done(new1, 'handover.list', {})).items.map((r) => [r.id, r.can.sign])).toEqual([[own.id, true]])
})

test('a cancelled pack answers no lines to whom it named, and only people of the organisation hand or take over', async () => {
  const c = await makeBranch(w, { full: 4, committeeId: b.committeeId })
  const pack = { orgId: c.id, fromId: c.secretary, toId: c.members[0]!, on: '2026-11-20' }
  const never = await w.call(OWNER, 'handover.begin', { ...pack, fromId: c.members[0]!, toId: c.deputy })
  expect([never.status, Object.keys((never.body as any).fields ?? {})]).toEqual([422, ['fromId']])
  const stranger = await w.call(OWNER, 'handover.begin', { ...pack, toId: b.members[0]! })
  expect([stranger.status, Object.keys((stranger.body as any).fields ?? {})]).toEqual([422, ['toId']])
  const { id, version } = await w.done(OWNER, 'handover.begin', pack)
  expect((await w.done(c.members[0]!, 'handover.get', { id })).lines.length).toBeGreaterThan(0)
  await w.done(OWNER, 'handover.cancel', { id, version })
  const after = await w.done(c.members[0]!, 'handover.get', { id })
  expect([after.state, after.lines]).toEqual(['cancelled', []])
  expect((await w.call(c.members[0]!, 'handover.paper', { id })).status).toBe(409)
})
