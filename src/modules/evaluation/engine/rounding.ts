import { type Exact, round } from './exact.ts'
import type { Scheme } from './scheme.ts'
import { UNKNOWN } from './vocabulary.ts'

/** Where a scheme rounds: one of item and dimension may; the total always is. */
export interface Rounding {
  item: (marks: Exact) => Exact
  dimension: (marks: Exact) => Exact
  total: (marks: Exact) => Exact
}

/** Rounding at the scheme's step; every score has at most the scheme's digits, two where the scheme does not say. */
export const roundingOf = (scheme: Scheme): Rounding => {
  const rule = scheme.rounding === UNKNOWN ? ({ digits: '2', mode: 'half-up', at: 'total' } as const) : scheme.rounding
  const rounds = (marks: Exact) => round(marks, Number(rule.digits), rule.mode)
  return { item: rule.at === 'item' ? rounds : kept, dimension: rule.at === 'dimension' ? rounds : kept, total: rounds }
}

const kept = (marks: Exact): Exact => marks
