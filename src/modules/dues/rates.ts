import type { Payer, Rounding } from './contract.ts'

/** Of a base of up to `upTo` cents (that amount included; null: without end) so many thousandths are paid, of the whole base. */
export interface Bracket {
  upTo: number | null
  perMille: number
}

/** A table of rates from the month of `from` on. */
export interface RateTable {
  from: string
  source: string
  employed: readonly Bracket[]
  retired: readonly Bracket[]
  /** Farmers choose within these cents a month. */
  farmer: { least: number; most: number }
  minimal: number
}

/** Every table there has been since the system knows, oldest first. A new regulation adds one; nothing is changed. */
export const RATES: readonly RateTable[] = [
  {
    from: '2008-04-01',
    source: '中组发〔2008〕3号，2008年4月1日起',
    employed: [
      { upTo: 300_000, perMille: 5 },
      { upTo: 500_000, perMille: 10 },
      { upTo: 1_000_000, perMille: 15 },
      { upTo: null, perMille: 20 },
    ],
    retired: [
      { upTo: 500_000, perMille: 5 },
      { upTo: null, perMille: 10 },
    ],
    farmer: { least: 20, most: 100 },
    minimal: 20,
  },
]

/** The table of a month, given by its first day; undefined before the first there is. */
export const ratesOn = (month: string): RateTable | undefined => RATES.findLast(({ from }) => from <= month)

/** The bracket of a base; the whole base is counted at its rate (全额档), and a boundary belongs to the lower bracket. */
export const bracketOf = (brackets: readonly Bracket[], base: number): Bracket =>
  brackets.find(({ upTo }) => upTo === null || base <= upTo)!

/** What somebody with this base pays a month, in cents. For a farmer the base is the amount agreed, for 学生、低保 it plays no part. */
export function dueOf(table: RateTable, payer: Payer, base: number, rounding: Rounding): number {
  if (payer === 'farmer') return Math.min(Math.max(base, table.farmer.least), table.farmer.most)
  if (payer === 'minimal') return table.minimal
  return rounded(base * bracketOf(table[payer], base).perMille, rounding)
}

/** Thousandths of a cent to cents, in whole numbers only. */
function rounded(thousandths: number, rounding: Rounding): number {
  if (rounding === 'down') return Math.floor(thousandths / 1000)
  if (rounding === 'jiao') return Math.floor((thousandths + 5000) / 10_000) * 10
  return Math.floor((thousandths + 500) / 1000)
}
