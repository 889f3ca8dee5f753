import { blank, heading, labelled, numeral, type PaperPlan } from '#runtime/document/document.ts'

/** The words of minutes, already as the reader may see them. */
export interface Minutes {
  title: string
  /** 时间, 地点, 主持人 … in order. */
  facts: [label: string, text: string][]
  items: { topic: string; paragraphs: [label: string, text: string][] }[]
  closing: [label: string, text: string][]
  /** Small print: ledger height and short head, addenda dates. */
  notes: string[]
}

/** Minutes as a paper. */
export const minutesPaper = ({ title, facts, items, closing, notes }: Minutes): PaperPlan => ({
  title,
  blocks: [
    ...facts.map((pair) => labelled(...pair)),
    ...items.flatMap(({ topic, paragraphs }, i) => [
      heading(1, `${numeral(i + 1)}、${topic}`),
      ...paragraphs.map((pair) => labelled(...pair)),
    ]),
    blank,
    ...closing.map((pair) => labelled(...pair)),
  ],
  notes,
})
