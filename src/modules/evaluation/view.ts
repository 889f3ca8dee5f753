import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { periodFromKey } from '#kernel/period.ts'
import { type EvaluatedItem, type EvaluatedObject, ITEM_STATES } from './engine/evaluate.ts'
import { add, compare, exact, subtract, textOf, ZERO } from './engine/exact.ts'
import { countedOf } from './engine/input.ts'
import { isDimension, type PlannedDimension, type PlannedItem, plan } from './engine/plan.ts'
import type { Scheme } from './engine/scheme.ts'
import { periodText } from './engine/sentence.ts'
import { ruleWords, SOURCE_NAMES } from './ruleWords.ts'

export const CaseView = z.object({
  period: z.string(),
  periodName: z.string(),
  expected: z.number(),
  met: z.number(),
  note: z.string(),
  facts: z.array(z.uuid()),
  /** False: the period has not ended, so what is missing is not missed. */
  due: z.literal(false).optional(),
  /** The part of a composite source that it belongs to. */
  part: z.string().optional(),
})

export const ItemView = z.object({
  path: z.string(),
  name: z.string(),
  max: z.string().nullable(),
  state: z.enum(ITEM_STATES),
  score: z.string().nullable(),
  /** Marks short of the full marks; null while open or outside the hundred. */
  lost: z.string().nullable(),
  outside: z.boolean(),
  value: z.string().nullable(),
  sentence: z.string(),
  /** 5 分 − 缺 1 次 × 1 分 = 4 分; null where the sentence says all. */
  formula: z.string().nullable(),
  source: z.string(),
  /** The duty or kind of meeting it counts; null where it counts something else. */
  counts: z.string().nullable(),
  by: z.string().nullable(),
  /** Of a composite source: each part with its weight and what it comes to. */
  parts: z.array(z.object({ name: z.string(), weight: z.string(), value: z.string().nullable(), sentence: z.string() })),
  rules: z.array(z.string()),
  note: z.string().nullable(),
  cases: z.array(CaseView),
})
export type ItemView = z.output<typeof ItemView>

export const DimensionView = z.object({
  path: z.string(),
  name: z.string(),
  max: z.string().nullable(),
  score: z.string(),
  items: z.array(ItemView),
})
export const ToDo = z.object({
  path: z.string(),
  name: z.string(),
  lost: z.string().nullable(),
  says: z.string(),
  counts: z.string().nullable(),
  /** What can still be done, or why nothing can. */
  remedy: z.string(),
  canStill: z.boolean(),
})

/** The score tree of one organisation: dimensions of the first level, each with every indicator below it in order. */
export function dimensionsOf(scheme: Scheme, object: EvaluatedObject): z.output<typeof DimensionView>[] {
  const planned = plan(scheme)
  const scored = new Map(object.items.map((i) => [i.path, i]))
  return planned.sheets.flatMap((sheet) => {
    const loose = sheet.top.children.filter((c): c is PlannedItem => !isDimension(c))
    const dimensions = sheet.top.children.filter(isDimension)
    const asDimension: PlannedDimension[] = loose.length > 0 ? [{ ...sheet.top, children: loose }] : []
    return [...asDimension, ...dimensions].map((d) => dimensionView(d, scored)).filter((d) => d.items.length > 0)
  })
}

function dimensionView(dimension: PlannedDimension, scored: Map<string, EvaluatedItem>) {
  const items = leaves(dimension).flatMap((item) => {
    const found = scored.get(item.path)
    return found ? [itemView(item, found)] : []
  })
  const sum = items.reduce((total, i) => (i.score === null ? total : add(total, exact(i.score))), ZERO)
  return { path: dimension.path, name: dimension.name, max: dimension.max && textOf(dimension.max), score: textOf(sum), items }
}

const leaves = (node: PlannedDimension | PlannedItem): PlannedItem[] => (isDimension(node) ? node.children.flatMap(leaves) : [node])

function itemView(item: PlannedItem, scored: EvaluatedItem): ItemView {
  const { max, score } = scored
  return {
    path: scored.path,
    name: scored.name,
    max,
    state: scored.state ?? (score === null ? '未定' : '已计算'), // results stored by the first edition carry no state
    score,
    lost: max !== null && score !== null ? textOf(subtract(exact(max), exact(score))) : null,
    outside: item.outside,
    value: scored.value,
    sentence: scored.sentence,
    formula: formulaOf(item, scored),
    source: SOURCE_NAMES[scored.source as keyof typeof SOURCE_NAMES] ?? scored.source,
    counts: countsOf(item),
    by: item.assessedBy,
    parts: (scored.parts ?? []).map(({ name, weight, value, sentence }) => ({ name, weight, value, sentence })),
    rules: item.rules.map(({ rule, source }) => ruleWords(rule, source)),
    note: item.rules.map(({ rule }) => rule.note).find(Boolean) ?? null,
    cases: scored.cases.map((c) => ({ ...c, periodName: periodText(c.period) })),
  }
}

function countsOf({ source, rules }: PlannedItem): string | null {
  for (const one of [source, ...rules.map((r) => r.source)].flatMap((s) => (s?.from === 'composite' ? s.parts.map((p) => p.source) : [s])))
    if (one?.from === 'duty' || one?.from === 'fact') return one.filter?.duty ?? one.filter?.kind ?? null
  return null
}

/** How the marks of an item with one rule of deduction or share came about, for recalculation by hand. */
function formulaOf(item: PlannedItem, { max, score, cases }: EvaluatedItem): string | null {
  const rule = item.rules.length === 1 ? item.rules[0]!.rule : null
  if (!rule || max === null || score === null || cases.length === 0 || item.source?.from === 'composite') return null
  const { expected, met } = countedOf(cases)
  if (rule.kind === 'share' && !rule.target && !rule.floor && !rule.of) return `${max} 分 × ${met} ÷ ${expected} = ${score} 分`
  const countsMissing = rule.kind === 'deduct' && (rule.counts ?? 'missing') === 'missing' && !rule.every && !rule.limit
  return countsMissing ? `${max} 分 − 缺 ${expected - met} ${rule.unit ?? '次'} × ${rule.marks} 分 = ${score} 分` : null
}

/** 待改进: what an organisation lost or still has open, with what can be done about each; what can still be got comes first. */
export function toDosOf(dimensions: z.output<typeof DimensionView>[], now: Date): z.output<typeof ToDo>[] {
  const today = dateAt(now)
  return dimensions
    .flatMap((d) => d.items)
    .flatMap((item) => toDosOfItem(item, today))
    .sort((a, b) => Number(b.canStill) - Number(a.canStill))
}

function toDosOfItem(item: ItemView, today: string): z.output<typeof ToDo>[] {
  const { path, name, lost, counts } = item
  if (item.outside || item.state === '不适用') return []
  if (item.score === null) {
    const remedy = item.state === '未到期' ? '按期办好就不扣' : item.state === '未填' ? '补填后重新计算' : '按所缺的补齐后重新计算'
    return [{ path, name, lost, counts, says: item.sentence, remedy, canStill: true }]
  }
  if (lost === null || compare(exact(lost), ZERO) <= 0) return []
  const short = item.cases.filter((c) => c.met < c.expected && c.due !== false)
  if (short.length === 0)
    return [{ path, name, lost, counts, says: item.sentence, remedy: '对照规则核对依据，有异议在核对期内提出', canStill: false }]
  const open = short.filter((c) => (periodFromKey(c.period)?.to ?? '') >= today)
  return [
    {
      path,
      name,
      lost,
      counts,
      says: missingOf(short),
      remedy:
        open.length > 0
          ? `${open.map((c) => c.periodName).join('、')}还没有过完，按期办好就不再扣`
          : '办过而没有记的，凭原始记录补录；没有办的，本期不能补',
      canStill: open.length > 0,
    },
  ]
}

/** What is missing in these cases: each in its own words, or, where there are many, how much and when. */
function missingOf(short: ItemView['cases']): string {
  if (short.length > 2) return `共缺 ${short.reduce((n, c) => n + c.expected - c.met, 0)}：${short.map((c) => c.periodName).join('、')}`
  return short
    .map(({ periodName, note, expected, met }) =>
      note.startsWith(periodName) ? note : `${periodName}：${note || `应 ${expected}，实 ${met}`}`,
    )
    .join('；')
}
