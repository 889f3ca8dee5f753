import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import type { Case, Input } from './input.ts'
import { fingerprint, listShipped } from './load.ts'
import { inputKeys, partKey } from './plan.ts'
import type { Node } from './scheme.ts'
import { caseOf, quarters, schemeOf, subjectOf } from './testing.ts'

const DUTY = { from: 'duty', measure: 'duties.met', filter: { duty: 'memberAssembly' } } as const
const assembly: Node = { name: '党员大会', max: '5', source: DUTY, rules: [{ kind: 'deduct', marks: '1', floor: 'zero' }] }
const review: Node = { name: '评议', max: '5', source: { from: 'review', by: '考核组' } }
const open = (period: string, expected = 1, met = 0): Case => ({ ...caseOf(period, met, expected), note: `${period} 还应召开`, due: false })
const evaluated = (nodes: Node[], inputs: Record<string, Input>, rest: Record<string, unknown> = {}) => {
  const total = String(nodes.reduce((n, node) => n + Number(node.max), 0))
  const scheme = schemeOf(nodes, total, rest)
  const treeHead = { size: 0, root: '' }
  return evaluate({ scheme, warnings: [], period: '2025', asAt: '2025-07-15', through: 0, treeHead, subjects: [subjectOf(inputs)] })
    .objects[0]!
}

test('every item says how it stands: computed, not entered, undecided, not due or not applicable', () => {
  const sent: Node = { name: '月度', max: '5', source: { from: 'external', of: '月度考核', absent: 'open' }, rules: [{ kind: 'share' }] }
  const nodes = [assembly, { ...assembly, name: '民主评议' }, { ...assembly, name: '支委会' }, review, sent]
  const { items } = evaluated(nodes, {
    党员大会: quarters(3),
    民主评议: { kind: 'cases', cases: [open('2025')] },
    支委会: { kind: 'notApplicable', reason: '没有支委会' },
    月度: { kind: 'results', results: [{ period: '2025-01', score: null, outOf: '100' }] },
  })
  expect(items.map((i) => [i.name, i.state, i.score])).toEqual([
    ['党员大会', '已计算', '4'],
    ['民主评议', '未到期', null],
    ['支委会', '不适用', null],
    ['评议', '未填', null],
    ['月度', '未定', null],
  ])
  expect(items[1]!.sentence).toBe('未到期：2025 还应召开，到期后计分（满分 5）')
})

test('what is not due is neither met nor missed: it takes no mark, moves no weight, and no grade is said before it is', () => {
  const grades = { grades: { by: 'score', bands: [{ name: '好', atLeast: '0' }] } }
  const later: Record<string, Input> = {
    党员大会: { kind: 'cases', cases: [caseOf('2025-Q1', 1), caseOf('2025-Q2', 0), open('2025-Q3'), open('2025-Q4')] },
  }
  const now = evaluated([assembly], later, grades)
  expect(now.items[0]).toMatchObject({ state: '已计算', score: '4', value: '1/2' })
  expect(now.items[0]!.cases.map((c) => c.due)).toEqual([undefined, undefined, false, false])
  expect(now.items[0]!.sentence).toBe('应召开 2 次，实召开 1 次（缺第二季度），每少一次扣 1 分，得 4 分（满分 5）')

  const waiting = evaluated([assembly, { ...assembly, name: '年会' }], { ...later, 年会: { kind: 'cases', cases: [open('2025')] } }, grades)
  expect(waiting).toMatchObject({ score: '4', outOf: '5', grade: null, open: ['年会'] })
  expect(waiting.says).toBe('还有 1 项未到期，到期后再定等次')
})

test('of a period that runs, what is done counts and what is still to do is not expected', () => {
  const { items } = evaluated([{ ...assembly, rules: [{ kind: 'share' }] }], {
    党员大会: { kind: 'cases', cases: [open('2025-H2', 3, 1)] },
  })
  expect(items[0]).toMatchObject({ value: '1/1', score: '5' })
})

test('a rule that counts what happened finds nothing where nothing is recorded, and is not called inapplicable', () => {
  const late: Node = {
    name: '补录',
    max: '5',
    source: { from: 'fact', measure: 'meetings.late-entries' },
    rules: [{ kind: 'deduct', marks: '1', counts: 'occurrences' }],
  }
  const none = evaluated([late], { 补录: { kind: 'cases', cases: [] } }).items[0]!
  expect([none.state, none.score, none.sentence]).toEqual(['已计算', '5', '没有发生，不扣分，得 5 分（满分 5）'])
  const share = evaluated([{ ...late, rules: [{ kind: 'share' }] }], { 补录: { kind: 'cases', cases: [] } }).items[0]!
  expect([share.state, share.score]).toEqual(['不适用', null])
})

const composite: Node = {
  name: '履职',
  max: '10',
  source: {
    from: 'composite',
    parts: [
      { name: '开会', weight: '0.6', source: DUTY },
      { name: '产量', weight: '0.4', source: { from: 'import', of: '产量', by: '生产部' } },
    ],
  },
  rules: [{ kind: 'share' }],
}

test('each part of a composite has its own value, cases, source and sentence', () => {
  expect(inputKeys(schemeOf([composite], '10')).map((k) => [k.key, k.name, k.source?.from])).toEqual([
    ['履职@开会', '履职：开会', 'duty'],
    ['履职@产量', '履职：产量', 'import'],
  ])
  const figure: Input = { kind: 'figure', quantity: '50', outOf: '100' }
  const { items } = evaluated([composite], { [partKey('履职', '开会')]: quarters(3), [partKey('履职', '产量')]: figure })
  expect(items[0]).toMatchObject({ state: '已计算', score: '6.5', source: 'composite' })
  expect(items[0]!.parts).toEqual([
    { name: '开会', weight: '0.6', source: 'duty', value: '3/4', sentence: '开会应召开 4 次，实召开 3 次（缺第三季度），权重 0.6' },
    { name: '产量', weight: '0.4', source: 'import', value: '50/100', sentence: '产量 50/100，权重 0.4' },
  ])
  expect(items[0]!.cases.map((c) => [c.part, c.period, c.met])).toEqual([1, 2, 3, 4].map((n) => ['开会', `2025-Q${n}`, n === 3 ? 0 : 1]))
  const half = evaluated([composite], { [partKey('履职', '开会')]: quarters(3) }).items[0]!
  expect([half.state, half.score, half.sentence]).toEqual(['未填', null, '产量：未填：由生产部填报，暂不计分（满分 10）'])
})

const shipped = (start: string) => {
  const { loaded } = listShipped().find(({ file }) => file.startsWith(start))!
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  return loaded.scheme
}

test('where a scheme tells classes apart, an object is scored by the sheet of its class, or says that none was assigned', () => {
  for (const start of ['06-', '09-city-power-fortress', '30-6']) expect(inputKeys(shipped(start)).some((k) => k.key === 'class')).toBe(true)
  const scheme = shipped('06-')
  const inputs: Record<string, Input> = {
    'full-time/党建基础工作': { kind: 'figure', quantity: '45', outOf: '50' },
    'full-time/单位生产经营完成': { kind: 'figure', quantity: '30', outOf: '30' },
    'full-time/第三部分（名称未见）': { kind: 'figure', quantity: '20', outOf: '20' },
  }
  const subjects = [{ ...subjectOf(inputs, 'a'), class: '专职书记' }, { ...subjectOf({}, 'b'), class: '兼职书记' }, subjectOf(inputs, 'c')]
  const treeHead = { size: 0, root: '' }
  const { objects } = evaluate({ scheme, warnings: [], period: '2025', asAt: '2026-01-01', through: 0, treeHead, subjects })
  expect(objects.map((o) => [o.score, o.items.length])).toEqual([
    ['95', 3],
    ['0', 1],
    [null, 0],
  ])
  expect(objects[2]!.open).toEqual(['未填：所属类别（专职书记、兼职书记），由考核组归类'])
  expect(fingerprint(scheme)).toHaveLength(64)
})

test('quotas of a class are filled within that class only', () => {
  const scheme = shipped('30-6')
  const told = (grade: string): Record<string, Input> => ({ 'grade/decision': { kind: 'label', label: grade } })
  const weak = (id: string, kind: string) => ({ ...subjectOf(told('软弱涣散'), id), class: kind, group: kind })
  const fine = (id: string, kind: string) => ({ ...subjectOf(told('未认定'), id), class: kind, group: kind })
  const villages = [weak('v0', '村'), ...Array.from({ length: 6 }, (_, i) => fine(`v${i + 1}`, '村'))]
  const communities = [weak('s0', '社区'), ...Array.from({ length: 6 }, (_, i) => fine(`s${i + 1}`, '社区'))]
  const treeHead = { size: 0, root: '' }
  const graded = (subjects: typeof villages) =>
    evaluate({ scheme, warnings: [], period: '2025', asAt: '2026-01-01', through: 0, treeHead, subjects }).objects.filter((o) =>
      o.org.id.endsWith('0'),
    )
  const [community, village] = graded([...villages, ...communities])
  expect(village).toMatchObject({ grade: '软弱涣散' }) // 15 % of 7 is one
  expect(community!.grade).toBeNull() // 8 % of 7 is none
  expect(community!.says).toContain('名额 0 个')
})
