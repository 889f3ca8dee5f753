import type { Book, SheetRow } from './cell.ts'
import { limits, unreadable } from './limits.ts'
import { fillMerges, type Merge, readMerges } from './merges.ts'
import { readSharedStrings } from './sharedStrings.ts'
import { readFormats } from './styles.ts'
import { rowScanner } from './worksheet.ts'
import { attribute, xmlScanner } from './xml.ts'
import { type Archive, openArchive } from './zip.ts'

/** Opens an .xlsx workbook held in memory; its rows are inflated and read as they are asked for. */
export const openXlsx = async (bytes: Buffer): Promise<Book> => {
  const archive = openArchive(bytes)
  const { worksheets, context } = await workbookIn(archive)
  return {
    format: 'xlsx',
    date1904: context.date1904,
    sheets: worksheets.map(({ name, hidden, path }) => ({ name, hidden, rows: () => readRows(archive, path, context) })),
  }
}

/** The worksheets of a workbook in their order with their parts in the archive, and what their cells refer to. */
export const workbookIn = async (
  archive: Archive,
): Promise<{ path: string; worksheets: { name: string; hidden: boolean; path: string }[]; context: SheetContext }> => {
  if (!archive.has('_rels/.rels')) unreadable('这个压缩包不是 Excel 表格，请选择 .xlsx 或 .csv 文件')
  const root = await relations(archive, '')
  const workbookPath = [...root.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const { date1904, sheets } = await readWorkbook(archive, workbookPath)
  const parts = await relations(archive, workbookPath)
  const partOf = (type: string) => [...parts.values()].find((part) => part.type === type)?.target
  const formats = await readFormats(archive, partOf('styles'))
  const strings = await readSharedStrings(archive, partOf('sharedStrings'))
  const worksheets = sheets.flatMap(({ name, hidden, id }) => {
    const part = parts.get(id)
    return part?.type === 'worksheet' ? [{ name, hidden, path: part.target }] : []
  })
  if (worksheets.length === 0) unreadable('文件里没有工作表，请在 Excel 里打开，另存为 .xlsx 再导入')
  return { path: workbookPath, worksheets, context: { date1904, formats, strings, merges: new Map() } }
}

/** What the cells of a sheet refer to. */
export type SheetContext = { date1904: boolean; formats: (string | null)[]; strings: string[]; merges: Map<string, Merge[]> }

export async function* readRows(archive: Archive, path: string, context: SheetContext): AsyncGenerator<SheetRow> {
  const merges = context.merges.get(path) ?? (await readMerges(archive, path))
  context.merges.set(path, merges)
  const fill = fillMerges(merges)
  const decoder = new TextDecoder('utf-8')
  const rows: SheetRow[] = []
  const scanner = rowScanner(context, (row) => rows.push(row))
  for await (const piece of archive.stream(path, limits.sheetBytes)) {
    scanner.push(decoder.decode(piece, { stream: true }))
    for (const row of rows) yield fill(row)
    rows.length = 0
  }
}

type SheetEntry = { name: string; hidden: boolean; id: string }

const readWorkbook = async (archive: Archive, path: string) => {
  const sheets: SheetEntry[] = []
  let date1904 = false
  const open = (name: string, attributes: string) => {
    if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')
    if (name !== 'sheet') return
    const id = /(?:^|\s)\w+:id=["']([^"']+)/.exec(attributes)?.[1] ?? ''
    sheets.push({ name: attribute(attributes, 'name') ?? '', hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible', id })
  }
  xmlScanner({ open, text: () => {}, close: () => {} }).push(await archive.text(path))
  return { date1904, sheets }
}

type Relation = { type: string; target: string }

const relations = async (archive: Archive, of: string): Promise<Map<string, Relation>> => {
  const found = new Map<string, Relation>()
  const folder = of.slice(0, of.lastIndexOf('/') + 1)
  const path = `${folder}_rels/${of.slice(folder.length)}.rels`
  if (!archive.has(path)) return found
  const open = (name: string, attributes: string) => {
    if (name !== 'Relationship') return
    const type = (attribute(attributes, 'Type') ?? '').split('/').at(-1)!
    found.set(attribute(attributes, 'Id') ?? '', { type, target: resolve(folder, attribute(attributes, 'Target') ?? '') })
  }
  xmlScanner({ open, text: () => {}, close: () => {} }).push(await archive.text(path))
  return found
}

const resolve = (folder: string, target: string): string => new URL(target.replaceAll('\\', '/'), `file:///${folder}`).pathname.slice(1)
