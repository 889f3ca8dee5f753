import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type World, world } from '#testing/world.ts'
import { BASICS, makeUnit, number, type Unit } from './testing.ts'

/** Sixty marks from facts, forty entered by hand. */
const SCHEME = `
format: rongjian-scheme/1
key: mixed
name: 混合对照表
object: { kind: branch }
completeness: full
source: [{ title: 示例 }]
period: { every: year }
rounding: { digits: 2, mode: half-up, at: total }
notApplicable: scale
sheets:
  - key: main
    name: 对照表
    total: 100
    items:
      - { name: 党员大会, max: 60, source: { from: duty, measure: duties.met, filter: { duty: memberAssembly } }, rules: [{ kind: share }] }
      - { name: 测评, max: 40, source: { from: import, of: 群众满意率, by: 群众工作部 }, rules: [{ kind: share }] }
eligibility:
  - { code: 安全, when: 发生较大安全事故, effect: { does: bar, from: 评先评优 } }
grades: { by: score, bands: [{ name: 优秀, atLeast: 90 }, { name: 其他, below: 90 }] }
`

let w: World
let unit: Unit
let schemeId: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-02-20T02:00:00Z') })
  unit = await makeUnit(w, 2)
  schemeId = (await w.done(unit.officer, 'evaluation.saveScheme', { orgId: unit.committeeId, yaml: SCHEME })).id
})
afterAll(() => w.close())

const at = () => ({ orgId: unit.branches[0]!.id, schemeId, period: '2025' })
const figure = (quantity: string) => ({ kind: 'figure', quantity, outOf: '100' })
const enter = (inputKey: string, input: unknown, source = '群众工作部 2026 年 1 月 8 日函') =>
  w.call(unit.officer, 'evaluation.enterValue', { ...at(), inputKey, input, source })
const markOf = async (through?: number) => {
  const asked = { orgId: unit.committeeId, schemeId, period: '2025', ...(through === undefined ? {} : { through }) }
  const { objects } = await w.done(unit.officer, 'evaluation.preview', asked)
  return objects.find((o) => o.org.id === at().orgId)!
}

test('what is not entered is open, says by whom, and is no nought; entered it counts, and taken back it is open again', async () => {
  const missing = await w.done(unit.officer, 'evaluation.missingEntries', { ...at(), orgId: unit.committeeId })
  expect(missing.items.map((i) => [i.key, i.missing.length, i.optional])).toEqual([
    ['测评', 2, false],
    ['eligibility/安全', 2, true],
  ])
  expect(missing.items[0]!.by).toBe('群众工作部填报')
  expect((await markOf()).open.join()).toContain('测评')
  const before = await number(w)

  const entered = await enter('测评', figure('90'))
  expect(entered.facts.map((f) => f.kind)).toEqual(['value.entered'])
  await number(w)
  expect(await markOf()).toMatchObject({ score: '36', outOf: '100', open: [] })
  expect((await markOf(before)).open).not.toEqual([])

  const { items } = await w.done(unit.officer, 'evaluation.entries', at())
  expect(items).toEqual([expect.objectContaining({ source: '群众工作部 2026 年 1 月 8 日函', enteredBy: '李某某', retracted: false })])
  const back = await w.call(unit.officer, 'evaluation.takeBackValue', { orgId: at().orgId, id: items[0]!.id, reason: 'mistake' })
  expect(back.facts.map((f) => f.kind)).toEqual(['fact.retracted'])
  expect((await markOf()).open).not.toEqual([])
})

test('the latest entry counts, and its record is found from the number', async () => {
  await enter('测评', figure('50'))
  await enter('测评', figure('100'))
  expect((await markOf()).score).toBe('40')
  const cases = await w.done(unit.officer, 'evaluation.cases', { ...at(), path: '测评' })
  expect(cases.entered).toHaveLength(1)
  expect(cases.entered[0]).toMatchObject({ kind: 'value.entered', by: '李某某' })
})

test('an entry changed behind the application is not counted but named', async () => {
  await enter('测评', figure('60'))
  await expect(w.pool.query(`update evaluation.entry set source = '改过'`)).rejects.toThrow(/permission denied/)
  const hand = new pg.Client({ ...inject('superuser'), database: w.databaseName })
  await hand.connect()
  const change = (from: string, to: string) =>
    hand.query(`update evaluation.entry set input = jsonb_set(input, '{quantity}', $2) where input->>'quantity' = $1`, [from, `"${to}"`])
  await change('60', '99')
  const tampered = await w.call(unit.officer, 'evaluation.preview', { orgId: unit.committeeId, schemeId, period: '2025' })
  expect([tampered.status, tampered.body]).toEqual([409, expect.objectContaining({ code: 'entry-altered' })])
  await change('99', '60')
  await hand.end()
  expect((await markOf()).score).toBe('24')
})

test('what facts feed, unknown items, wrong shapes and empty sources are refused and leave no fact', async () => {
  const refused = [
    await enter('党员大会', figure('100')),
    await enter('没有这一项', figure('100')),
    await enter('测评', { kind: 'cases', cases: [] }),
    await enter('测评', { kind: 'figure', quantity: '九十' }),
    await enter('测评', figure('1'), ' '),
  ]
  expect(refused.map((r) => [r.status, r.facts])).toEqual([
    [409, []],
    [422, []],
    [422, []],
    [422, []],
    [422, []],
  ])
})

test('a secretary reads what was entered about the own branch and enters nothing; the branch beside is not there', async () => {
  const { secretary } = unit.branches[0]!
  const own = await w.call(secretary, 'evaluation.enterValue', { ...at(), inputKey: '测评', input: figure('100'), source: '自报' })
  expect(own.status).toBe(404) // a draft is not seen by whom it will bind
  const shipped = { orgId: unit.branches[1]!.id, ...BASICS, period: '2025' }
  expect((await w.call(secretary, 'evaluation.entries', shipped)).status).toBe(404)
})

test('an event that bars is told by hand and stands in the result with its reason', async () => {
  await enter('eligibility/安全', { kind: 'told', happened: true, note: '2025年6月3日' }, '安监处通报')
  expect((await markOf()).bars).toEqual(['发生较大安全事故（2025年6月3日），取消「评先评优」资格'])
})
