import type { Db } from '#kernel/database.ts'
import { coverage, leftOf } from './contract.ts'
import { circlesOn, pairsOf, rosterDay } from './store.ts'

export interface TalksOfYear {
  people: number
  /** How many still lack a talk with the committee, and their names. */
  left: number
  names: string[]
}

/** How far the talks of a year have come in one organisation. */
export async function talksOfYear(db: Db, orgId: string, year: number, now: Date): Promise<TalksOfYear> {
  const [circle, pairs] = await Promise.all([circlesOn(db, [orgId], rosterDay(year, now)), pairsOf(db, [orgId], year)])
  const covered = coverage(circle, pairs)
  const missing = circle.filter((p) => covered.get(p.personId)!.missing.length > 0)
  return { people: circle.length, left: leftOf(covered).left, names: missing.map((p) => p.name) }
}
