/** A part of a document, in the words that 公文 has for them. */
export type Block =
  /** 一、in 黑体, （一）in 楷体, 1. in 仿宋; the text brings its own numeral. A chapter (0) begins on a new page. */
  | { kind: 'heading'; level: 0 | 1 | 2 | 3; text: string }
  /** Body text, each line a paragraph two characters in; `label：` before it in 黑体; `flush` for whom it is addressed to. */
  | { kind: 'text'; text: string; label?: string; flush?: boolean; align?: 'center' | 'right' }
  /**
   * Heads repeat on every page; `widths` are shares of the line; `tall` rows leave room to sign; neighbours with the same word in
   * `groups` share a head above theirs ('' has none).
   */
  | { kind: 'table'; heads: string[]; rows: string[][]; title?: string; widths?: number[]; tall?: boolean; groups?: string[] }
  /** 署名 and 成文日期 at the right, four characters in, as where a seal is set. */
  | { kind: 'signed'; lines: string[] }
  | { kind: 'blank' }

/** One description of a paper, from which Word and PDF (and tables as Excel) are made: no second template. All texts are data. */
export interface PaperPlan {
  title: string
  /** Under the title, centred: of whom, of which time. */
  subtitle?: string
  /** The number of a letter without letterhead, at the right. */
  number?: string
  /** 发文机关标志, 发文字号 and, upwards, 签发人. */
  letterhead?: { sender: string; number: string; issuer: string | null }
  /** A title page and a table of contents: for long papers. */
  book?: boolean
  /** The page on its side, for wide tables. */
  wide?: boolean
  blocks: Block[]
  /** Small print after the text: sources, ledger. The line about fonts is added by what sets the type. */
  notes: string[]
}

export const text = (words: string, more: Omit<Extract<Block, { kind: 'text' }>, 'kind' | 'text'> = {}): Block => ({
  kind: 'text',
  text: words,
  ...more,
})
export const labelled = (label: string, words: string): Block => ({ kind: 'text', label, text: words })
export const heading = (level: 0 | 1 | 2 | 3, words: string): Block => ({ kind: 'heading', level, text: words })
export const blank: Block = { kind: 'blank' }
/** The lines of a text that say something. */
export const linesOf = (words: string): string[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** The upper row of heads: how many columns each one covers; '' stands for a head that reaches over both rows. */
export function groupHeads(groups: readonly string[]): { words: string; columns: number }[] {
  const heads: { words: string; columns: number }[] = []
  for (const words of groups) {
    const last = heads.at(-1)
    if (words !== '' && last?.words === words) last.columns++
    else heads.push({ words, columns: 1 })
  }
  return heads
}

const NUMERALS = '零一二三四五六七八九'
/** 1 to 99 in Chinese: 一, 十, 十一, 二十. */
export const numeral = (n: number): string =>
  n < 10 ? NUMERALS[n]! : `${n >= 20 ? NUMERALS[Math.floor(n / 10)] : ''}十${n % 10 === 0 ? '' : NUMERALS[n % 10]}`
