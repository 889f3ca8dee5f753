import { setImmediate } from 'node:timers/promises'
import iconv from 'iconv-lite'
import { type Book, type Cell, columnLetters, type SheetRow } from './cell.ts'
import { checkColumn, checkRows, limits, unreadable } from './limits.ts'

/** Opens separated text held in memory: UTF-8, UTF-16 or GB18030; comma, semicolon or tab; quotes and line breaks inside quotes. */
export const openCsv = (bytes: Buffer): Book => {
  const encoding = encodingOf(bytes)
  const separator = separatorOf(firstPiece(bytes, encoding))
  return { format: 'csv', date1904: false, sheets: [{ name: '', hidden: false, rows: () => readRows(bytes, encoding, separator) }] }
}

async function* readRows(bytes: Buffer, encoding: string, separator: string): AsyncGenerator<SheetRow> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true })
  const rows: SheetRow[] = []
  const reader = rowReader(separator, (row) => rows.push(row))
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    reader.push(decoder.write(bytes.subarray(at, at + pieceBytes)))
    yield* rows
    rows.length = 0
    // Decoding is synchronous: other requests get their turn between two pieces.
    await setImmediate()
  }
  reader.push(decoder.end() ?? '')
  reader.end()
  yield* rows
}

const pieceBytes = 64 * 1024

/**
 * Reads separated text piece by piece. A row is numbered as a spreadsheet program numbers it: line breaks inside quotes do not count.
 * A quote opens a quoted field only at its beginning, so that a lone quote inside a text does no harm.
 */
const rowReader = (separator: string, report: (row: SheetRow) => void) => {
  let row: SheetRow = { row: 1, cells: [] }
  let column = 0
  let filled = 0
  let field = ''
  let state: 'start' | 'plain' | 'quoted' | 'quote' = 'start'
  let afterReturn = false

  const endField = () => {
    checkColumn(column, row.row)
    const cell = cellOf(field, row.row, columnLetters(column))
    if (cell) row.cells.push(cell)
    column++
    field = ''
    state = 'start'
  }
  const endRow = () => {
    endField()
    if (row.cells.length > 0) checkRows(++filled)
    report(row)
    row = { row: row.row + 1, cells: [] }
    column = 0
  }
  const add = (text: string) => {
    field += text
    if (field.length > limits.cellCharacters)
      unreadable(`第 ${row.row} 行有一格超过 ${limits.cellCharacters} 字，可能少了一个引号，请检查后再导入`)
  }
  const push = (text: string) => {
    for (const letter of text) {
      if (afterReturn && letter === '\n') {
        afterReturn = false
        continue
      }
      afterReturn = false
      if (state === 'quoted') {
        if (letter === '"') state = 'quote'
        else add(letter)
      } else if (letter === '"' && state !== 'plain') {
        if (state === 'quote') add('"')
        state = 'quoted'
      } else if (letter === separator) endField()
      else if (letter === '\n' || letter === '\r') {
        endRow()
        afterReturn = letter === '\r'
      } else {
        add(letter)
        state = 'plain'
      }
    }
  }
  const end = () => {
    if (column > 0 || field !== '' || state !== 'start') endRow()
  }
  return { push, end }
}

// Programs that export for Excel write ="0012" or a leading apostrophe to keep a number from being changed.
const cellOf = (field: string, row: number, column: string): Cell | null => {
  const text = field
    .replace(/^="([^"]*)"$/, '$1')
    .replace(/^'(?=\d+[Xx]?$)/, '')
    .replace(/\t$/, '')
  if (text === '') return null
  return { row, column, raw: field, text, kind: 'text', format: null, merged: false }
}

const encodingOf = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const probe = bytes.subarray(0, 4096)
  const zeros = [0, 1].map((parity) => probe.filter((byte, at) => at % 2 === parity && byte === 0).length)
  if (zeros[1]! > probe.length / 8) return 'utf-16le'
  if (zeros[0]! > probe.length / 8) return 'utf-16be'
  if (zeros[0]! + zeros[1]! > 0) unreadable('这不是文本表格，请在 Excel 里另存为 .xlsx 或 .csv 再导入')
  return isUtf8(bytes) ? 'utf-8' : 'gb18030'
}

const isUtf8 = (bytes: Buffer): boolean => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true })
    decoder.decode()
    return true
  } catch {
    return false
  }
}

const firstPiece = (bytes: Buffer, encoding: string) => iconv.getDecoder(encoding, { stripBOM: true }).write(bytes.subarray(0, 16 * 1024))

// The separator is what divides the most lines into the same number of cells; a comma within texts does not.
const separatorOf = (text: string): string => {
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/[\r\n]+/)
    .slice(0, 100)
  const evenness = (separator: string) => {
    const times = new Map<number, number>()
    for (const line of lines) {
      const count = line.split(separator).length - 1
      if (count > 0) times.set(count, (times.get(count) ?? 0) + 1)
    }
    const [[count, even] = [0, 0]] = [...times].sort((a, b) => b[1] - a[1] || b[0] - a[0])
    return { separator, even, count }
  }
  return [',', '\t', ';']
    .map(evenness)
    .reduce((best, next) => (next.even > best.even || (next.even === best.even && next.count > best.count) ? next : best)).separator
}
