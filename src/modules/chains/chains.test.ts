import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { committeeChain, linkedChain, OPINION, openedChain } from '#testing/commandsOfLife.ts'
import { meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { enoughCame, nextOf, stepsOf } from './contract.ts'
import { chainMeasures } from './measures.ts'

let w: World
let above: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  above = await makeOrg(w, { kind: 'partyCommittee' })
})
afterAll(() => w.close())

const ask = (orgId: string, asAt = '2026-12-31') => {
  const span = { from: '2026-01-01', to: '2026-12-31', asAt }
  return chainMeasures[0]!.cases({ db: w.db, facts: ledgerAsOf(), orgIds: [orgId], ...span, filter: {}, memo: new Map() })
}
const casesOf = async (orgId: string) => (await ask(orgId)).map(({ expected, met, note }) => [expected, met, note])

test('two thirds are two thirds exactly, and the next step is the first that is open', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 60 }), (expected, present) => {
      expect(enoughCame('democraticLifeMeeting', expected, present)).toBe(present / expected >= 2 / 3 - 1e-12)
      expect(enoughCame('orgLifeMeeting', expected, present)).toBe(true)
    }),
  )
  const p = {
    kind: 'democraticLifeMeeting' as const,
    opinions: 2,
    talksLeft: 0,
    people: 3,
    written: 3,
    heldOn: '2026-11-02',
    lines: 0,
    reportedOn: null,
  }
  expect(nextOf(stepsOf(p))?.key).toBe('list')
  expect(nextOf(stepsOf({ ...p, lines: 1 }))?.key).toBe('report')
  expect(nextOf(stepsOf({ ...p, talksLeft: 2 }))?.key).toBe('list')
  expect(nextOf(stepsOf({ ...p, talksLeft: 2, heldOn: null }))?.key).toBe('talks')
  expect(nextOf(stepsOf({ ...p, lines: 1, kind: 'orgLifeMeeting' }))).toBeUndefined()
})

test('a branch goes from opinions to a rectification list whose lines are tasks, and no fact holds a word of it', async () => {
  const c = await openedChain(w, above)
  await w.done(c.b.secretary, 'chains.addOpinions', { id: c.id, opinions: [OPINION, { ...OPINION, text: '学习形式单一' }] })
  const first = await w.call(c.b.deputy, 'chains.write', { id: c.id, text: '到现场少，对班组困难了解不够。' })
  const again = await w.call(c.b.deputy, 'chains.write', { id: c.id, text: '到现场少，对班组困难了解不够，明年改。' })
  expect([first.facts.map((f) => f.kind), again.facts]).toEqual([['lifeChain.comparisonWritten'], []])
  await w.done(c.b.secretary, 'chains.handIn', { id: c.id, personIds: c.b.all })
  const linked = await linkedChain(w, above)
  const input = { id: linked.id, version: linked.version }
  const line = { problem: '班前会学习走过场', measure: '每周由一名党员讲一个案例', ownerId: linked.b.deputy, dueOn: '2026-12-31' }
  const listed = await w.call(linked.b.secretary, 'chains.list', { ...input, lines: [line] })
  expect(listed.facts.map((f) => f.kind)).toEqual(['lifeChain.listed', 'task.given'])
  const view = await w.done(linked.b.secretary, 'chains.get', { id: linked.id })
  expect(view.lines[0]).toMatchObject({ problem: line.problem, taskState: '待接收' })
  const task = await w.done(linked.b.deputy, 'tasks.get', { id: view.lines[0]!.taskId! })
  expect(task.origin).toEqual({ says: '整改清单', open: `/life-meeting/${linked.id}` })
  const { rows } = await w.pool.query(`select body::text as body from ledger.fact where org_id = any($1)`, [[c.b.id, linked.b.id]])
  expect(rows.map((r) => r.body).join()).not.toMatch(/候车室|班组|走过场/)
  expect(await casesOf(c.b.id)).toEqual([[4, 2, '2026 年组织生活会缺：开会、列整改清单']])
  expect(await casesOf(linked.b.id)).toEqual([[4, 2, '2026 年组织生活会缺：征求意见、对照检查']])
})

test('the text is for the own committee: a member sees their own words, those above who wrote, a stranger nothing', async () => {
  const c = await openedChain(w, above)
  await w.done(c.b.secretary, 'chains.addOpinions', { id: c.id, opinions: [OPINION] })
  const [member] = c.b.members as [string]
  await w.done(member, 'chains.write', { id: c.id, text: '学习不够主动，明年每月写一篇体会。' })
  const own = await w.done(c.b.commissioner, 'chains.get', { id: c.id })
  expect([own.opinions.length, own.people.find((p) => p.personId === member)!.text]).toEqual([1, '学习不够主动，明年每月写一篇体会。'])
  const officer = await makeMember(w, above)
  await givePost(w, above, officer, 'partyAffairsWorker')
  const seen = await w.done(officer, 'chains.get', { id: c.id })
  expect([seen.opinions, seen.people.filter((p) => p.written).length, seen.people.some((p) => p.text)]).toEqual([[], 1, false])
  expect(JSON.stringify(seen)).not.toMatch(/候车室|体会/)
  expect((await w.call(officer, 'chains.addOpinions', { id: c.id, opinions: [OPINION] })).status).toBe(403)
  const mine = await w.done(member, 'chains.get', { id: c.id })
  expect([mine.opinions, mine.people, mine.mine?.written]).toEqual([[], [], true])
  expect((await w.done(c.b.deputy, 'chains.mine', {})).items.map((i) => [i.id, i.written])).toEqual([[c.id, false]])
  const beside = await openedChain(w, above)
  expect((await w.call(beside.b.secretary, 'chains.get', { id: c.id })).status).toBe(404)
  const states = await w.done(officer, 'chains.states', { orgId: above, year: 2026, kind: 'orgLifeMeeting', notHeld: true, limit: 200 })
  expect(states.items.find((i) => i.id === c.id)!.steps.map((s) => s.done)).toEqual([true, false, false, false])
})

test('who moved away keeps their own words and reads no line listed since; those above are told how many have held theirs', async () => {
  const c = await linkedChain(w, above)
  const mover = c.b.members[0]!
  const line = { problem: '班前会走过场', measure: '每周讲一个案例', ownerId: c.b.deputy, dueOn: '2026-12-31' }
  const to = await makeOrg(w, { kind: 'partyBranch', parentId: above })
  const { items } = await w.done(OWNER, 'members.roster', { orgId: c.b.id, limit: 100 })
  const { membershipId } = items.find((p) => p.personId === mover)!
  await w.done(OWNER, 'members.transfer', { membershipId, on: '2026-11-19', toOrgId: to })
  await w.done(c.b.secretary, 'chains.list', { id: c.id, version: c.version, lines: [line] })
  const seen = await w.done(mover, 'chains.get', { id: c.id })
  expect([seen.lines, seen.mine?.written, JSON.stringify(seen).includes('走过场')]).toEqual([[], false, false])
  expect((await w.done(c.b.deputy, 'chains.get', { id: c.id })).lines).toHaveLength(1)
  const officer = await makeMember(w, above)
  await givePost(w, above, officer, 'partyAffairsWorker')
  const asked = { orgId: above, year: 2026, kind: 'orgLifeMeeting' as const, limit: 200 }
  const states = await w.done(officer, 'chains.states', asked)
  const held = states.items.filter((i) => i.steps.find((s) => s.key === 'meeting')!.done).length
  expect([states.all, states.held, held > 0]).toEqual([new Set(states.items.map((i) => i.orgId)).size, held, true])
})

test('a 民主生活会 with fewer than two thirds is not one; a late report is told as a hint; a cancelled record frees the chain', async () => {
  const few = await committeeChain(w, 3)
  expect([few.linked.status, (few.linked.body as any).code, few.linked.facts]).toEqual([422, 'too-few', []])
  const c = await committeeChain(w, 2)
  expect(c.linked.status).toBe(200)
  const early = await w.call(c.secretary, 'chains.report', { id: c.id, version: 2, on: '2026-11-01' })
  expect([early.status, early.facts]).toEqual([422, []])
  const reported = await w.done(c.secretary, 'chains.report', { id: c.id, version: 2, on: '2026-11-20' })
  const [kase] = await casesOf(c.orgId)
  expect([kase![0], kase![1], kase![2]]).toEqual([5, 2, expect.stringContaining('会后 18 天才上报')])
  expect((await w.call(c.secretary, 'chains.open', { orgId: c.orgId, kind: 'orgLifeMeeting', year: 2026 })).status).toBe(422)
  const { version } = await w.done(c.secretary, 'meetings.get', { id: c.meetingId })
  const gone = await w.call(c.deputy, 'meetings.cancel', { id: c.meetingId, version, reason: 'notHeld', note: '没有开成' })
  expect(gone.facts.map((f) => f.kind).sort()).toEqual(['fact.retracted', 'fact.retracted', 'meeting.cancelled'])
  const after = await w.done(c.secretary, 'chains.get', { id: c.id })
  expect([after.meeting, after.reportedOn, after.version]).toEqual([null, null, reported.version + 1])
})

test('a meeting of another year is not linked, and nothing is missing before the last day on which it may be held', async () => {
  const c = await openedChain(w, above)
  const old = meetingOf(c.b, { kinds: ['orgLifeMeeting'], title: '上一年的组织生活会', heldOn: '2025-12-31' })
  const { id: meetingId } = await w.done(c.b.commissioner, 'meetings.record', old)
  const linked = await w.call(c.b.secretary, 'chains.link', { id: c.id, version: 1, meetingId })
  expect([linked.status, (linked.body as any).code, linked.facts]).toEqual([422, 'other-year', []])
  const duesAt = async (asAt: string) => (await ask(c.b.id, asAt)).map((k) => k.due ?? true)
  expect([await duesAt('2027-03-30'), await duesAt('2027-03-31')]).toEqual([[false], [true]])
})
