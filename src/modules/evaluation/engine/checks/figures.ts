import { compare, type Exact, exact, greatest, subtract, sum, textOf, ZERO } from '../exact.ts'
import type { Warning } from '../healthCheck.ts'
import { gives, partOf } from '../kinds.ts'
import { figureOf } from '../plan.ts'
import type { Rule } from '../rule.ts'
import { type Node, type Scheme, standsOutside } from '../scheme.ts'
import { UNKNOWN } from '../vocabulary.ts'
import { visit } from './visit.ts'

/** Sums that do not agree: weights, steps, deductions. */
export const figureWarnings = (scheme: Scheme): Warning[] => [...weightSums(scheme), ...itemFigures(scheme), ...bottomlessTotals(scheme)]

const weightSums = (scheme: Scheme): Warning[] => [
  ...scheme.sheets.flatMap((sheet) => sumWarning(scheme, sheet.items, sheet.base ?? sheet.total, `表「${sheet.name}」`)),
  ...visit(scheme).flatMap(({ node, place }) =>
    node.items && node.max !== undefined && !standsOutside(node) ? sumWarning(scheme, node.items, node.max, place) : [],
  ),
  ...weightedSources(scheme),
]

/** Of a text that was published in part only what is too much is a contradiction; what is too little may simply not be visible. */
const sumWarning = (scheme: Scheme, nodes: Node[], expected: string, place: string): Warning[] => {
  const parts = nodes.filter((node) => !standsOutside(node)).map((node) => figureOf(node.max ?? UNKNOWN))
  const whole = figureOf(expected)
  if (!whole || parts.length === 0) return []
  const known = sum(parts.map((part) => part ?? ZERO))
  const difference = compare(known, whole)
  const complete = !parts.includes(null) && scheme.completeness !== 'partial'
  if (difference === 0 || (difference < 0 && !complete)) return []
  const gap = textOf(difference > 0 ? subtract(known, whole) : subtract(whole, known))
  return [
    {
      code: 'weight-sum',
      place,
      says: `下级分值合计 ${textOf(known)}，应为 ${textOf(whole)}，${difference > 0 ? '多' : '少'} ${gap} 分`,
      remedy: `调整下级分值，使合计等于 ${textOf(whole)}；或把满分改为 ${textOf(known)}`,
    },
  ]
}

/** Weights of raters and of composite parts, where all are published, make 1 or 100. */
const weightedSources = (scheme: Scheme): Warning[] =>
  visit(scheme).flatMap(({ node, place }) => {
    const { source } = node
    const weighed = source?.from === 'composite' ? source.parts : source && 'raters' in source ? (source.raters ?? []) : []
    if (weighed.length === 0 || weighed.some(({ weight }) => weight === UNKNOWN)) return []
    const whole = sum(weighed.map(({ weight }) => exact(weight)))
    if (compare(whole, exact(1)) === 0 || compare(whole, exact(100)) === 0) return []
    return [
      { code: 'weight-sum', place, says: `各来源权重合计 ${textOf(whole)}`, remedy: '调整权重，使合计等于 1 或 100' } satisfies Warning,
    ]
  })

const itemFigures = (scheme: Scheme): Warning[] =>
  visit(scheme).flatMap(({ node, place }) => {
    const max = figureOf(node.max ?? UNKNOWN)
    if (!node.rules || !max || standsOutside(node)) return []
    return [...stepSum(node.rules, max, place), ...deductions(node.rules, max, place)]
  })

/** What the giving rules hand out together, beside the item's full marks. */
const stepSum = (rules: Rule[], max: Exact, place: string): Warning[] => {
  const giving = rules.filter(gives)
  const parts = giving.map((rule) => partOf(rule, max))
  if (giving.length === 0 || parts.includes(null)) return []
  const handed = sum(parts as Exact[])
  const over = compare(handed, max) > 0
  const taking = rules.some((rule) => takes(rule) !== null)
  if (!over && (compare(handed, max) === 0 || taking)) return []
  return [
    {
      code: 'step-sum',
      place,
      says: `各步（各条）得分合计 ${textOf(handed)}，满分 ${textOf(max)}，${over ? '全部做到会超过满分' : '全部做到也拿不到满分'}`,
      remedy: `把各步得分调到合计 ${textOf(max)}，或把满分改为 ${textOf(handed)}；未改之前${over ? '按满分封顶' : '按各步相加'}`,
    },
  ]
}

const deductions = (rules: Rule[], max: Exact, place: string): Warning[] => {
  const says = excess(rules, max)
  const remedy = '写明「扣完为止」（floor: zero）或每条的扣分上限（limit）；未写之前按扣完为止计算'
  return says ? [{ code: 'deduct-exceeds', place, says, remedy }] : []
}

/** Why the deductions of an item can exceed it, or null. A stated floor or limit is a decision, not a contradiction. */
const excess = (rules: Rule[], max: Exact): string | null => {
  const deducts = rules.filter((rule) => rule.kind === 'deduct')
  if (deducts.some((rule) => rule.floor === 'none')) return '写明扣分不设下限，得分可能为负'
  if (deducts.some((rule) => rule.floor === 'zero')) return null
  const units = new Set(deducts.flatMap((rule) => (rule.unit && rule.limit === undefined ? `每${rule.unit}` : [])))
  if (units.size > 0) return `按${[...units].join('、')}扣分，没有写扣到几分为止，次数多时会超过满分 ${textOf(max)}`
  const once = sum(rules.map((rule) => takes(rule) ?? ZERO))
  return compare(once, max) > 0 ? `各条扣分合计可达 ${textOf(once)}，超过满分 ${textOf(max)}` : null
}

/** The most one rule takes when it speaks once; null for rules that take nothing. */
const takes = (rule: Rule): Exact | null => {
  if (rule.kind === 'deduct') return figureOf(rule.limit ?? rule.marks) ?? ZERO
  if (rule.kind === 'qualitative') return rule.takes ? (figureOf(rule.takes.most) ?? ZERO) : null
  if (rule.kind !== 'band') return null
  const minus = rule.bands.flatMap((band) => (band.minus === undefined || band.minus === 'all' ? [] : (figureOf(band.minus) ?? ZERO)))
  return rule.bands.some((band) => band.minus !== undefined) ? minus.reduce(greatest, ZERO) : null
}

const bottomlessTotals = (scheme: Scheme): Warning[] =>
  scheme.sheets
    .filter((sheet) => sheet.penaltyCap === 'none')
    .map((sheet) => ({
      code: 'deduct-exceeds' as const,
      place: `表「${sheet.name}」`,
      says: '总分外扣分不设下限，总分可能为负，与百分制展示冲突',
      remedy: '给扣分设上限（penaltyCap），或写明总分最低为 0',
    }))
