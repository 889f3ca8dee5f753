import type { RawBuilder } from 'kysely'
import type { Db } from './database.ts'

/** One thing that was expected of one organisation (or person) in one period, and whether it came true. */
export interface Case {
  orgId: string
  /** A key of kernel/period.ts: '2025', '2025-H1', '2025-Q3' or '2025-07'. */
  period: string
  expected: number
  met: number
  /** The facts that show it; empty when nothing does. */
  facts: string[]
  /** What is missing or why it does not count, in plain Chinese. */
  note: string
  /** False when it cannot apply to this organisation; the weight is then given back by the scheme's rule. */
  applicable?: boolean
  /** False while its period has not ended and something of it is still to be done: that is neither met nor missed. */
  due?: boolean
}

/** What the engine asks a measure: the cases of these organisations in this span of days, from these facts. */
export interface Question {
  db: Db
  /** The facts that count: live, or exactly those up to a ledger number. Columns of `ledger.fact`. */
  facts: RawBuilder<unknown>
  orgIds: readonly string[]
  from: string
  to: string
  /** The day as of which open periods are judged. */
  asAt: string
  filter: Record<string, string>
  /** Shared by all questions of one evaluation, so that what several of them read is read once. */
  memo: Map<string, Promise<unknown>>
}

/** What an evaluation may be about: an organisation as it stood on a day; `group` names the ones it is like. */
export interface Assessable {
  orgId: string
  name: string
  group: string
}

/** Lists the organisations of one of its kinds of objects on a day, from the facts that count; of these ids only, where given. */
export interface ObjectSource {
  kinds: readonly string[]
  list: (db: Db, facts: RawBuilder<unknown>, kind: string, day: string, orgIds?: readonly string[]) => Promise<Assessable[]>
}

/**
 * A named selection of cases. Score and evidence come from this one definition. The cases of an organisation depend on facts of the
 * kinds in `reads` only: its own, those of the organisations above it, and those that belong to none; sums are kept by that promise.
 */
export interface Measure {
  key: string
  title: string
  /** The values each filter key may take; a scheme naming another is told so. */
  filters?: Record<string, readonly string[]>
  reads: readonly string[]
  cases: (question: Question) => Promise<Case[]>
}

export const measure = (m: Measure): Measure => m
