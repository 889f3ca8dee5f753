import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '#testing/world.ts'
import { hold, makeUnit, number, publishBasics, type Unit } from './testing.ts'

let w: World
let unit: Unit
const NOW = new Date('2026-02-20T02:00:00Z')

beforeAll(async () => {
  w = await world({ now: new Date('2025-01-02T02:00:00Z') })
  unit = await makeUnit(w, 6)
  const [first] = unit.branches
  for (const on of ['2025-02-10', '2025-05-12', '2025-11-10']) await hold(w, first!, ['memberAssembly'], on)
  w.setNow(NOW)
  await number(w)
})
afterAll(() => w.close())

const secretary = () => unit.branches[0]!.secretary
const branch = () => unit.branches[0]!.id

test('a run is published with its facts, kept as it was, and once only', async () => {
  const schemeId = await publishBasics(w, unit)
  await number(w)
  const published = await w.call(unit.officer, 'evaluation.publishRun', { orgId: unit.committeeId, schemeId, period: '2025' })
  expect(published.status, JSON.stringify(published.body)).toBe(200)
  expect(published.facts.map((f) => f.kind)).toEqual(['run.published'])
  expect(published.body.objects).toBe(6)
  const twice = await w.call(unit.officer, 'evaluation.publishRun', { orgId: unit.committeeId, schemeId, period: '2025' })
  expect([twice.status, twice.facts]).toEqual([409, []])

  const { items } = await w.done(secretary(), 'evaluation.runs', {})
  expect(items).toHaveLength(1)
  expect(items[0]!.objects.map((o) => o.orgId)).toEqual([branch()])
  expect(items[0]!.stateName).toBe('结果核对中（可申诉）')

  const result = await w.done(secretary(), 'evaluation.result', { orgId: branch(), runId: items[0]!.id })
  const assembly = result.dimensions.flatMap((d) => d.items).find((i) => i.name === '党员大会')!
  expect(assembly).toMatchObject({ score: '4', max: '5', lost: '1', formula: '5 分 − 缺 1 次 × 1 分 = 4 分' })
  expect(assembly.sentence).toContain('缺第三季度')
  expect(result.toDos.some((t) => t.name === '党员大会' && t.says.includes('第三季度'))).toBe(true)
})
