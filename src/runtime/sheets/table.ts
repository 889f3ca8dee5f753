import type { Book, Cell, Sheet, SheetRow } from './cell.ts'
import { isNote } from './notes.ts'

/** A column an import understands: its Chinese title, the other names it goes by, and whether the import can do without it. */
export type Head<K extends string> = { key: K; title: string; names?: string[]; required?: boolean }

/** A row under the heads: `cell` gives what stands in a column, or null when it is empty or the file has no such column. */
export type TableRow<K extends string> = { row: number; skipped: 'blank' | 'note' | null; cell: (key: K) => Cell | null }

/**
 * A table found in a spreadsheet: where its heads stand, the columns by key, the heads nobody asked for, all heads
 * as written, and the lines above the heads.
 */
export type Table<K extends string> = {
  sheet: string
  headRow: number
  columns: Map<K, string>
  ignored: { column: string; head: string }[]
  heads: string[]
  titles: string[]
  date1904: boolean
  rows: () => AsyncGenerator<TableRow<K>>
}

/** Why no sheet of the file is the table looked for: the titles that are missing and the heads that were found instead. */
export type TableProblem = { problem: string; remedy: string; missing: string[]; found: string[] }

/**
 * Finds the sheet and the row whose cells are the given heads, in any order, under their other names, over one or two rows, below
 * any title lines; without the required heads it says which are missing.
 */
export const findTable = async <K extends string>(book: Book, heads: Head<K>[]): Promise<Table<K> | TableProblem> => {
  const keys = new Map(heads.flatMap(({ key, title, names = [] }) => [title, ...names].map((name) => [plainHead(name), key] as const)))
  let best: Located<K> | null = null
  for (const sheet of book.sheets.filter(({ hidden }) => !hidden)) {
    const located = locate(sheet, await firstRows(sheet), keys)
    if (located && (!best || located.columns.size > best.columns.size)) best = located
  }
  const missing = heads.filter(({ key, required }) => required && !best?.columns.has(key)).map(({ title }) => title)
  if (!best || missing.length > 0) return missingHeads(missing, best?.heads ?? [])
  return { ...best, sheet: best.from.name, date1904: book.date1904, rows: () => readRows(best, heads) }
}

/** True when `findTable` found the table. */
export const isTable = <K extends string>(found: Table<K> | TableProblem): found is Table<K> => 'rows' in found

type Located<K extends string> = {
  from: Sheet
  headRow: number
  columns: Map<K, string>
  ignored: { column: string; head: string }[]
  titles: string[]
  heads: string[]
}

const lookAhead = 30

const firstRows = async (sheet: Sheet): Promise<SheetRow[]> => {
  const rows: SheetRow[] = []
  for await (const row of sheet.rows()) {
    rows.push(row)
    if (rows.length >= lookAhead) break
  }
  return rows
}

const locate = <K extends string>(from: Sheet, rows: SheetRow[], keys: Map<string, K>): Located<K> | null => {
  const known = (row: SheetRow | undefined) => new Set(row?.cells.flatMap(({ text }) => keys.get(plainHead(text)) ?? []))
  const counts = rows.map((row) => known(row).size)
  const most = Math.max(0, ...counts)
  if (most < 2) return null
  const at = counts.indexOf(most)
  const [above, head, below] = [rows[at - 1], rows[at]!, rows[at + 1]]
  const texts = textsOf(head)
  const aboveIsHead = above !== undefined && counts[at - 1]! > 0 && above.cells.some(({ column }) => !texts.has(column))
  if (aboveIsHead) for (const [column, text] of textsOf(above)) if (!texts.has(column)) texts.set(column, text)
  const belowIsHead = below !== undefined && isSubHead(below, texts, keys)
  if (belowIsHead) for (const { column, text } of below.cells) if (keys.has(plainHead(text)) || !texts.has(column)) texts.set(column, text)
  const columns = new Map<K, string>()
  const ignored: { column: string; head: string }[] = []
  for (const [column, text] of texts) {
    const key = keys.get(plainHead(text))
    if (key && !columns.has(key)) columns.set(key, column)
    else if (!/^(序号|编号|No\.?)$/i.test(text.trim())) ignored.push({ column, head: text.replace(/\s+/g, '') })
  }
  return {
    from,
    headRow: belowIsHead ? below.row : head.row,
    columns,
    ignored,
    titles: rows
      .slice(0, at)
      .flatMap(({ cells }, index) => (counts[index]! > 1 ? [] : cells.filter(({ merged }) => !merged)))
      .map(({ text }) => text.trim()),
    heads: [...texts.values()].map((text) => text.replace(/\s+/g, '')),
  }
}

const textsOf = (row: SheetRow) => new Map(row.cells.filter(({ text }) => text.trim() !== '').map(({ column, text }) => [column, text]))

// The second line of a two-line head: everything in it is a head of its own, a copy from above, or stands under an empty place.
const isSubHead = <K extends string>(row: SheetRow, above: Map<string, string>, keys: Map<string, K>): boolean => {
  const cells = row.cells.filter(({ text }) => text.trim() !== '')
  const own = cells.filter(({ column, text }) => above.get(column) !== text)
  return (
    own.some(({ text }) => keys.has(plainHead(text))) &&
    own.every(({ text, kind }) => kind === 'text' && text.length <= 20) &&
    own.length < above.size / 2
  )
}

// Blank rows between others are reported; the empty ones that programs leave behind the last row are not.
const mostBlanks = 1000

async function* readRows<K extends string>(located: Located<K>, heads: Head<K>[]): AsyncGenerator<TableRow<K>> {
  const nameColumn = located.columns.get(heads.find(({ required }) => required)?.key ?? heads[0]!.key)
  const headText = located.heads[0]
  const mappedColumns = new Set(located.columns.values())
  let blanks: TableRow<K>[] = []
  for await (const { row, cells } of located.from.rows()) {
    if (row <= located.headRow) continue
    const byColumn = new Map(cells.filter(({ text, kind }) => kind === 'formula' || text.trim() !== '').map((cell) => [cell.column, cell]))
    if (byColumn.size === 0) {
      if (blanks.length < mostBlanks) blanks.push({ row, cell: () => null, skipped: 'blank' })
      continue
    }
    yield* blanks
    blanks = []
    const cell = (key: K) => byColumn.get(located.columns.get(key) ?? '') ?? null
    const own = [...byColumn.values()].filter(({ merged }) => !merged)
    const mapped = own.filter(({ column }) => mappedColumns.has(column))
    const repeated = own.length > 1 && own[0]!.text === headText
    yield { row, cell, skipped: own.length === 0 || repeated || isNote(own, mapped, nameColumn) ? 'note' : null }
  }
}

/** The answer to a file whose heads are not enough. */
export const missingHeads = (missing: string[], found: string[]): TableProblem => ({
  problem: `没有找到表头${missing.map((title) => `“${title}”`).join('、')}`,
  remedy:
    found.length > 0
      ? `文件里的表头是：${found.join('、')}。请把要用的列改成上面的名称，或加上缺少的列，再导入`
      : '请确认选对了文件，并让表头单独占一行（或两行），再导入',
  missing,
  found,
})

// Brackets that never close are looked for from every bracket to the end.
const longestHead = 200

/** A head without blanks, line breaks, brackets with explanations, stars and numbering, in half-width letters. */
const plainHead = (text: string): string =>
  text
    .slice(0, longestHead)
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/^[*★※]+|[*★※:]+$/g, '')
    .replace(/^\d{1,2}[.、](?=\D)/, '')
    .toLowerCase()
