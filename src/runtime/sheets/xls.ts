import { readXls } from 'hucre/xlsx'
import { type Book, type Cell, columnLetters, type SheetRow } from './cell.ts'
import { checkColumn, checkRows, limits, unreadable } from './limits.ts'
import { fillMerges } from './merges.ts'
import { numberText } from './worksheet.ts'

/**
 * Opens an old .xls (BIFF8) workbook whole; the format ends at 65,536 rows. A formula is seen as its result, because the reader does
 * not tell them apart.
 */
export const openXls = async (bytes: Buffer): Promise<Book> => {
  if (bytes.length > limits.xlsBytes) unreadable('旧格式 .xls 文件太大，请在 Excel 里另存为 .xlsx 再导入')
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) unreadable('文件加了密码，请去掉密码另存一份再导入')
  const book = await readXls(bytes).catch(() => unreadable('读不出这个旧格式 .xls 文件，请在 Excel 里另存为 .xlsx 或 .csv 再导入'))
  if (book.sheets.length === 0) unreadable('文件里没有工作表，请在 Excel 里打开，另存为 .xlsx 再导入')
  return {
    format: 'xls',
    date1904: false,
    sheets: book.sheets.map(({ name, rows, merges = [] }) => ({
      name,
      hidden: false,
      rows: () =>
        readRows(
          rows,
          merges.map(({ startRow, endRow, startCol, endCol }) => ({
            top: startRow + 1,
            bottom: endRow + 1,
            left: startCol,
            right: endCol,
          })),
        ),
    })),
  }
}

type Values = (unknown[] | undefined)[]

async function* readRows(rows: Values, merges: Parameters<typeof fillMerges>[0]): AsyncGenerator<SheetRow> {
  const fill = fillMerges(merges.sort((a, b) => a.top - b.top))
  for (let index = 0; index < rows.length; index++) {
    checkRows(index + 1)
    const values = rows[index] ?? []
    checkColumn(values.length - 1, index + 1)
    yield fill({ row: index + 1, cells: values.flatMap((value, column) => cellOf(value, index + 1, columnLetters(column)) ?? []) })
  }
}

const cellOf = (value: unknown, row: number, column: string): Cell | null => {
  const cell = (raw: string, text: string, kind: Cell['kind']): Cell => ({ row, column, raw, text, kind, format: null, merged: false })
  if (value === null || value === undefined || value === '') return null
  if (value instanceof Date) {
    const iso = value.toISOString()
    return cell(iso, iso.slice(11, 16) === '00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`, 'date')
  }
  if (typeof value === 'number') return cell(String(value), numberText(String(value), null), 'number')
  if (typeof value === 'boolean') return cell(value ? '1' : '0', value ? 'TRUE' : 'FALSE', 'boolean')
  const text = String(value)
  return cell(text, text, /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|ERR!)$/.test(text) ? 'error' : 'text')
}
