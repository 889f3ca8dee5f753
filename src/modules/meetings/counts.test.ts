import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'
import type { Api } from '../../platform.ts'
import { sameFigures } from './counting/figures.ts'

let w: World
let b: Branch
let teller: string
let scrutineer: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-18T08:00:00Z') })
  b = await makeBranch(w, { full: 9 })
  ;[teller, scrutineer] = b.members as [string, string]
})
afterAll(() => w.close())

type Open = Api['meetings.openCount']['input']
const openWith = (given: Partial<Open> = {}) =>
  w.call(b.commissioner, 'meetings.openCount', {
    orgId: b.id,
    title: '讨论接收预备党员',
    rule: 'admission',
    entitled: 9,
    present: 8,
    issued: 8,
    tellerIds: [teller],
    scrutineerIds: [scrutineer],
    lines: [{ title: '接收周某某为预备党员' }, { title: '接收吴某某为预备党员' }],
    ...given,
  })
const open = async (given: Partial<Open> = {}) => (await openWith(given)).body.id
const votes = (inFavour: number, against = 0, abstained = 0, invalid = 0) => ({
  returned: inFavour + against + abstained + invalid,
  invalid,
  votes: { inFavour, against, abstained },
})
const type = (as: string, id: string, ...figures: [number, ReturnType<typeof votes>][]) =>
  w.call(as, 'meetings.typeCount', { id, lines: figures.map(([position, f]) => ({ position, figures: f })) })

test('two who count alone and agree settle it: the figures become a fact and say what they mean', async () => {
  const id = await open()
  const one = await type(teller, id, [0, votes(7, 1)], [1, votes(4, 4)])
  expect([one.body, one.facts]).toEqual([{ state: 'typing', agreed: 0, differ: [], waiting: 2 }, []])
  const seen = await w.done(scrutineer, 'meetings.count', { id })
  expect(seen.lines.map((l) => [l.tellerDone, l.scrutineerDone, l.figures])).toEqual([
    [true, false, null],
    [true, false, null],
  ])
  expect(JSON.stringify(seen)).not.toContain('"against":1')
  const two = await type(scrutineer, id, [0, votes(7, 1)], [1, votes(4, 4)])
  expect(two.facts.map((f) => f.kind)).toEqual(['count.agreed'])
  const done = await w.done(b.commissioner, 'meetings.count', { id })
  expect(done).toMatchObject({ state: 'agreed', quorum: { met: true, need: 5 } })
  expect(done.lines.map((l) => [l.passed, l.majority!.need, l.majority!.have])).toEqual([
    [true, 5, 7],
    [false, 5, 4],
  ])
  expect((await type(teller, id, [0, votes(8)])).status).toBe(409)
})

test('two who do not agree both count again, and neither is told what the other had', async () => {
  const id = await open({ lines: [{ title: '接收周某某为预备党员' }] })
  await type(teller, id, [0, votes(6, 2)])
  const other = await type(scrutineer, id, [0, votes(7, 1)])
  expect([other.body, other.facts]).toEqual([{ state: 'typing', agreed: 0, differ: [0], waiting: 0 }, []])
  for (const as of [teller, scrutineer, b.secretary]) {
    const seen = await w.done(as, 'meetings.count', { id })
    expect(seen.lines[0]).toMatchObject({ differs: true, figures: null, majority: null, attempts: 1 })
  }
  const mended = await type(teller, id, [0, votes(7, 1)])
  expect(mended.body.state).toBe('agreed')
  const kept = await w.pool.query('select side, attempt from meetings.count_typed where count_id = $1 order by at, side', [id])
  expect(kept.rows).toHaveLength(3)
})

test('nobody counts the votes on themselves; another teller does, and without another it does not open', async () => {
  const lines = [teller, scrutineer, b.secretary].map((personId) => ({ title: '民主测评', personId }))
  const alone = await openWith({ choices: 'grade', rule: null, lines })
  expect([alone.status, Object.keys((alone.body as any).fields)]).toEqual([422, ['tellerIds', 'scrutineerIds']])
  const [, , third, fourth] = b.members as [string, string, string, string]
  const id = await open({ choices: 'grade', rule: null, lines, tellerIds: [teller, third], scrutineerIds: [scrutineer, fourth] })
  const grade = { returned: 8, invalid: 0, votes: { excellent: 5, qualified: 3, basic: 0, unqualified: 0, abstained: 0 } }
  const own = await w.call(teller, 'meetings.typeCount', { id, lines: [{ position: 0, figures: grade }] })
  expect([own.status, (own.body as any).code]).toEqual([403, 'own-line'])
  const typed = async (as: string, ...positions: number[]) =>
    (await w.done(as, 'meetings.typeCount', { id, lines: positions.map((position) => ({ position, figures: grade })) })).state
  expect(await typed(teller, 1, 2)).toBe('typing')
  expect(await typed(third, 0)).toBe('typing')
  expect(await typed(scrutineer, 0, 2)).toBe('typing')
  expect(await typed(fourth, 1)).toBe('agreed')
})

test.each([
  ['too few came for a vote', { present: 4, issued: 4 }, 'present'],
  ['more votes than people with a vote who came', { issued: 9 }, 'issued'],
  ['more came than were expected', { present: 10 }, 'present'],
  ['one person on both sides', { scrutineerIds: 'teller' }, 'scrutineerIds'],
] as const)('it does not open when %s', async (_what, given, field) => {
  const real = 'scrutineerIds' in given ? { scrutineerIds: [teller] } : given
  const { status, body } = await openWith(real)
  expect([status, Object.keys((body as any).fields)]).toEqual([422, [field]])
})

test.each([
  ['more came back than were handed out', { returned: 9, invalid: 0, votes: { inFavour: 9, against: 0, abstained: 0 } }],
  ['the sum is not what came back', { returned: 8, invalid: 0, votes: { inFavour: 7, against: 0, abstained: 0 } }],
  ['an option is missing', { returned: 8, invalid: 0, votes: { inFavour: 8 } }],
  ['an option is not on the paper', { returned: 8, invalid: 0, votes: { inFavour: 8, against: 0, excellent: 0 } }],
])('figures are refused at their line when %s', async (_what, figures) => {
  const id = await open()
  const { status, body } = await w.call(teller, 'meetings.typeCount', { id, lines: [{ position: 0, figures }] })
  expect([status, Object.keys((body as any).fields)[0]!.startsWith('lines.0.figures')]).toEqual([422, true])
})

test('others neither type nor see it; the committee sees where it stands and may drop it', async () => {
  const id = await open()
  expect((await type(b.secretary, id, [0, votes(8)])).status).toBe(403)
  expect((await w.call(b.members[5]!, 'meetings.count', { id })).status).toBe(404)
  await w.done(b.commissioner, 'meetings.dropCount', { id, reason: '发错了票' })
  expect((await type(teller, id, [0, votes(8)])).status).toBe(409)
})

test('both typing at the same moment settle it once', async () => {
  for (let i = 0; i < 3; i++) {
    const id = await open({ lines: [{ title: '通过' }] })
    const both = await Promise.all([type(teller, id, [0, votes(8)]), type(scrutineer, id, [0, votes(8)])])
    expect(both.map((r) => r.body.state).sort()).toEqual(['agreed', 'typing'])
    const { rows } = await w.pool.query(`select 1 from ledger.fact where subject = $1`, [id])
    expect(rows).toHaveLength(1)
  }
})

test('counts agree exactly when every figure does', () => {
  const figures = fc.record({
    returned: fc.nat(3),
    invalid: fc.nat(2),
    votes: fc.record({ inFavour: fc.nat(2), against: fc.nat(2), abstained: fc.nat(2) }),
  })
  fc.assert(fc.property(figures, figures, (a, c) => sameFigures(a, c) === (JSON.stringify(a) === JSON.stringify(c)) && sameFigures(a, a)))
})
