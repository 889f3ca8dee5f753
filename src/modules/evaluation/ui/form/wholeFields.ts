import { BAND_COLUMNS, type Field, LIMIT_COLUMNS } from './kinds.ts'
import type { SeveralColumn } from './Several.tsx'

const EVERY = ['month', 'quarter', 'half', 'year'] as const
const text = (key: string, title: string, hint?: string): Field => ({ key, title, as: 'text', ...(hint ? { hint } : {}) })
const figure = (key: string, title: string, hint?: string): Field => ({ key, title, as: 'figure', ...(hint ? { hint } : {}) })

/** What a scheme says beside its sheets. */
export const SCHEME_FIELDS: Field[] = [
  {
    key: 'source',
    title: '依据（文件、网址）',
    as: 'rows',
    columns: [
      { key: 'title', title: '名称' },
      { key: 'documentNo', title: '文号' },
      { key: 'url', title: '网址' },
      { key: 'date', title: '日期' },
      { key: 'confidence', title: '可信', options: ['A', 'B', 'C'] },
      { key: 'note', title: '说明' },
    ],
    add: '加一个依据',
  },
  { key: 'procedure', title: '考核程序', as: 'lines' },
  { key: 'notes', title: '其他说明', as: 'lines' },
]

export const SHEET_FIELDS: Field[] = [
  text('name', '表名'),
  text('key', '代号'),
  figure('total', '满分'),
  figure('base', '基础分', '加分补到满分的才写'),
  figure('bonusCap', '加分最多'),
  figure('penaltyCap', '总分外扣分最多', '不限写 none'),
  figure('passAt', '过线分', '逐级过线的才写'),
  { key: 'classes', title: '适用类别', as: 'words' },
]

/** What an indicator says beside name, marks, department, source and rules. */
export const NODE_FIELDS: Field[] = [
  text('code', '编号'),
  { key: 'figure', title: '分值怎么来的', as: 'choice', options: { residual: '倒推的余数', inferred: '推得，不是原文' } },
  {
    key: 'requires',
    title: '要求的次数（体检时对照中央规定）',
    as: 'rows',
    columns: [
      { key: 'duty', title: '哪项应办' },
      { key: 'times', title: '几次' },
      { key: 'per', title: '多久', options: EVERY },
    ],
    add: '加一项要求',
  },
]

export const GRADE_BAND_COLUMNS: SeveralColumn[] = [
  ...BAND_COLUMNS,
  { key: 'limits', title: '没有公布', options: ['unknown'] },
  { key: 'sheet', title: '通过哪张表' },
  { key: 'note', title: '说明' },
]
export const GROUP_COLUMNS: SeveralColumn[] = [
  { key: 'name', title: '归类' },
  { key: 'of', title: '包括哪些等次' },
  { key: 'action', title: '怎么办' },
  { key: 'alsoWhen', title: '有这些情形也归入' },
]
export const QUOTA_COLUMNS: SeveralColumn[] = [
  { key: 'grade', title: '等次' },
  { key: 'share', title: '比例', hint: '1/3 或 0.15' },
  { key: 'count', title: '个数' },
  { key: 'of', title: '限哪类' },
  { key: 'note', title: '说明' },
]

/** What a linkage says beside its condition and its formula. */
export const LINK_FIELDS: Field[] = [
  text('to', '用到哪里'),
  text('effect', '怎么用'),
  { key: 'years', title: '限哪几年', as: 'words' },
  text('note', '说明'),
]
export const WHEN_FIELDS: Field[] = [{ key: 'grade', title: '限哪些等次', as: 'words' }, text('told', '由人认定的情形')]
export const SCORE_COLUMNS = LIMIT_COLUMNS
export const PLACE_FIELDS: Field[] = [
  { key: 'from', title: '按名次', as: 'choice', options: { top: '同组前几名', bottom: '同组后几名' } },
  figure('count', '几名'),
  figure('consecutive', '连续几期', '不要求连续的留空'),
]

/** What a formula may be made of (engine/formula.ts). */
export const FORMULA_NAMES: Record<string, string> = {
  value: '一个数',
  result: '本次考核的结果',
  sheet: '某张表的结果',
  input: '填报的数',
  byGrade: '按等次定的系数',
  add: '相加',
  subtract: '相减',
  multiply: '相乘',
  divide: '相除',
  least: '取最小',
  greatest: '取最大',
  unknown: '原文没有公布',
}
export const RESULT_NAMES = { score: '得分', rate: '得分率', base: '得分（不含加减分）' }
export const SHEET_RESULTS = { score: '得分', rate: '得分率' }

/** A formula of each kind as it is begun. */
export const NEW_FORMULAS: Record<string, object> = {
  value: { value: '1' },
  result: { result: 'score' },
  sheet: { sheet: 'main', as: 'score' },
  input: { input: '数据名称' },
  byGrade: { byGrade: {} },
  add: { add: [{ result: 'score' }, { value: '0' }] },
  subtract: { subtract: [{ result: 'score' }, { value: '0' }] },
  multiply: { multiply: [{ result: 'score' }, { value: '1' }] },
  divide: { divide: [{ result: 'score' }, { value: '1' }] },
  least: { least: [{ result: 'score' }, { value: '100' }] },
  greatest: { greatest: [{ result: 'score' }, { value: '0' }] },
  unknown: { unknown: '没有公布的内容' },
}

/** The one word that says what a formula is. */
export const formulaKind = (formula: object): string => Object.keys(FORMULA_NAMES).find((kind) => kind in formula) ?? 'value'
