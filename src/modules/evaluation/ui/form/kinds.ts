import type { SeveralColumn } from './Several.tsx'

/** One thing that can be said in a rule, source or other part of a scheme, and how it is entered. */
export type Field =
  | { key: string; title: string; as: 'text' | 'figure'; hint?: string }
  | { key: string; title: string; as: 'choice'; options: Record<string, string> }
  | { key: string; title: string; as: 'rows'; columns: SeveralColumn[]; add?: string }
  | { key: string; title: string; as: 'range' | 'figureOrRange' | 'effect' | 'words' | 'lines' }

const NAMED: SeveralColumn[] = [
  { key: 'name', title: '名称' },
  { key: 'marks', title: '分' },
]
const LIMITS: SeveralColumn[] = [
  { key: 'atLeast', title: '不低于' },
  { key: 'above', title: '高于' },
  { key: 'below', title: '低于' },
  { key: 'atMost', title: '不高于' },
]

export const RULE_NAMES: Record<string, string> = {
  award: '做到给分',
  share: '按比例',
  deduct: '扣分',
  step: '步骤分',
  band: '分档',
  qualitative: '酌情',
  bonus: '加分（百分之外）',
  penalty: '总分外扣分',
  zero: '清零',
  veto: '否决',
  rank: '名次',
  tiers: '层级',
}

const figure = (key: string, title: string, hint?: string): Field => ({ key, title, as: 'figure', ...(hint ? { hint } : {}) })
const text = (key: string, title: string, hint?: string): Field => ({ key, title, as: 'text', ...(hint ? { hint } : {}) })
const EXTRA: Field[] = [
  { key: 'marks', title: '每项分数', as: 'figureOrRange' },
  text('per', '按什么计', '项、次、人次'),
  { key: 'levels', title: '按级别', as: 'rows', columns: NAMED, add: '加一级' },
  figure('cap', '最多', '不封顶写 none'),
  { key: 'sameMatter', title: '同一事项', as: 'choice', options: { highest: '只计最高一级', each: '各级都计' } },
]

/** What each scoring kind says (engine/rule.ts), in the order of the form. */
export const RULE_FIELDS: Record<string, Field[]> = {
  award: [figure('marks', '得分'), text('per', '按什么计', '留空：全部做到才给；写「次」：每次给'), figure('cap', '最多得')],
  share: [figure('of', '满分', '留空：用指标的分值'), figure('target', '达到百分之几得满分'), figure('floor', '低于百分之几不得分')],
  deduct: [
    figure('marks', '每次扣'),
    text('unit', '单位', '次、例、人次、百分点'),
    {
      key: 'counts',
      title: '数什么',
      as: 'choice',
      options: { missing: '缺少的', occurrences: '发生的', shortfall: '离目标差的百分点' },
    },
    figure('every', '每几个算一次'),
    figure('target', '目标百分比'),
    figure('limit', '最多扣'),
    { key: 'floor', title: '下限', as: 'choice', options: { zero: '扣完为止', none: '不设下限' } },
  ],
  step: [{ key: 'steps', title: '步骤', as: 'rows', columns: NAMED, add: '加一步' }],
  band: [
    {
      key: 'bands',
      title: '各档',
      as: 'rows',
      columns: [
        { key: 'label', title: '名称' },
        ...LIMITS,
        { key: 'limits', title: '没有公布', options: ['unknown'] },
        { key: 'marks', title: '得分' },
        { key: 'minus', title: '扣分' },
      ],
      add: '加一档',
    },
  ],
  qualitative: [
    { key: 'gives', title: '给分幅度', as: 'range' },
    { key: 'takes', title: '扣分幅度', as: 'range' },
  ],
  bonus: EXTRA,
  penalty: EXTRA,
  zero: [{ key: 'scope', title: '清零范围', as: 'choice', options: { item: '本项', dimension: '本维度', whole: '总分' } }],
  veto: [{ key: 'effect', title: '后果', as: 'effect' }],
  rank: [
    { key: 'order', title: '排法', as: 'choice', options: { 'high-first': '高者在前', 'low-first': '低者在前' } },
    { key: 'ties', title: '并列', as: 'choice', options: { best: '都算靠前的名次', worst: '都算靠后的名次' } },
    {
      key: 'places',
      title: '名次与分数',
      as: 'rows',
      columns: [
        { key: 'from', title: '从第几名' },
        { key: 'to', title: '到第几名' },
        { key: 'marks', title: '分' },
      ],
    },
  ],
  tiers: [
    { key: 'tiers', title: '层级', as: 'rows', columns: NAMED, add: '加一级' },
    { key: 'take', title: '几级都有时', as: 'choice', options: { highest: '取最高一级', sum: '逐项相加' } },
    figure('cap', '最多得'),
  ],
}

/** A rule of each kind as it is begun. */
export const NEW_RULES: Record<string, object> = {
  award: { kind: 'award', marks: '1' },
  share: { kind: 'share' },
  deduct: { kind: 'deduct', marks: '1', unit: '次', counts: 'missing', floor: 'zero' },
  step: { kind: 'step', steps: [{ name: '第一步', marks: '1' }] },
  band: { kind: 'band', bands: [{ label: '好', marks: '1' }] },
  qualitative: { kind: 'qualitative', gives: { least: '0', most: '1' } },
  bonus: { kind: 'bonus', marks: '1', per: '项' },
  penalty: { kind: 'penalty', marks: '1', per: '次' },
  zero: { kind: 'zero', scope: 'item' },
  veto: { kind: 'veto', effect: { does: 'bar', from: '评先评优' } },
  rank: { kind: 'rank', order: 'high-first', ties: 'best', places: [{ from: '1', to: '1', marks: '1' }] },
  tiers: { kind: 'tiers', tiers: [{ name: '本级', marks: '1' }], take: 'highest' },
}

export const SOURCE_NAMES: Record<string, string> = {
  duty: '应办事项（系统取数）',
  fact: '工作记录（系统取数）',
  survey: '测评',
  review: '评分',
  import: '其他部门的数据',
  external: '另一次结果',
  composite: '合成',
  refused: '原文有、但不能作来源',
}

const EVERY = { month: '每月', quarter: '每季', half: '每半年', year: '每年' }
const RATERS: Field = {
  key: 'raters',
  title: '各方权重',
  as: 'rows',
  columns: [
    { key: 'who', title: '评分方' },
    { key: 'weight', title: '权重' },
  ],
}

/** What each source says (engine/source.ts); measures and parts of a composite have their own editors. */
export const SOURCE_FIELDS: Record<string, Field[]> = {
  duty: [],
  fact: [],
  survey: [
    text('of', '测评什么'),
    {
      key: 'answers',
      title: '答案',
      as: 'rows',
      columns: [
        { key: 'answer', title: '答案' },
        { key: 'worth', title: '折分' },
      ],
    },
    figure('outOf', '满分'),
    RATERS,
  ],
  review: [text('by', '谁评'), text('of', '评什么'), figure('outOf', '满分'), RATERS],
  import: [text('of', '什么数据'), text('by', '哪个部门')],
  external: [
    text('of', '哪一种结果'),
    text('by', '谁提供'),
    { key: 'every', title: '多久一期', as: 'choice', options: EVERY },
    { key: 'absent', title: '缺期', as: 'choice', options: { 'average-of-present': '按其余各期平均', zero: '按 0 分', open: '补齐再算' } },
  ],
  composite: [],
  refused: [text('of', '原文写的内容')],
}

export const NEW_SOURCES: Record<string, object> = {
  duty: { from: 'duty', measure: 'duties.met', filter: { duty: 'memberAssembly' } },
  fact: { from: 'fact', measure: 'meetings.held' },
  survey: { from: 'survey', of: '党员群众测评', outOf: '100', answers: [{ answer: '满意', worth: '100' }, { answer: '不满意', worth: '0' }] },
  review: { from: 'review', by: '考核组' },
  import: { from: 'import', of: '数据名称', by: '部门名称' },
  external: { from: 'external', of: '月度考核' },
  composite: {
    from: 'composite',
    parts: [
      { name: '甲', weight: '50', source: { from: 'review', by: '甲方', outOf: '100' } },
      { name: '乙', weight: '50', source: { from: 'review', by: '乙方', outOf: '100' } },
    ],
  },
  refused: { from: 'refused', of: '原文内容' },
} // biome-ignore format: samples

export const BAND_COLUMNS: SeveralColumn[] = [{ key: 'name', title: '等次' }, ...LIMITS]
export const LIMIT_COLUMNS = LIMITS
export const OBJECT_KINDS = {
  branch: '党支部',
  generalBranch: '党总支',
  committee: '党委',
  unit: '单位',
  memberGroup: '党小组',
  village: '村',
}
export const PERIODS = EVERY
