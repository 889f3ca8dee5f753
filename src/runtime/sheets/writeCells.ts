import { limits } from './limits.ts'

/** A value to write; in a date column 'YYYY-MM-DD' becomes a real date, in a number column decimal strings become numbers. */
export type SheetValue = string | number | boolean | null | SheetFormula

/** A live formula that the product itself wrote, without `=`, and the value it has now. Never made from what a person typed. */
export interface SheetFormula {
  formula: string
  value: string | number
}

/** How the values of a column are taken; anything that does not fit its column is written as text. */
export type WrittenKind = 'text' | 'number' | 'date'

/** One cell of a sheet in the format's XML; '' for an empty one. */
export const cellXml = (reference: string, value: SheetValue, kind: WrittenKind | 'head' | 'title' | 'footer'): string => {
  if (value === null || value === '') return ''
  if (typeof value === 'object') return formulaCell(reference, value)
  if (typeof value === 'boolean') return textCell(reference, value ? '是' : '否', 'text')
  if (kind === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && value > '1900-03-01') {
    return `<c r="${reference}" s="${styleNumber.date}"><v>${Date.parse(`${value}T00:00:00Z`) / 86_400_000 + 25_569}</v></c>`
  }
  const isNumber = typeof value === 'number' ? Number.isFinite(value) : kind === 'number' && isExact(value)
  if (isNumber) return `<c r="${reference}" s="${styleNumber.number}"><v>${value}</v></c>`
  return textCell(reference, String(value), kind === 'number' || kind === 'date' ? 'text' : kind)
}

/** Text that is safe between tags and in attributes; characters XML cannot hold are written in the format's own escapes. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[\p{Cc}\ufffe\uffff]/gu, (letter) =>
      letter === '\t' || letter === '\n' ? letter : `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[&<>"]/g, (letter) => entities[letter]!)

const formulaCell = (reference: string, { formula, value }: SheetFormula) => {
  const isNumber = typeof value === 'number' || isExact(value)
  const type = isNumber ? '' : ' t="str"'
  return `<c r="${reference}" s="${styleNumber.number}"${type}><f>${escapeXml(formula)}</f><v>${escapeXml(String(value))}</v></c>`
}

const textCell = (reference: string, text: string, kind: 'text' | 'head' | 'title' | 'footer') => {
  const shown = text.length > limits.cellCharacters ? `${text.slice(0, limits.cellCharacters - 9)}…（过长，已截断）` : text
  const style = kind === 'text' && startsFormula(shown) ? styleNumber.quoted : styleNumber[kind]
  return `<c r="${reference}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(shown)}</t></is></c>`
}

/**
 * True for text that a spreadsheet program would run as a formula if it were typed in. Such cells are string cells with the mark that a
 * typed apostrophe leaves (quotePrefix), so they stay text when somebody edits them, and their value is unchanged.
 */
export const startsFormula = (text: string): boolean => /^[\s\p{Cc}]*[=+\-@＝＋－＠−﹢﹣﹦]/u.test(text) || /^[\t\r\n]/.test(text)

// Programs compute with 15 digits; a longer number would be changed.
const isExact = (value: string) => /^-?\d+(\.\d+)?$/.test(value) && value.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const styleNumber = { number: 0, text: 1, head: 2, title: 3, footer: 4, date: 5, quoted: 6 }

const font = (size: number, bold = '', color = '') => `<font>${bold}<sz val="${size}"/>${color}<name val="宋体"/></font>`
const applied = ['NumberFormat', 'Font', 'Fill', 'Border', 'Alignment'].map((what) => `apply${what}="1"`).join(' ')
const xf = (format: number, face: number, fill: number, border: number, inside = '', more = '') =>
  `<xf numFmtId="${format}" fontId="${face}" fillId="${fill}" borderId="${border}" xfId="0" ${applied}${more}>${inside}</xf>`
const wrap = '<alignment vertical="center" wrapText="1"/>'
const center = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
const thin = ['left', 'right', 'top', 'bottom'].map((side) => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`).join('')

/** The styles part that the numbers in the cells refer to; 49 is the text format, so that long numbers keep their digits. */
export const styles = [
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
  `<fonts count="4">${font(11)}${font(11, '<b/>')}${font(16, '<b/>')}${font(9, '', '<color rgb="FF7F7F7F"/>')}</fonts>`,
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills>',
  `<borders count="2"><border/><border>${thin}</border></borders>`,
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  '<cellXfs count="7">',
  xf(0, 0, 0, 1, wrap),
  xf(49, 0, 0, 1, wrap),
  xf(49, 1, 2, 1, center),
  xf(49, 2, 0, 0, center),
  xf(49, 3, 0, 0),
  xf(164, 0, 0, 1, wrap),
  xf(49, 0, 0, 1, wrap, ' quotePrefix="1"'),
  '</cellXfs>',
  '</styleSheet>',
].join('')
