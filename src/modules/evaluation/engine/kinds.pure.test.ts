import { describe, expect, test } from 'vitest'
import { textOf } from './exact.ts'
import type { Input } from './input.ts'
import type { Node } from './scheme.ts'
import { quarters, scored } from './testing.ts'

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

const rows: [string, Node, Input | undefined, string | null, string][] = [
  [
    'deduct by missing duty',
    duty('党员大会', '5', [{ kind: 'deduct', marks: '1', unit: '次', floor: 'zero' }]),
    quarters(3),
    '4',
    '应召开 4 次，实召开 3 次（缺第三季度），每少一次扣 1 分，得 4 分（满分 5）',
  ],
  [
    'deduct, nothing missing',
    duty('党员大会', '5', [{ kind: 'deduct', marks: '1' }]),
    quarters(),
    '5',
    '应召开 4 次，实召开 4 次，没有缺少，得 5 分（满分 5）',
  ],
  [
    'deduct down to the floor',
    duty('党员大会', '3', [{ kind: 'deduct', marks: '1' }]),
    quarters(1, 2, 3, 4),
    '0',
    '应召开 4 次，实召开 0 次（各期都缺），每少一次扣 1 分，扣分合计超过本项分值，扣完为止，得 0 分（满分 3）',
  ],
  [
    'deduct without a floor',
    duty('党员大会', '3', [{ kind: 'deduct', marks: '1', floor: 'none' }]),
    quarters(1, 2, 3, 4),
    '-1',
    '应召开 4 次，实召开 0 次（各期都缺），每少一次扣 1 分，得 -1 分（满分 3）',
  ],
  [
    'deduct by occurrences in tenths',
    review('学习', '2', [{ kind: 'deduct', when: '学习篇目缺失', marks: '0.1', unit: '篇', counts: 'occurrences' }]),
    figure('3'),
    '1.7',
    '学习篇目缺失：发生 3 篇，每篇扣 0.1 分，得 1.7 分（满分 2）',
  ],
  [
    'deduct by every ten points short of a target',
    review('出勤', '4', [
      { kind: 'deduct', when: '党课出勤率低于 90%', marks: '1', unit: '个百分点', counts: 'shortfall', target: '90', every: '10' },
    ]),
    figure('65', '100'),
    '2',
    '党课出勤率低于 90%：65/100，低于目标 90% 共 25 个百分点，每 10 个百分点扣 1 分，得 2 分（满分 4）',
  ],
  [
    'award when all is done',
    duty('计划', '3', [{ kind: 'award', when: '按期完成', marks: '3' }]),
    quarters(),
    '3',
    '按期完成：应召开 4 次，实召开 4 次，做到，计 3 分，得 3 分（满分 3）',
  ],
  [
    'award per unit up to the cap',
    review('调研', '5', [{ kind: 'award', marks: '2', per: '篇' }]),
    figure('4'),
    '5',
    '4 篇，每篇得 2 分，计 5 分，得 5 分（满分 5）',
  ],
  [
    'share',
    review('任务', '10', [{ kind: 'share' }]),
    figure('2', '3'),
    '6.6667',
    '2/3，占 66.67%，按比例计分，计 6.6667 分，得 6.6667 分（满分 10）',
  ],
  [
    'share at its target',
    review('任务', '10', [{ kind: 'share', target: '90' }]),
    figure('9', '10'),
    '10',
    '9/10，占 90%，达到 90% 得满分，计 10 分，得 10 分（满分 10）',
  ],
  [
    'share under its floor',
    review('任务', '10', [{ kind: 'share', floor: '60' }]),
    figure('5', '10'),
    '0',
    '5/10，占 50%，低于 60% 不得分，计 0 分，得 0 分（满分 10）',
  ],
  [
    'steps that sum to more than the item',
    review('支委会', '3', [
      {
        kind: 'step',
        steps: [
          { name: '议题', marks: '2' },
          { name: '记录', marks: '2' },
        ],
      },
    ]),
    { kind: 'steps', done: ['议题', '记录'] },
    '3',
    '做到「议题、记录」，计 4 分，各项合计 4 分，超过满分，按满分计，得 3 分（满分 3）',
  ],
  [
    'band by value',
    review('满意度', '10', [
      {
        kind: 'band',
        bands: [
          { atLeast: '90', marks: '10' },
          { atLeast: '80', below: '90', marks: '8' },
        ],
      },
    ]),
    figure('89.9'),
    '8',
    '数值 89.9，在「不低于 80、低于 90」一档，计 8 分，得 8 分（满分 10）',
  ],
  [
    'band by word',
    review('书记作用', '4', [
      {
        kind: 'band',
        bands: [
          { label: '一般', minus: '0.5' },
          { label: '不好', minus: 'all' },
        ],
      },
    ]),
    { kind: 'label', label: '一般' },
    '3.5',
    '评为「一般」，扣 0.5 分，得 3.5 分（满分 4）',
  ],
  [
    'band that takes all',
    review('书记作用', '4', [
      {
        kind: 'band',
        bands: [
          { label: '一般', minus: '0.5' },
          { label: '不好', minus: 'all' },
        ],
      },
    ]),
    { kind: 'label', label: '不好' },
    '0',
    '评为「不好」，本项不得分，得 0 分（满分 4）',
  ],
  [
    'qualitative taking',
    review('制度', '5', [{ kind: 'qualitative', when: '制度不健全', takes: { least: '1', most: '3' } }]),
    { kind: 'reviews', reviews: [{ who: '党委组织部', marks: '2', text: '缺两项制度' }] },
    '3',
    '制度不健全：评分人扣 2 分（幅度 1—3）（缺两项制度），得 3 分（满分 5）',
  ],
  [
    'qualitative out of its range stays open',
    review('制度', '5', [{ kind: 'qualitative', takes: { least: '1', most: '3' } }]),
    { kind: 'reviews', reviews: [{ who: '党委组织部', marks: '4' }] },
    null,
    '评分超出方案规定的幅度，请评分人改正，暂不计分（满分 5）',
  ],
  [
    'zero',
    review('生活会', '8', [
      { kind: 'deduct', marks: '1' },
      { kind: 'zero', when: '未开组织生活会', scope: 'item' },
    ]),
    undefined,
    null,
    '未填：由党委组织部填报，暂不计分（满分 8）',
  ],
  [
    'tiers',
    review('合理化建议', '10', [
      {
        kind: 'tiers',
        take: 'highest',
        tiers: [
          { name: '提出', marks: '2' },
          { name: '采纳', marks: '5' },
          { name: '推广', marks: '10' },
        ],
      },
    ]),
    {
      kind: 'events',
      events: [
        { matter: '甲', level: '提出' },
        { matter: '乙', level: '采纳' },
      ],
    },
    '5',
    '「提出、采纳」，取最高一级，计 5 分，得 5 分（满分 10）',
  ],
  [
    'an unfilled review',
    review('评价', '5', [{ kind: 'qualitative', gives: { least: '0', most: '5' } }]),
    undefined,
    null,
    '未填：由党委组织部填报，暂不计分（满分 5）',
  ],
  [
    'nothing owed',
    duty('支委会', '5', [{ kind: 'deduct', marks: '1' }]),
    { kind: 'cases', cases: [] },
    null,
    '不适用：本期没有应做的事项，分值按方案规定折算（满分 5）',
  ],
  [
    'unpublished marks',
    review('三会一课', 'unknown', [{ kind: 'deduct', when: '不落实', marks: '1' }]),
    told(true),
    null,
    '不落实：发生 1 次，每次扣 1 分；这一项的分值没有公布，暂不计分（满分没有公布）',
  ],
]

describe('each scoring kind gives its marks and a sentence', () => {
  test.each(rows)('%s', (_name, item, input, marks, sentence) => {
    const one = scored(item, input)
    expect(one.marks && textOf(one.marks)).toBe(marks)
    expect(one.sentence).toBe(sentence)
  })
})
