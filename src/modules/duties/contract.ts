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

export const Every = z.enum(['month', 'quarter', 'half', 'year'])
export type Every = z.output<typeof Every>

/** A rule as data, as it is recorded in the ledger: no text, the wording and source stand in the register of rules. */
export const RuleBody = z.object({
  duty: DutyKind,
  every: Every,
  times: z.int().min(1).max(31),
  strength: Strength,
  /** central: a minimum of the Party's regulations; unit: an addition (or a conflicting lower figure) of the enterprise. */
  layer: z.enum(['central', 'unit']),
  /** What meets it: meetings of the kind, or a committee being set up (structural). */
  metBy: z.enum(['meeting', 'committee']),
  /** Its figure is not settled in the source's own text: shown, never a hard alarm (核对原文). */
  toVerify: z.boolean(),
  orgKinds: z.array(OrgKind).min(1).max(10),
  /** Owed only by organisations with at least this many full members; null without such a condition. */
  minFullMembers: z.int().min(0).nullable(),
  /** May one meeting of several kinds meet this duty together with others? */
  mayShare: z.boolean(),
})

/** subject is the rule (or exemption); orgId the organisation whose subtree it binds. A rule may be set ahead of the day it begins or ends. */
export const dutyFacts = {
  'rule.adopted': RuleBody.meta({ planned: true }),
  /** happenedOn is the first day the rule no longer holds. */
  'rule.ended': z.object({}).meta({ planned: true }),
  'exemption.granted': z.object({ duty: DutyKind, from: z.iso.date(), until: z.iso.date() }),
  'exemption.withdrawn': z.object({}),
}

/** What of a rule says how much it asks. */
export type Demand = Pick<z.output<typeof RuleBody>, 'every' | 'times' | 'strength' | 'minFullMembers'>

export const PER_YEAR: Record<Every, number> = { month: 12, quarter: 4, half: 2, year: 1 }
const WEIGHT = { must: 3, generally: 2, may: 1 }

/**
 * In what a unit's rule asks less than a central minimum, in words; empty when whoever follows the unit's rule also meets the minimum.
 * Twelve times a year is less than once a month: it would allow all twelve in December.
 */
export function lessThan(unit: Demand, central: Demand): string[] {
  const inOneCentralPeriod = (PER_YEAR[unit.every] / PER_YEAR[central.every]) * unit.times
  const lower = PER_YEAR[unit.every] < PER_YEAR[central.every] || inOneCentralPeriod < central.times
  const fewer = unit.minFullMembers !== null && unit.minFullMembers > (central.minFullMembers ?? 0)
  // Asking more of large branches only is an addition; asking the same of fewer branches is not.
  const onlySome = fewer && inOneCentralPeriod <= central.times
  return [
    ...(lower ? [`${frequencyText(unit)}，少于${frequencyText(central)}`] : []),
    ...(WEIGHT[unit.strength] < WEIGHT[central.strength]
      ? [`写作“${STRENGTHS[unit.strength]}”，弱于“${STRENGTHS[central.strength]}”`]
      : []),
    ...(onlySome ? [`只要求正式党员 ${unit.minFullMembers} 人以上的支部，范围窄于中央规定`] : []),
  ]
}

const EVERY_TEXT: Record<Every, string> = { month: '每月', quarter: '每季', half: '每半年', year: '每年' }

/** 每季 1 次 */
export const frequencyText = ({ every, times }: Pick<Demand, 'every' | 'times'>): string => `${EVERY_TEXT[every]} ${times} 次`

/** A rule as people read it beside what it asks for. */
export const RuleLine = z.object({
  id: z.uuid(),
  duty: DutyKind,
  layer: z.enum(['central', 'unit']),
  every: Every,
  times: z.int(),
  strength: Strength,
  wording: z.string(),
  source: z.string(),
  /** Its figure still has to be compared with the source's own text (核对原文). */
  toVerify: z.boolean(),
  /** May one meeting of several kinds meet it together with others? */
  mayShare: z.boolean(),
})
export type RuleLine = z.output<typeof RuleLine>

/** A rule in the register. */
export const RuleView = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  /** Whose rule it is; empty for a central one. */
  orgName: z.string(),
  from: z.iso.date(),
  until: z.iso.date().nullable(),
  body: RuleBody,
  wording: z.string(),
  source: z.string(),
  verifiedOn: z.iso.date().nullable(),
  /** Asks less than the central minimum of the same duty: reported, and the higher is followed. */
  belowCentral: z.string().nullable(),
  /** The facts by which it was adopted. */
  facts: z.array(z.uuid()),
  /** A unit's rule in force that the reader may end. */
  canEnd: z.boolean(),
  version: z.int(),
})
export type RuleView = z.output<typeof RuleView>

/** The longest time for which a duty may be exempt at once, in days: an exemption without an end would be another rule. */
export const EXEMPT_DAYS = 366

/** What a branch asked not to owe for a time, and what was decided above. */
export const ExemptionRequest = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  duty: DutyKind,
  from: z.iso.date(),
  until: z.iso.date(),
  reason: z.string(),
  state: z.enum(['asked', 'granted', 'refused']),
  askedBy: z.string(),
  askedOn: z.iso.date(),
  decidedBy: z.string(),
  decidedOn: z.iso.date().nullable(),
  answer: z.string(),
  version: z.int(),
  canDecide: z.boolean(),
})
export type ExemptionRequest = z.output<typeof ExemptionRequest>

/** How a branch stands in a quarter: duties whose period ends in it, practices and exempt ones left out. */
export const Standing = z.object({
  done: z.int(),
  expected: z.int(),
  overdue: z.int(),
  /** Something open ends within a fortnight. */
  soon: z.boolean(),
})
export type Standing = z.output<typeof Standing>

/** How a duty stands on a day. `hint`: a practice without a clause that is not met; shown for information only. */
export const DUTY_STATES = { met: '已办', open: '待办', overdue: '逾期未办', hint: '提示', exempt: '已豁免' } as const
export type DutyState = keyof typeof DUTY_STATES

export const DutyView = z.object({
  duty: DutyKind,
  title: z.string(),
  period: z.string(),
  periodName: z.string(),
  from: z.iso.date(),
  /** The last day on which it can be done in time. */
  dueOn: z.iso.date(),
  expected: z.int(),
  met: z.int(),
  state: z.enum(Object.keys(DUTY_STATES) as [DutyState, ...DutyState[]]),
  strength: Strength,
  toVerify: z.boolean(),
  /** Facts of the meetings that meet it. */
  facts: z.array(z.uuid()),
  meetings: z.array(z.uuid()),
  /** The day of each of these meetings. */
  heldOn: z.array(z.iso.date()),
  note: z.string(),
  ruleId: z.uuid(),
})
export type DutyView = z.output<typeof DutyView>

/** What a rule would change for a branch. */
export const CHANGES = { begins: '新增', more: '加多', fewer: '减少', ends: '不再要求', same: '不变' } as const
export type Change = keyof typeof CHANGES

export * from './combos.ts'
