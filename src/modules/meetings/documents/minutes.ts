import { Document, Packer, TextRun } from 'docx'
import { blank, bodyStyles, footers, grid, HEITI, heading, note, page, paragraph, plain, run } from '#runtime/paper.ts'

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
    footers: footers(),
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
    title: plain(minutes.title),
    creator: '融建',
    evenAndOddHeaderAndFooters: true,
    styles: bodyStyles,
    sections: [section],
  })
  return Packer.toBuffer(document)
}

const indent = { firstLine: 640 }
const numbered = (text: string) => paragraph([run(text, { font: HEITI })], { indent, keepNext: true })
const labelled = ([label, text]: [string, string]) =>
  paragraph([new TextRun({ text: label ? `${label}：` : '', font: HEITI }), ...linesOf(text)], { indent })
const linesOf = (text: string) => text.split('\n').map((line, i) => run(line, i > 0 ? { break: 1 } : {}))

const NUMERALS = '零一二三四五六七八九'
const numeral = (n: number): string =>
  n < 10 ? NUMERALS[n]! : `${n >= 20 ? NUMERALS[Math.floor(n / 10)] : ''}十${n % 10 === 0 ? '' : NUMERALS[n % 10]}`
