import { afterAll, beforeAll, expect, test } from 'vitest'
import { ballotOf, openedIn, opinionsOf, typeAll } from '#testing/commandsOfAppraisals.ts'
import { makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { appraisalMeasures } from './measures.ts'

let w: World
let above: string
const ON = '2026-11-20'
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  above = await makeOrg(w, { kind: 'partyCommittee' })
})
afterAll(() => w.close())

async function playedTo(step: 'ballot' | 'counted' | 'feedback') {
  const r = await openedIn(w, above)
  r.version = (await w.done(r.b.secretary, 'appraisals.recordMutual', { id: r.id, version: 1, on: ON })).version
  if (step === 'ballot') return r
  const ballot = await w.done(r.b.secretary, 'appraisals.openBallot', ballotOf(r))
  r.version = ballot.version
  await typeAll(w, ballot.countId, ballotOf(r))
  if (step === 'counted') return r
  r.version = (await w.done(r.b.secretary, 'appraisals.giveOpinions', opinionsOf(r))).version
  return r
}

const askMeasures = async (orgId: string) => {
  const ask = {
    db: w.db,
    facts: (await import('kysely')).sql`ledger.fact`,
    orgIds: [orgId],
    from: '2026-01-01',
    to: '2026-12-31',
    asAt: '2026-12-31',
  }
  const cases = await Promise.all(appraisalMeasures.map((m) => m.cases({ ...ask, filter: {}, memo: new Map() })))
  return cases.map((c) => c.map(({ expected, met, note }) => [expected, met, note]))
}

test('the chain runs from self review to feedback, with one fact for each step and none of what was written', async () => {
  const r = await openedIn(w, above)
  const text = '按时参加组织生活，带头排查岗位隐患。'
  const first = await w.call(r.b.deputy, 'appraisals.selfReview', { id: r.id, text })
  expect(first.facts.map((f) => f.kind)).toEqual(['appraisal.selfReviewed'])
  const again = await w.call(r.b.deputy, 'appraisals.selfReview', { id: r.id, text: `${text}会后补充一句。` })
  expect([again.status, again.facts]).toEqual([200, []])
  expect((await w.done(r.b.secretary, 'appraisals.get', { id: r.id })).reviewed).toBe(1)
  const done = await playedTo('feedback')
  const some = await w.done(done.b.secretary, 'appraisals.tell', { id: done.id, personIds: done.b.all.slice(0, 5), on: ON })
  expect(some.state).toBe('feedback')
  const last = await w.call(done.b.secretary, 'appraisals.tell', { id: done.id, personIds: done.b.all, on: ON })
  expect([last.body.state, last.facts.map((f) => f.kind)]).toEqual(['closed', ['appraisal.told']])
  const { rows } = await w.pool.query(`select kind, body from ledger.fact where subject = $1 order by recorded_at, id`, [done.id])
  expect(rows.map((f) => f.kind)).toEqual([
    'appraisal.opened',
    'appraisal.mutualHeld',
    'appraisal.graded',
    ...Array(6).fill('appraisal.told'),
  ])
  expect(await askMeasures(done.b.id)).toEqual([
    [[4, 4, '2026 年民主评议各步都已办']],
    [[1, 1, '2026 年优秀 2 人，参加定等 6 人，三分之一为 2 人（基数核对原文）']],
    [[6, 6, '2026 年参加定等 6 人，合格以上 6 人']],
  ])
  expect((await askMeasures(r.b.id))[0]).toEqual([[4, 1, '2026 年民主评议缺：党员互评、测评并提出意见、向本人反馈']])
})

test('a step is not taken before the one before it: no ballot before 互评, no grade before both counts agree', async () => {
  const r = await openedIn(w, above)
  expect((await w.call(r.b.secretary, 'appraisals.openBallot', ballotOf(r))).status).toBe(409)
  expect((await w.call(r.b.secretary, 'appraisals.giveOpinions', opinionsOf(r))).status).toBe(409)
  const at = await playedTo('ballot')
  expect((await w.call(at.b.secretary, 'appraisals.giveOpinions', opinionsOf(at))).status).toBe(409)
  expect((await w.call(at.b.secretary, 'appraisals.tell', { id: at.id, personIds: at.b.all, on: ON })).status).toBe(409)
  expect((await w.call(at.b.deputy, 'appraisals.selfReview', { id: at.id, text: '互评以后才想起来补写自评。' })).status).toBe(409)
  expect((await w.call(at.b.secretary, 'appraisals.open', { orgId: at.b.id, year: 2026 })).status).toBe(409)
})

test('more than a third 优秀 needs a reason, everybody graded needs an opinion, and 预备党员 have none', async () => {
  const r = await playedTo('counted')
  const input = opinionsOf(r)
  const three = input.opinions.map((o, i) => ({ ...o, grade: i < 3 ? ('excellent' as const) : o.grade }))
  const over = await w.call(r.b.secretary, 'appraisals.giveOpinions', { ...input, opinions: three })
  expect([over.status, (over.body as any).code, over.facts]).toEqual([422, 'over-cap', []])
  const some = await w.call(r.b.secretary, 'appraisals.giveOpinions', { ...input, opinions: input.opinions.slice(1) })
  expect([some.status, (some.body as any).code]).toEqual([422, 'not-everybody'])
  const why = await w.done(r.b.secretary, 'appraisals.giveOpinions', { ...input, opinions: three, overCap: '支部获集团表彰，经上级同意' })
  expect(why.state).toBe('feedback')
  expect((await askMeasures(r.b.id))[1]![0]!.slice(0, 2)).toEqual([1, 0])
})

test('a member sees only themselves, and the grade only once told; a stranger and the branch beside see nothing', async () => {
  const r = await playedTo('feedback')
  const [member] = r.b.members as [string]
  const before = await w.done(member, 'appraisals.get', { id: r.id })
  expect([before.people, before.mine!.grade, before.countId, before.excellent]).toEqual([[], null, null, 0])
  await w.done(r.b.secretary, 'appraisals.tell', { id: r.id, personIds: [member], on: ON })
  expect((await w.done(member, 'appraisals.get', { id: r.id })).mine).toMatchObject({ grade: 'qualified', votes: null, toldOn: ON })
  expect((await w.call(member, 'appraisals.giveOpinions', opinionsOf(r))).status).toBe(403)
  const beside = await openedIn(w, above)
  expect((await w.call(beside.b.secretary, 'appraisals.get', { id: r.id })).status).toBe(404)
  expect((await w.done(beside.b.secretary, 'appraisals.list', {})).items.map((i) => i.id)).toEqual([beside.id])
  const newcomer = await makeMember(w, r.b.id)
  expect((await w.call(newcomer, 'appraisals.get', { id: r.id })).status).toBe(404)
})

test('a round that was dropped makes room for another of the same year', async () => {
  const r = await openedIn(w, above)
  await w.done(r.b.secretary, 'appraisals.drop', { id: r.id, version: 1, reason: '开错了年份' })
  expect((await w.call(r.b.secretary, 'appraisals.open', { orgId: r.b.id, year: 2026 })).status).toBe(200)
})
