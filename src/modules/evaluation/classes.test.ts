import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '#testing/world.ts'
import { hold, makeUnit, number, type Unit } from './testing.ts'

const duty = (kind: string) => ({ from: 'duty', measure: 'duties.met', filter: { duty: kind } })
const sheet = (key: string, cls: string, items: object[]) => ({ key, name: `${cls}表`, total: '10', classes: [cls], items })
const composite = {
  name: '履职',
  max: '10',
  source: {
    from: 'composite',
    parts: [
      { name: '党员大会', weight: '0.5', source: duty('memberAssembly') },
      { name: '产量', weight: '0.5', source: { from: 'import', of: '产量', by: '生产部' } },
    ],
  },
  rules: [{ kind: 'share' }],
}
const scheme = {
  format: 'rongjian-scheme/1',
  key: 'by-class',
  name: '分类考核',
  object: { kind: 'branch' },
  completeness: 'full',
  source: [{ title: '测试' }],
  period: { every: 'year' },
  rounding: { digits: '2', mode: 'half-up', at: 'total' },
  notApplicable: 'scale',
  combine: 'class',
  sheets: [sheet('front', '一线', [composite]), sheet('office', '机关', [{ ...composite, source: duty('partyLecture') }])],
}

let w: World
let unit: Unit
let place: { orgId: string; schemeId: string; period: string }
beforeAll(async () => {
  w = await world({ now: new Date('2025-01-02T02:00:00Z') })
  unit = await makeUnit(w, 3)
  for (const on of ['2025-02-10', '2025-05-12', '2025-11-10']) await hold(w, unit.branches[0]!, ['memberAssembly'], on)
  w.setNow(new Date('2026-02-20T02:00:00Z'))
  const { id } = await w.done(unit.officer, 'evaluation.saveScheme', { orgId: unit.committeeId, content: scheme })
  place = { orgId: unit.committeeId, schemeId: id, period: '2025' }
})
afterAll(() => w.close())

const enter = (at: number, inputKey: string, input: object) =>
  w.call(unit.officer, 'evaluation.enterValue', { ...place, orgId: unit.branches[at]!.id, inputKey, input, source: '党委 2025 年分类表' })
const scored = async () => {
  await number(w)
  const { objects } = await w.done(unit.officer, 'evaluation.preview', place)
  return unit.branches.map((b) => objects.find((o) => o.org.id === b.id)!)
}

test('a class is assigned by hand with its source; until then an object has no sheet, and none the scheme does not name is taken', async () => {
  const before = await scored()
  expect(before.map((o) => o.open)).toEqual(Array(3).fill(['未填：所属类别（一线、机关），由考核组归类']))
  expect((await enter(0, 'class', { kind: 'label', label: '车间' })).status).toBe(422)
  for (const [at, label] of [
    [0, '一线'],
    [1, '机关'],
    [2, '一线'],
  ] as const)
    expect((await enter(at, 'class', { kind: 'label', label })).status).toBe(200)
  const after = await scored()
  expect(after.map((o) => [o.score, o.open])).toEqual([
    ['0', ['front/履职']],
    [expect.any(String), []],
    ['0', ['front/履职']],
  ])
})

test('a composite counts its measured part from facts and asks for the other by hand only', async () => {
  const { items } = await w.done(unit.officer, 'evaluation.missingEntries', place)
  expect(items.map((i) => i.key)).toEqual(['front/履职@产量', 'class'])
  expect((await enter(0, 'front/履职@党员大会', { kind: 'figure', quantity: '4', outOf: '4' })).status).toBe(409)
  expect((await enter(0, 'front/履职', { kind: 'figure', quantity: '4', outOf: '4' })).status).toBe(422)
  expect((await enter(0, 'front/履职@产量', { kind: 'figure', quantity: '80', outOf: '100' })).status).toBe(200)
  const [first] = await scored()
  expect([first!.score, first!.open]).toEqual(['7.75', []])
  const ref = { ...place, orgId: unit.branches[0]!.id, path: 'front/履职' }
  const shown = await w.done(unit.officer, 'evaluation.cases', ref)
  expect(shown).toMatchObject({ state: '已计算', score: '7.75', counts: 'memberAssembly' })
  expect(shown.parts.map((p) => [p.name, p.value])).toEqual([
    ['党员大会', '3/4'],
    ['产量', '80/100'],
  ])
  expect(shown.cases.map((c) => [c.part, c.met, c.facts.length])).toEqual([1, 1, 0, 1].map((n) => ['党员大会', n, n]))
  expect(shown.entered.map((e) => e.source)).toEqual(['党委 2025 年分类表'])
  expect((await w.call(unit.officer, 'evaluation.resultWorkbook', { ...place, orgId: unit.branches[0]!.id })).status).toBe(200)
})
