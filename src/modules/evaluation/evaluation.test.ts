import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { rowsOf } from '#testing/handmadeSheets.ts'
import { type World, world } from '#testing/world.ts'
import { modules } from '../../platform.ts'
import { BASICS, hold, makeUnit, number, publishBasics, type Unit } from './testing.ts'

let w: World
let unit: Unit
let schemeId: string
let runId: string
let early: number
beforeAll(async () => {
  w = await world({ now: new Date('2025-01-02T02:00:00Z') })
  unit = await makeUnit(w, 6)
  const first = unit.branches[0]!
  await hold(w, first, ['memberAssembly'], '2025-02-10')
  early = await number(w)
  for (const on of ['2025-05-12', '2025-11-10']) await hold(w, first, ['memberAssembly'], on)
  await hold(w, unit.branches[1]!, ['partyLecture', 'themePartyDay'], '2025-06-20')
  w.setNow(new Date('2026-02-20T02:00:00Z'))
  schemeId = await publishBasics(w, unit)
  await number(w)
  const published = await w.call(unit.officer, 'evaluation.publishRun', { orgId: unit.committeeId, schemeId, period: '2025' })
  expect(published.facts.map((f) => f.kind)).toEqual(['run.published'])
  runId = published.body.id
})
afterAll(() => w.close())

const secretary = () => unit.branches[0]!.secretary
const mine = () => ({ orgId: unit.branches[0]!.id, runId })
const preview = async (through?: number) =>
  w.done(unit.officer, 'evaluation.preview', {
    orgId: unit.committeeId,
    schemeId,
    period: '2025',
    ...(through === undefined ? {} : { through }),
  })

describe('a published run', () => {
  test('is published once, is seen by those it is about and those above, and shows each only what they may see', async () => {
    const twice = await w.call(unit.officer, 'evaluation.publishRun', { orgId: unit.committeeId, schemeId, period: '2025' })
    expect([twice.status, twice.facts]).toEqual([409, []])
    const own = await w.done(secretary(), 'evaluation.runs', {})
    expect(own.items.map((r) => [r.stateName, r.objects.map((o) => o.orgId)])).toEqual([['结果核对中（可申诉）', [mine().orgId]]])
    const above = await w.done(unit.officer, 'evaluation.runs', {})
    expect(above.items[0]!.objects).toHaveLength(6)
    const beside = { orgId: unit.branches[1]!.id, runId }
    for (const operation of ['evaluation.result', 'evaluation.distribution', 'evaluation.resultWorkbook'] as const)
      expect((await w.call(secretary(), operation, beside)).status, operation).toBe(404)
    const stranger = unit.branches[0]!.members[0]!
    expect((await w.call(stranger, 'evaluation.runs', {})).status).toBe(403)
    expect((await w.call(stranger, 'evaluation.result', mine())).status).toBe(404)
  })

  test('says what was lost and what can be done, and every number opens to facts that are in the ledger', async () => {
    const result = await w.done(secretary(), 'evaluation.result', mine())
    const items = result.dimensions.flatMap((d) => d.items)
    const assembly = items.find((i) => i.name === '党员大会')!
    expect(assembly).toMatchObject({ score: '4', max: '5', lost: '1', formula: '5 分 − 缺 1 次 × 1 分 = 4 分' })
    expect(assembly.sentence).toContain('缺第三季度')
    expect(result.toDos.find((t) => t.path === assembly.path)).toMatchObject({ canStill: false, says: expect.stringContaining('第三季度') })

    const cases = await w.done(secretary(), 'evaluation.cases', { ...mine(), path: assembly.path })
    const facts = cases.cases.flatMap((c) => c.facts)
    expect(facts.map((f) => [f.title, f.open?.startsWith('/meetings/'), f.n !== null])).toEqual(Array(3).fill(['党员大会', true, true]))
    const { rows } = await w.pool.query('select fact_id from ledger.entry where n = any($1)', [facts.map((f) => f.n)])
    expect(rows.map((r) => r.fact_id).sort()).toEqual(facts.map((f) => f.id).sort())
    for (const i of items) for (const c of i.cases) expect(c.met > 0, `${i.name} ${c.period}`).toBe(c.facts.length > 0)
  })

  test('gives the same bytes again, and the score of an older number from what was known then', async () => {
    const [one, two] = [await preview(), await preview()]
    expect(JSON.stringify(one)).toBe(JSON.stringify(two))
    const old = await preview(early)
    const scoreIn = (p: typeof one) => Number(p.objects.find((o) => o.org.id === mine().orgId)!.score)
    expect(scoreIn(old)).toBeLessThan(scoreIn(one))
    const stored = await w.done(secretary(), 'evaluation.result', mine())
    expect(stored.score).toBe(one.objects.find((o) => o.org.id === mine().orgId)!.score)
  })

  test('is compared with like organisations without a name, and not at all below five', async () => {
    const all = await w.done(secretary(), 'evaluation.distribution', mine())
    expect(all.bins.reduce((n, b) => n + b.count, 0)).toBe(6)
    expect(JSON.stringify(all)).not.toContain('第2党支部')
    const single = await w.done(secretary(), 'evaluation.distribution', { ...mine(), path: '没有这一项' })
    expect(single).toMatchObject({ bins: [], mine: null, median: null })
  })

  test('goes out as a workbook whose formulas give the marks, without a rank', async () => {
    const { body } = await w.call(secretary(), 'evaluation.resultWorkbook', mine())
    const rows = await rowsOf(await openSpreadsheet(body as unknown as Buffer))
    const cellsOf = (name: string) => rows.find((r) => r.cells[0]?.text.endsWith(name))!.cells
    const cell = (name: string, column: string) => cellsOf(name).find((c) => c.column === column)!
    const [full, expected, met, marks] = ['B', 'C', 'D', 'E'].map((column) => cell('党员大会', column))
    expect([full!.text, expected!.text, met!.text, marks!.text]).toEqual(['5', '4', '3', '4'])
    expect(expected!.raw).toMatch(/^=SUMIF\(依据!/)
    expect(marks!.raw).toMatch(/^=MAX\(0,B\d+-MAX\(0,C\d+-D\d+\)\*1\)$/)
    expect(cell('各项合计', 'E')).toMatchObject({ kind: 'formula', raw: expect.stringMatching(/^=SUM\(E3:E\d+\)$/) })
    expect(JSON.stringify(rows)).not.toMatch(/第 ?\d+ 名/)
  })
})

test('a superior sees no running score; the unit itself only after a reasoned decision', async () => {
  const live = { orgId: mine().orgId, schemeId, period: '2026' }
  const above = await w.call(unit.officer, 'evaluation.preview', { orgId: unit.committeeId, schemeId, period: '2026' })
  expect([above.status, (await w.call(unit.officer, 'evaluation.result', live)).status]).toEqual([403, 403])
  const closed = await w.call(secretary(), 'evaluation.result', live)
  expect([closed.status, closed.body]).toEqual([403, expect.objectContaining({ code: 'self-check-off' })])

  const decision = { orgId: unit.committeeId, allowed: true, reason: '便于支部自查补缺', documentNo: '示例党发〔2026〕2号' }
  expect((await w.call(secretary(), 'evaluation.selfCheckSetting', { ...decision, orgId: mine().orgId })).status).toBe(403)
  await w.done(unit.officer, 'evaluation.selfCheckSetting', decision)
  const own = await w.done(secretary(), 'evaluation.result', live)
  expect(own.stateName).toBe('年度考核对照（供自查，不排名、不通报）')
  expect((await w.call(unit.officer, 'evaluation.result', live)).status).toBe(403)
  await w.done(unit.officer, 'evaluation.selfCheckSetting', { ...decision, allowed: false })
  expect((await w.call(secretary(), 'evaluation.result', live)).status).toBe(403)
})

test('a trial tells who changes grade and by which indicator, and leaves the scheme and the results as they are', async () => {
  const { content } = await w.done(unit.officer, 'evaluation.scheme', { schemeId })
  content.sheets[0].items[0].rules[0].marks = '5'
  const asked = { orgId: unit.committeeId, schemeId, period: '2025', content }
  expect((await w.call(unit.officer, 'evaluation.whatIf', asked)).status).toBe(409)
  await w.pool.query("update evaluation.run set state = 'final' where id = $1", [runId]) // the way there is walked in appeals.test.ts
  const first = await w.call(unit.officer, 'evaluation.whatIf', asked)
  expect([first.status, first.facts]).toEqual([200, []])
  expect(first.body.moved).toBe(6)
  const strict = {
    ...content,
    grades: {
      by: 'rate',
      bands: [
        { name: '齐全', atLeast: '1' },
        { name: '有缺项', below: '1' },
      ],
    },
  }
  const second = await w.done(unit.officer, 'evaluation.whatIf', { ...asked, content: strict, through: first.body.through })
  expect(second.changes.length).toBeGreaterThan(0)
  expect(second.changes.every((c) => c.from !== c.to)).toBe(true)
  expect((await w.done(unit.officer, 'evaluation.scheme', { schemeId })).content.sheets[0].items[0].rules[0].marks).toBe('1')
  const { rows } = await w.pool.query(`select count(*)::int as n from kernel.audit where operation = 'evaluation.whatIf'`)
  expect(rows[0].n).toBe(3)
  expect((await w.call(unit.officer, 'evaluation.whatIf', { ...asked, period: '2026' })).status).toBe(403)
})

test('totals of every measure are those of its cases, whatever the filter and period', async () => {
  const measures = modules.flatMap((m) => ('measures' in m ? [...m.measures] : []))
  const asked = fc.constantFrom(...measures).chain((m) =>
    fc.record({
      measure: fc.constant(m.key),
      filter: fc.record(Object.fromEntries(Object.entries(m.filters ?? {}).map(([k, values]) => [k, fc.constantFrom(...values)])), {
        requiredKeys: [],
      }),
      period: fc.constantFrom('2025', '2025-H1', '2025-Q2', '2025-11'),
      branch: fc.nat(5),
    }),
  )
  const property = fc.asyncProperty(asked, async ({ measure, filter, period, branch }) => {
    const orgId = unit.branches[branch]!.id
    const answer = await w.done(unit.officer, 'evaluation.measure', {
      measure,
      filter: { ...filter } as Record<string, string>,
      orgId,
      period,
    })
    const counted = answer.cases.filter((c) => c.applicable)
    expect(answer.expected).toBe(counted.reduce((n, c) => n + c.expected, 0))
    expect(answer.met).toBe(counted.reduce((n, c) => n + Math.min(c.met, c.expected), 0))
    const { rows } = await w.pool.query('select count(*)::int as n from ledger.fact where id = any($1)', [
      answer.cases.flatMap((c) => c.facts),
    ])
    expect(rows[0].n).toBe(new Set(answer.cases.flatMap((c) => c.facts)).size)
  })
  await fc.assert(property, { numRuns: 40 })
})

test('a question to an unknown measure or filter is refused with what there is', async () => {
  const asked = { orgId: mine().orgId, period: '2025' }
  const unknown = await w.call(secretary(), 'evaluation.measure', { ...asked, measure: 'logins.count' })
  expect([unknown.status, JSON.stringify(unknown.body)]).toEqual([422, expect.stringContaining('duties.met')])
  expect((await w.call(secretary(), 'evaluation.measure', { ...asked, measure: 'duties.met', filter: { colour: 'red' } })).status).toBe(422)
  expect((await w.call(secretary(), 'evaluation.result', { orgId: mine().orgId, ...BASICS, period: '2025' })).status).toBe(403)
})

test('the health check reads the last period: too few with a record, or all with the same marks, without any run before', async () => {
  const fresh = await w.done(unit.officer, 'evaluation.copyShipped', { orgId: unit.committeeId, shipped: '25-standard-branch-hundred' })
  const { content } = await w.done(unit.officer, 'evaluation.scheme', { shipped: BASICS.shipped })
  const checked = await w.done(unit.officer, 'evaluation.checkScheme', { orgId: unit.committeeId, content })
  const of = (code: string) => checked.warnings.filter((x) => x.code === code).map((x) => x.place)
  expect(of('low-coverage')).toContain('党员大会')
  expect(of('no-spread')).toContain('组织生活会')
  expect(of('no-spread')).not.toContain('党员大会')
  expect(checked.warnings.find((x) => x.code === 'low-coverage')!.says).toContain('16%')
  const withoutOrg = await w.done(unit.officer, 'evaluation.checkScheme', { content })
  expect(withoutOrg.warnings.map((x) => x.code)).toEqual(['process-only'])
  expect(fresh.warnings.some((x) => x.code === 'low-coverage')).toBe(false)
})
