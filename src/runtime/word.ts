import { type PaperPlan, text } from './document/document.ts'

/** A short official document: a letter, a receipt, a statement with one table. */
export interface WordPlan {
  title: string
  /** The number under the title, on the right. */
  number?: string
  /** The first without indent when it ends with a colon: whom it is to. */
  paragraphs: readonly string[]
  table?: { heads: string[]; rows: string[][] }
  /** Signature, date: on the right. */
  closing?: readonly string[]
  notes?: readonly string[]
}

/** The short document as a paper, to be handed out as Word or PDF. */
export const statement = ({ title, number, paragraphs, table, closing = [], notes = [] }: WordPlan): PaperPlan => ({
  title,
  ...(number ? { number } : {}),
  blocks: [
    ...paragraphs.map((words) => text(words, { flush: words.endsWith('：') })),
    ...(table ? [{ kind: 'table' as const, ...table }] : []),
    { kind: 'blank' },
    { kind: 'signed', lines: [...closing] },
  ],
  notes: [...notes],
})
