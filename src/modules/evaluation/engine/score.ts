import { add, compare, divide, type Exact, exact, greatest, isZero, least, multiply, ONE, sign, subtract, sum, ZERO } from './exact.ts'
import { compute } from './formula.ts'
import type { Subject } from './input.ts'
import { type ItemScore, scoreItem } from './item.ts'
import { classesOf, figureOf, isDimension, type Plan, type PlannedDimension, type PlannedItem, type PlannedSheet } from './plan.ts'
import type { Rounding } from './rounding.ts'
import type { Standings } from './standings.ts'
import { UNKNOWN } from './vocabulary.ts'

/** An indicator in its sheet: `weight` is the factor by which its marks moved because others do not apply. */
export interface WeighedItem {
  score: ItemScore
  weight: Exact
  /** Marks after the factor, and after rounding where the scheme rounds each item; null while open or not applicable. */
  marks: Exact | null
  max: Exact | null
}

export interface SheetScore {
  key: string
  name: string
  items: WeighedItem[]
  /** Sum of what is decided so far, with bonus and penalty. */
  score: Exact
  /** Full marks of what is decided so far. */
  decided: Exact
  total: Exact | null
  bonus: Exact
  penalty: Exact
  /** Why the sheet is not complete: paths or remarks; what is not due yet is among them. */
  open: string[]
  notDue: string[]
  notApplicable: string[]
  /** The factor of the whole sheet under the rule `scale`. */
  scale: Exact
}

export interface ObjectScore {
  subject: Subject
  sheets: SheetScore[]
  score: Exact | null
  total: Exact | null
  open: string[]
  /** Key of the highest sheet passed, where sheets are levels. */
  level: string | null
}

/** Step 1 for one object: every indicator's marks, the sheets and the score. Reads this object only, but for `rank`, which needs standings. */
export const scoreObject = (plan: Plan, subject: Subject, standings?: Standings): ObjectScore => {
  const placeOf = (key: string) => standings?.placeOf(key, subject) ?? null
  const combine = plan.scheme.combine ?? 'class'
  const fitting =
    combine === 'class' ? plan.sheets.filter(({ sheet }) => !sheet.classes || sheet.classes.includes(subject.class ?? '')) : plan.sheets
  const chosen = combine === 'class' ? fitting.slice(0, 1) : fitting
  if (chosen.length === 0) {
    return { subject, sheets: [], score: null, total: null, open: [noSheet(plan, subject)], level: null }
  }
  const sheets = chosen.map((sheet) => scoreSheet(plan, sheet, subject, placeOf))
  const open = sheets.flatMap((sheet) => sheet.open)
  if (combine === 'levels') return byLevels(plan, subject, sheets)
  if (typeof combine === 'object') {
    const find = (key: string, as: 'score' | 'rate') =>
      sheetFigure(
        sheets.find((sheet) => sheet.key === key),
        as,
      )
    const score = compute(combine, { sheet: find, input: (name) => inputFigure(subject, name) })
    const rounded = score && plan.rounding.total(score)
    return { subject, sheets, score: rounded, total: null, open: rounded || open.length ? open : ['合成公式需要的数字不全'], level: null }
  }
  const totals = sheets.map((sheet) => sheet.total)
  return {
    subject,
    sheets,
    score: plan.rounding.total(sum(sheets.map((sheet) => sheet.score))),
    total: totals.includes(null) ? null : sum(totals as Exact[]),
    open,
    level: null,
  }
}

/** How much of an object is still open: 还有 2 项未定、3 项未到期. */
export const openText = (object: ObjectScore): string => {
  const waiting = notDueOf(object)
  const lacking = object.open.length - waiting
  return `还有 ${[lacking > 0 && `${lacking} 项未定`, waiting > 0 && `${waiting} 项未到期`].filter(Boolean).join('、')}`
}

/** Whether time alone stands between an object and its score. */
export const isOnlyNotDue = (object: ObjectScore): boolean => object.open.length > 0 && object.open.length === notDueOf(object)

const notDueOf = ({ sheets }: ObjectScore): number => sheets.reduce((n, sheet) => n + sheet.notDue.length, 0)

const noSheet = ({ scheme }: Plan, { class: own }: Subject): string =>
  own === undefined ? `未填：所属类别（${classesOf(scheme).join('、')}），由考核组归类` : `没有适用于「${own}」的表`

/** A figure entered for a formula under its name. */
export const inputFigure = (subject: Subject, name: string): Exact | null => {
  const input = subject.inputs[`formula/${name}`]
  return input?.kind === 'figure' ? exact(input.quantity) : null
}

const sheetFigure = (sheet: SheetScore | undefined, as: 'score' | 'rate'): Exact | null => {
  if (!sheet || sheet.open.length > 0) return null
  if (as === 'score') return sheet.score
  return sheet.total && !isZero(sheet.total) ? divide(sheet.score, sheet.total) : null
}

/** Sheets are looked at in order; one that is not passed ends it, and the ones after it are not looked at. */
const byLevels = (plan: Plan, subject: Subject, sheets: SheetScore[]): ObjectScore => {
  const looked: SheetScore[] = []
  let level: string | null = null
  for (const [i, sheet] of sheets.entries()) {
    looked.push(sheet)
    const line = figureOf(plan.sheets[i]!.sheet.passAt ?? UNKNOWN)
    if (!line) sheet.open.push(`「${sheet.name}」的过线分没有公布`)
    if (!line || sheet.open.length > 0 || compare(sheet.score, line) < 0) break
    level = sheet.key
  }
  const last = looked.at(-1)!
  return {
    subject,
    sheets: looked,
    score: plan.rounding.total(last.score),
    total: last.total,
    open: looked.flatMap((sheet) => sheet.open),
    level,
  }
}

const scoreSheet = (plan: Plan, planned: PlannedSheet, subject: Subject, placeOf: (key: string) => number | null): SheetScore => {
  const { sheet, top } = planned
  const rounds = plan.rounding
  const scores = planned.items.map((item) => scoreItem(item, subject.inputs, placeOf))
  const tally: Tally = {
    items: [],
    open: [],
    notDue: [],
    notApplicable: [],
    decided: ZERO,
    bonus: ZERO,
    penalty: ZERO,
    whole: false,
    bottomless: false,
  }
  const redistributes = plan.scheme.notApplicable === 'redistribute' && scores.some((score) => score.state === 'notApplicable')
  const own = gather(top, ONE, { scores, tally, rounds, redistributes })
  if (tally.notApplicable.length && plan.scheme.notApplicable === UNKNOWN) tally.open.push('方案没有规定不适用的项目怎么处理')
  const scale = plan.scheme.notApplicable === 'redistribute' ? ONE : scaleOf(tally, scores)
  const bonus = capped(tally.bonus, sheet.bonusCap, tally, '加分上限没有公布')
  const penalty = capped(tally.penalty, sheet.penaltyCap === 'none' ? undefined : sheet.penaltyCap, tally, '扣分上限没有公布')
  const marks = tally.whole ? ZERO : subtract(add(multiply(own, scale), bonus), penalty)
  const bottomless = sheet.penaltyCap === 'none' || tally.bottomless
  return {
    key: sheet.key,
    name: sheet.name,
    items: tally.items,
    score: rounds.total(bottomless ? marks : greatest(ZERO, marks)),
    decided: tally.decided,
    total: figureOf(sheet.total),
    bonus,
    penalty,
    open: tally.open,
    notDue: tally.notDue,
    notApplicable: tally.notApplicable,
    scale,
  }
}

interface Tally {
  items: WeighedItem[]
  open: string[]
  notDue: string[]
  notApplicable: string[]
  decided: Exact
  bonus: Exact
  penalty: Exact
  whole: boolean
  bottomless: boolean
}

interface Gathering {
  /** By the items' index. */
  scores: ItemScore[]
  tally: Tally
  rounds: Rounding
  redistributes: boolean
}

/** The marks under a dimension; what its children say outside the hundred goes to the tally, capped where the dimension is a group of its own. */
const gather = (dimension: PlannedDimension, weight: Exact, g: Gathering): Exact => {
  const factor = g.redistributes ? childFactor(dimension, weight, g) : weight
  const before = { bonus: g.tally.bonus, penalty: g.tally.penalty }
  let marks = ZERO
  let zeroed = false
  for (const child of dimension.children) {
    if (isDimension(child)) {
      marks = add(marks, gather(child, factor, g))
      continue
    }
    const score = g.scores[child.index]!
    const weighed = weigh(score, factor, g)
    if (weighed.marks) marks = add(marks, weighed.marks)
    zeroed ||= score.zero === 'dimension'
  }
  if (dimension.outside && dimension.max) {
    g.tally.bonus = add(before.bonus, least(dimension.max, subtract(g.tally.bonus, before.bonus)))
    g.tally.penalty = add(before.penalty, least(dimension.max, subtract(g.tally.penalty, before.penalty)))
  }
  return zeroed ? ZERO : g.rounds.dimension(marks)
}

const weigh = (score: ItemScore, weight: Exact, { tally, rounds }: Gathering): WeighedItem => {
  const { item } = score
  if (weight === ONE) score.unmoved ??= { score, weight, marks: score.marks && rounds.item(score.marks), max: item.max }
  const weighed = weight === ONE ? score.unmoved! : moved(score, weight, rounds)
  const { marks, max } = weighed
  tally.items.push(weighed)
  if (score.state === 'notDue') tally.notDue.push(item.path)
  if (score.state === 'open' || score.state === 'notDue') tally.open.push(item.path)
  else if (score.state === 'notApplicable') tally.notApplicable.push(item.path)
  else if (max) tally.decided = add(tally.decided, max)
  if (score.zero === 'whole') tally.whole = true
  if (marks && sign(marks) < 0) tally.bottomless = true
  tally.bonus = add(tally.bonus, score.bonus)
  tally.penalty = add(tally.penalty, score.penalty)
  return weighed
}

const moved = (score: ItemScore, weight: Exact, rounds: Rounding): WeighedItem => ({
  score,
  weight,
  marks: score.marks && rounds.item(multiply(score.marks, weight)),
  max: score.item.max && multiply(score.item.max, weight),
})

/** What does not apply gives its weight to its neighbours in the same dimension: all ÷ (all − what does not apply). */
const childFactor = (dimension: PlannedDimension, weight: Exact, g: Gathering): Exact => {
  const absent = dimension.children.filter((child) => doesNotApply(child, g))
  if (absent.length === 0 || absent.length === dimension.children.length) return weight
  const all = weightOf(dimension.children)
  const gone = weightOf(absent)
  if (!all || !gone) {
    g.tally.open.push(`「${dimension.name}」有分值没有公布，不适用项目的分值无法并入`)
    return weight
  }
  const left = subtract(all, gone)
  return isZero(left) ? weight : divide(multiply(weight, all), left)
}

const doesNotApply = (node: PlannedDimension | PlannedItem, g: Gathering): boolean =>
  isDimension(node) ? node.children.every((child) => doesNotApply(child, g)) : g.scores[node.index]!.state === 'notApplicable'

const weightOf = (nodes: (PlannedDimension | PlannedItem)[]): Exact | null => {
  const all = nodes.map((node) => (node.outside ? ZERO : node.max))
  return all.includes(null) ? null : sum(all as Exact[])
}

/** Under the rule `scale`: full marks of all indicators ÷ full marks of those that apply. */
const scaleOf = (tally: Tally, scores: ItemScore[]): Exact => {
  if (tally.notApplicable.length === 0) return ONE
  if (scores.some(({ item }) => item.max === null)) {
    tally.open.push('有分值没有公布，不适用项目无法折算')
    return ONE
  }
  const all = sum(scores.map(({ item }) => item.max!))
  const gone = sum(scores.filter(({ state }) => state === 'notApplicable').map(({ item }) => item.max!))
  const left = subtract(all, gone)
  return isZero(left) ? ONE : divide(all, left)
}

const capped = (marks: Exact, cap: string | undefined, tally: Tally, unknown: string): Exact => {
  if (cap === undefined || isZero(marks)) return marks
  const limit = figureOf(cap)
  if (limit) return least(marks, limit)
  tally.open.push(unknown)
  return marks
}
