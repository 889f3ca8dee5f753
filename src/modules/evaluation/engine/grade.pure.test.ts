import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eligibilityOf } from './eligibility.ts'
import { distribution, type Graded, gradeAll } from './grade.ts'
import type { Input, Subject } from './input.ts'
import { linkageOf } from './linkage.ts'
import { plan } from './plan.ts'
import { scoreObject } from './score.ts'
import { schemeOf, subjectOf } from './testing.ts'

const BANDS = [
  { name: '优秀', atLeast: '90' },
  { name: '良好', atLeast: '80', below: '90' },
  { name: '一般', below: '80' },
]
const schemeWith = (grades: Record<string, unknown>, rest = {}) =>
  schemeOf([{ name: '得分', max: '100', source: { from: 'import', of: '得分', by: '考核组' }, rules: [{ kind: 'share' }] }], '100', {
    grades: { by: 'score', bands: BANDS, ...grades },
    ...rest,
  })
const withScore = (id: string, score: string | null, rest: Record<string, Input> = {}, more: Partial<Subject> = {}): Subject =>
  subjectOf({ ...(score !== null && { 得分: { kind: 'figure', quantity: score, outOf: '100' } as Input }), ...rest }, id, more)
const grade = (scheme: ReturnType<typeof schemeWith>, subjects: Subject[]): Graded[] => {
  const planned = plan(scheme)
  const scored = subjects.map((subject) => scoreObject(planned, subject))
  return gradeAll(
    planned,
    scored.map((score) => ({ score, bars: eligibilityOf(planned, score) })),
  )
}
const grades = (all: Graded[]) => all.map((one) => one.grade)

describe('quotas', () => {
  test.each([
    [21, 7],
    [22, 7],
    [23, 7],
    [24, 8],
    [2, 0],
  ])('at most a third of %i is %i', (size, expected) => {
    const subjects = Array.from({ length: size }, (_, i) => withScore(`o${String(i).padStart(2, '0')}`, `${99 - i * 0.25}`))
    const all = grade(schemeWith({ quotas: [{ grade: '优秀', share: '1/3' }], ties: 'out' }), subjects)
    expect(all.filter((one) => one.grade === '优秀')).toHaveLength(expected)
    expect(all.filter((one) => one.grade === '良好')).toHaveLength(size - expected)
  })

  test('never more than the quota, in any group, in whatever order the objects come', () => {
    const scores = fc.array(fc.tuple(fc.integer({ min: 70, max: 100 }), fc.constantFrom('甲', '乙')), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(scores, fc.constantFrom('out', undefined), fc.integer(), (all, ties, seed) => {
        const subjects = all.map(([score, group], i) => withScore(`o${String(i).padStart(2, '0')}`, `${score}`, {}, { group }))
        const shuffled = [...subjects].sort(
          (a, b) => ((Number(a.id.slice(1)) * 7919 + seed) % 31) - ((Number(b.id.slice(1)) * 7919 + seed) % 31),
        )
        const scheme = schemeWith({ quotas: [{ grade: '优秀', share: '1/3' }], ...(ties && { ties }) })
        const result = grade(scheme, subjects)
        expect(grades(grade(scheme, shuffled))).toEqual(grades(result))
        for (const group of ['甲', '乙']) {
          const members = result.filter((one) => one.score.subject.group === group)
          expect(members.filter((one) => one.grade === '优秀').length).toBeLessThanOrEqual(Math.floor(members.length / 3))
        }
      }),
    )
  })

  test('a tie at the edge is shown and settled only by a stated rule', () => {
    const subjects = [
      withScore('a', '95'),
      withScore('b', '92'),
      withScore('c', '92'),
      withScore('d', '70'),
      withScore('e', '70'),
      withScore('f', '70'),
    ]
    const quotas = [{ grade: '优秀', share: '1/3' }]
    const open = grade(schemeWith({ quotas }), subjects)
    expect(grades(open).slice(0, 3)).toEqual(['优秀', null, null])
    expect(open[1]!.says).toContain('得分并列，方案没有规定怎么取舍，等次待定')
    expect(grades(grade(schemeWith({ quotas, ties: 'out' }), subjects)).slice(0, 3)).toEqual(['优秀', '良好', '良好'])
    expect(grades(grade(schemeWith({ quotas, ties: 'in' }), subjects)).slice(0, 3)).toEqual(['优秀', '优秀', '优秀'])
  })

  test('nothing is promised while one of the group is still open', () => {
    const subjects = [withScore('a', '95'), withScore('b', null), withScore('c', '70')]
    const all = grade(schemeWith({ quotas: [{ grade: '优秀', share: '1/3' }] }), subjects)
    expect(grades(all)).toEqual([null, null, '一般'])
    expect(all[0]!.says).toContain('同组还有单位未定')
  })

  test('a quota on decided grades has no scores to cut by and leaves it to the decision', () => {
    const scheme = schemeOf([{ name: '测评', max: 'unknown', source: { from: 'review', by: '党支部' } }], 'unknown', {
      object: { kind: 'member' },
      completeness: 'grading_only',
      grades: {
        by: 'decision',
        bands: [
          { name: '优秀', limits: 'unknown' },
          { name: '合格', limits: 'unknown' },
        ],
        quotas: [{ grade: '优秀', share: '1/3' }],
      },
    })
    const decided = (count: number) =>
      grade(
        scheme,
        Array.from({ length: 22 }, (_, i) =>
          subjectOf({ 'grade/decision': { kind: 'label', label: i < count ? '优秀' : '合格' } }, `m${i}`),
        ),
      )
    expect(decided(7).filter((one) => one.grade === '优秀')).toHaveLength(7)
    expect(decided(8).filter((one) => one.grade === '优秀')).toHaveLength(0)
    expect(decided(8)[0]!.says).toContain('名额 7 个，现有 8 个')
  })
})

test('a score in a hole between bands has no grade and says why', () => {
  const bands = [
    { name: '四星', atLeast: '90', atMost: '94' },
    { name: '三星', atLeast: '80', atMost: '89' },
  ]
  const all = grade(schemeWith({ bands, groups: [{ name: '健康', of: ['四星'] }] }), [withScore('a', '89.5'), withScore('b', '90')])
  expect(all.map((one) => [one.grade, one.state])).toEqual([
    [null, null],
    ['四星', '健康'],
  ])
  expect(all[0]!.says).toBe('得分 89.5，方案没有规定这个分数的等次')
})

test('all reasons are listed; a set grade goes before a capped one, an undecided matter before both', () => {
  const told: Input = { kind: 'told', happened: true, facts: ['f2', 'f1'], note: '三月十日' }
  const scheme = schemeWith(
    {},
    {
      eligibility: [
        { code: 'E1', when: '没有一次“好”', effect: { does: 'bar', from: '评优' } },
        { code: 'E2', when: '较大事故', effect: { does: 'gradeAtMost', grade: '良好' } },
        { code: 'E3', when: '班子违法', effect: { does: 'gradeIs', grade: '一般' } },
        { code: 'E4', when: '尚未定性', effect: { does: 'undecided' } },
        { code: 'E5', when: '得分低于 60', test: { score: { below: '60' } }, effect: { does: 'bar', from: '评优' } },
      ],
    },
  )
  const of = (score: string, ...codes: string[]) =>
    grade(scheme, [withScore('a', score, Object.fromEntries(codes.map((code) => [`eligibility/${code}`, told])))])[0]!
  expect(of('95', 'E1').grade).toBe('优秀')
  expect(of('95', 'E1', 'E2').bars.map(({ code }) => code)).toEqual(['E1', 'E2'])
  expect(of('95', 'E1').bars[0]).toEqual({
    code: 'E1',
    effect: { does: 'bar', from: '评优' },
    says: '没有一次“好”（三月十日），取消「评优」资格',
    facts: ['f1', 'f2'],
  })
  expect(of('95', 'E2').grade).toBe('良好')
  expect(of('70', 'E2').grade).toBe('一般')
  expect(of('95', 'E2', 'E3').grade).toBe('一般')
  expect(of('95', 'E3', 'E4').grade).toBeNull()
  expect(of('59.99').bars.map(({ code }) => code)).toEqual(['E5'])
  expect(of('60').bars).toEqual([])
})

test('linkage computes and explains, by score, place and year, and says when a figure is missing', () => {
  const scheme = schemeWith(
    {},
    {
      linkage: [
        { to: '年度党建考核', formula: { multiply: [{ result: 'score' }, { value: '0.4' }] } },
        { to: '单位绩效', years: ['2019'], formula: { multiply: [{ result: 'rate' }, { input: '经营绩效' }] } },
        { to: '奖励', when: { place: { from: 'top', count: '1' } }, effect: '给予奖励' },
        { to: '诫勉谈话', when: { place: { from: 'bottom', count: '1', consecutive: '2' } }, effect: '诫勉谈话' },
        { to: '系数', formula: { byGrade: { 优秀: '1.2', 一般: '0.9' } } },
      ],
    },
  )
  const planned = plan(scheme)
  const before: Input = { kind: 'figure', quantity: '1' }
  const all = grade(scheme, [withScore('a', '92.5'), withScore('b', '70', { 'linkage/诫勉谈话#before': before }), withScore('c', '70')])
  const linked = (i: number, period = '2025') =>
    linkageOf(planned, all[i]!, all, period).map(({ to, value, says }) => `${to}|${value}|${says}`)
  expect(linked(0)).toEqual(['年度党建考核|37|得分 × 0.4 = 37', '奖励|null|同组前 1 名：给予奖励', '系数|1.2|按等次系数 = 1.2'])
  expect(linked(1)).toContain('诫勉谈话|null|同组后 1 名，连续 2 次：诫勉谈话')
  expect(linked(2).some((text) => text.startsWith('诫勉谈话'))).toBe(false)
  expect(linked(0, '2019')[1]).toBe('单位绩效|null|得分率 × 经营绩效 = 所需数字不全，暂不能算')
})

test('the published shares of a county sum to a hundred only because the last takes the rest', () => {
  expect(distribution([469, 783, 94], 2)).toEqual(['34.84', '58.17', '6.99'])
  expect(distribution([469, 783, 94], 3)).toEqual(['34.844', '58.172', '6.984'])
  expect(distribution([0, 0], 2)).toEqual(['0', '0'])
})
