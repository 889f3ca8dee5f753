import type { EvaluatedObject } from './evaluate.ts'
import { rest } from './turns.ts'

/** How the order of like objects answers when the weight of one indicator moves by a tenth; no object is named. */
export interface Stability {
  /** Pairs of like objects with a score. */
  pairs: number
  /** The most pairs that change places when one indicator weighs a tenth more or less, and which indicator that is. */
  flipped: number
  by: string | null
  /** Indicators whose weight changes no order at all, of all that carry marks. */
  still: number
  items: number
}

const MICRO = 1_000_000
const TENTH = 0.1

/** Moves the weight of each indicator by ±10 % and counts the pairs within groups of like objects that change places; ties are no order. */
export async function stabilityOf(objects: readonly EvaluatedObject[], groupOf: (id: string) => string): Promise<Stability> {
  const groups = [
    ...Map.groupBy(
      objects.filter((o) => o.score !== null),
      (o) => groupOf(o.org.id),
    ).values(),
  ]
  const paths = [...new Set(objects.flatMap((o) => o.items.filter((i) => i.max !== null).map((i) => i.path)))]
  const marks = groups.map((group) => group.map((o) => new Map(o.items.map((i) => [i.path, Number(i.score ?? 0)]))))
  const found: Stability = { pairs: 0, flipped: 0, by: null, still: 0, items: paths.length }
  for (const { length } of groups) found.pairs += (length * (length - 1)) / 2
  for (const path of paths) {
    let most = 0
    for (const by of [TENTH, -TENTH]) {
      let flipped = 0
      for (const [g, group] of groups.entries()) {
        const now = group.map((o) => Math.round(Number(o.score) * MICRO))
        flipped += swapped(
          now,
          now.map((score, i) => score + Math.round(by * (marks[g]![i]!.get(path) ?? 0) * MICRO)),
        )
      }
      most = Math.max(most, flipped)
    }
    if (most === 0) found.still++
    if (most > found.flipped) Object.assign(found, { flipped: most, by: path })
    await rest()
  }
  return found
}

/** How many pairs stand one way before and strictly the other way after: inversions, counted by merging. */
export function swapped(before: readonly number[], after: readonly number[]): number {
  const order = before.map((_, i) => i).sort((a, b) => before[b]! - before[a]! || after[b]! - after[a]!)
  return inversions(order.map((i) => after[i]!)).count
}

function inversions(list: number[]): { sorted: number[]; count: number } {
  if (list.length < 2) return { sorted: list, count: 0 }
  const middle = list.length >> 1
  const [left, right] = [inversions(list.slice(0, middle)), inversions(list.slice(middle))]
  const sorted: number[] = []
  let count = left.count + right.count
  let at = 0
  for (const value of right.sorted) {
    while (at < left.sorted.length && left.sorted[at]! >= value) sorted.push(left.sorted[at++]!)
    count += left.sorted.length - at
    sorted.push(value)
  }
  return { sorted: [...sorted, ...left.sorted.slice(at)], count }
}
