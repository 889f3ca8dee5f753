import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '#testing/world.ts'
import { declared } from '../../platform.ts'
import { computeEvaluation } from './compute.ts'
import { textOf } from './engine/exact.ts'
import { readSchemeText } from './published.ts'
import { gradesFromTallies, keepPublished, keepTallies, trialOf } from './tally.ts'
import { hold, makeUnit, number, OWNER, type Unit } from './testing.ts'

const item = (name: string, source: string) =>
  `      - { code: "${name}", name: ${name}, max: 10, source: { ${source} }, rules: [{ kind: share }] }`
const scheme = readSchemeText(`format: rongjian-scheme/1
key: tally
name: 合计对照
object: { kind: branch, as: 党支部 }
completeness: full
source: [{ title: 测试 }]
period: { every: year }
rounding: { digits: 2, mode: half-up, at: total }
notApplicable: scale
sheets:
  - key: main
    name: 对照
    total: 50
    items:
${item('大会', 'from: duty, measure: duties.met, filter: { duty: memberAssembly }')}
${item('支委会', 'from: duty, measure: duties.met, filter: { duty: branchCommittee }')}
${item('党日', 'from: duty, measure: duties.met, filter: { duty: themePartyDay, quorate: required }')}
${item('到会', 'from: fact, measure: meetings.attendance')}
${item('按时', 'from: fact, measure: meetings.recorded-in-time, filter: { kind: memberAssembly }')}
grades:
  by: rate
  bands: [{ name: 好, atLeast: 50 }, { name: 差, below: 50 }]
`)
const asked = { scheme, period: '2025', asAt: '2026-01-01' }
const ofCommittees = readSchemeText(`format: rongjian-scheme/1
key: below
name: 下级合计
object: { kind: committee, as: 党委 }
completeness: full
source: [{ title: 测试 }]
period: { every: year }
rounding: { digits: 2, mode: half-up, at: total }
notApplicable: scale
sheets:
  - key: main
    name: 下级
    total: 20
    items:
${item('下级大会', 'from: duty, measure: duties.met, filter: { duty: memberAssembly, of: below }')}
${item('下级班子', 'from: fact, measure: elections.leadership, filter: { want: whole, of: below }')}
`)

let w: World
let unit: Unit
beforeAll(async () => {
  w = await world({ now: new Date('2025-01-02T02:00:00Z') })
  unit = await makeUnit(w, 3)
  const [first, second] = unit.branches
  await hold(w, first!, ['memberAssembly'], '2025-02-12')
  await hold(w, first!, ['memberAssembly', 'partyLecture'], '2025-05-12')
  await hold(w, second!, ['themePartyDay'], '2025-03-20')
  w.setNow(new Date('2026-01-05T02:00:00Z'))
  await number(w)
})
afterAll(() => w.close())

/** Score, grade and marks of every branch: from the cases, and from the kept sums. */
async function both(of = asked) {
  const cases = (await computeEvaluation(w.db, declared, of)).objects.map((o) => ({
    id: o.org.id,
    score: o.score,
    grade: o.grade,
    marks: o.items.map((i) => i.score),
  }))
  const { graded } = await gradesFromTallies(w.db, declared, of)
  const sums = graded.map(({ score, grade }) => ({
    id: score.subject.id,
    score: score.score && textOf(score.score),
    grade,
    marks: score.sheets[0]!.items.map((i) => i.marks && textOf(i.marks)),
  }))
  return { cases, sums }
}

const scoreOf = (of: { id: string; score: string | null }[], id: string) => Number(of.find((o) => o.id === id)?.score)

test('a trial says of every organisation what a run would, but for its indicators', async () => {
  const { objects } = await computeEvaluation(w.db, declared, asked)
  const trial = await trialOf(w.db, declared, asked)
  expect(trial.objects).toEqual(objects.map(({ linkage: _, items: __, ...head }) => head))
})

test('without kept sums the same comes from the facts', async () => {
  const { cases, sums } = await both()
  expect(cases).toHaveLength(3)
  expect(sums).toEqual(cases)
})

test('kept sums give what the cases give, and are computed once', async () => {
  expect(await keepTallies(w.db, declared, asked)).toBe(3)
  expect(await keepTallies(w.db, declared, asked)).toBe(0)
  const { cases, sums } = await both()
  expect(sums).toEqual(cases)
})

test('a run reads the kept sums and not the facts they came from', async () => {
  const [branch] = unit.branches
  const { rows } = await sql<{ sums: unknown }>`select sums from evaluation.tally where org_id = ${branch!.id}`.execute(w.db)
  await sql`update evaluation.tally set sums = '[[10,0],[10,0],[10,0],[10,0],[10,0]]' where org_id = ${branch!.id}`.execute(w.db)
  const { sums } = await both()
  expect(sums.find((o) => o.id === branch!.id)?.score).toBe('0')
  await sql`update evaluation.tally set sums = ${JSON.stringify(rows[0]!.sums)}::jsonb where org_id = ${branch!.id}`.execute(w.db)
})

test('what is recorded later is seen at once, before and after the sums are brought up', async () => {
  const [first, second, third] = unit.branches
  const before = (await both()).sums
  const id = await hold(w, third!, ['memberAssembly'], '2025-11-12')
  w.setNow(new Date('2026-01-06T02:00:00Z'))
  const waiting = await both()
  expect(waiting.sums).toEqual(waiting.cases)
  await number(w)
  const numbered = await both()
  expect(numbered.sums).toEqual(numbered.cases)
  expect(scoreOf(numbered.sums, third!.id)).toBeGreaterThan(scoreOf(before, third!.id))
  expect(await keepTallies(w.db, declared, asked), 'only the branch that did something').toBe(1)
  const meeting = await w.done(OWNER, 'meetings.get', { id })
  await w.done(OWNER, 'meetings.cancel', { id, version: meeting.version, reason: 'notHeld', note: '没有开' } as never)
  const cancelled = await both()
  expect(cancelled.sums).toEqual(cancelled.cases)
  expect(cancelled.sums.map((o) => o.id)).toEqual(expect.arrayContaining([first!.id, second!.id]))
})

test('a rule of the unit touches every organisation below it', async () => {
  await number(w)
  await keepTallies(w.db, declared, asked)
  const body = {
    duty: 'themePartyDay', every: 'month', times: 2, strength: 'must', layer: 'unit', metBy: 'meeting', toVerify: false,
    orgKinds: ['partyBranch'], minFullMembers: null, mayShare: true,
  } // biome-ignore format: one rule
  const before = (await both()).sums
  await sql`insert into ledger.fact (org_id, id, kind, subject, happened_on, recorded_at, operation, body)
    values (${unit.committeeId}, gen_random_uuid(), 'rule.adopted', gen_random_uuid(), '2025-01-01', now(), 'test', ${JSON.stringify(body)}::jsonb)`.execute(
    w.db,
  )
  await sql`insert into ledger.pending select org_id, id, recorded_at from ledger.fact where kind = 'rule.adopted' and operation = 'test'`.execute(
    w.db,
  )
  const after = await both()
  expect(after.sums).toEqual(after.cases)
  expect(after.sums).not.toEqual(before)
  await number(w)
  expect(await keepTallies(w.db, declared, asked)).toBe(3)
})

test('at night the sums of published schemes are kept for the last period that is over, and of drafts none', async () => {
  const sets = async () =>
    (
      await sql<{ period: string; asAt: string }>`select period, as_at::text as "asAt" from evaluation.tally_set
    where questions not like '%recorded-in-time%'`.execute(w.db)
    ).rows
  const orgId = unit.committeeId
  const copy = await w.done(OWNER, 'evaluation.copyShipped', { orgId, shipped: '00-branch-basics' })
  await keepPublished(w.db, declared, '2026-03-01')
  expect(await sets()).toEqual([])
  const { version } = await w.done(OWNER, 'evaluation.scheme', { schemeId: copy.id })
  await w.done(OWNER, 'evaluation.publishScheme', { id: copy.id, version: version!, documentNo: '示例党发〔2026〕1号' })
  await keepPublished(w.db, declared, '2026-03-01')
  expect(await sets()).toEqual([{ period: '2025', asAt: '2026-01-01' }])
  const trial = await w.done(OWNER, 'evaluation.preview', { orgId, schemeId: copy.id, period: '2025' })
  expect(trial.objects.map((o) => [o.org.id, o.score])).toHaveLength(3)
})

test('a committee is asked about the branches below it, each named; what one of them does touches the committee alone among committees', async () => {
  const below = { ...asked, scheme: ofCommittees }
  const other = await makeUnit(w, 1)
  await number(w)
  expect(await keepTallies(w.db, declared, below)).toBe(2)
  const kept = await both(below)
  expect(kept.sums).toEqual(kept.cases)
  const [ours] = (await computeEvaluation(w.db, declared, below)).objects.filter((o) => o.org.id === unit.committeeId)
  const notes = ours!.items.map((i) => i.cases.map((c) => c.note))
  expect(notes[0]!.filter((n) => n.startsWith('第1党支部：'))).toHaveLength(4)
  expect(notes[1]).toEqual(unit.branches.map((_, i) => expect.stringMatching(`^第${i + 1}党支部：2025-12-31 班子在任 3 人`)))

  await hold(w, unit.branches[1]!, ['memberAssembly'], '2025-08-15')
  w.setNow(new Date('2026-01-07T02:00:00Z'))
  const waiting = await both(below)
  expect(waiting.sums).toEqual(waiting.cases)
  expect(scoreOf(waiting.sums, unit.committeeId)).toBeGreaterThan(scoreOf(kept.sums, unit.committeeId))
  expect(scoreOf(waiting.sums, other.committeeId)).toBe(scoreOf(kept.sums, other.committeeId))
  await number(w)
  expect(await keepTallies(w.db, declared, below)).toBe(1)
})
