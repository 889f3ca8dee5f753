import { afterAll, beforeAll, expect, test } from 'vitest'
import { away, type Branch, makeBranch, meetingOf, voteOn } from '#testing/meetings.ts'
import { makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
let other: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-12T09:00:00+08:00') })
  b = await makeBranch(w, { full: 21, probationary: 2 })
  other = await makeBranch(w, { full: 3, committeeId: b.committeeId })
}, 120_000)
afterAll(() => w.close())

test('a meeting is recorded in one go with its roster, figures, items and facts', async () => {
  const { status, body, facts } = await w.call(
    b.commissioner,
    'meetings.record',
    meetingOf(b, {
      kinds: ['memberAssembly', 'partyLecture'],
      absent: away(b.members.slice(0, 3)),
      observers: ['党委组织员赵某某'],
      items: [
        { topic: '学习', resolution: '配齐保温箱', actions: [{ text: '配齐保温箱', ownerId: b.members[4]!, dueOn: '2026-09-30' }] },
        voteOn('接收预备党员', { rule: 'admission', inFavour: 18, writtenInFavour: 1 }),
      ],
    }),
  )
  expect([status, body]).toMatchObject([200, { late: false, warnings: [], version: 1 }])
  expect(facts.map((f) => f.kind).sort()).toEqual(['meeting.held', 'vote.taken'])
  const seen = await w.done(b.secretary, 'meetings.get', { id: body.id })
  expect(seen).toMatchObject({
    expected: 23,
    present: 20,
    entitled: 21,
    entitledPresent: 18,
    state: 'submitted',
    start: '16:30',
    end: '18:10',
  })
  expect(seen.attendance.filter((a) => !a.entitled).map((a) => a.why)).toEqual(['预备党员没有表决权', '预备党员没有表决权'])
  expect(seen.items[0]!.actions[0]).toMatchObject({ text: '配齐保温箱', dueOn: '2026-09-30', settledOn: null })
  expect(seen.items[1]!.vote).toMatchObject({ passed: true, majority: { need: 11, have: 19 } })
  const held = (await w.pool.query(`select body, happened_on from ledger.fact where id = $1`, [body.factId])).rows[0]
  expect(held.body).toMatchObject({
    kinds: ['memberAssembly', 'partyLecture'],
    expected: 23,
    present: 20,
    entitled: 21,
    minutes: 100,
    paper: false,
  })
  expect(held.body.absent).toHaveLength(3)
  expect(JSON.stringify(held.body)).not.toMatch(/[\u4e00-\u9fff]/)
})

test('the same meeting recorded again is pointed to, not recorded twice; another one of that day is, when said so', async () => {
  const input = meetingOf(b, { heldOn: '2026-09-09', kinds: ['themePartyDay'] })
  const { id } = await w.done(b.commissioner, 'meetings.record', input)
  const again = await w.call(b.secretary, 'meetings.record', { ...input, recorderId: b.deputy })
  expect(again.status).toBe(409)
  expect(again.body).toMatchObject({ code: 'already-recorded', details: { id } })
  expect((again.body as unknown as { message: string }).message).toMatch(/^这次会 9月9日 已由王某\d+记过.*去补充，不用再记$/)
  expect(again.facts).toEqual([])
  expect((await w.call(b.secretary, 'meetings.record', { ...input, another: true })).status).toBe(200)
})

test('ids from outside are refused: chair, recorder, absent, owner, teller, organisation', async () => {
  const stranger = other.members[0] ?? other.secretary
  const refused = async (given: Parameters<typeof meetingOf>[1], field: string) => {
    const { status, body, facts } = await w.call(b.commissioner, 'meetings.record', meetingOf(b, { heldOn: '2026-09-08', ...given }))
    expect([status, Object.keys((body as unknown as { fields: object }).fields)]).toEqual([422, [field]])
    expect(facts).toEqual([])
  }
  await refused({ chairId: stranger }, 'chairId')
  await refused({ recorderId: stranger }, 'recorderId')
  await refused({ absent: away([stranger]) }, 'absent.0.personId')
  await refused({ tellerId: stranger }, 'tellerId')
  await refused({ items: [{ topic: '学习', actions: [{ text: '办', ownerId: stranger }] }] }, 'items.0.actions.0.ownerId')
  await refused({ chairId: b.commissioner }, 'recorderId')
  await refused({ absent: away([b.secretary]) }, 'chairId')
  await refused({ expectedIds: [b.secretary, b.commissioner] }, 'expectedIds')
  expect((await w.call(b.commissioner, 'meetings.record', meetingOf(b, { orgId: other.id }))).status).toBe(404)
})

test('an ordinary member sees the branch’s meetings but records none', async () => {
  const { status, facts } = await w.call(b.members[0]!, 'meetings.record', meetingOf(b, { heldOn: '2026-09-07' }))
  expect([status, facts]).toEqual([403, []])
  expect((await w.done(b.members[0]!, 'meetings.list', { orgId: b.id })).items.length).toBeGreaterThan(0)
  expect((await w.done(other.secretary, 'meetings.list', { orgId: b.id })).items).toEqual([])
})

test('nothing is recorded before it happened, and past the grace of seven days it is marked 补录 with both dates', async () => {
  const early = await w.call(b.commissioner, 'meetings.record', meetingOf(b, { heldOn: '2026-09-13' }))
  expect([early.status, early.facts]).toEqual([422, []])
  expect((await w.call(b.commissioner, 'meetings.record', meetingOf(b, { heldOn: '2026-09-12', start: '10:00', end: null }))).status).toBe(
    422,
  )
  const within = await w.done(b.commissioner, 'meetings.record', meetingOf(b, { heldOn: '2026-09-05', kinds: ['partyLecture'] }))
  const after = await w.done(b.commissioner, 'meetings.record', meetingOf(b, { heldOn: '2026-09-04', kinds: ['partyLecture'] }))
  expect([within.late, after.late]).toEqual([false, true])
  expect(await w.done(b.secretary, 'meetings.get', { id: after.id })).toMatchObject({
    late: true,
    heldOn: '2026-09-04',
    recordedOn: '2026-09-12',
  })
})

test('a meeting past midnight belongs to the day it began', async () => {
  const { id } = await w.done(
    b.commissioner,
    'meetings.record',
    meetingOf(b, { heldOn: '2026-09-06', start: '23:00', end: '00:30', kinds: ['orgLifeMeeting'] }),
  )
  expect(await w.done(b.secretary, 'meetings.get', { id })).toMatchObject({ heldOn: '2026-09-06', start: '23:00', end: '00:30' })
})

test('应到 is the roster of that day: who came later is not expected', async () => {
  await makeMember(w, other.id, { from: '2026-09-10' })
  const before = await w.done(other.secretary, 'meetings.prepare', { orgId: other.id, day: '2026-09-09', kinds: ['memberAssembly'] })
  const after = await w.done(other.secretary, 'meetings.prepare', { orgId: other.id, day: '2026-09-10', kinds: ['memberAssembly'] })
  expect([before.people.length, after.people.length]).toEqual([3, 4])
  expect(after).toMatchObject({ basis: 'roster', quorum: { formula: '半数以上 = ⌈4 ÷ 2⌉ = 2' }, chair: { id: other.secretary } })
})

test('a committee meeting expects the holders of posts, and its text is for them: others see only that it was held', async () => {
  const { id } = await w.done(
    b.commissioner,
    'meetings.record',
    meetingOf(b, { kinds: ['branchCommittee'], title: '9 月支委会研究人选', heldOn: '2026-09-03' }),
  )
  expect(await w.done(b.deputy, 'meetings.get', { id })).toMatchObject({ expected: 3, hidden: false, title: '9 月支委会研究人选' })
  const member = await w.done(b.members[0]!, 'meetings.get', { id })
  expect(member).toMatchObject({ hidden: true, title: '支委会', items: [], attendance: [], warnings: [] })
  const line = (await w.done(b.members[0]!, 'meetings.list', { orgId: b.id, kind: 'branchCommittee' })).items[0]
  expect(line).toMatchObject({ hidden: true, title: '支委会' })
  expect((await w.call(other.secretary, 'meetings.get', { id })).status).toBe(404)
})

test('an open action comes back at the next meeting until one settles it', async () => {
  const first = await w.done(
    other.commissioner,
    'meetings.record',
    meetingOf(other, {
      heldOn: '2026-08-10',
      items: [{ topic: '照明', actions: [{ text: '普查照明', ownerId: other.deputy, dueOn: '2026-09-01' }] }],
    }),
  )
  const ask = () => w.done(other.secretary, 'meetings.prepare', { orgId: other.id, day: '2026-09-11', kinds: ['memberAssembly'] })
  const [open] = (await ask()).openActions
  expect(open).toMatchObject({ text: '普查照明', overdue: true, meetingId: first.id, from: '2026-08-10' })
  const settled = [{ actionId: open!.id, result: '已换灯 12 盏' }]
  await w.done(other.commissioner, 'meetings.record', meetingOf(other, { heldOn: '2026-09-11', settled }))
  expect((await ask()).openActions).toEqual([])
  expect((await w.done(other.secretary, 'meetings.get', { id: first.id })).items[0]!.actions[0]).toMatchObject({
    settledOn: '2026-09-11',
    result: '已换灯 12 盏',
  })
  expect((await w.call(other.commissioner, 'meetings.record', meetingOf(other, { heldOn: '2026-09-02', settled }))).status).toBe(422)
})

test('before signature a record is edited under its version: figures change, the old fact is taken back', async () => {
  const { id, version, factId } = await w.done(b.commissioner, 'meetings.record', meetingOf(b, { heldOn: '2026-09-02' }))
  const { orgId: _, ...content } = meetingOf(b, { heldOn: '2026-09-02', absent: away(b.members.slice(0, 2)) })
  const edited = await w.call(b.commissioner, 'meetings.edit', { id, version, content })
  expect(edited.facts.map((f) => f.kind).sort()).toEqual(['fact.retracted', 'meeting.held'])
  expect(edited.body.factId).not.toBe(factId)
  expect(await w.done(b.secretary, 'meetings.get', { id })).toMatchObject({ present: 21, version: 2 })
  expect((await w.call(b.commissioner, 'meetings.edit', { id, version, content })).status).toBe(409)
})

test('a text with a 密级 marking is refused, named at its field, and not kept', async () => {
  const { status, body, facts } = await w.call(
    b.commissioner,
    'meetings.record',
    meetingOf(b, { heldOn: '2026-09-01', items: [{ topic: '学习', discussion: '机密★三年\n略' }] }),
  )
  expect([status, facts]).toEqual([422, []])
  expect(Object.keys((body as unknown as { fields: object }).fields)).toEqual(['items.0.discussion'])
})

test('the list pages by keyset, newest first, without gap or double', async () => {
  const all = (await w.done(OWNER, 'meetings.list', { limit: 200 })).items.map((m) => m.id)
  const paged: string[] = []
  let after: string | undefined
  do {
    const page = await w.done(OWNER, 'meetings.list', { limit: 2, ...(after ? { after } : {}) })
    paged.push(...page.items.map((m) => m.id))
    after = page.next ?? undefined
  } while (after)
  expect(paged).toEqual(all)
  expect((await w.done(b.secretary, 'meetings.month', { orgId: b.id, month: '2026-08' })).items).toEqual([])
  expect(w.bugs).toEqual([])
})
