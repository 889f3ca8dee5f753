/** What a cell holds; `formula` wins over the kind of its result, and a merged area's other cells are copies of its first. */
export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'formula' | 'error' | 'empty'

/**
 * One cell of a row: where it stands, the value as the file stores it (`raw`; of a formula the formula itself, '=1+1'), the value as
 * a reader sees it (`text`; dates are 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM', without any time zone), its number format, and whether it
 * was copied from a merged area.
 */
export type Cell = { row: number; column: string; raw: string; text: string; kind: CellKind; format: string | null; merged: boolean }

/** One row, numbered as the spreadsheet program shows it, with its cells that are not empty, by column from left to right. */
export type SheetRow = { row: number; cells: Cell[] }

/** One sheet; `rows` may be called again and starts from the top each time. */
export type Sheet = { name: string; hidden: boolean; rows: () => AsyncGenerator<SheetRow> }

/** A spreadsheet opened for reading. */
export type Book = { format: 'xlsx' | 'xls' | 'csv'; date1904: boolean; sheets: Sheet[] }

/** The letters of a column counted from 0 (0 is A, 26 is AA). */
export const columnLetters = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : columnLetters(Math.floor(index / 26) - 1) + columnLetters(index % 26)

/** The column of a reference such as 'AB12', counted from 0. */
export const columnIndex = (reference: string): number => {
  let index = 0
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64
    if (value < 1 || value > 26) break
    index = index * 26 + value
  }
  return index - 1
}
