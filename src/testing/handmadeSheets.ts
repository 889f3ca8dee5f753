import iconv from 'iconv-lite'
import type { Book, Cell, SheetRow } from '#runtime/sheets/cell.ts'
import { writeZip, type ZipPart } from '#runtime/sheets/zipWrite.ts'

/** A workbook written by hand: the XML between <sheetData> and its end, and what else the parts should hold. */
export type Handmade = {
  rows: string | Iterable<string>
  after?: string
  styles?: string
  strings?: string
  workbook?: string
  extra?: ZipPart[]
}

/** The bytes of a handmade .xlsx; nothing is checked, so that broken files can be made too. */
export const handmadeXlsx = async ({
  rows,
  after = '',
  styles = '',
  strings = '',
  workbook = '',
  extra = [],
}: Handmade): Promise<Buffer> => {
  const relation = (id: number, type: string, target: string) => `<Relationship Id="rId${id}" Type="http://x/${type}" Target="${target}"/>`
  const parts: ZipPart[] = [
    { name: '_rels/.rels', text: [`<Relationships>${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`] },
    { name: 'xl/workbook.xml', text: [`<workbook>${workbook}<sheets><sheet name="表一" sheetId="1" r:id="rId1"/></sheets></workbook>`] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: [
        '<Relationships>',
        relation(1, 'worksheet', 'worksheets/sheet1.xml'),
        relation(2, 'styles', '/xl/styles.xml'),
        relation(3, 'sharedStrings', 'sharedStrings.xml'),
        '</Relationships>',
      ],
    },
    { name: 'xl/styles.xml', text: [`<styleSheet>${styles}</styleSheet>`] },
    { name: 'xl/sharedStrings.xml', text: [`<sst>${strings}</sst>`] },
    ...extra,
    { name: 'xl/worksheets/sheet1.xml', text: sheetText(rows, after) },
  ]
  return Buffer.concat(await gather(writeZip(parts)))
}

function* sheetText(rows: string | Iterable<string>, after: string) {
  yield '<?xml version="1.0"?><worksheet><sheetData>'
  if (typeof rows === 'string') yield rows
  else yield* rows
  yield `</sheetData>${after}</worksheet>`
}

/** A table as separated text in an encoding; cells are quoted where they must be. */
export const csvBytes = (table: string[][], { encoding = 'utf8', separator = ',', bom = false } = {}): Buffer => {
  const quoted = (cell: string) => (/[",;\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return iconv.encode(table.map((row) => row.map(quoted).join(separator)).join('\r\n'), encoding, { addBOM: bom })
}

/** All rows of a book's first sheet. */
export const rowsOf = (book: Book): Promise<SheetRow[]> => gather(book.sheets[0]!.rows())

/** Everything a generator gives. */
export const gather = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const gathered: T[] = []
  for await (const item of items) gathered.push(item)
  return gathered
}

/** The texts of a row by column, copies of merged areas left out. */
export const textsOf = (row: SheetRow | undefined): Record<string, string> =>
  Object.fromEntries((row?.cells ?? []).filter(({ merged }) => !merged).map(({ column, text }: Cell) => [column, text]))
