import { columnIndex, columnLetters } from './cell.ts'
import { unreadable } from './limits.ts'
import { type Merge, readMerges } from './merges.ts'
import { readRows, workbookIn } from './xlsx.ts'
import { openArchive } from './zip.ts'

/** How large a form may be that is filled in: bytes, sheets, and rows and columns of each. */
export const BLANK = { bytes: 3 * 1024 * 1024, sheets: 12, rows: 600, columns: 80 } as const

export interface BlankCell {
  /** C5 */
  ref: string
  text: string
  /** Computes itself: never filled in. */
  formula: boolean
}

/** A sheet of a form as it is laid out: rows count from 1, columns by how many; merged areas as `A1:C1`. */
export interface BlankSheet {
  name: string
  rows: number
  columns: number
  cells: BlankCell[]
  merges: string[]
}

/** Reads how a superior's form is laid out. What cannot be filled in and handed back unharmed is refused in Chinese. */
export async function readBlank(bytes: Buffer): Promise<BlankSheet[]> {
  if (bytes.length > BLANK.bytes) unreadable(`空表有 ${Math.ceil(bytes.length / 1024 / 1024)} MB，超过 3 MB。请删去没有用的表和图片再上传`)
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0xd0cf11e0)
    unreadable('这是旧格式（.xls）或加了密码的表格，请在 Excel 里打开，去掉密码，另存为 .xlsx 再上传')
  if (bytes.length < 4 || bytes.readUInt32BE(0) !== 0x504b0304) unreadable('这不是 Excel 表格，请上传 .xlsx 文件')
  const archive = openArchive(bytes)
  if (archive.names.some((name) => /vbaProject|\/(macrosheets|activeX)\//i.test(name)))
    unreadable('表格里有宏，不能代填。请在 Excel 里另存为“Excel 工作簿（.xlsx）”再上传')
  const { worksheets, context } = await workbookIn(archive)
  const shown = worksheets.filter((s) => !s.hidden)
  if (shown.length > BLANK.sheets) unreadable(`表格有 ${shown.length} 张表，超过 ${BLANK.sheets} 张。请把要填的另存成一份再上传`)
  const sheets: BlankSheet[] = []
  for (const { name, path } of shown) {
    const merges = await readMerges(archive, path)
    const cells: BlankCell[] = []
    let [rows, columns] = [1, 1]
    for await (const row of readRows(archive, path, context)) {
      const own = row.cells.filter((c) => !c.merged)
      if (own.length === 0) continue
      rows = row.row
      columns = Math.max(columns, columnIndex(own.at(-1)!.column) + 1)
      if (rows > BLANK.rows || columns > BLANK.columns)
        unreadable(`“${name}”填有内容的地方超过 ${BLANK.rows} 行或 ${BLANK.columns} 列，请删去多余的内容再上传`)
      for (const c of own) cells.push({ ref: `${c.column}${row.row}`, text: c.text, formula: c.kind === 'formula' })
    }
    const kept = merges.filter((m) => m.top <= BLANK.rows && m.left < BLANK.columns)
    for (const m of kept)
      [rows, columns] = [Math.max(rows, Math.min(m.bottom, BLANK.rows)), Math.max(columns, Math.min(m.right + 1, BLANK.columns))]
    // Lines are often drawn for rows that are still empty; some more of them are shown, so that they can be chosen.
    sheets.push({ name, rows: Math.min(rows + 30, BLANK.rows), columns, cells, merges: kept.map(areaText) })
  }
  if (sheets.every((s) => s.cells.length === 0)) unreadable('空表里没有任何文字，认不出要填什么，请核对文件')
  return sheets
}

const areaText = (m: Merge) => `${columnLetters(m.left)}${m.top}:${columnLetters(m.right)}${m.bottom}`
