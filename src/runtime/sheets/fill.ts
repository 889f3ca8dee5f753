import { columnIndex } from './cell.ts'
import { unreadable } from './limits.ts'
import { escapeXml } from './writeCells.ts'
import { workbookIn } from './xlsx.ts'
import { type Archive, openArchive } from './zip.ts'
import { writeZip, type ZipPart } from './zipWrite.ts'

/** What goes into a form: sheet name → cell (C5) → value. */
export type Fills = ReadonlyMap<string, ReadonlyMap<string, string | number>>

/**
 * A form with these cells filled in. Nothing else of the workbook is read or written anew: styles, merged cells, formulas, pictures and
 * what we do not know stay byte for byte. Formulas lose the value they had, so that every program computes them anew.
 */
export async function fillXlsx(bytes: Buffer, fills: Fills): Promise<Buffer> {
  const archive = openArchive(bytes)
  const { worksheets, path } = await workbookIn(archive)
  const parts: ZipPart[] = []
  for (const name of archive.names) {
    const sheet = worksheets.find((s) => s.path === name)
    if (sheet) parts.push({ name, text: [filled(await archive.text(name), fills.get(sheet.name) ?? new Map())] })
    else if (name === path) parts.push({ name, text: [computedAnew(await archive.text(name))] })
    else if (!name.endsWith('/')) parts.push({ name, text: whole(archive, name) })
  }
  const pieces: Buffer[] = []
  for await (const piece of writeZip(parts)) pieces.push(piece)
  return Buffer.concat(pieces)
}

const whole = (archive: Archive, name: string) => archive.stream(name, 64 * 1024 * 1024)

type Values = ReadonlyMap<string, string | number>

/** The worksheet's XML with values in the cells named. Cells and rows that it does not have yet are put in their places. */
function filled(xml: string, values: Values): string {
  const [, p = ''] = /<((?:\w+:)?)sheetData\b/.exec(xml) ?? unreadable('表格的内容不正常，请在 Excel 里打开，另存为 .xlsx 再上传')
  const opened = new RegExp(`<${p}sheetData\\s*/>`).test(xml)
    ? xml.replace(new RegExp(`<${p}sheetData\\s*/>`), `<${p}sheetData></${p}sheetData>`)
    : xml
  const from = opened.indexOf('>', opened.indexOf(`<${p}sheetData`)) + 1
  const to = opened.indexOf(`</${p}sheetData>`, from)
  return opened.slice(0, from) + rowsWith(opened.slice(from, to), byRow(values), p) + opened.slice(to)
}

function byRow(values: Values): Map<number, [column: string, value: string | number][]> {
  const rows = new Map<number, [string, string | number][]>()
  for (const [ref, value] of values) {
    const [, column, row] = /^([A-Z]+)(\d+)$/.exec(ref)!
    rows.set(Number(row), [...(rows.get(Number(row)) ?? []), [column!, value]])
  }
  return rows
}

function rowsWith(body: string, wanted: Map<number, [string, string | number][]>, p: string): string {
  const left = new Map([...wanted].sort(([a], [b]) => a - b))
  const made = (until: number) => {
    let rows = ''
    for (const [row, cells] of left)
      if (row < until) {
        rows += `<${p}row r="${row}">${cellsWith('', row, cells, p)}</${p}row>`
        left.delete(row)
      }
    return rows
  }
  let last = 0
  const rows = body.replace(
    new RegExp(`<${p}row\\b([^>]*?)(?:/>|>([\\s\\S]*?)</${p}row>)`, 'g'),
    (whole, attributes: string, inside = '') => {
      const number = Number(/\br="(\d+)"/.exec(attributes)?.[1] ?? last + 1)
      last = number
      const before = made(number)
      const cells = left.get(number)
      left.delete(number)
      if (!cells) return before + withoutValues(whole, p)
      // `spans` would name too few columns once there are more cells.
      const kept = attributes.replace(/\sspans="[^"]*"/, '')
      return `${before}<${p}row${kept}>${cellsWith(inside, number, cells, p)}</${p}row>`
    },
  )
  return rows + made(Number.POSITIVE_INFINITY)
}

function cellsWith(inside: string, row: number, wanted: [string, string | number][], p: string): string {
  const cells = [...inside.matchAll(new RegExp(`<${p}c\\b([^>]*?)(?:/>|>[\\s\\S]*?</${p}c>)`, 'g'))]
  const found = new Map<number, { attributes: string; xml: string }>()
  let at = -1
  for (const [xml, attributes = ''] of cells) {
    const ref = /\br="([A-Z]+)\d+"/.exec(attributes)?.[1]
    at = ref ? columnIndex(ref) : at + 1
    found.set(at, { attributes, xml: withoutValues(xml, p) })
  }
  for (const [column, value] of wanted) {
    const before = found.get(columnIndex(column))
    const style = /\bs="(\d+)"/.exec(before?.attributes ?? '')?.[1]
    found.set(columnIndex(column), { attributes: '', xml: cellXml(`${column}${row}`, style, value, p) })
  }
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([, { xml }]) => xml)
    .join('')
}

const cellXml = (ref: string, style: string | undefined, value: string | number, p: string) => {
  const open = `<${p}c r="${ref}"${style ? ` s="${style}"` : ''}`
  return typeof value === 'number'
    ? `${open}><${p}v>${value}</${p}v></${p}c>`
    : `${open} t="inlineStr"><${p}is><${p}t xml:space="preserve">${escapeXml(value)}</${p}t></${p}is></${p}c>`
}

/** Cells that hold a formula, without the value it had. */
const withoutValues = (xml: string, p: string) => xml.replace(new RegExp(`(</${p}f>|<${p}f\\b[^>]*/>)\\s*<${p}v>[^<]*</${p}v>`, 'g'), '$1')

/** Asks the program that opens the workbook to compute everything. */
function computedAnew(xml: string): string {
  const known = /<((?:\w+:)?)calcPr\b([^>]*?)(\/?)>/
  if (known.test(xml))
    return xml.replace(known, (_, p, rest, end) => `<${p}calcPr${rest.replace(/\sfullCalcOnLoad="[^"]*"/, '')} fullCalcOnLoad="1"${end}>`)
  const [, p = ''] = /<((?:\w+:)?)workbook\b/.exec(xml) ?? []
  // The parts of a workbook have a fixed order; it comes right behind the last of these.
  const before = ['definedNames', 'externalReferences', 'functionGroups', 'sheets'].map((name) => `</${p}${name}>`)
  const at = before.find((end) => xml.includes(end)) ?? before.at(-1)!
  return xml.replace(at, `${at}<${p}calcPr fullCalcOnLoad="1"/>`)
}
