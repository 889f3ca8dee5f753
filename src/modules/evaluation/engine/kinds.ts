import {
  compare,
  divide,
  type Exact,
  exact,
  greatest,
  HUNDRED,
  isZero,
  least,
  multiply,
  ONE,
  round,
  subtract,
  sum,
  textOf,
  ZERO,
} from './exact.ts'
import type { Event } from './input.ts'
import { figureOf } from './plan.ts'
import type { Rule, RuleOf } from './rule.ts'
import type { Known } from './value.ts'
import type { Limits } from './vocabulary.ts'

/** What one rule makes of one value: marks given, taken, added outside the hundred; a trigger that spoke; or still open. */
export interface Outcome {
  gives?: Exact
  takes?: Exact
  takesAll?: true
  outside?: Exact
  triggered?: boolean
  /** How many units were counted. */
  units?: Exact
  /** The matched step, band or place in words. */
  chosen?: string
  open?: string
}

/** The marks of one rule. `max` is the item's full marks, `place` its position among like objects. */
export const marksOf = (rule: Rule, value: Known, max: Exact | null, place: number | null): Outcome =>
  KINDS[rule.kind](rule as never, value, max, place)

type Kind<K extends Rule['kind']> = (rule: RuleOf<K>, value: Known, max: Exact | null, place: number | null) => Outcome

const UNPUBLISHED: Outcome = { open: '计分标准没有公布' }

const KINDS: { [K in Rule['kind']]: Kind<K> } = {
  award: (rule, value, max) => {
    const marks = figureOf(rule.marks)
    if (!marks) return UNPUBLISHED
    if (!rule.per) return { gives: isDone(value) ? marks : ZERO }
    const cap = rule.cap === undefined ? max : figureOf(rule.cap)
    const earned = multiply(marks, value.met)
    return { gives: cap ? least(earned, cap) : earned, units: value.met }
  },
  share: (rule, value, max) => {
    const of = rule.of === undefined ? max : figureOf(rule.of)
    if (!of) return UNPUBLISHED
    if (!value.expected || isZero(value.expected)) return { open: '没有分母，不能按比例计分' }
    const percent = divide(multiply(value.met, HUNDRED), value.expected)
    if (rule.target && compare(percent, exact(rule.target)) >= 0) return { gives: of }
    if (rule.floor && compare(percent, exact(rule.floor)) < 0) return { gives: ZERO }
    return { gives: least(of, divide(multiply(of, value.met), value.expected)) }
  },
  deduct: (rule, value) => {
    const marks = figureOf(rule.marks)
    if (!marks) return UNPUBLISHED
    const counted = countOf(rule, value)
    if (!counted) return { open: '没有分母，不能计算差距' }
    const units = rule.every ? round(divide(counted, exact(rule.every)), 0, 'down') : counted
    const taken = multiply(marks, units)
    const limit = rule.limit === undefined ? null : figureOf(rule.limit)
    return { takes: limit ? least(taken, limit) : taken, units: counted }
  },
  step: (rule, value) => {
    if (!value.done) return { open: '没有填写做到了哪几步' }
    const done = rule.steps.filter((step) => value.done?.includes(step.name))
    const marks = done.map((step) => figureOf(step.marks))
    return marks.includes(null) ? UNPUBLISHED : { gives: sum(marks as Exact[]), chosen: done.map((step) => step.name).join('、') }
  },
  band: (rule, value, max) => {
    const band = rule.bands.find((one) => (value.label !== undefined ? one.label === value.label : within(value.met, one)))
    if (!band)
      return gives(rule) || value.label !== undefined
        ? { open: `「${value.label ?? '该数值'}」没有落在任何一档，方案没有规定怎么计分` }
        : { takes: ZERO }
    const chosen = band.label ?? limitsText(band)
    if (band.minus === 'all') return { takesAll: true, chosen }
    if (band.minus !== undefined) return figureOr(band.minus, (takes) => ({ takes, chosen }))
    return figureOr(band.marks ?? 'unknown', (marks) => ({ gives: max ? least(marks, max) : marks, chosen }))
  },
  qualitative: (rule, value) => {
    const range = rule.gives ?? rule.takes
    const [lowest, highest] = [figureOf(range?.least ?? 'unknown'), figureOf(range?.most ?? 'unknown')]
    const untouched = rule.takes && isZero(value.met)
    if (!untouched && ((lowest && compare(value.met, lowest) < 0) || (highest && compare(value.met, highest) > 0))) {
      return { open: '评分超出方案规定的幅度，请评分人改正' }
    }
    return rule.takes ? { takes: value.met } : { gives: value.met }
  },
  bonus: (rule, value) => extraMarks(rule, value),
  penalty: (rule, value) => {
    const outcome = extraMarks(rule, value)
    return outcome.outside ? { ...outcome, outside: subtract(ZERO, outcome.outside) } : outcome
  },
  zero: (_rule, value) => ({ triggered: hasHappened(value) }),
  veto: (_rule, value) => ({ triggered: hasHappened(value) }),
  rank: (rule, _value, _max, place) => {
    if (place === null) return { open: '要与同组各单位一起计算后才有名次' }
    const found = rule.places.find((one) => place >= Number(one.from) && place <= Number(one.to))
    return found
      ? figureOr(found.marks, (marks) => ({ gives: marks, chosen: `第 ${place} 名` }))
      : { gives: ZERO, chosen: `第 ${place} 名` }
  },
  tiers: (rule, value) => {
    if (!value.events) return { open: '没有填写达到了哪一级' }
    const reached = value.events.map((event) => ({ event, tier: rule.tiers.find((tier) => tier.name === event.level) }))
    const marks = reached.map(({ event, tier }) => {
      const worth = figureOf(tier?.marks ?? 'unknown')
      return worth && multiply(worth, exact(rule.take === 'sum' ? (event.times ?? 1) : 1))
    })
    if (marks.includes(null)) return { open: '有一项的层级不在方案里，或该层级的分值没有公布' }
    const all = marks as Exact[]
    const earned = rule.take === 'sum' ? sum(all) : all.reduce(greatest, ZERO)
    const cap = rule.cap === undefined ? null : figureOf(rule.cap)
    return { gives: cap ? least(earned, cap) : earned, chosen: reached.map(({ event }) => event.level).join('、') }
  },
}

const figureOr = (figure: string, then: (marks: Exact) => Outcome): Outcome => {
  const marks = figureOf(figure)
  return marks ? then(marks) : UNPUBLISHED
}

/** Whether a rule hands out marks of the item (rather than taking from it or standing outside). */
export const gives = (rule: Rule): boolean => {
  if (rule.kind === 'qualitative') return !!rule.gives
  if (rule.kind === 'band') return rule.bands.some((band) => band.marks !== undefined)
  return ['award', 'share', 'step', 'rank', 'tiers'].includes(rule.kind)
}

/** How many of the item's marks a giving rule hands out at most; null where unpublished. */
export const partOf = (rule: Rule, max: Exact | null): Exact | null => {
  if (rule.kind === 'award') return rule.per ? (rule.cap === undefined ? max : figureOf(rule.cap)) : figureOf(rule.marks)
  if (rule.kind === 'share') return rule.of === undefined ? max : figureOf(rule.of)
  if (rule.kind === 'qualitative') return figureOf(rule.gives?.most ?? 'unknown')
  if (rule.kind === 'step') return total(rule.steps.map((step) => step.marks))
  if (rule.kind === 'band') return highest(rule.bands.flatMap((band) => band.marks ?? []))
  if (rule.kind === 'rank') return highest(rule.places.map((one) => one.marks))
  if (rule.kind === 'tiers') return rule.cap === undefined ? max : figureOf(rule.cap)
  return ZERO
}

const total = (figures: string[]): Exact | null => {
  const all = figures.map(figureOf)
  return all.includes(null) ? null : sum(all as Exact[])
}

const highest = (figures: string[]): Exact | null => {
  const all = figures.map(figureOf)
  return all.includes(null) ? null : (all as Exact[]).reduce(greatest, ZERO)
}

const isDone = (value: Known): boolean =>
  value.happened ?? (value.expected ? compare(value.met, value.expected) >= 0 : compare(value.met, ZERO) > 0)

/** A trigger told by hand, or a duty of which something is missing. */
const hasHappened = (value: Known): boolean =>
  value.happened ?? (value.expected ? compare(value.met, value.expected) < 0 : compare(value.met, ZERO) > 0)

const countOf = (rule: RuleOf<'deduct'>, value: Known): Exact | null => {
  if (rule.counts === 'shortfall') {
    if (!value.expected || isZero(value.expected)) return null
    return greatest(ZERO, subtract(exact(rule.target ?? '100'), divide(multiply(value.met, HUNDRED), value.expected)))
  }
  if (rule.counts === 'occurrences' || !value.expected) return value.met
  return greatest(ZERO, subtract(value.expected, value.met))
}

const extraMarks = (rule: RuleOf<'bonus'> | RuleOf<'penalty'>, value: Known): Outcome => {
  const events = value.events ?? (isZero(value.met) ? [] : [{ matter: '', times: Number(textOf(value.met)) }])
  const marks = events.map((event) => eventMarks(rule, event))
  if (marks.includes(null)) return { open: '加减分的分值没有公布，或超出规定幅度' }
  const cap = rule.cap === undefined || rule.cap === 'none' ? null : figureOf(rule.cap)
  const earned = rule.sameMatter === 'each' ? sum(marks as Exact[]) : sum(highestOfEach(events, marks as Exact[]))
  return { outside: cap ? least(earned, cap) : earned, units: exact(events.length) }
}

const eventMarks = (rule: RuleOf<'bonus'> | RuleOf<'penalty'>, event: Event): Exact | null => {
  const times = event.times === undefined ? ONE : exact(event.times)
  if (rule.levels) {
    const worth = figureOf(rule.levels.find((level) => level.name === event.level)?.marks ?? 'unknown')
    return worth && multiply(worth, times)
  }
  if (rule.marks !== undefined && typeof rule.marks === 'string') {
    const worth = figureOf(rule.marks)
    return worth && multiply(worth, times)
  }
  if (event.marks === undefined) return null
  const [marks, low, high] = [exact(event.marks), figureOf(rule.marks?.least ?? 'unknown'), figureOf(rule.marks?.most ?? 'unknown')]
  return (low && compare(marks, low) < 0) || (high && compare(marks, high) > 0) ? null : multiply(marks, times)
}

/** One matter rewarded at several levels counts once, at the highest; events without a matter are each their own. */
const highestOfEach = (events: Event[], marks: Exact[]): Exact[] => {
  const best = new Map<string, Exact>()
  events.forEach((event, i) => {
    const key = event.matter || `#${i}`
    best.set(key, greatest(best.get(key) ?? ZERO, marks[i]!))
  })
  return [...best.values()]
}

/** Whether a value lies within the limits; each limit says by its name whether its end belongs to it. */
export const within = (value: Exact, limits: Limits): boolean =>
  limits.limits === undefined &&
  (limits.above !== undefined || limits.atLeast !== undefined || limits.below !== undefined || limits.atMost !== undefined) &&
  (limits.above === undefined || compare(value, exact(limits.above)) > 0) &&
  (limits.atLeast === undefined || compare(value, exact(limits.atLeast)) >= 0) &&
  (limits.below === undefined || compare(value, exact(limits.below)) < 0) &&
  (limits.atMost === undefined || compare(value, exact(limits.atMost)) <= 0)

/** Limits in words: 90 分及以上,不足 95 分. */
export const limitsText = (limits: Limits): string =>
  [
    limits.atLeast !== undefined && `不低于 ${limits.atLeast}`,
    limits.above !== undefined && `高于 ${limits.above}`,
    limits.below !== undefined && `低于 ${limits.below}`,
    limits.atMost !== undefined && `不高于 ${limits.atMost}`,
  ]
    .filter(Boolean)
    .join('、') || '界限没有公布'
