import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-20T09:00:00+08:00') })
  b = await makeBranch(w, { name: '机电队党支部' })
})
afterAll(() => w.close())

const item = (more: object = {}) => ({
  ...{ orgId: b.id, personId: b.secretary, year: 2026, side: 'party' as const, text: '参加支部党员大会', target: 4 },
  ...{ counted: 'meetingsAttended' as const, meetingKind: 'memberAssembly' as const },
  ...more,
})
const mine = (who: string) => w.done(who, 'tasks.myDuties', { year: 2026 })

test('a person without post, list or task has a page that is empty', async () => {
  expect(await mine(b.members[0]!)).toEqual({ posts: [], items: [], leading: 0, helping: 0 })
})

test('progress comes from the meetings attended and the tasks closed, and is entered nowhere', async () => {
  await w.done(b.secretary, 'tasks.adoptDutyItem', item())
  const { id: itemId } = await w.done(
    b.secretary,
    'tasks.adoptDutyItem',
    item({ side: 'business', text: '分管设备隐患整改', counted: 'tasksClosed', meetingKind: null, target: 2 }),
  )
  await w.done(b.commissioner, 'meetings.record', meetingOf(b))
  const lead = { orgId: b.id, personId: b.secretary }
  const given = { orgId: b.id, title: '更换老化电缆', source: 'dualDuty' as const, itemId, lead }
  const { id } = await w.done(b.deputy, 'tasks.give', given)
  const progress = async () => (await mine(b.secretary)).items.map((i) => [i.side, i.done, i.target])
  expect(await progress()).toEqual([
    ['business', 0, 2],
    ['party', 1, 4],
  ])
  await w.done(b.secretary, 'tasks.submit', { id, version: 1, result: '换了 120 米' })
  await w.done(b.deputy, 'tasks.verify', { id, version: 2 })
  expect(await progress()).toEqual([
    ['business', 1, 2],
    ['party', 1, 4],
  ])
  expect((await mine(b.secretary)).posts).toMatchObject([{ post: '书记' }])
})

test('a task counts for the own list of its lead only, and a list is for who holds a post here', async () => {
  const { items } = await w.done(b.deputy, 'tasks.dualDuties', { orgId: b.id, year: 2026 })
  const itemId = items.find((i) => i.counted === 'tasksClosed')!.id
  const given = { orgId: b.id, title: '另一件', source: 'dualDuty' as const, itemId, lead: { orgId: b.id, personId: b.deputy } }
  expect((await w.call(b.secretary, 'tasks.give', given)).status).toBe(422)
  const other = await w.call(b.secretary, 'tasks.adoptDutyItem', item({ personId: b.members[0]! }))
  expect([other.status, other.facts]).toEqual([422, []])
})

test('an item taken out no longer shows; nobody outside sees or changes a list', async () => {
  const { id } = await w.done(b.secretary, 'tasks.adoptDutyItem', item({ text: '多余的一项' }))
  const stranger = await makeBranch(w, { committeeId: b.committeeId })
  expect((await w.call(stranger.secretary, 'tasks.endDutyItem', { id, version: 1 })).status).toBe(404)
  expect((await w.call(stranger.secretary, 'tasks.dualDuties', { orgId: b.id, year: 2026 })).status).toBe(404)
  await w.done(OWNER, 'tasks.endDutyItem', { id, version: 1 })
  expect((await mine(b.secretary)).items.map((i) => i.text)).not.toContain('多余的一项')
})
