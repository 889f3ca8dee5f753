import { compare, isZero, multiply } from './exact.ts'
import type { Subject } from './input.ts'
import { inputUnder, type Plan } from './plan.ts'
import { type Known, readValue } from './value.ts'

/** Positions of objects within their groups, for the rules of kind `rank`. */
export interface Standings {
  placeOf: (key: string, subject: Subject) => number | null
}

/** Compares every object with the others of its group, once per rule of kind `rank`; those without a value have no place. */
export const standingsOf = (plan: Plan, subjects: readonly Subject[]): Standings => {
  const places = new Map<string, Map<string, number>>()
  for (const item of plan.sheets.flatMap((sheet) => sheet.items)) {
    for (const planned of item.rules) {
      const { key, rule, source } = planned
      if (rule.kind !== 'rank') continue
      const found = new Map<string, number>()
      for (const group of groupsOf(subjects)) {
        const valued = group.flatMap((subject) => {
          const value = readValue(inputUnder(planned, subject.inputs), source, item.assessedBy)
          return value.state === 'known' ? [{ subject, value }] : []
        })
        for (const own of valued) {
          const ahead = (a: Known, b: Known) => (rule.order === 'high-first' ? compareValues(a, b) : compareValues(b, a))
          const better = valued.filter((other) => ahead(other.value, own.value) > 0).length
          const equal = valued.filter((other) => ahead(other.value, own.value) === 0).length
          found.set(own.subject.id, rule.ties === 'best' ? better + 1 : better + equal)
        }
      }
      places.set(key, found)
    }
  }
  return { placeOf: (key, subject) => places.get(key)?.get(subject.id) ?? null }
}

/** Objects by group, each group in the order of their ids. */
export const groupsOf = (subjects: readonly Subject[]): Subject[][] => {
  const groups = Map.groupBy([...subjects].sort(byId), (subject) => subject.group ?? '')
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const compareValues = (a: Known, b: Known): number => {
  if (!a.expected || !b.expected || isZero(a.expected) || isZero(b.expected)) return compare(a.met, b.met)
  return compare(multiply(a.met, b.expected), multiply(b.met, a.expected))
}
