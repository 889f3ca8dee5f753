import { today } from '#kernel/civilDate.ts'
import { periodFromKey } from '#kernel/period.ts'
import type { Api } from '../../../platform.ts'

export type Result = Api['evaluation.result']['output']
export type Dimension = Result['dimensions'][number]
export type Item = Dimension['items'][number]
export type ItemCases = Api['evaluation.cases']['output']
export type Fact = ItemCases['cases'][number]['facts'][number]
export type Appeal = Api['evaluation.appeals']['output']['items'][number]
export type Recalculation = Api['evaluation.recalculation']['output']
export type Run = Api['evaluation.runs']['output']['items'][number]

/** Which result is meant: a published run's, or a live one of a scheme and period. */
export type Ref = Api['evaluation.result']['input']

/** Why it has no marks or who still owes the value, without what is said elsewhere. */
export const whyOf = ({ sentence }: Pick<Item, 'sentence'>): string =>
  sentence
    .replace(/^(不适用|未到期)：/, '')
    .replace(/（满分[^（）]*）$/, '')
    .replace(/，(分值按方案规定折算|分值并入同一维度|到期后计分|暂不计分)$/, '')

/** The marks of an indicator, or in a word why it has none. */
export const scoreText = ({ state, score }: Pick<Item, 'state' | 'score'>): string => (state === '已计算' ? marksText(score) : state)

/** Whether a day lies in the period of a key. */
export function within(period: string, day: string): boolean {
  const found = periodFromKey(period)
  return found !== null && day >= found.from && day <= found.to
}

/** 2025 年度, 2025 年第三季度, 2025 年 7 月. */
export function periodName(key: string): string {
  const [year, part] = key.split('-')
  if (!part) return `${year} 年度`
  if (part.startsWith('Q')) return `${year} 年第${'一二三四'[Number(part[1]) - 1]}季度`
  if (part.startsWith('H')) return `${year} 年${part === 'H1' ? '上' : '下'}半年`
  return `${year} 年 ${Number(part)} 月`
}

/** The keys of periods that are over by `day`, or (`running`) of those that are not, newest first. */
export function periodsOf(every: string, day: string, running = false): string[] {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  const parts = { month: 12, quarter: 4, half: 2, year: 1 }[every] ?? 1
  const now = Math.floor((month - 1) / (12 / parts))
  const all = [year, year - 1, year - 2, year - 3].flatMap((y) =>
    Array.from({ length: parts }, (_, i) => ({ y, i: parts - 1 - i })).filter(({ i }) => y < year || i <= now),
  )
  const keyOf = ({ y, i }: { y: number; i: number }) =>
    every === 'year'
      ? String(y)
      : every === 'month'
        ? `${y}-${String(i + 1).padStart(2, '0')}`
        : `${y}-${every === 'half' ? 'H' : 'Q'}${i + 1}`
  const isNow = ({ y, i }: { y: number; i: number }) => y === year && i === now
  return all.filter((p) => isNow(p) === running).map(keyOf)
}

/** Marks as they are shown: 6.00; 未定 while they are open. */
export const marksText = (marks: string | null): string => {
  if (marks === null) return '未定'
  const decimals = marks.split('.')[1]?.length ?? 0
  return decimals > 2 ? marks : Number(marks).toFixed(2)
}

/** The number of a fact as it is written beside the seal: 00218. */
export const factNumber = (n: number): string => String(n).padStart(5, '0')

interface Named {
  schemeId: string | null
  shipped: string | null
}

/** How a scheme stands in an address: its id, or the name of one that comes with the product. */
export const schemeAddress = ({ schemeId, shipped }: Named): string => schemeId ?? shipped ?? ''

/** The scheme that an address names, as operations take it. */
export const schemeRef = (address: string): { schemeId: string } | { shipped: string } =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(address) ? { schemeId: address } : { shipped: address }

/** The year that is over, as a period. */
export const lastYear = (): string => String(Number(today().slice(0, 4)) - 1)

export const STATES: Record<'shipped' | 'draft' | 'published' | 'withdrawn', { text: string; tone: string }> = {
  shipped: { text: '随产品带', tone: '' },
  draft: { text: '草稿', tone: 'hu' },
  published: { text: '已发布', tone: 'song' },
  withdrawn: { text: '已撤下', tone: '' },
}

/** What a scheme may be about, in words. */
export const OBJECT_NAMES: Record<string, string> = {
  branch: '党支部',
  committee: '党委',
  generalBranch: '党总支',
  unit: '所属单位',
  village: '村、社区党组织',
  memberGroup: '党小组',
  member: '党员',
  secretary: '党支部书记',
  cadre: '工作人员',
}
