import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  type IParagraphOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx'

/** The words of minutes, already as the reader may see them. */
export interface Minutes {
  title: string
  /** 时间, 地点, 主持人 … in order. */
  facts: [label: string, text: string][]
  items: { topic: string; paragraphs: [label: string, text: string][] }[]
  closing: [label: string, text: string][]
  /** Small print: ledger height and short head, addenda dates, that fonts may be substituted. */
  notes: string[]
}

/**
 * Minutes as a Word document on a GB/T 9704-2012 page: A4, 天头 37 mm, 订口 28 mm, 版心 156×225 mm, 22 lines of 28 characters, 3号仿宋.
 * Fonts are named, not shipped; the notes say so.
 */
export function minutesDocument(minutes: Minutes): Promise<Buffer> {
  const section = {
    properties: { page, grid },
    footers: { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) },
    children: [
      heading(minutes.title),
      blank(),
      ...minutes.facts.map(labelled),
      ...minutes.items.flatMap(({ topic, paragraphs }, i) => [numbered(`${numeral(i + 1)}、${topic}`), ...paragraphs.map(labelled)]),
      blank(),
      ...minutes.closing.map(labelled),
      ...minutes.notes.map(note),
    ],
  }
  const document = new Document({
    title: minutes.title.replace(/[\ufffe\uffff]/g, ''),
    creator: '融建',
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: FANGSONG, size: 32 } } } },
    sections: [section],
  })
  return Packer.toBuffer(document)
}

const font = (name: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: name })
const FANGSONG = font('仿宋_GB2312')
const HEITI = font('黑体')
const XIAOBIAOSONG = font('方正小标宋简体')
const SONGTI = font('宋体')

const twips = (millimetres: number) => Math.round((millimetres / 25.4) * 1440)

const page = {
  size: { width: twips(210), height: twips(297) },
  margin: {
    top: twips(37),
    left: twips(28),
    right: twips(26),
    bottom: twips(35),
    // The page number stands 7 mm below the text.
    footer: twips(35 - 7 - 5),
  },
}

// 225 mm in 22 lines are 28.95 pt each; 156 mm in 28 characters are 15.79 pt, 0.21 less than the 16 pt of 3号 (in 1/4096 pt).
const LINE = 579
const grid = { type: DocumentGridType.LINES_AND_CHARS, linePitch: LINE, charSpace: -848 }
const line = { line: LINE, lineRule: LineRuleType.EXACT }

const paragraph = (children: TextRun[], options: IParagraphOptions = {}) => new Paragraph({ spacing: line, ...options, children })
// The library leaves out control characters, but not these two, which no XML may hold.
const run = (text: string, options: object = {}) => new TextRun({ text: text.replace(/[\ufffe\uffff]/g, ''), ...options })
const heading = (text: string) =>
  paragraph([run(text, { font: XIAOBIAOSONG, size: 44 })], {
    alignment: AlignmentType.CENTER,
    spacing: { line: 640, lineRule: LineRuleType.AT_LEAST },
  })
const blank = () => paragraph([])
const indent = { firstLine: 640 }
const numbered = (text: string) => paragraph([run(text, { font: HEITI })], { indent, keepNext: true })
const labelled = ([label, text]: [string, string]) =>
  paragraph([new TextRun({ text: label ? `${label}：` : '', font: HEITI }), ...linesOf(text)], { indent })
const linesOf = (text: string) => text.split('\n').map((line, i) => run(line, i > 0 ? { break: 1 } : {}))
const note = (text: string) => new Paragraph({ spacing: { before: 60 }, children: [run(text, { font: SONGTI, size: 18 })] })

/** 4号半角宋体 between two dashes; odd pages one character from the right, even ones from the left. */
const footer = (alignment: (typeof AlignmentType)['RIGHT'] | (typeof AlignmentType)['LEFT']) =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: alignment === AlignmentType.RIGHT ? { right: 320 } : { left: 320 },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: SONGTI, size: 28 })],
      }),
    ],
  })

const NUMERALS = '零一二三四五六七八九'
const numeral = (n: number): string =>
  n < 10 ? NUMERALS[n]! : `${n >= 20 ? NUMERALS[Math.floor(n / 10)] : ''}十${n % 10 === 0 ? '' : NUMERALS[n % 10]}`
