import { z } from 'zod'
import { addMonths } from '#kernel/civilDate.ts'

const oneOf = <K extends string>(of: Record<K, string>) => z.enum(Object.keys(of) as [K, ...K[]])

/** What the superior says of a brand once a year. */
export const OUTCOMES = { continue: '继续', improve: '要改进' } as const
export type Outcome = keyof typeof OUTCOMES
export const Outcome = oneOf(OUTCOMES)

export const WITHDRAWALS = { inactive: '一年没有活动记录', replaced: '另立品牌', mistake: '登记有误' } as const
export type Withdrawal = keyof typeof WITHDRAWALS
export const Withdrawal = oneOf(WITHDRAWALS)

export const RECORD_KINDS = { meeting: '会议和活动', task: '办结的任务' } as const
export type RecordKind = keyof typeof RECORD_KINDS
export const RecordKind = oneOf(RECORD_KINDS)

/** So many months without a record make a brand inactive: it may then be withdrawn. */
export const INACTIVE_MONTHS = 12

/** From which day a brand counts as inactive: a year after the last record, or after it began. Pure. */
export const inactiveFrom = ({ begunOn, lastOn }: { begunOn: string; lastOn: string | null }): string =>
  addMonths(lastOn !== null && lastOn > begunOn ? lastOn : begunOn, INACTIVE_MONTHS)

/** What the ledger keeps; the subject is the brand. */
export const brandFacts = {
  'brand.begun': z.object({}),
  'brand.recordLinked': z.object({ kind: RecordKind, recordId: z.uuid() }),
  'brand.reviewed': z.object({ year: z.int(), outcome: Outcome }),
  'brand.withdrawn': z.object({ why: Withdrawal }),
}

export const Brand = z.object({
  id: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  name: z.string(),
  feature: z.string(),
  plan: z.string(),
  lead: z.object({ id: z.string(), name: z.string() }).nullable(),
  begunOn: z.string(),
  records: z.int(),
  lastOn: z.string().nullable(),
  /** From this day it counts as inactive, if nothing is done. */
  inactiveFrom: z.string(),
  inactive: z.boolean(),
  reviewedYear: z.int().nullable(),
  withdrawnOn: z.string().nullable(),
  withdrawnWhy: Withdrawal.nullable(),
  withdrawnNote: z.string(),
  version: z.int(),
  can: z.object({ manage: z.boolean(), review: z.boolean(), withdraw: z.boolean() }),
})
export type Brand = z.output<typeof Brand>

export const BrandView = Brand.extend({
  links: z.array(z.object({ id: z.string(), kind: RecordKind, says: z.string(), on: z.string(), open: z.string() })),
  reviews: z.array(z.object({ id: z.string(), year: z.int(), outcome: Outcome, text: z.string(), on: z.string(), by: z.string() })),
})
