import fc from 'fast-check'
import { expect, test } from 'vitest'
import { enteredInput } from './entered.ts'
import { type EvaluateArgs, evaluate, evaluationText, firstDifference } from './evaluate.ts'
import type { Input, Subject } from './input.ts'
import { listShipped } from './load.ts'
import { inputKeys } from './plan.ts'
import type { Scheme } from './scheme.ts'
import { caseOf, quarters, subjectOf } from './testing.ts'

const shipped = listShipped().map(({ file, loaded }) => {
  if ('errors' in loaded) throw new Error(file)
  return { file, scheme: loaded.scheme }
})
const basics = shipped[0]!.scheme
const run = (scheme: Scheme, subjects: Subject[]): EvaluateArgs => ({
  scheme,
  warnings: [],
  period: '2025',
  asAt: '2025-12-31',
  through: 144,
  treeHead: { size: 144, root: 'ab' },
  subjects,
})
const year = (met: number): Input => ({ kind: 'cases', cases: [caseOf('2025', met)] })
const months = (...missing: number[]): Input => ({
  kind: 'cases',
  cases: Array.from({ length: 12 }, (_, i) => caseOf(`2025-${String(i + 1).padStart(2, '0')}`, missing.includes(i + 1) ? 0 : 1)),
})
const branch: Record<string, Input> = {
  党员大会: quarters(3),
  支委会: { kind: 'cases', cases: [] },
  党课: quarters(),
  主题党日: months(7, 8),
  组织生活会: year(1),
  民主评议党员: year(1),
}

test('the documented shape: one branch, its lost marks and the facts of what was met', () => {
  const { objects, ...head } = evaluate(run(basics, [subjectOf(branch, 'b1')]))
  expect(Object.keys(head).sort()).toEqual(['asAt', 'period', 'scheme', 'through', 'treeHead'])
  const [object] = objects
  expect(object).toMatchObject({ org: { id: 'b1', name: 'b1' }, score: '26.4', outOf: '30', grade: '基本齐全', bars: [], open: [] })
  expect(object!.says).toBe('「支委会」不适用，其余得分乘 1.2 折算；得分率 88%；等次「基本齐全」')
  expect(object!.items[0]).toEqual({
    path: '党员大会',
    name: '党员大会',
    source: 'duty',
    max: '5',
    score: '4',
    value: '3/4',
    state: '已计算',
    sentence: '应召开 4 次，实召开 3 次（缺第三季度），每少一次扣 1 分，得 4 分（满分 5）',
    cases: [
      { period: '2025-Q1', expected: 1, met: 1, facts: ['fact-2025-Q1'], note: '' },
      { period: '2025-Q2', expected: 1, met: 1, facts: ['fact-2025-Q2'], note: '' },
      { period: '2025-Q3', expected: 1, met: 0, facts: [], note: '' },
      { period: '2025-Q4', expected: 1, met: 1, facts: ['fact-2025-Q4'], note: '' },
    ],
  })
  expect(object!.items.map(({ score }) => score)).toEqual(['4', null, '5', '3', '5', '5'])
  expect(object!.items[3]!.sentence).toBe('应开展 12 次，实开展 10 次（缺 7 月、8 月），每少一次扣 1 分，得 3 分（满分 5）')
})

test('what nobody entered leaves the score open and the grade unsaid', () => {
  const { 党课: _, ...rest } = branch
  const [object] = evaluate(run(basics, [subjectOf(rest)])).objects
  expect(object).toMatchObject({ grade: null, open: ['党课'], outOf: '24' })
  expect(object!.items[2]).toMatchObject({ score: null, value: null })
})

/** Some input for every key, right or wrong for its rule, drawn from one number. */
const someInput = (kind: string, draw: number): Input | undefined => {
  const inputs: (Input | undefined)[] = [
    undefined,
    { kind: 'figure', quantity: `${draw % 7}.5`, outOf: '10' },
    { kind: 'sums', expected: draw % 5, met: draw % 3 },
    { kind: 'reviews', reviews: [{ who: '考核组', marks: `${draw % 4}` }] },
    { kind: 'told', happened: draw % 2 === 0 },
    { kind: 'notApplicable', reason: '不涉及' },
    quarters(draw % 5),
    { kind: 'events', events: [{ matter: `${draw % 3}`, marks: '2', level: '提出' }] },
    { kind: 'label', label: ['一般', '先进', '优秀'][draw % 3]! },
  ]
  return inputs[(draw + kind.length) % inputs.length]
}
const subjectsFor = (scheme: Scheme, draws: number[]): Subject[] =>
  Array.from({ length: 5 }, (_, n) => {
    const inputs = inputKeys(scheme).map(({ key, kind }, i) => [key, someInput(kind, draws[(n * 13 + i) % draws.length]!)] as const)
    const known = inputs.filter((entry): entry is readonly [string, Input] => entry[1] !== undefined)
    return subjectOf(Object.fromEntries(known), `o${n}`, { group: `g${n % 2}`, class: ['专职书记', '村', '安全生产'][n % 3]! })
  })

test.each(shipped)('$file: equal input gives equal bytes, in whatever order the objects come, and never throws', ({ scheme }) => {
  const draws = fc.array(fc.nat({ max: 1000 }), { minLength: 40, maxLength: 60 })
  fc.assert(
    fc.property(draws, (numbers) => {
      const subjects = subjectsFor(scheme, numbers)
      const before = JSON.stringify(subjects)
      const text = evaluationText(evaluate(run(scheme, subjects)))
      expect(evaluationText(evaluate(run(structuredClone(scheme), structuredClone(subjects).reverse())))).toBe(text)
      expect(JSON.stringify(subjects)).toBe(before)
      expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/)
    }),
    { numRuns: 15 },
  )
})

test('one branch alone scores as it does among others', () => {
  const others = ['x', 'y'].map((id) => subjectOf({ ...branch, 党员大会: quarters() }, id))
  const among = evaluate(run(basics, [...others, subjectOf(branch, 'b1')])).objects.find(({ org }) => org.id === 'b1')
  expect(evaluate(run(basics, [subjectOf(branch, 'b1')])).objects[0]).toEqual(among)
})

test('the first place where two results differ is named', () => {
  const one = evaluate(run(basics, [subjectOf(branch)]))
  const two = structuredClone(one)
  two.objects[0]!.items[3]!.score = '4'
  expect(firstDifference(one, structuredClone(one))).toBeNull()
  expect(firstDifference(one, two)).toBe('objects.0.items.3.score')
})

test('a person may enter figures and judgements, never cases or sums, which come from facts alone', () => {
  expect(enteredInput({ kind: 'figure', quantity: '3.50', outOf: '4' })).toEqual({ kind: 'figure', quantity: '3.5', outOf: '4' })
  expect(enteredInput({ kind: 'figure', quantity: 'many' })).toBeNull()
  expect(enteredInput({ kind: 'told', happened: true, extra: 1 })).toBeNull()
  expect(enteredInput({ kind: 'sums', expected: 4, met: 4 })).toBeNull()
  expect(enteredInput({ kind: 'cases', cases: [] })).toBeNull()
})
