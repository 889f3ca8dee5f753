import { bandWarnings } from './checks/bands.ts'
import { figureWarnings } from './checks/figures.ts'
import { meaningWarnings } from './checks/meaning.ts'
import { unknownWarnings } from './checks/unknown.ts'
import type { Scheme } from './scheme.ts'

export const WARNING_CODES = [
  'weight-sum',
  'band-gap',
  'band-overlap',
  'step-sum',
  'deduct-exceeds',
  'below-central',
  'not-this-kind',
  'unfed',
  'process-only',
  'invites-gaming',
  'low-coverage',
  'no-spread',
  'unknown-value',
  'red-line',
] as const
export type WarningCode = (typeof WARNING_CODES)[number]

/** What the check found, where, and a proposal; nothing is ever changed by it. */
export interface Warning {
  code: WarningCode
  place: string
  says: string
  remedy: string
}

/** A measure some module declares. */
export interface KnownMeasure {
  key: string
  filters?: Record<string, readonly string[]>
}

/** How indicators fared in the last period, by path: how many different marks, and the share (0 to 1) of objects with any record. */
export type Practice = Record<string, { distinct?: number; coverage?: number }>

/** 指标体检; without `practice` nothing is said that only facts can show. */
export const check = (scheme: Scheme, knownMeasures: readonly KnownMeasure[], practice: Readonly<Practice> = {}): Warning[] => {
  const found = [
    ...figureWarnings(scheme),
    ...bandWarnings(scheme),
    ...meaningWarnings(scheme, knownMeasures, practice),
    ...unknownWarnings(scheme),
  ]
  return found.sort((a, b) => WARNING_CODES.indexOf(a.code) - WARNING_CODES.indexOf(b.code))
}
