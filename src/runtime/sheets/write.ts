import { Readable } from 'node:stream'
import { columnLetters } from './cell.ts'
import { cellXml, escapeXml, type SheetValue, styles, type WrittenKind } from './writeCells.ts'
import { writeZip, type ZipPart } from './zipWrite.ts'

/**
 * A column to write: its head, its width in characters (default: by the head), and how its values are to be taken. Neighbours of one
 * `group` share a head above theirs.
 */
export type SheetColumn = { title: string; width?: number; kind?: WrittenKind; group?: string }

/**
 * A sheet to write: an optional title line, the heads (bold, frozen, with a filter), the rows as they come, and footer lines such as
 * 口径, time and height of the ledger. A row has one value for each column.
 */
export type SheetPlan = {
  name: string
  title?: string
  columns: SheetColumn[]
  rows: Iterable<SheetValue[]> | AsyncIterable<SheetValue[]>
  footer?: string[]
}

/**
 * Writes an .xlsx workbook as a stream; rows are asked for as the reader takes bytes. Text stays text: what a spreadsheet program
 * would take for a formula is marked as quoted, and long numbers in text columns keep every digit. The same rows give the same bytes.
 */
export const writeXlsx = (sheets: SheetPlan[]): Readable => Readable.from(writeZip(partsOf(sheets)), { objectMode: false })

/** `writeXlsx` gathered into one buffer, for small files. */
export const xlsxBuffer = async (sheets: SheetPlan[]): Promise<Buffer> => Buffer.concat(await writeXlsx(sheets).toArray())

const partsOf = (sheets: SheetPlan[]): ZipPart[] => [
  { name: '[Content_Types].xml', text: [contentTypes(sheets.length)] },
  { name: '_rels/.rels', text: [relations([['officeDocument', 'xl/workbook.xml']])] },
  { name: 'xl/workbook.xml', text: [workbook(sheets)] },
  {
    name: 'xl/_rels/workbook.xml.rels',
    text: [
      relations([
        ...sheets.map((_, index): [string, string] => ['worksheet', `worksheets/sheet${index + 1}.xml`]),
        ['styles', 'styles.xml'],
      ]),
    ],
  },
  { name: 'xl/styles.xml', text: [declaration + styles] },
  ...sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, text: worksheet(sheet) })),
]

// Programs read .xlsx files up to this row.
const lastRow = 1_048_576

/** In which rows a sheet's heads stand. */
function headsOf({ title, columns }: SheetPlan) {
  const topRow = title === undefined ? 1 : 2
  const spans = groupSpans(columns.map(({ group }) => group))
  return { topRow, spans, headRow: spans.length > 0 ? topRow + 1 : topRow }
}

async function* worksheet(sheet: SheetPlan): AsyncGenerator<string> {
  const { title, columns, rows, footer = [] } = sheet
  const { topRow, spans, headRow } = headsOf(sheet)
  const width = columns.map(widthOf).reduce((sum, w) => sum + w, 0)
  const wide = columnLetters(columns.length - 1)
  const pane = `<pane ySplit="${headRow}" topLeftCell="A${headRow + 1}" activePane="bottomLeft" state="frozen"/>`
  yield `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`
  yield `<cols>${columns.map(columnXml).join('')}</cols><sheetData>`
  if (title !== undefined) yield rowXml(1, [cellXml('A1', title, 'title')], LINE * Math.ceil((title.length * TITLE_WIDTH) / width))
  const kinds = columns.map(({ kind = 'text' }) => kind)
  const letters = columns.map((_, index) => columnLetters(index))
  if (spans.length > 0)
    yield rowXml(
      topRow,
      columns.map(({ group, title }, index) => cellXml(`${letters[index]}${topRow}`, group ?? title, 'head')),
    )
  yield rowXml(
    headRow,
    columns.map((column, index) => cellXml(`${letters[index]}${headRow}`, column.title, 'head')),
  )
  let row = headRow
  let piece = ''
  for await (const values of rows) {
    row++
    if (row > lastRow) throw new Error('A sheet has at most 1,048,576 rows')
    piece += rowXml(
      row,
      kinds.map((kind, index) => cellXml(`${letters[index]}${row}`, values[index] ?? null, kind)),
    )
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield piece + footer.map((line, index) => rowXml(row + 2 + index, [cellXml(`A${row + 2 + index}`, line, 'footer')])).join('')
  const merged = [
    ...(title !== undefined && columns.length > 1 ? [`A1:${wide}1`] : []),
    ...spans.map(({ from, to, down }) => `${letters[from]}${topRow}:${letters[to]}${down ? headRow : topRow}`),
  ]
  const merge =
    merged.length > 0 ? `<mergeCells count="${merged.length}">${merged.map((m) => `<mergeCell ref="${m}"/>`).join('')}</mergeCells>` : ''
  yield `</sheetData><autoFilter ref="A${headRow}:${wide}${row}"/>${merge}${printed(width)}</worksheet>`
}

/** A title's character in widths of a column's, and the height of its line in points. */
const TITLE_WIDTH = 2.6
const LINE = 24
/** Wider tables are printed on the long side. */
const UPRIGHT = 92

/** On A4, as wide as the page. */
const printed = (width: number) =>
  `<pageSetup paperSize="9" orientation="${width > UPRIGHT ? 'landscape' : 'portrait'}" fitToWidth="1" fitToHeight="0"/>`

/** Which heads become one: neighbours of a group beside each other, a head without a group over both rows. Nothing where no column has one. */
export function groupSpans(groups: readonly (string | undefined)[]): { from: number; to: number; down: boolean }[] {
  if (groups.every((group) => group === undefined)) return []
  const spans: { from: number; to: number; down: boolean }[] = []
  groups.forEach((group, at) => {
    const last = spans.at(-1)
    if (group !== undefined && last && !last.down && groups[last.from] === group) last.to = at
    else spans.push({ from: at, to: at, down: group === undefined })
  })
  return spans.filter(({ from, to, down }) => down || to > from)
}

const rowXml = (row: number, cells: string[], height?: number) =>
  `<row r="${row}"${height ? ` ht="${height}" customHeight="1"` : ''}>${cells.join('')}</row>`

const widthOf = ({ title, width }: SheetColumn): number => width ?? Math.max(10, title.length * 2 + 4)

const columnXml = (column: SheetColumn, index: number) =>
  `<col min="${index + 1}" max="${index + 1}" width="${widthOf(column)}" customWidth="1"/>`

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = (sheets: number) => {
  const override = (part: string, type: string) => `<Override PartName="/xl/${part}.xml" ContentType="${media}.${type}+xml"/>`
  return [
    `${declaration}<Types xmlns="${packages}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    override('workbook', 'sheet.main'),
    override('styles', 'styles'),
    ...Array.from({ length: sheets }, (_, index) => override(`worksheets/sheet${index + 1}`, 'worksheet')),
    '</Types>',
  ].join('')
}

const relations = (targets: [type: string, target: string][]) => {
  const relation = ([type, target]: [string, string], index: number) =>
    `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`
  return `${declaration}<Relationships xmlns="${packages}/relationships">${targets.map(relation).join('')}</Relationships>`
}

const workbook = (sheets: SheetPlan[]) => {
  const names = sheets.map(({ name }) => escapeXml(sheetName(name)))
  const sheet = (name: string, index: number) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`
  // Title and heads stand on every printed page.
  const heads = (name: string, index: number) =>
    `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${name.replaceAll("'", "''")}'!$1:$${headsOf(sheets[index]!).headRow}</definedName>`
  return [
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}">`,
    `<sheets>${names.map(sheet).join('')}</sheets><definedNames>${names.map(heads).join('')}</definedNames></workbook>`,
  ].join('')
}

// What a sheet's name may not hold, and how long it may be, is fixed by the programs that read it.
const sheetName = (name: string) =>
  name
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'|'$/g, ' ')
    .slice(0, 31)
    .trim() || '表'
