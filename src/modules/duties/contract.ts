import { z } from 'zod'
import { OrgKind } from '#modules/organisation/contract.ts'

/** What an organisation may owe; each is met by a meeting of the same kind or by being so set up. */
export const DUTY_KINDS = {
  memberAssembly: '党员大会',
  branchCommittee: '支委会',
  groupMeeting: '党小组会',
  partyLecture: '党课',
  themePartyDay: '主题党日',
  orgLifeMeeting: '组织生活会',
  democraticAppraisal: '民主评议党员',
  /** Structural: a branch of seven full members or more has a committee (支部条例第六章). */
  committeeSetUp: '设立支委会',
} as const
export type DutyKind = keyof typeof DUTY_KINDS
export const DutyKind = z.enum(Object.keys(DUTY_KINDS) as [DutyKind, ...DutyKind[]])

export const STRENGTHS = { must: '必须', generally: '一般应', may: '可以' } as const
export const Strength = z.enum(['must', 'generally', 'may'])

export const Every = z.enum(['month', 'quarter', 'halfYear', 'year', 'standing'])
export type Every = z.output<typeof Every>

/** A rule as data, as it is recorded in the ledger: no text, the wording and source stand in the register of rules. */
export const RuleBody = z.object({
  duty: DutyKind,
  every: Every,
  times: z.int().min(1).max(31),
  strength: Strength,
  /** central: a minimum of the Party's regulations; unit: an addition (or a conflicting lower figure) of the enterprise. */
  layer: z.enum(['central', 'unit']),
  /** Its figure is not settled in the source's own text: shown, never a hard alarm (核对原文). */
  toVerify: z.boolean(),
  orgKinds: z.array(OrgKind),
  /** Owed only by organisations with at least this many full members; null without such a condition. */
  minFullMembers: z.int().min(0).nullable(),
  /** Owed only where there is (or must be) a committee. */
  needsCommittee: z.boolean(),
  /** May one meeting of several kinds meet this duty together with others? */
  mayShare: z.boolean(),
})

/** subject is the rule (or exemption); orgId the organisation whose subtree it binds. */
export const dutyFacts = {
  'rule.adopted': RuleBody,
  /** happenedOn is the first day the rule no longer holds. */
  'rule.ended': z.object({}),
  'exemption.granted': z.object({ duty: DutyKind, from: z.iso.date(), until: z.iso.date() }),
  'exemption.withdrawn': z.object({}),
}
