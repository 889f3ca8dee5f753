import { serialToMoment } from '#runtime/sheets/serial.ts'

/** A day of the civil calendar as 'YYYY-MM-DD'; strings compare in calendar order and carry no time zone. */
export type CivilDate = string

/** A date as precise as it is known: the first and last day it can mean, and the text it came from. */
export type DatedValue = { from: CivilDate; to: CivilDate; precision: 'day' | 'month' | 'year'; text: string }

/** Why a text is no date, and what the writer can do, both in Chinese. */
export type DateProblem = { problem: string; remedy: string }

const remedy = '请写成 2025-07-01、2025年7月1日 或 2025.07(只知道月份时）'

/**
 * Reads a date in any form met in practice (1949.10, 1949-10-01, 1949/10/1, 1949年10月1日, 19491001, 一九四九年十月, a spreadsheet's
 * serial number) with the precision it was written with; a trailing time of day is dropped. Two-digit years, 农历, day-first
 * orders and instants with a time zone are refused, because any reading of them would be a guess.
 */
export const readDate = (text: string, date1904 = false): DatedValue | DateProblem => {
  if (isCivilDate(text) && text >= '1900-01-01' && text <= '2100-12-31') return onDay(text)
  const plain = plainDigits(text)
  if (plain === '') return { problem: '日期是空的', remedy }
  if (/农历|阴历|正月|腊月|冬月|闰.{1,2}月|初[一二三四五六七八九十]|廿/.test(plain)) {
    return { problem: '这是农历日期', remedy: '请换算成公历再填' }
  }
  if (/^\d{5}(\.\d+)?$/.test(plain)) return readSerial(text, Number(plain), date1904)
  if (/^\d{4}\.1$/.test(plain)) {
    return { problem: `“${text}”可能是 1 月，也可能是 10 月（表格会把 .10 末尾的 0 去掉）`, remedy: '请写成 1949-10 或 1949-01' }
  }
  if (/\d[Zz]$|:\d{2}:\d{2}(\.\d+)?[+-]\d{2}:?\d{2}$/.test(plain)) return { problem: `“${text}”是带时区的时刻，不是日期`, remedy }
  const parts = partsOf(plain.replace(timeOfDay, ''))
  if (!parts) return { problem: `看不懂日期“${text}”`, remedy }
  return dated(parts, text)
}

/** True when `readDate` found a date. */
export const isDated = (value: DatedValue | DateProblem): value is DatedValue => 'from' in value

/** The value of a date known to the day. */
export const onDay = (date: CivilDate): DatedValue => ({ from: date, to: date, precision: 'day', text: date })

/** True for a text that is a real day of the calendar written 'YYYY-MM-DD'. */
export const isCivilDate = (text: string): text is CivilDate => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** Builds a civil date from its numbers; the caller has made sure that the day exists. Throws after 9999, where texts no longer compare. */
export const civilDate = (year: number, month: number, day: number): CivilDate => {
  if (year > 9999) throw new RangeError('a year after 9999')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

/** True for years that anything here can be about. */
export const isUsualYear = (year: number): boolean => year >= 1900 && year <= 2100

/** Year, month and day of a civil date as numbers. */
export const partsOfDate = (date: CivilDate) => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
})

/** The last day of a month (28 to 31). */
export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Adds days (negative goes back). */
export const addDays = (date: CivilDate, days: number): CivilDate => fromUtc(utcOf(date) + days * 86_400_000)

/** Adds calendar months; a day that the target month lacks becomes its last day (31 January + 1 = 28 or 29 February). */
export const addMonths = (date: CivilDate, months: number): CivilDate => {
  const { year, month, day } = partsOfDate(date)
  const index = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  return civilDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** Adds calendar years; 29 February becomes 28 February in a common year. */
export const addYears = (date: CivilDate, years: number): CivilDate => addMonths(date, years * 12)

/** Days from one date to another; negative when the second is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => Math.round((utcOf(to) - utcOf(from)) / 86_400_000)

/** Negative, zero or positive, in calendar order. */
export const compareDates = (a: CivilDate, b: CivilDate): number => (a < b ? -1 : a > b ? 1 : 0)

/** 1 Monday … 7 Sunday. */
export const weekday = (date: CivilDate): number => new Date(utcOf(date)).getUTCDay() || 7

/** 星期一 … 星期日. */
export const weekdayName = (date: CivilDate): string => `星期${'一二三四五六日'[weekday(date) - 1]}`

/** 2025年7月1日, or as much of it as is known. */
export const dateName = ({ from, precision }: DatedValue): string => {
  const { year, month, day } = partsOfDate(from)
  return precision === 'day' ? `${year}年${month}月${day}日` : precision === 'month' ? `${year}年${month}月` : `${year}年`
}

const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' })

/** The civil date in Asia/Shanghai at an instant, whatever the time zone of the process. */
export const dateAt = (instant: Date): CivilDate => shanghai.format(instant)

let ahead = 0

/** For the page: from now on "today" is the server's day, whatever the clock of this machine says. `now` in milliseconds. */
export const followClock = (now: number): void => {
  ahead = now - Date.now()
}

/** This instant; on the page, by the server's clock. */
export const instant = (): Date => new Date(Date.now() + ahead)

/** Today's date in Asia/Shanghai. */
export const today = (): CivilDate => dateAt(instant())

type Parts = { year: number; month?: number; day?: number }

// The time must follow a blank, a T or 日, so that 2025.10.20 keeps its day.
const timeOfDay = /(?<=[\dT 日])[T ](上午|下午|早|晚)?\d{1,2}[:时]\d{0,2}.*$|(?<=日)\d{1,2}[:时].*$/

const partsOf = (text: string): Parts | null => {
  const tight = text.replace(/\s+/g, '')
  const match =
    /^(\d{4})年?$/.exec(tight) ??
    /^(\d{4})(\d{2})$/.exec(tight) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(tight) ??
    /^(\d{4})[-/.、年](\d{1,2})月?$/.exec(tight) ??
    /^(\d{4})[-/.、年](\d{1,2})[-/.、月](\d{1,2})[日号]?$/.exec(tight)
  if (!match) return null
  const [, year, month, day] = match
  return { year: Number(year), ...(month ? { month: Number(month) } : {}), ...(day ? { day: Number(day) } : {}) }
}

const dated = ({ year, month, day }: Parts, text: string): DatedValue | DateProblem => {
  if (!isUsualYear(year)) return { problem: `“${text}”的年份不在 1900 到 2100 年之间`, remedy }
  if (month === undefined) return { from: civilDate(year, 1, 1), to: civilDate(year, 12, 31), precision: 'year', text }
  if (month < 1 || month > 12 || (day !== undefined && !isDay(year, month, day))) {
    return { problem: `“${text}”不是日历上有的日期`, remedy: '请核对原件后改正' }
  }
  if (day !== undefined) return { ...onDay(civilDate(year, month, day)), text }
  return { from: civilDate(year, month, 1), to: civilDate(year, month, daysInMonth(year, month)), precision: 'month', text }
}

const readSerial = (text: string, serial: number, date1904: boolean): DatedValue | DateProblem => {
  const moment = serialToMoment(serial, date1904)
  if (!moment || moment.date > '2100-12-31') return { problem: `“${text}”换算不成日期`, remedy }
  return { ...onDay(moment.date), text }
}

const isDay = (year: number, month: number, day: number) => month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)

const numerals = '〇一二三四五六七八九'

/** Full-width digits and Chinese numerals as plain digits: 二〇二五年十月二十一日 is 2025年10月21日. */
const plainDigits = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/[零○]/g, '〇')
    .replace(/([一二三四五六七八九])?十([一二三四五六七八九])?/g, (_, tens?: string, ones?: string) =>
      String((tens ? numerals.indexOf(tens) : 1) * 10 + (ones ? numerals.indexOf(ones) : 0)),
    )
    .replace(/[〇一二三四五六七八九]/g, (numeral) => String(numerals.indexOf(numeral)))
    .replace(/[—–－﹣−]/g, '-')

const utcOf = (date: CivilDate) => Date.parse(`${date}T00:00:00Z`)
const fromUtc = (time: number): CivilDate => new Date(time).toISOString().slice(0, 10)
const pad = (n: number, width: number) => String(n).padStart(width, '0')
