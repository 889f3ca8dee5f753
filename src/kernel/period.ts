import { addMonths, type CivilDate, civilDate, daysInMonth, isUsualYear, partsOfDate } from './civilDate.ts'

/** The lengths of time a rule can count by. */
export type PeriodKind = 'month' | 'quarter' | 'half' | 'year'

/** A calendar period: `key` ('2025-07', '2025-Q3', '2025-H1', '2025'), its first and last day, and its Chinese names. */
export type Period = { kind: PeriodKind; key: string; from: CivilDate; to: CivilDate; name: string; fullName: string }

/** The period of a kind that a day falls in. */
export const periodOf = (kind: PeriodKind, date: CivilDate): Period => {
  const { year, month } = partsOfDate(date)
  const length = months[kind]
  const index = Math.floor((month - 1) / length)
  const last = index * length + length
  const name = names[kind](year, index)
  return {
    kind,
    key:
      kind === 'month' ? `${year}-${String(month).padStart(2, '0')}` : kind === 'year' ? `${year}` : `${year}-${letter[kind]}${index + 1}`,
    from: civilDate(year, last - length + 1, 1),
    to: civilDate(year, last, daysInMonth(year, last)),
    name,
    fullName: kind === 'year' ? name : `${year} 年${kind === 'month' ? ' ' : ''}${name}`,
  }
}

/** All periods of a kind that touch the days from `from` to `to`, in order. */
export const periodsBetween = (kind: PeriodKind, from: CivilDate, to: CivilDate): Period[] => {
  const found: Period[] = []
  for (let period = periodOf(kind, from); period.from <= to; period = periodOf(kind, addMonths(period.from, months[kind])))
    found.push(period)
  return found
}

/** The period a key names, or null when it names none from 1900 to 2100. */
export const periodFromKey = (key: string): Period | null => {
  const match = /^(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])))?$/.exec(key)
  if (!match || !isUsualYear(Number(match[1]))) return null
  const [, year, month, quarter, half] = match
  if (month && (month < '01' || month > '12')) return null
  if (month) return periodOf('month', `${year}-${month}-01`)
  if (quarter) return periodOf('quarter', civilDate(Number(year), Number(quarter) * 3, 1))
  if (half) return periodOf('half', civilDate(Number(year), Number(half) * 6, 1))
  return periodOf('year', `${year}-01-01`)
}

const months: Record<PeriodKind, number> = { month: 1, quarter: 3, half: 6, year: 12 }
const letter = { quarter: 'Q', half: 'H' } as const

const names: Record<PeriodKind, (year: number, index: number) => string> = {
  month: (_, index) => `${index + 1} 月`,
  quarter: (_, index) => `第${'一二三四'[index]}季度`,
  half: (_, index) => `${'上下'[index]}半年`,
  year: (year) => `${year} 年`,
}
