import { AlignmentType, BorderStyle, Document, LineRuleType, Packer, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } from 'docx'

/** The media type of a Word document. */
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A short official document: a letter, a receipt, a statement with one table. */
export interface WordPlan {
  title: string
  /** The number under the title, on the right. */
  number?: string
  /** The first without indent when it ends with a colon: whom it is to. */
  paragraphs: readonly string[]
  table?: { heads: readonly string[]; rows: readonly (readonly string[])[] }
  /** Signature, date: on the right. */
  closing?: readonly string[]
  notes?: readonly string[]
}

/** The document on a GB/T 9704 page (A4, 37/35/28/26 mm), 3号仿宋, the title in 2号小标宋; fonts are named, not shipped. */
export function wordDocument({ title, number, paragraphs, table, closing = [], notes = [] }: WordPlan): Promise<Buffer> {
  const children = [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { line: 640, lineRule: LineRuleType.AT_LEAST, after: 200 },
      children: [run(title, { font: face('方正小标宋简体'), size: 44 })],
    }),
    ...(number ? [line(number, { alignment: AlignmentType.RIGHT })] : []),
    ...paragraphs.map((text) => line(text, text.endsWith('：') ? {} : { indent: { firstLine: 640 } })),
    ...(table ? [tableOf(table)] : []),
    line(''),
    ...closing.map((text) => line(text, { alignment: AlignmentType.RIGHT })),
    ...notes.map((text) => new Paragraph({ spacing: { before: 60 }, children: [run(text, { font: face('宋体'), size: 18 })] })),
  ]
  const document = new Document({
    title: clean(title),
    creator: '融建',
    styles: { default: { document: { run: { font: face('仿宋_GB2312'), size: 32 } } } },
    sections: [{ properties: { page: PAGE }, children }],
  })
  return Packer.toBuffer(document)
}

const twips = (millimetres: number) => Math.round((millimetres / 25.4) * 1440)
const PAGE = {
  size: { width: twips(210), height: twips(297) },
  margin: { top: twips(37), bottom: twips(35), left: twips(28), right: twips(26) },
}

const face = (name: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: name })
// The library leaves out control characters, but not these two, which no XML may hold.
const clean = (text: string) => text.replace(/[\ufffe\uffff]/g, '')
const run = (text: string, options: object = {}) => new TextRun({ text: clean(text), ...options })
const line = (text: string, options: object = {}) =>
  new Paragraph({ spacing: { line: 579, lineRule: LineRuleType.EXACT }, ...options, children: [run(text)] })

const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const borders = { top: edge, bottom: edge, left: edge, right: edge }

function tableOf({ heads, rows }: NonNullable<WordPlan['table']>): Table {
  const cell = (text: string, bold: boolean) =>
    new TableCell({
      borders,
      children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run(text, { size: 21, bold })] })],
    })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: heads.map((head) => cell(head, true)) }),
      ...rows.map((row) => new TableRow({ children: row.map((text) => cell(text, false)) })),
    ],
  })
}
