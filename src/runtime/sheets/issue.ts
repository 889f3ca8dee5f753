import type { Cell } from './cell.ts'

/**
 * One remark on a row of an imported file. `wrong` keeps the row out until it is mended, `warning` lets it in; `column` is the
 * letter the reader sees ('' for the whole row), `value` the cell as typed, `problem` and `remedy` are Chinese.
 */
export type Issue = { row: number; column: string; level: 'wrong' | 'warning'; value: string; problem: string; remedy: string }

/** One row of an imported file: its values as far as they could be read, with the remarks; `skipped` rows are counted in nothing. */
export type ImportLine<V> = { row: number; values: V; issues: Issue[]; skipped: null } | SkippedLine

/** A row that is no record: blank, or a note, a total or a repeated head. */
export type SkippedLine = { row: number; values: null; issues: []; skipped: 'blank' | 'note' }

/** True when a remark keeps the row out. */
export const isWrong = (line: { issues: Issue[] }): boolean => line.issues.some(({ level }) => level === 'wrong')

/** Collects the remarks on one row; a remark without a cell stands at the given column. */
export type Remarks = {
  issues: Issue[]
  wrong: (at: Cell | string, problem: string, remedy: string) => void
  warn: (at: Cell | string, problem: string, remedy: string) => void
}

/** Starts the list of remarks on a row. */
export const remarksOn = (row: number): Remarks => {
  const issues: Issue[] = []
  const add = (level: Issue['level']) => (at: Cell | string, problem: string, remedy: string) => {
    const place =
      typeof at === 'string' ? { column: at, value: '' } : { column: at.column, value: at.kind === 'formula' ? at.raw : at.text }
    issues.push({ row, ...place, level, problem, remedy })
  }
  return { issues, wrong: add('wrong'), warn: add('warning') }
}
