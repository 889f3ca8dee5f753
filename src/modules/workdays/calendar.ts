import { addDays, type CivilDate, weekday } from '#kernel/civilDate.ts'

/** What is known of holidays: the days that the week does not decide, and the years for which somebody entered them. */
export interface Workdays {
  /** Civil date → whether it is a rest day; any other day follows the week. */
  rest: ReadonlyMap<CivilDate, boolean>
  years: ReadonlySet<number>
}

/** Is that day worked? Monday to Friday, but for public holidays and the weekends worked in exchange (调休). */
export const isWorkingDay = ({ rest }: Workdays, day: CivilDate): boolean => !(rest.get(day) ?? weekday(day) > 5)

/** The n-th working day after `from` (before it, for a negative n); 0 is `from` itself. `n` is at most 2,000 either way. */
export function addWorkingDays(known: Workdays, from: CivilDate, n: number): CivilDate {
  if (!Number.isInteger(n) || Math.abs(n) > 2_000) throw new RangeError(`${n} working days`)
  const step = n < 0 ? -1 : 1
  let day = from
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step)
    if (isWorkingDay(known, day)) left--
  }
  return day
}

/** How many working days lie after `from` up to and including `to`; negative when `to` comes first. At most some decades. */
export function workingDaysBetween(known: Workdays, from: CivilDate, to: CivilDate): number {
  if (to < from) return -workingDaysBefore(known, to, from)
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(known, day)) count++
  return count
}

// Going back, the day one comes from is not counted and the day one comes to is.
function workingDaysBefore(known: Workdays, first: CivilDate, last: CivilDate): number {
  let count = 0
  for (let day = first; day < last; day = addDays(day, 1)) if (isWorkingDay(known, day)) count++
  return count
}

/** The years touched by these days whose holidays nobody has entered: there only the week decides, and that has to be said. */
export function unknownYears({ years }: Workdays, from: CivilDate, to: CivilDate): number[] {
  const [first, last] = [from, to].sort().map((day) => Number(day.slice(0, 4))) as [number, number]
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((year) => !years.has(year))
}
