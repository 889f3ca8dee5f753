import { add, compare, divide, type Exact, greatest, isZero, least, multiply, subtract, sum, ZERO } from './exact.ts'
import type { Input } from './input.ts'
import { gives, marksOf, type Outcome, partOf } from './kinds.ts'
import { inputUnder, type PlannedItem, type PlannedRule } from './plan.ts'
import type { Rule } from './rule.ts'
import type { WeighedItem } from './score.ts'
import { readValue, type Value } from './value.ts'
import type { Effect } from './vocabulary.ts'

/** One rule met one object's value. */
export interface RuleScore {
  planned: PlannedRule
  value: Value
  outcome: Outcome
}

/** An indicator of one object, before weights move: its own marks out of its own full marks. */
export interface ItemScore {
  item: PlannedItem
  state: 'known' | 'open' | 'notApplicable' | 'notDue'
  /** Null unless known. */
  marks: Exact | null
  bonus: Exact
  penalty: Exact
  rules: RuleScore[]
  /** Scope of a zero trigger that spoke. */
  zero: 'item' | 'dimension' | 'whole' | null
  vetoes: { effect: Effect; rule: RuleScore }[]
  /** What the rules would have given before the item's full marks capped it. */
  beforeCap: Exact | null
  /** This score in its sheet where no weight moved; made once, since like organisations share it. */
  unmoved?: WeighedItem
}

/** Marks of one indicator for one object. `placeOf` gives its position among like objects under a key, or null when it stands alone. */
export const scoreItem = (item: PlannedItem, inputs: Record<string, Input>, placeOf: (key: string) => number | null): ItemScore => {
  const only = item.rules.length === 1 ? item.rules[0]! : null
  const input = only && inputs[only.key]
  if (!only || input?.kind !== 'sums' || input.expected > MEMO || input.met > MEMO || only.rule.kind === 'rank')
    return scoreAfresh(item, inputs, placeOf)
  const key = input.expected * (MEMO + 1) + input.met
  const known = item.memo.get(key)
  if (known) return known
  const score = scoreAfresh(item, inputs, placeOf)
  item.memo.set(key, score)
  return score
}

const MEMO = 366

const scoreAfresh = (item: PlannedItem, inputs: Record<string, Input>, placeOf: (key: string) => number | null): ItemScore => {
  const rules = item.rules.map((planned) => scoreRule(planned, item, inputUnder(planned, inputs), placeOf))
  const own = rules.filter(({ planned }) => !TRIGGERS.has(planned.rule.kind))
  const outside = sum(rules.map(({ outcome }) => outcome.outside ?? ZERO))
  const zero = rules.find(({ planned, outcome }) => planned.rule.kind === 'zero' && outcome.triggered)?.planned.rule
  const base = {
    item,
    rules,
    bonus: greatest(outside, ZERO),
    penalty: greatest(subtract(ZERO, outside), ZERO),
    zero: zero?.kind === 'zero' ? zero.scope : null,
    vetoes: rules.flatMap((rule) =>
      rule.planned.rule.kind === 'veto' && rule.outcome.triggered ? [{ effect: rule.planned.rule.effect, rule }] : [],
    ),
    beforeCap: null,
  }
  if (item.outside) return { ...base, state: rules.some(isOpen) ? 'open' : 'known', marks: rules.some(isOpen) ? null : ZERO }
  if (zero) return { ...base, state: item.max ? 'known' : 'open', marks: item.max && ZERO }
  if (own.length > 0 && own.every(isAbsent))
    return { ...base, state: own.some(({ value }) => value.state === 'notDue') ? 'notDue' : 'notApplicable', marks: null }
  const earned = item.max === null || rules.length === 0 || rules.some(isOpen) ? null : earnedMarks(item, item.max, own)
  if (!earned) return { ...base, state: 'open', marks: null }
  return { ...base, state: 'known', marks: earned.marks, beforeCap: earned.before }
}

const TRIGGERS = new Set(['zero', 'veto', 'bonus', 'penalty'])

/** Nothing told about a trigger, an honour or a fault means that there was none; nothing entered for a mark means open. */
const scoreRule = (
  planned: PlannedRule,
  item: PlannedItem,
  input: Input | undefined,
  placeOf: (key: string) => number | null,
): RuleScore => {
  const told = input ?? (TRIGGERS.has(planned.rule.kind) ? NOTHING : undefined)
  const value = readValue(told && countsOccurrences(planned.rule) && isEmpty(told) ? NOTHING : told, planned.source, item.assessedBy)
  if (value.state !== 'known') return { planned, value, outcome: value.state === 'open' ? { open: value.why } : {} }
  return { planned, value, outcome: marksOf(planned.rule, value, item.max, planned.rule.kind === 'rank' ? placeOf(planned.key) : null) }
}

const NOTHING: Input = { kind: 'events', events: [] }

/** For a rule that counts what went wrong or was added, no record is none of it, not something that does not apply. */
const countsOccurrences = (rule: Rule): boolean => TRIGGERS.has(rule.kind) || (rule.kind === 'deduct' && rule.counts === 'occurrences')
const isEmpty = (input: Input): boolean =>
  input.kind === 'notDue' || (input.kind === 'cases' && input.cases.length === 0) || (input.kind === 'sums' && input.expected === 0)

const isAbsent = ({ value }: RuleScore): boolean => value.state === 'notApplicable' || value.state === 'notDue'
const isOpen = ({ outcome }: RuleScore): boolean => outcome.open !== undefined

/**
 * Giving rules hand out their parts; where taking rules stand beside them, what no giving rule hands out is there from the start.
 * A part that does not apply gives its marks back to the item. The floor is nought unless a deduction says that it has none.
 */
const earnedMarks = (item: PlannedItem, max: Exact, own: RuleScore[]): { marks: Exact; before: Exact } | null => {
  const giving = own.filter(({ planned }) => gives(planned.rule))
  const parts = giving.map(({ planned }) => partOf(planned.rule, max))
  if (parts.includes(null) && giving.length < item.rules.length) return null
  const handed = sum(parts.map((part) => part ?? ZERO))
  const rest = giving.length === own.length ? ZERO : greatest(ZERO, subtract(max, handed))
  const given = sum(giving.map(({ outcome }) => outcome.gives ?? ZERO))
  const absent = sum(giving.map((rule, i) => (isAbsent(rule) ? (parts[i] ?? ZERO) : ZERO)))
  const present = subtract(handed, absent)
  const scaled = isZero(absent) || isZero(present) ? given : divide(multiply(given, handed), present)
  const before = subtract(add(rest, scaled), sum(own.map(({ outcome }) => (outcome.takesAll ? max : (outcome.takes ?? ZERO)))))
  const bottomless = own.some(({ planned }) => planned.rule.kind === 'deduct' && planned.rule.floor === 'none')
  return { marks: least(max, bottomless ? before : greatest(ZERO, before)), before }
}

/** Whether an outcome took more marks than the item has, or gave more. */
export const wasCapped = (score: ItemScore): boolean =>
  score.marks !== null && score.beforeCap !== null && compare(score.marks, score.beforeCap) !== 0
