import { refusal } from '../refusal.ts'

/** How much a spreadsheet may hold, so that no file can exhaust the memory: bytes as sent, entries and bytes inside, rows and columns. */
export const limits = {
  fileBytes: 50 * 1024 * 1024,
  xlsBytes: 20 * 1024 * 1024,
  entries: 2_000,
  partBytes: 64 * 1024 * 1024,
  stringBytes: 128 * 1024 * 1024,
  sheetBytes: 1024 * 1024 * 1024,
  ratio: 250,
  rows: 200_000,
  columns: 500,
  cellCharacters: 32_767,
  merges: 20_000,
}

/** Refuses a file (code `unreadable-sheet`) with a Chinese reason that says what to do. */
export const unreadable = (reason: string): never => {
  throw refusal('unreadable-sheet', reason)
}

/** Refuses a file larger than the limit, before anything in it is read. */
export const checkFileSize = (bytes: number): void => {
  if (bytes > limits.fileBytes)
    unreadable(`文件有 ${megabytes(bytes)} MB,超过 ${megabytes(limits.fileBytes)} MB 的上限，请拆成几个文件再导入`)
  if (bytes === 0) unreadable('文件是空的，请重新选择文件')
}

/** Refuses a sheet with too many rows; empty ones, which programs leave behind by the thousand, do not count. */
export const checkRows = (filled: number): void => {
  if (filled > limits.rows) unreadable(`表格超过 ${limits.rows} 行，请拆成几个文件再导入`)
}

/** Refuses a sheet with too many columns; `index` counts from 0. */
export const checkColumn = (index: number, row: number): void => {
  if (index >= limits.columns) unreadable(`第 ${row} 行超过 ${limits.columns} 列，请删去多余的列再导入`)
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024)
