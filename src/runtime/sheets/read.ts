import { readFile, stat } from 'node:fs/promises'
import { refusal } from '../refusal.ts'
import { findMarking, markingRefusal } from '../secretMarking.ts'
import type { Book, SheetRow } from './cell.ts'
import { openCsv } from './csv.ts'
import { checkFileSize, unreadable } from './limits.ts'
import { openXls } from './xls.ts'
import { openXlsx } from './xlsx.ts'

/** Opens the spreadsheet at a path; its size is checked before it is read. */
export const openSpreadsheetFile = async (path: string): Promise<Book> => {
  checkFileSize((await stat(path)).size)
  return openSpreadsheet(await readFile(path))
}

/**
 * Opens a spreadsheet by what its bytes are, whatever its name says: .xlsx, .xls (BIFF8) or separated text. Rows are produced as they
 * are asked for, in memory that does not grow with their number (.xls apart). A file that cannot be read is refused in Chinese.
 */
export const openSpreadsheet = async (bytes: Uint8Array): Promise<Book> => {
  checkFileSize(bytes.length)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const startsWith = (mark: number) => buffer.length >= 4 && buffer.readUInt32BE(0) === mark
  if (startsWith(0x504b0304)) return unmarked(await openXlsx(buffer))
  if (startsWith(0xd0cf11e0)) return unmarked(await openXls(buffer))
  if (/^\s*<(\?xml|html|!doctype|table)/i.test(buffer.toString('latin1', 0, 200))) {
    unreadable('这是网页格式的表格，请在 Excel 里打开，另存为 .xlsx 再导入')
  }
  if (buffer.toString('latin1', 0, 5) === '%PDF-') unreadable('这是 PDF 文件，请导入 .xlsx 或 .csv 表格')
  return unmarked(await openCsv(buffer))
}

/** The same book, whose reading ends at the first 密级 marking: such a file must not be stored, not even in part. */
const unmarked = (book: Book): Book => ({
  ...book,
  sheets: book.sheets.map((sheet) => ({ ...sheet, rows: () => unmarkedRows(sheet.rows()) })),
})

async function* unmarkedRows(rows: AsyncGenerator<SheetRow>): AsyncGenerator<SheetRow> {
  for await (const row of rows) {
    for (const { text, column } of row.cells) {
      const marking = text.includes('密') ? findMarking(text) : undefined
      if (marking) throw refusal('secret-marking', markingRefusal(`表格 ${column}${row.row} 格`, marking))
    }
    yield row
  }
}
