import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { coverage, leftOf } from './contract.ts'
import { talkMeasures } from './measures.ts'

let w: World
let b: Branch
const ON = '2026-11-18'
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  b = await makeBranch(w, { full: 6 })
})
afterAll(() => w.close())

const record = (as: string, talks: { on: string; aId: string; bId: string }[], orgId = b.id) => w.call(as, 'talks.record', { orgId, talks })

test('a talk more never leaves more people without one, and who talked with everybody lacks nothing', () => {
  const people = ['a', 'b', 'c', 'd', 'e', 'f']
  const pair = fc.record({ aId: fc.constantFrom(...people), bId: fc.constantFrom(...people, 'stranger') }).filter((p) => p.aId !== p.bId)
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 12 }), pair, fc.subarray(people), (talks, more, committee) => {
      const circle = people.map((personId) => ({ personId, committee: committee.includes(personId) }))
      const before = leftOf(coverage(circle, talks))
      const after = leftOf(coverage(circle, [...talks, more]))
      expect(after.left).toBeLessThanOrEqual(before.left)
      expect(after.peersLeft).toBeLessThanOrEqual(before.peersLeft)
      const all = people.flatMap((aId, i) => people.slice(i + 1).map((bId) => ({ aId, bId })))
      expect(leftOf(coverage(circle, all))).toEqual({ left: 0, peersLeft: 0 })
    }),
  )
})

test('several talks are recorded in one go, each once, and the facts say who and when and nothing else', async () => {
  const talks = b.members.map((bId) => ({ on: ON, aId: b.secretary, bId }))
  const first = await record(b.secretary, talks)
  expect([first.status, first.body]).toEqual([200, { recorded: 3, known: 0 }])
  expect(first.facts.map((f) => f.kind)).toEqual(['talk.held', 'talk.held', 'talk.held'])
  const { rows } = await w.pool.query('select distinct jsonb_object_keys(body) as key from ledger.fact where id = any($1)', [
    first.facts.map((f) => f.id),
  ])
  expect(rows.map((r) => r.key).sort()).toEqual(['aId', 'bId'])
  const again = await record(b.secretary, [...talks, { on: ON, aId: b.members[0]!, bId: b.secretary }])
  expect([again.body, again.facts]).toEqual([{ recorded: 0, known: 3 }, []])
})

test('the coverage names who is left: members without any talk with the committee, colleagues who did not talk with each other', async () => {
  const c = await makeBranch(w, { full: 5, probationary: 1 })
  const at = () => w.done(c.secretary, 'talks.coverage', { orgId: c.id, year: 2026 })
  expect((await at()).left).toBe(6)
  await record(
    c.secretary,
    [
      { on: ON, aId: c.secretary, bId: c.deputy },
      { on: ON, aId: c.deputy, bId: c.probationary[0]! },
    ],
    c.id,
  )
  const some = await at()
  expect([some.left, some.people.find((p) => p.personId === c.secretary)!.missing]).toEqual([5, [c.commissioner]])
  const left = [c.secretary, c.deputy].map((aId) => ({ on: ON, aId, bId: c.commissioner }))
  await record(c.secretary, [...left, ...c.members.map((bId) => ({ on: ON, aId: c.commissioner, bId }))], c.id)
  const done = await at()
  expect([done.left, done.peersLeft]).toEqual([0, 3])
  const { items } = await w.done(c.secretary, 'talks.list', { orgId: c.id, year: 2026 })
  const wrong = items.find((t) => [t.a.id, t.b.id].includes(c.probationary[0]!))!
  const back = await w.call(c.deputy, 'talks.withdraw', { id: wrong.id })
  expect(back.facts.map((f) => f.kind)).toEqual(['fact.retracted'])
  expect((await at()).left).toBe(1)
  const ask = { db: w.db, facts: ledgerAsOf(), orgIds: [c.id], from: '2026-01-01', to: '2026-12-31', asAt: '2026-11-20' }
  const [kase] = await talkMeasures[0]!.cases({ ...ask, filter: {}, memo: new Map() })
  expect(kase).toMatchObject({ expected: 6, met: 5, due: false })
})

test('those above see counts and never who; a member sees nothing, and nobody records for another branch', async () => {
  const officer = await makeMember(w, b.committeeId)
  await givePost(w, b.committeeId, officer, 'partyAffairsWorker')
  const over = await w.done(officer, 'talks.overview', { orgId: b.committeeId, year: 2026 })
  expect(over.items.find((i) => i.orgId === b.id)).toMatchObject({ people: 6, talks: 3, last: ON, left: 3 })
  expect(JSON.stringify(over)).not.toContain(b.members[0])
  expect((await w.call(officer, 'talks.coverage', { orgId: b.id, year: 2026 })).status).toBe(403)
  expect((await w.call(officer, 'talks.list', { orgId: b.id, year: 2026 })).status).toBe(403)
  expect((await record(officer, [{ on: ON, aId: b.secretary, bId: b.deputy }])).status).toBe(403)
  expect((await w.call(b.members[0]!, 'talks.coverage', { orgId: b.id, year: 2026 })).status).toBe(404)
  const beside = await makeBranch(w, { full: 3, committeeId: b.committeeId })
  expect((await record(beside.secretary, [{ on: ON, aId: b.secretary, bId: b.deputy }])).status).toBe(404)
  const left = await w.done(officer, 'talks.overview', { orgId: b.committeeId, year: 2026, leftOnly: true, limit: 1 })
  expect([left.items.length, left.next !== null]).toEqual([1, true])
})

test('a day to come, oneself and a stranger are refused at their fields, and nothing of the rest is kept', async () => {
  const stranger = await makeMember(w, b.committeeId)
  const refused = await record(b.secretary, [
    { on: '2026-11-21', aId: b.secretary, bId: b.deputy },
    { on: ON, aId: b.deputy, bId: b.deputy },
    { on: ON, aId: b.deputy, bId: stranger },
    { on: ON, aId: b.deputy, bId: b.commissioner },
  ])
  expect([refused.status, Object.keys((refused.body as any).fields).sort(), refused.facts]).toEqual([
    422,
    ['talks.0.on', 'talks.1.bId', 'talks.2.bId'],
    [],
  ])
  const { rows } = await sql`select 1 from talks.talk where org_id = ${b.id} and a_id = least(${b.deputy}::uuid, ${b.commissioner}::uuid)
    and b_id = greatest(${b.deputy}::uuid, ${b.commissioner}::uuid)`.execute(w.db)
  expect(rows).toEqual([])
})
