import { checkDigit } from '#kernel/idNumber.ts'
import type { Book } from '#runtime/sheets/cell.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { csvBytes, gather } from '#testing/handmadeSheets.ts'
import { isRoster, parseRoster, type RosterOptions } from './parseRoster.ts'

export const today = '2026-11-22'

/** The lines of the roster in a book, all at once, read on a fixed day. */
export const linesOf = async (book: Book, options: RosterOptions = {}) => {
  const roster = await parseRoster(book, { today, ...options })
  if (!isRoster(roster)) throw new Error(roster.problem)
  return gather(roster.lines())
}
/** As `linesOf`, of a table of texts. */
export const fromCsv = async (table: string[][], options: RosterOptions = {}) => linesOf(await openSpreadsheet(csvBytes(table)), options)
/** The remarks as `2B wrong …`. */
export const problems = (lines: Awaited<ReturnType<typeof linesOf>>) =>
  lines.flatMap(({ issues }) => issues.map(({ row, column, level, problem }) => `${row}${column} ${level} ${problem}`))

/** A right identity number for this birthday (YYYYMMDD). */
export const idOf = (birthday: string, order = '001') => {
  const body = `140103${birthday}${order}`
  return body + checkDigit(body)
}
