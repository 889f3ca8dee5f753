import { z } from 'zod'

const oneOf = <K extends string>(of: Record<K, string>) => z.enum(Object.keys(of) as [K, ...K[]])

/** By what a member pays (中组发〔2008〕3号). */
export const PAYERS = { employed: '在职', retired: '离退休', farmer: '农民', minimal: '学生、下岗失业、抚恤救济或低保' } as const
export type Payer = keyof typeof PAYERS
export const Payer = oneOf(PAYERS)

/** How it came: always by the member, never deducted from pay. */
export const METHODS = { cash: '现金', bank: '银行转账', mobile: '手机支付' } as const
export type Method = keyof typeof METHODS
export const Method = oneOf(METHODS)

/** The regulation leaves open how fractions of a 分 are rounded; a unit chooses. */
export const ROUNDINGS = { halfUp: '四舍五入到分', down: '分以下舍去', jiao: '四舍五入到角' } as const
export type Rounding = keyof typeof ROUNDINGS
export const Rounding = oneOf(ROUNDINGS)

/** One payment of at least this many cents beyond what is owed goes to the centre whole and is counted apart. */
export const LARGE_DONATION = 100_000

/** After so many months in a row without paying, the rule on 自行脱党 has to be looked at by people (党章第九条). */
export const MONTHS_OF_RULE = 6

export const SOURCE = '中组发〔2008〕3号《关于中国共产党党费收缴、使用和管理的规定》'

/** A calendar month, `2026-09`. */
export const Month = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/)

/** Cents of one payment or base; far above any real one. */
export const Cents = z.int().min(1).max(100_000_000)

const dated = <S extends z.ZodRawShape>(shape: S) => z.object(shape).meta({ planned: true })

/** What the ledger keeps of 党费: ids, cents and dates. `month` is its first day. The base itself stays out. */
export const duesFacts = {
  /** From happenedOn the member (subject) pays by this kind; the amount of the base is sealed elsewhere. */
  'duesBase.set': dated({ payer: Payer }),
  /** The branch made its list for the month. */
  'dues.listed': z.object({ month: z.iso.date() }),
  'dues.owed': z.object({ month: z.iso.date(), cents: z.int(), payer: Payer, reduced: z.boolean() }),
  /** happenedOn is the day the member paid. */
  'dues.paid': z.object({ month: z.iso.date(), cents: z.int(), method: Method }),
  'dues.donated': z.object({ cents: z.int() }),
  /** The year's dues were made known to the members. */
  'dues.disclosed': z.object({ year: z.int() }),
  'reduction.asked': z.object({ from: z.iso.date(), until: z.iso.date(), cents: z.int() }),
  'reduction.approved': z.object({ from: z.iso.date(), until: z.iso.date(), cents: z.int() }),
  'reduction.refused': z.object({}),
  /** The first month without it. */
  'reduction.ended': z.object({ from: z.iso.date() }),
  'rounding.chosen': dated({ mode: Rounding }),
}

/** 3000.01 as people write money, from cents. */
export const yuan = (cents: number): string => `${Math.floor(cents / 100).toLocaleString('en-US')}.${String(cents % 100).padStart(2, '0')}`

/** Cents of a text such as 3000, 3,000.01 or ¥15; null when it is no amount of whole cents. */
export function centsOf(text: string): number | null {
  const match = /^[¥￥]?\s*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{1,2})0*)?\s*元?$/.exec(text.normalize('NFKC').trim())
  if (!match) return null
  return Number(match[1]!.replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}
