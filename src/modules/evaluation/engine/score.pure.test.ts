import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, exact, sum, textOf, ZERO } from './exact.ts'
import type { Input } from './input.ts'
import { plan } from './plan.ts'
import type { Node, Scheme } from './scheme.ts'
import { scoreObject } from './score.ts'
import { sentenceOf } from './sentence.ts'
import { quarters, schemeOf, subjectOf } from './testing.ts'

const sums = (expected: number, met: number): Input => ({ kind: 'sums', expected, met })
const item = (name: string, max: string, rules: Node['rules'] = [{ kind: 'share' }]): Node => ({
  name,
  max,
  source: { from: 'duty', measure: 'duties.met' },
  rules,
})
const scoreOf = (scheme: Scheme, inputs: Record<string, Input>, rest = {}) => scoreObject(plan(scheme), subjectOf(inputs, 'a', rest))
const shown = (scheme: Scheme, inputs: Record<string, Input>, rest = {}) => {
  const { score } = scoreOf(scheme, inputs, rest)
  return score && textOf(score)
}

const rules = fc.constantFrom<NonNullable<Node['rules']>>(
  [{ kind: 'share' }],
  [{ kind: 'share', floor: '30', target: '90' }],
  [{ kind: 'deduct', marks: '0.7' }],
  [{ kind: 'deduct', marks: '3', every: '2', limit: '4' }],
  [{ kind: 'deduct', marks: '1', counts: 'shortfall', target: '90', every: '10' }],
  [{ kind: 'award', marks: '5' }],
  [{ kind: 'award', marks: '0.5', per: '次' }],
  [
    { kind: 'award', marks: '2' },
    { kind: 'deduct', marks: '1' },
  ],
)
const done = fc.integer({ min: 1, max: 40 }).chain((expected) => fc.tuple(fc.constant(expected), fc.nat({ max: expected })))
const withKeys = (one: Node, input: Input): Record<string, Input> =>
  Object.fromEntries(one.rules!.map((_, i) => [one.rules!.length > 1 ? `${one.name}#${i + 1}` : one.name, input]))

describe('properties of marks', () => {
  test('marks lie between nought and the full marks unless the rule has no floor', () => {
    fc.assert(
      fc.property(rules, done, (each, [expected, met]) => {
        const { sheets } = scoreOf(schemeOf([item('甲', '5', each)], '5'), withKeys(item('甲', '5', each), sums(expected, met)))
        const marks = sheets[0]!.items[0]!.marks!
        expect(compare(marks, ZERO)).toBeGreaterThanOrEqual(0)
        expect(compare(marks, exact(5))).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('doing one more thing never costs marks', () => {
    fc.assert(
      fc.property(rules, done, (each, [expected, met]) => {
        fc.pre(met < expected)
        const one = item('甲', '5', each)
        const at = (count: number) => scoreOf(schemeOf([one], '5'), withKeys(one, sums(expected, count))).sheets[0]!.items[0]!.marks!
        expect(compare(at(met + 1), at(met))).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('what does not apply gives all its weight to the same dimension, whatever the weights', () => {
    const weights = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.boolean()), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(weights, weights, (first, second) => {
        fc.pre([first, second].every((some) => some.some(([, applies]) => applies)))
        const dimension = (name: string, some: [number, boolean][]): Node => ({
          name,
          max: String(some.reduce((total, [max]) => total + max, 0)),
          items: some.map(([max], i) => item(`${name}${i}`, String(max))),
        })
        const nodes = [dimension('子', first), dimension('丑', second)]
        const total = nodes.reduce((whole, node) => whole + Number(node.max), 0)
        const inputs = Object.fromEntries(
          [first, second].flatMap((some, n) =>
            some.map(([, applies], i) => [`${'子丑'[n]}/${'子丑'[n]}${i}`, applies ? sums(4, 4) : sums(0, 0)]),
          ),
        )
        const result = scoreOf(schemeOf(nodes, String(total), { notApplicable: 'redistribute' }), inputs)
        expect(textOf(result.score!)).toBe(String(total))
        const maxes = result.sheets[0]!.items.filter(({ score }) => score.state === 'known').map(({ max }) => max!)
        expect(textOf(sum(maxes))).toBe(String(total))
        expect(shown(schemeOf(nodes, String(total)), inputs)).toBe(String(total))
      }),
    )
  })

  test('remembered sums give what is worked out afresh', () => {
    fc.assert(
      fc.property(rules, fc.array(done, { minLength: 1, maxLength: 5 }), (each, many) => {
        const one = item('甲', '5', each)
        const warm = plan(schemeOf([one], '5'))
        for (const [expected, met] of [...many, ...many]) {
          const subject = subjectOf(withKeys(one, sums(expected, met)))
          expect(scoreObject(warm, subject).score).toEqual(scoreObject(plan(schemeOf([one], '5')), subject).score)
        }
      }),
    )
  })
})

test('not applicable under the two rules: its neighbours grow, or the whole is scaled; each says so', () => {
  const nodes: Node[] = [{ name: '组织生活', max: '10', items: [item('大会', '5'), item('支委会', '5')] }, item('学习', '10')]
  const inputs: Record<string, Input> = {
    '组织生活/大会': sums(4, 3),
    '组织生活/支委会': { kind: 'notApplicable', reason: '正式党员 5 名，不设支委会' },
    学习: sums(4, 4),
  }
  expect(shown(schemeOf(nodes, '20', { notApplicable: 'redistribute' }), inputs)).toBe('17.5')
  expect(shown(schemeOf(nodes, '20', { notApplicable: 'scale' }), inputs)).toBe('18.33')
  const moved = scoreOf(schemeOf(nodes, '20', { notApplicable: 'redistribute' }), inputs).sheets[0]!.items.map(sentenceOf)
  expect(moved[0]).toContain('得 3.75 分（满分 5），因同一维度有项目不适用，折算为 7.5 分（满分 10）')
  expect(moved[1]).toBe('不适用：正式党员 5 名，不设支委会，分值并入同一维度（满分 5）')
  expect(scoreOf(schemeOf(nodes, '20', { notApplicable: 'unknown' }), inputs).open).toEqual(['方案没有规定不适用的项目怎么处理'])
})

test('an item nobody filled in is open, not nought, and the score says how much is decided', () => {
  const result = scoreOf(schemeOf([item('甲', '5'), item('乙', '5')], '10'), { 甲: sums(2, 2) })
  expect(result.open).toEqual(['乙'])
  expect(textOf(result.sheets[0]!.decided)).toBe('5')
  expect(result.sheets[0]!.items[1]!.marks).toBeNull()
})

test('rounds at the step the scheme names', () => {
  const nodes = ['甲', '乙', '丙'].map((name) => item(name, '1'))
  const inputs = { 甲: sums(3, 1), 乙: sums(3, 1), 丙: sums(3, 1) }
  expect(shown(schemeOf(nodes, '3'), inputs)).toBe('1')
  expect(shown(schemeOf(nodes, '3', { rounding: { digits: '2', mode: 'half-up', at: 'item' } }), inputs)).toBe('0.99')
  const half = { 甲: sums(2, 1), 乙: sums(1, 0), 丙: sums(1, 0) }
  expect(shown(schemeOf(nodes, '3', { rounding: { digits: '0', mode: 'half-up', at: 'total' } }), half)).toBe('1')
  expect(shown(schemeOf(nodes, '3', { rounding: { digits: '0', mode: 'half-even', at: 'total' } }), half)).toBe('0')
})

test('base 80 with bonus up to 20, and penalties that may go below nought only where the scheme says so', () => {
  const honours: Node = { name: '荣誉', rules: [{ kind: 'bonus', marks: '15', sameMatter: 'each' }] }
  const faults: Node = { name: '通报', rules: [{ kind: 'penalty', marks: '60', sameMatter: 'each' }] }
  const sheet = (penaltyCap?: string) => ({
    sheets: [
      {
        key: 'main',
        name: '表',
        total: '100',
        base: '80',
        bonusCap: '20',
        ...(penaltyCap && { penaltyCap }),
        items: [item('基础', '80'), honours, faults],
      },
    ],
  })
  const events = (count: number): Input => ({ kind: 'events', events: Array.from({ length: count }, (_, i) => ({ matter: `${i}` })) })
  expect(shown(schemeOf([], '0', sheet()), { 基础: sums(1, 1), 荣誉: events(2) })).toBe('100')
  expect(shown(schemeOf([], '0', sheet()), { 基础: sums(1, 1), 通报: events(2) })).toBe('0')
  expect(shown(schemeOf([], '0', sheet('none')), { 基础: sums(1, 1), 通报: events(2) })).toBe('-40')
  expect(shown(schemeOf([], '0', sheet('30')), { 基础: sums(1, 1), 通报: events(2) })).toBe('50')
})

test('a trigger empties an item, a dimension or the whole, even while another of its rules is open', () => {
  const zero = (scope: 'item' | 'dimension' | 'whole'): Node[] => [
    {
      name: '组织',
      max: '10',
      items: [
        item('甲', '5', [
          { kind: 'deduct', marks: '1' },
          { kind: 'zero', when: '出事故', scope },
        ]),
        item('乙', '5'),
      ],
    },
    item('丙', '10'),
  ]
  const inputs: Record<string, Input> = { '组织/甲#2': { kind: 'told', happened: true }, '组织/乙': sums(1, 1), 丙: sums(1, 1) }
  expect(shown(schemeOf(zero('item'), '20'), inputs)).toBe('15')
  expect(shown(schemeOf(zero('dimension'), '20'), inputs)).toBe('10')
  expect(shown(schemeOf(zero('whole'), '20'), inputs)).toBe('0')
  expect(shown(schemeOf(zero('whole'), '20'), { '组织/甲#1': sums(2, 2), '组织/乙': sums(1, 1), 丙: sums(1, 1) })).toBe('20')
})

test('sheets as levels: one that is not passed ends it', () => {
  const levels = {
    combine: 'levels',
    sheets: ['basic', 'good', 'model'].map((key) => ({ key, name: key, total: '100', passAt: '80', items: [item('项', '100')] })),
  }
  const result = scoreOf(schemeOf([], '0', levels), { 'basic/项': sums(10, 9), 'good/项': sums(10, 7), 'model/项': sums(10, 10) })
  expect(result.level).toBe('basic')
  expect(result.sheets.map(({ key }) => key)).toEqual(['basic', 'good'])
  expect(textOf(result.score!)).toBe('70')
})

test('objects of different classes have their own sheets, and one without a class has none', () => {
  const classes = {
    combine: 'class',
    sheets: [
      { key: 'line', name: '生产类', total: '10', classes: ['生产'], items: [item('产量', '10')] },
      { key: 'office', name: '机关类', total: '10', classes: ['机关'], items: [item('服务', '10')] },
    ],
  }
  expect(shown(schemeOf([], '0', classes), { 'office/服务': sums(4, 3) }, { class: '机关' })).toBe('7.5')
  expect(scoreOf(schemeOf([], '0', classes), {}, { class: '其他' })).toMatchObject({ score: null, open: ['没有适用于「其他」的表'] })
})

test('the product of two results, and weighted months with on-site and poll', () => {
  const product = {
    combine: { multiply: [{ sheet: 'party', as: 'rate' }, { input: '经营绩效' }] },
    sheets: [{ key: 'party', name: '党建', total: '50', items: [item('甲', '50')] }],
  }
  const inputs: Record<string, Input> = { 甲: sums(10, 9), 'formula/经营绩效': { kind: 'figure', quantity: '96.5' } }
  expect(shown(schemeOf([], '0', product), inputs)).toBe('86.85')
  expect(scoreOf(schemeOf([], '0', product), { 甲: sums(10, 9) })).toMatchObject({ score: null, open: ['合成公式需要的数字不全'] })

  const months: Node = {
    name: '月度',
    max: '30',
    source: { from: 'external', of: '月度考核', every: 'month', absent: 'average-of-present' },
    rules: [{ kind: 'share' }],
  }
  const poll: Node = {
    name: '测评',
    max: '40',
    source: {
      from: 'survey',
      of: '满意度',
      outOf: '100',
      answers: [
        { answer: '满意', worth: '100' },
        { answer: '一般', worth: '60' },
      ],
      raters: [
        { who: '领导', weight: '0.2' },
        { who: '群众', weight: '0.8' },
      ],
    },
    rules: [{ kind: 'share' }],
  }
  const scheme = schemeOf([months, item('实地', '30'), poll], '100')
  const all: Record<string, Input> = {
    月度: {
      kind: 'results',
      results: [
        { period: '2025-01', score: '90', outOf: '100' },
        { period: '2025-02', score: null, outOf: '100' },
      ],
    },
    实地: sums(10, 8),
    测评: {
      kind: 'ballots',
      ballots: [
        { who: '领导', counts: { 满意: 1 } },
        { who: '群众', counts: { 满意: 1, 一般: 1, 弃权: 7 } },
      ],
    },
  }
  expect(shown(scheme, all)).toBe(textOf(exact('84.6')))
  const withoutLeader: Input = { kind: 'ballots', ballots: [{ who: '群众', counts: { 满意: 3 } }] }
  expect(scoreOf(scheme, { ...all, 测评: withoutLeader }).open).toEqual(['测评'])
})

test.each([
  ['average-of-present', '27'],
  ['zero', '13.5'],
  ['open', null],
] as const)('absent months under the rule %s give %s of 30', (absent, marks) => {
  const node: Node = {
    name: '月度',
    max: '30',
    source: { from: 'external', of: '月度考核', every: 'month', absent },
    rules: [{ kind: 'share' }],
  }
  const results: Input = {
    kind: 'results',
    results: [
      { period: '2025-01', score: '90', outOf: '100' },
      { period: '2025-02', score: null, outOf: '100' },
    ],
  }
  const found = scoreOf(schemeOf([node], '30'), { 月度: results }).sheets[0]!.items[0]!.marks
  expect(found && textOf(found)).toBe(marks)
})

test('a composite weighs its parts and stays open while a weight is unpublished', () => {
  const composite = (weight: string): Node => ({
    name: '合成',
    max: '10',
    source: {
      from: 'composite',
      parts: [
        { name: '产量', weight: '0.6', source: { from: 'import', of: '产量', by: '生产部' } },
        { name: '履职', weight, source: { from: 'duty', measure: 'duties.met' } },
      ],
    },
    rules: [{ kind: 'share' }],
  })
  const input: Input = { kind: 'parts', parts: { 产量: { kind: 'figure', quantity: '50', outOf: '100' }, 履职: quarters() } }
  expect(shown(schemeOf([composite('0.4')], '10'), { 合成: input })).toBe('7')
  expect(scoreOf(schemeOf([composite('unknown')], '10'), { 合成: input }).open).toEqual(['合成'])
})
