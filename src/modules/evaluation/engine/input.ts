import type { Case as MeasuredCase } from '#kernel/measure.ts'

/** A case as an item counts it; `part` names the part of a composite source that it belongs to. */
export type Case = MeasuredCase & { part?: string }

/** Something that happened and gives or takes marks; `matter` tells whether two are the same thing rewarded twice. */
export interface Event {
  matter: string
  level?: string
  marks?: string
  times?: number
  facts?: string[]
  note?: string
}

/** What is known about one object under one input key. Figures are decimals as text; nothing at all means 未填, never nought. */
export type Input =
  | { kind: 'cases'; cases: Case[] }
  | { kind: 'sums'; expected: number; met: number }
  | { kind: 'figure'; quantity: string; outOf?: string; facts?: string[]; note?: string }
  | { kind: 'steps'; done: string[]; facts?: string[]; note?: string }
  | { kind: 'label'; label: string; facts?: string[]; note?: string }
  | { kind: 'reviews'; reviews: { who: string; marks: string; text?: string }[] }
  | { kind: 'ballots'; ballots: { who?: string; counts: Record<string, number> }[] }
  | { kind: 'results'; results: { period: string; score: string | null; outOf: string }[] }
  | { kind: 'events'; events: Event[] }
  | { kind: 'told'; happened: boolean; facts?: string[]; note?: string }
  | { kind: 'parts'; parts: Record<string, Input> }
  | { kind: 'notApplicable'; reason: string }
  | { kind: 'notDue'; reason: string }

interface Counted extends Pick<Case, 'expected' | 'met'> {
  applicable?: boolean | undefined
  due?: boolean | undefined
}

/** What cases add up to. One that is not due yet is neither met nor missed: what is done counts, what is not is not expected yet. */
export const countedOf = (cases: readonly Counted[]): { expected: number; met: number } =>
  cases.reduce(
    (sum, one) => {
      if (one.applicable === false) return sum
      const met = Math.min(one.met, one.expected)
      return { expected: sum.expected + (one.due === false ? met : one.expected), met: sum.met + met }
    },
    { expected: 0, met: 0 },
  )

/** One object to be evaluated. `inputs` is keyed as `inputKeys` lists; `group` names the objects it is like. */
export interface Subject {
  id: string
  name: string
  class?: string
  group?: string
  inputs: Record<string, Input>
}
