import {
  AlignmentType,
  BorderStyle,
  DocumentGridType,
  Footer,
  type IParagraphOptions,
  LineRuleType,
  PageNumber,
  Paragraph,
  TabStopType,
  TextRun,
} from 'docx'

/** The page of GB/T 9704-2012 for Word: A4, 天头 37 mm, 订口 28 mm, 版心 156×225 mm, 22 lines of 28 characters, 3号仿宋. Fonts are named, not shipped. */
const font = (name: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: name })
export const FANGSONG = font('仿宋_GB2312')
export const KAITI = font('楷体_GB2312')
export const HEITI = font('黑体')
export const XIAOBIAOSONG = font('方正小标宋简体')
export const SONGTI = font('宋体')

/** Said in the small print of every exported paper: fonts may be substituted, so nothing is called fully conforming. */
export const FONT_NOTE =
  '本件按 GB/T 9704—2012 版式编排。正文、标题所用仿宋_GB2312、方正小标宋简体由打开文件的电脑提供，缺少时显示为替代字体。'

const twips = (millimetres: number) => Math.round((millimetres / 25.4) * 1440)

export const page = {
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
export const grid = { type: DocumentGridType.LINES_AND_CHARS, linePitch: LINE, charSpace: -848 }
export const line = { line: LINE, lineRule: LineRuleType.EXACT }
export const bodyStyles = { default: { document: { run: { font: FANGSONG, size: 32 } } } }

/** A paragraph on the page's lines. */
export const paragraph = (children: TextRun[], options: IParagraphOptions = {}) => new Paragraph({ spacing: line, ...options, children })

/** Text without the two characters that no XML may hold and that the library leaves in. */
export const plain = (text: string) => text.replace(/[\ufffe\uffff]/g, '')
export const run = (text: string, options: object = {}) => new TextRun({ text: plain(text), ...options })
export const blank = () => paragraph([])

/** 2号小标宋, centred. */
export const heading = (text: string) =>
  paragraph([run(text, { font: XIAOBIAOSONG, size: 44 })], {
    alignment: AlignmentType.CENTER,
    spacing: { line: 640, lineRule: LineRuleType.AT_LEAST },
  })

/** Body text: each line of `text` a paragraph that begins two characters in. */
export const body = (text: string) =>
  text
    .split('\n')
    .filter((each) => each.trim() !== '')
    .map((each) => paragraph([run(each.trim())], { indent: { firstLine: 640 } }))

/** 发文机关标志 in red, 发文字号 (with 签发人 for a letter to a superior), and the red line. */
export const letterhead = (sender: string, number: string, issuer: string | null) => [
  paragraph([run(sender, { font: XIAOBIAOSONG, size: 56, color: 'C00000' })], {
    alignment: AlignmentType.CENTER,
    spacing: { line: 900, lineRule: LineRuleType.AT_LEAST, before: 200 },
  }),
  blank(),
  paragraph(
    issuer === null ? [run(number)] : [run(` ${number}`), run('\t签发人：'), run(issuer, { font: KAITI })],
    issuer === null
      ? { alignment: AlignmentType.CENTER, border: redLine }
      : { tabStops: [{ type: TabStopType.RIGHT, position: twips(150) }], border: redLine },
  ),
  blank(),
]

const redLine = { bottom: { style: BorderStyle.SINGLE, size: 12, color: 'C00000', space: 11 } }

/** 署名 and 成文日期 at the right, four characters in, as where a seal is set. */
export const signed = (who: string, date: string) =>
  [who, date].map((text) => paragraph([run(text)], { alignment: AlignmentType.RIGHT, indent: { right: 1280 } }))

/** Small print below the text. */
export const note = (text: string) => new Paragraph({ spacing: { before: 60 }, children: [run(text, { font: SONGTI, size: 18 })] })

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
export const footers = () => ({ default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) })
