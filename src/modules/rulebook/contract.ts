import { z } from 'zod'
import { FileCard } from '#modules/files/contract.ts'

/** subject is the regulation (its first edition), orgId whose it is; a day to come is when it begins or ends. */
export const rulebookFacts = {
  'regulation.enacted': z.object({ edition: z.int(), reviewOn: z.iso.date().nullable() }).meta({ planned: true }),
  'regulation.repealed': z.object({ edition: z.int() }).meta({ planned: true }),
  /** Looked through and kept as it is; nextOn is when it is looked through again. */
  'regulation.reviewed': z.object({ edition: z.int(), nextOn: z.iso.date() }),
}

/** From so many days before its day a review is asked for. */
export const REVIEW_AHEAD = 30

export const STATES = { coming: '尚未执行', inForce: '现行', revised: '已修订', repealed: '已废止' } as const
export type RegulationState = keyof typeof STATES

export const Edition = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  rootId: z.uuid(),
  number: z.int(),
  name: z.string(),
  letterNo: z.string(),
  owner: z.string(),
  source: z.string(),
  note: z.string(),
  validFrom: z.iso.date(),
  reviewOn: z.iso.date().nullable(),
  reviewedOn: z.iso.date().nullable(),
  /** First day it no longer holds. */
  endedOn: z.iso.date().nullable(),
  endedWhy: z.string(),
  state: z.enum(Object.keys(STATES) as [RegulationState, ...RegulationState[]]),
  /** Its review is due within `REVIEW_AHEAD` days or over. */
  reviewDue: z.boolean(),
  /** The duty rules by which the system applies it. */
  rules: z.array(z.object({ id: z.uuid(), text: z.string() })),
  version: z.int(),
  canManage: z.boolean(),
})
export type Edition = z.output<typeof Edition>

/** A regulation with what became of it: every edition, the newest first, and the files of this one. */
export const Regulation = Edition.extend({ editions: z.array(Edition), files: z.array(FileCard) })
