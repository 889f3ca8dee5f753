import { expect, test } from 'vitest'
import { check, type Practice, WARNING_CODES, type WarningCode } from './healthCheck.ts'
import type { Node } from './scheme.ts'
import { schemeOf } from './testing.ts'

const MEASURES = [{ key: 'duties.met', filters: { duty: ['memberAssembly'] } }, { key: 'meetings.rare' }]
const outcome: Node = { name: '产量', max: '5', source: { from: 'import', of: '产量', by: '生产部' }, rules: [{ kind: 'share' }] }
const codes = (nodes: Node[], total: string, rest: Record<string, unknown> = {}, practice: Practice = {}) => [
  ...new Set(check(schemeOf(nodes, total, rest), MEASURES, practice).map(({ code }) => code)),
]
const item = (more: Partial<Node>): Node => ({ ...outcome, name: '乙', ...more })
const grades = (bands: unknown[]) => ({ grades: { by: 'score', bands } })

const rows: [WarningCode, () => WarningCode[], () => WarningCode[]][] = [
  ['weight-sum', () => codes([outcome], '6'), () => codes([outcome], '5')],
  [
    'band-gap',
    () =>
      codes(
        [outcome],
        '5',
        grades([
          { name: '好', atLeast: '4' },
          { name: '差', atMost: '3' },
        ]),
      ),
    () =>
      codes([outcome], '5', {
        ...grades([
          { name: '好', atLeast: '4' },
          { name: '差', atMost: '3' },
        ]),
        rounding: { digits: '0', mode: 'half-up', at: 'total' },
      }),
  ],
  [
    'band-overlap',
    () =>
      codes(
        [outcome],
        '5',
        grades([
          { name: '好', atLeast: '4' },
          { name: '差', atMost: '4' },
        ]),
      ),
    () =>
      codes(
        [outcome],
        '5',
        grades([
          { name: '好', atLeast: '4' },
          { name: '差', below: '4' },
        ]),
      ),
  ],
  [
    'step-sum',
    () =>
      codes(
        [
          item({
            rules: [
              {
                kind: 'step',
                steps: [
                  { name: '一', marks: '3' },
                  { name: '二', marks: '3' },
                ],
              },
            ],
          }),
        ],
        '5',
      ),
    () =>
      codes(
        [
          item({
            rules: [
              {
                kind: 'step',
                steps: [
                  { name: '一', marks: '3' },
                  { name: '二', marks: '2' },
                ],
              },
            ],
          }),
        ],
        '5',
      ),
  ],
  [
    'deduct-exceeds',
    () => codes([item({ rules: [{ kind: 'deduct', marks: '1', unit: '次' }] })], '5'),
    () => codes([item({ rules: [{ kind: 'deduct', marks: '1', unit: '次', floor: 'zero' }] })], '5'),
  ],
  [
    'below-central',
    () => codes([item({ requires: [{ duty: 'memberAssembly', times: '1', per: 'half' }] })], '5'),
    () =>
      codes(
        [
          item({
            requires: [
              { duty: 'memberAssembly', times: '1', per: 'quarter' },
              { duty: 'partyLecture', times: '1', per: 'half' },
            ],
          }),
        ],
        '5',
      ),
  ],
  [
    'not-this-kind',
    () => codes([item({ name: '集体研究把关' })], '5', { object: { kind: 'branch', as: '车间党支部' } }),
    () => codes([item({ name: '集体研究把关' })], '5', { object: { kind: 'branch', as: '独立法人单位党支部' } }),
  ],
  [
    'unfed',
    () => codes([outcome, item({ source: { from: 'fact', measure: 'nobody.knows' } })], '10'),
    () => codes([outcome, item({ source: { from: 'duty', measure: 'duties.met', filter: { duty: 'memberAssembly' } } })], '10'),
  ],
  ['process-only', () => codes([item({ source: { from: 'review', by: '考核组' } })], '5'), () => codes([outcome], '5')],
  [
    'invites-gaming',
    () => codes([item({ rules: [{ kind: 'deduct', when: '发生信访', marks: '1', floor: 'zero' }] })], '5'),
    () => codes([item({ rules: [{ kind: 'deduct', when: '信用评级下降', marks: '1', floor: 'zero' }] })], '5'),
  ],
  [
    'low-coverage',
    () => codes([outcome, item({ source: { from: 'fact', measure: 'meetings.rare' } })], '10', {}, { 乙: { coverage: 0.79 } }),
    () => codes([outcome, item({ source: { from: 'fact', measure: 'meetings.rare' } })], '10', {}, { 乙: { coverage: 0.8 } }),
  ],
  ['no-spread', () => codes([outcome], '5', {}, { 产量: { distinct: 1 } }), () => codes([outcome], '5', {}, { 产量: { distinct: 2 } })],
  ['unknown-value', () => codes([item({ max: 'unknown' })], '5'), () => codes([item({})], '5')],
  ['red-line', () => codes([outcome], '5', { object: { kind: 'member' } }), () => codes([outcome], '5')],
]

test.each(rows)('%s alone is raised where it holds, and nothing in the near miss', (code, wrong, right) => {
  expect(wrong()).toEqual([code])
  expect(right()).toEqual([])
})

test('every code has a row', () => {
  expect(rows.map(([code]) => code)).toEqual([...WARNING_CODES])
})

test('a filter no measure knows is unfed and says what may be written', () => {
  const scheme = schemeOf([outcome, item({ source: { from: 'duty', measure: 'duties.met', filter: { duty: 'picnic' } } })], '10')
  const [warning] = check(scheme, MEASURES)
  expect(warning).toEqual({
    code: 'unfed',
    place: '乙',
    says: '「duties.met」不认识条件 duty=picnic',
    remedy: '可写：duty=memberAssembly',
  })
})

test('of a fragment only what is too much is a contradiction', () => {
  expect(codes([outcome], '9', { completeness: 'partial' })).toEqual([])
  expect(codes([outcome], '4', { completeness: 'partial' })).toEqual(['weight-sum'])
})

test('a hole between 89 and 90 is named with both ends', () => {
  const bands = [
    { name: '优秀', atLeast: '90' },
    { name: '良好', atMost: '89' },
  ]
  const [warning] = check(schemeOf([{ ...outcome, max: '100' }], '100', grades(bands)), MEASURES)
  expect(warning).toMatchObject({ code: 'band-gap', place: '等次/良好与优秀之间', says: '89 与 90 之间的分数没有规定属于哪一档' })
})
