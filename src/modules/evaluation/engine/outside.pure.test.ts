import { expect, test } from 'vitest'
import { textOf } from './exact.ts'
import type { Input } from './input.ts'
import type { Node } from './scheme.ts'
import { caseOf, scored, subjectOf } from './testing.ts'

const duty = (name: string, max: string, rules: Node['rules']): Node => ({
  name,
  max,
  source: { from: 'duty', measure: 'duties.met', filter: { duty: 'memberAssembly' } },
  rules,
})
const review = (name: string, max: string | undefined, rules: Node['rules']): Node => ({
  name,
  ...(max && { max }),
  source: { from: 'review', by: '党委组织部' },
  rules,
})
const figure = (quantity: string, outOf?: string): Input => ({ kind: 'figure', quantity, ...(outOf && { outOf }) })
const told = (happened: boolean): Input => ({ kind: 'told', happened })

test('a bonus counts one matter once, at its highest level, and stops at its cap', () => {
  const item = review('荣誉', undefined, [
    {
      kind: 'bonus',
      levels: [
        { name: '县级', marks: '1' },
        { name: '省级', marks: '3' },
      ],
      cap: '5',
    },
  ])
  const events = (matters: [string, string][]): Input => ({ kind: 'events', events: matters.map(([matter, level]) => ({ matter, level })) })
  const same = scored(
    item,
    events([
      ['党建品牌', '县级'],
      ['党建品牌', '省级'],
    ]),
  )
  expect(textOf(same.score.bonus)).toBe('3')
  expect(same.sentence).toBe('2 项，加 3 分（同一事项只计最高一级），加 3 分')
  expect(
    textOf(
      scored(
        item,
        events([
          ['甲', '省级'],
          ['乙', '省级'],
        ]),
      ).score.bonus,
    ),
  ).toBe('5')
})

test('a penalty stands outside the hundred, and nothing told means none', () => {
  const item = review('通报', undefined, [{ kind: 'penalty', when: '上级通报批评', marks: { least: '3', most: '5' }, sameMatter: 'each' }])
  expect(scored(item, undefined).sentence).toBe('没有加减分事项，不加不扣')
  expect(
    textOf(
      scored(item, {
        kind: 'events',
        events: [
          { matter: '甲', marks: '3' },
          { matter: '甲', marks: '5' },
        ],
      }).score.penalty,
    ),
  ).toBe('8')
  expect(scored(item, { kind: 'events', events: [{ matter: '甲', marks: '6' }] }).score.state).toBe('open')
})

test('a trigger sets an item to nought though another of its rules is still open', () => {
  const item = review('生活会', '8', [
    { kind: 'deduct', marks: '1' },
    { kind: 'zero', when: '未开组织生活会', scope: 'item' },
  ])
  const planned = scored({ ...item, rules: [item.rules![1]!] }, told(true))
  expect(textOf(planned.marks!)).toBe('0')
  expect(planned.sentence).toBe('未开组织生活会，本项清零，得 0 分（满分 8）')
})

test('a veto speaks without touching the marks', () => {
  const veto: Node['rules'] = [{ kind: 'veto', when: '较大安全事故', effect: { does: 'bar', from: '评优' } }]
  const one = scored({ name: '否决', source: { from: 'review', by: '安监部' }, rules: veto }, told(true))
  expect(one.score.vetoes).toHaveLength(1)
  expect(one.sentence).toBe('较大安全事故，不加不扣')
})

test('rank counts places in the group; those who tie share the best of their places', () => {
  const item = review('产量', '10', [
    {
      kind: 'rank',
      order: 'high-first',
      ties: 'best',
      places: [
        { from: '1', to: '1', marks: '10' },
        { from: '2', to: '3', marks: '6' },
      ],
    },
  ])
  const others = [
    ['b', '9'],
    ['c', '7'],
    ['d', '7'],
  ].map(([id, quantity]) => subjectOf({ 产量: figure(quantity!) }, id))
  expect(scored(item, figure('7'), { subject: others }).sentence).toBe('同组第 2 名，计 6 分，得 6 分（满分 10）')
  expect(textOf(scored(item, figure('12'), { subject: others }).marks!)).toBe('10')
  expect(scored(item, undefined, { subject: others }).marks).toBeNull()
})

test('a meeting too many in one month does not make up for one missing in another', () => {
  const item = duty('支委会', '5', [{ kind: 'deduct', marks: '1' }])
  const input: Input = { kind: 'cases', cases: [caseOf('2025-01', 3), caseOf('2025-02', 0)] }
  expect(scored(item, input).sentence).toBe('应召开 2 次，实召开 1 次（缺 2 月），每少一次扣 1 分，得 4 分（满分 5）')
})

test('an entry of the wrong kind leaves the item open instead of costing marks', () => {
  const steps = review('会议', '2', [{ kind: 'step', steps: [{ name: '记录', marks: '2' }] }])
  const tiers = review('建议', '5', [{ kind: 'tiers', take: 'sum', tiers: [{ name: '采纳', marks: '5' }] }])
  const words = review('作用', '4', [
    {
      kind: 'band',
      bands: [
        { label: '好', minus: '0' },
        { label: '不好', minus: 'all' },
      ],
    },
  ])
  expect(scored(steps, figure('1')).sentence).toBe('没有填写做到了哪几步，暂不计分（满分 2）')
  expect(scored(tiers, figure('1')).marks).toBeNull()
  expect(scored(words, { kind: 'label', label: '还行' }).sentence).toBe(
    '「还行」没有落在任何一档，方案没有规定怎么计分，暂不计分（满分 4）',
  )
})
