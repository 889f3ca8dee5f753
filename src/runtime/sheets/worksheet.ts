import { type CellKind, columnIndex, columnLetters, type SheetRow } from './cell.ts'
import { checkColumn, checkRows, limits, unreadable } from './limits.ts'
import { serialToMoment } from './serial.ts'
import { unescapeText } from './sharedStrings.ts'
import { isDateFormat } from './styles.ts'
import type { SheetContext } from './xlsx.ts'
import { attribute, type XmlScanner, xmlScanner } from './xml.ts'

/** A scanner of a worksheet's XML that reports every row as soon as it is complete. */
export const rowScanner = (context: SheetContext, report: (row: SheetRow) => void): XmlScanner => {
  let row: SheetRow = { row: 0, cells: [] }
  let column = -1
  let filled = 0
  let open: OpenCell = newCell('', -1)
  let into: 'value' | 'inline' | 'formula' | null = null
  const dateStyles = context.formats.map(isDateFormat)

  const startCell = (attributes: string) => {
    const reference = attribute(attributes, 'r')
    column = reference ? columnIndex(reference) : column + 1
    checkColumn(column, row.row)
    const style = attribute(attributes, 's')
    open = newCell(attribute(attributes, 't') ?? 'n', style ? Number(style) : -1)
  }
  const endCell = () => {
    const cell = resolve(open, context, dateStyles)
    if (cell.kind !== 'empty') row.cells.push({ row: row.row, column: columnLetters(column), ...cell, merged: false })
  }

  return xmlScanner({
    open: (name, attributes) => {
      if (name === 'c') startCell(attributes)
      else if (name === 'v') into = 'value'
      else if (name === 't') into = 'inline'
      else if (name === 'f') {
        open.formula = '='
        into = 'formula'
      } else if (name === 'row') {
        const number = attribute(attributes, 'r')
        row = { row: number ? Number(number) : row.row + 1, cells: [] }
        column = -1
      }
    },
    text: (text) => {
      if (into === 'value') open.value += text
      else if (into === 'inline') open.inline += text
      else if (into === 'formula') open.formula += text
      if (Math.max(open.value.length, open.inline.length, open.formula.length) > limits.cellCharacters) {
        unreadable(`第 ${row.row} 行有一格超过 ${limits.cellCharacters} 字，请拆开后再导入`)
      }
    },
    close: (name) => {
      if (name === 'v' || name === 't' || name === 'f') into = null
      else if (name === 'c') endCell()
      else if (name === 'row') {
        if (row.cells.length > 0) checkRows(++filled)
        report(row)
      }
    },
  })
}

type OpenCell = { type: string; style: number; formula: string; value: string; inline: string }
type Resolved = { raw: string; text: string; kind: CellKind; format: string | null }

const newCell = (type: string, style: number): OpenCell => ({ type, style, formula: '', value: '', inline: '' })

const resolve = (cell: OpenCell, context: SheetContext, dateStyles: boolean[]): Resolved => {
  const format = context.formats[cell.style] ?? null
  const value = readValue(cell, context, format, dateStyles[cell.style] ?? false)
  if (cell.formula !== '') return { ...value, raw: cell.formula, kind: 'formula', format }
  return { ...value, kind: value.text === '' ? 'empty' : value.kind, format }
}

const readValue = (cell: OpenCell, context: SheetContext, format: string | null, isDate: boolean): Omit<Resolved, 'format'> => {
  const raw = cell.value
  const asText = (text: string) => ({ raw: text, text, kind: 'text' as const })
  switch (cell.type) {
    case 's':
      return asText(context.strings[Number(raw)] ?? '')
    case 'inlineStr':
      return asText(unescapeText(cell.inline))
    case 'str':
      return asText(unescapeText(raw))
    case 'b':
      return { raw, text: raw === '1' || raw === 'true' ? 'TRUE' : 'FALSE', kind: 'boolean' }
    case 'e':
      return { raw, text: raw, kind: 'error' }
    case 'd':
      return { raw, text: raw.replace('T', ' ').replace(/ 00:00(:00(\.0+)?)?Z?$/, ''), kind: 'date' }
    default:
      return numeric(raw, format, isDate, context.date1904)
  }
}

const numeric = (raw: string, format: string | null, isDate: boolean, date1904: boolean): Omit<Resolved, 'format'> => {
  if (raw === '' || !Number.isFinite(Number(raw))) return { raw, text: raw, kind: 'text' }
  const moment = isDate ? serialToMoment(Number(raw), date1904) : null
  if (moment) return { raw, text: moment.time ? `${moment.date} ${moment.time}` : moment.date, kind: 'date' }
  return { raw, text: numberText(raw, format), kind: 'number' }
}

/** A stored number as its reader sees it: no exponent, no binary noise, and the leading zeros that a format such as 00000 shows. */
export const numberText = (raw: string, format: string | null): string => {
  const value = Number(raw)
  if (Number.isInteger(value)) {
    const digits = /^-?\d+$/.test(raw) ? raw : value.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 17 })
    return format && /^0+$/.test(format) ? digits.padStart(format.length, '0') : digits
  }
  return String(Number(value.toPrecision(15)))
}
