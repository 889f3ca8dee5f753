import { daysInMonth, partsOfDate } from '#kernel/civilDate.ts'
import type { Precision, Standing } from './contract.ts'

/** A date of life: the first and the last day it can mean, and how exactly it is known. */
export interface LifeDate {
  from: string
  until: string
  precision: Precision
}

/** Reads `1949`, `1949-10` or `1949-10-01`, whose form was checked before. */
export function lifeDate(text: string): LifeDate {
  if (text.length === 10) return { from: text, until: text, precision: 'day' }
  if (text.length === 4) return { from: `${text}-01-01`, until: `${text}-12-31`, precision: 'year' }
  const { year, month } = partsOfDate(`${text}-01`)
  return { from: `${text}-01`, until: `${text}-${daysInMonth(year, month)}`, precision: 'month' }
}

/** The text of a date of life, as much of it as is known. */
export const lifeText = ({ from, precision }: Pick<LifeDate, 'from' | 'precision'>): string =>
  from.slice(0, { day: 10, month: 7, year: 4 }[precision])

export interface StandingFrom {
  from: string
  standing: Standing
  precision: Precision
}

/**
 * The standings of somebody on a roster from `from`, who today is `standing`. A full member was on probation until converted; of a
 * date known to the month the last day counts, because only then it is certain.
 */
export function standingsFrom(from: string, standing: Standing, converted: LifeDate | null): [StandingFrom, ...StandingFrom[]] {
  const first: StandingFrom = { from, standing, precision: 'day' }
  if (standing !== 'fullMember' || converted === null || converted.until <= from) return [first]
  return [
    { ...first, standing: 'probationaryMember' },
    { from: converted.until, standing, precision: converted.precision },
  ]
}

/** Where no source says since when somebody belongs to a branch: since joining the Party, or since there is the branch (推定). */
export const inferredStart = (joined: LifeDate | null, foundedOn: string): string =>
  joined !== null && joined.until > foundedOn ? joined.until : foundedOn

/** Whole years since conversion on `day` (党龄), or null when it is not known. */
export function partyYears(converted: LifeDate | null, day: string): number | null {
  if (converted === null) return null
  const [from, to] = [partsOfDate(converted.from), partsOfDate(day)]
  const reached = to.month > from.month || (to.month === from.month && to.day >= from.day)
  return to.year - from.year - (reached ? 0 : 1)
}
