import {
  AlignmentType,
  BorderStyle,
  Document,
  HeadingLevel,
  type IRunOptions,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import * as paper from '../paper.ts'
import { type Block, groupHeads, linesOf, type PaperPlan } from './document.ts'

/** A paper as a Word document on a GB/T 9704-2012 page; fonts are named, not shipped. */
export function paperWord(plan: PaperPlan): Promise<Buffer> {
  const { width, height } = paper.page.size
  const page = plan.wide ? { ...paper.page, size: { width, height, orientation: PageOrientation.LANDSCAPE } } : paper.page
  const children = [
    ...(plan.letterhead ? paper.letterhead(plan.letterhead.sender, plan.letterhead.number, plan.letterhead.issuer) : []),
    ...(plan.book ? [1, 2, 3, 4, 5].map(paper.blank) : []),
    paper.heading(plan.title),
    ...(plan.subtitle ? [paper.paragraph([paper.run(plan.subtitle, { font: paper.KAITI })], { alignment: AlignmentType.CENTER })] : []),
    ...(plan.number ? [paper.paragraph([paper.run(plan.number)], { alignment: AlignmentType.RIGHT })] : []),
    ...(plan.book ? contents(plan.blocks) : []),
    ...(plan.number || plan.book ? [] : [paper.blank()]),
    ...plan.blocks.flatMap(parts),
    paper.blank(),
    ...[...plan.notes, paper.FONT_NOTE].map(paper.note),
  ]
  const document = new Document({
    title: paper.plain(plan.title),
    creator: '融建',
    evenAndOddHeaderAndFooters: true,
    styles: paper.bodyStyles,
    sections: [{ properties: { page, grid: paper.grid }, footers: paper.footers(), children }],
  })
  return Packer.toBuffer(document)
}

const contents = (blocks: readonly Block[]) => [
  paper.blank(),
  paper.paragraph([paper.run('目　录', { font: paper.HEITI })], { alignment: AlignmentType.CENTER }),
  ...blocks.flatMap((b) => (b.kind === 'heading' && b.level === 0 ? [paper.paragraph([paper.run(b.text)])] : [])),
]

const indent = { firstLine: 640 }
const HEADS = [
  { font: paper.HEITI, style: HeadingLevel.HEADING_1 },
  { font: paper.HEITI, style: HeadingLevel.HEADING_2 },
  { font: paper.KAITI, style: HeadingLevel.HEADING_3 },
  { font: paper.FANGSONG, style: HeadingLevel.HEADING_4 },
] as const

function parts(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading': {
      const { font, style } = HEADS[block.level]
      const chapter = block.level === 0
      return [
        paper.paragraph([paper.run(block.text, { font, size: chapter ? 36 : 32, color: '000000' })], {
          heading: style,
          keepNext: true,
          ...(chapter ? { pageBreakBefore: true, alignment: AlignmentType.CENTER } : { indent }),
        }),
      ]
    }
    case 'text':
      return texts(block)
    case 'table':
      return table(block)
    case 'signed':
      return block.lines.map((line) =>
        paper.paragraph([paper.run(line)], { alignment: AlignmentType.RIGHT, indent: { right: 1280 }, keepLines: true }),
      )
    default:
      return [paper.blank()]
  }
}

const ALIGN = { center: AlignmentType.CENTER, right: AlignmentType.RIGHT }

function texts({ text, label, flush, align }: Extract<Block, { kind: 'text' }>): Paragraph[] {
  const options = align ? { alignment: ALIGN[align] } : flush ? {} : { indent }
  const lines = linesOf(text)
  return (lines.length > 0 ? lines : ['']).map((line, i) =>
    paper.paragraph([...(label && i === 0 ? [paper.run(`${label}：`, { font: paper.HEITI })] : []), paper.run(line)], options),
  )
}

const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const borders = { top: edge, bottom: edge, left: edge, right: edge }

function table({ heads, rows, title, widths, tall, groups }: Extract<Block, { kind: 'table' }>): (Paragraph | Table)[] {
  const shares = widths ?? heads.map(() => 1)
  const whole = shares.reduce((a, b) => a + b, 0)
  const cell = (words: string, column: number, options: IRunOptions, spans: { columnSpan?: number; rowSpan?: number } = {}) =>
    new TableCell({
      ...spans,
      borders,
      verticalAlign: VerticalAlign.CENTER,
      width: { size: Math.round((shares[column]! / whole) * 100), type: WidthType.PERCENTAGE },
      children: words.split('\n').map(
        (line) =>
          new Paragraph({
            alignment: words.length > 12 ? AlignmentType.LEFT : AlignmentType.CENTER,
            children: [new TextRun({ text: paper.plain(line), size: 21, ...options })],
          }),
      ),
    })
  const bold = { bold: true }
  const headRow = (children: TableCell[]) => new TableRow({ tableHeader: true, cantSplit: true, children })
  const headRows = () => {
    if (!groups?.some(Boolean)) return [headRow(heads.map((head, i) => cell(head, i, bold)))]
    let at = 0
    const upper = groupHeads(groups).map(({ words, columns }) => {
      const from = at
      at += columns
      return words === '' ? cell(heads[from]!, from, bold, { rowSpan: 2 }) : cell(words, from, bold, { columnSpan: columns })
    })
    return [headRow(upper), headRow(heads.flatMap((head, i) => (groups[i] ? [cell(head, i, bold)] : [])))]
  }
  const height = tall ? { height: { value: 560, rule: 'atLeast' as const } } : {}
  return [
    ...(title ? [paper.paragraph([paper.run(title, { font: paper.HEITI, size: 24 })], { keepNext: true })] : []),
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [
        ...headRows(),
        ...rows.map((row) => new TableRow({ cantSplit: true, ...height, children: heads.map((_, i) => cell(row[i] ?? '', i, {})) })),
      ],
    }),
  ]
}
