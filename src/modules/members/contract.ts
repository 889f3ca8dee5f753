import { z } from 'zod'

/** Where a person stands toward the Party (人员类别). */
export const STANDINGS = {
  applicant: '入党申请人',
  activist: '入党积极分子',
  developmentTarget: '发展对象',
  probationaryMember: '预备党员',
  fullMember: '正式党员',
} as const
export type Standing = keyof typeof STANDINGS
export const Standing = z.enum(Object.keys(STANDINGS) as [Standing, ...Standing[]])

/** How exactly a date of life is known; a rule says what it does with a month. */
export const Precision = z.enum(['day', 'month', 'year'])
export type Precision = z.output<typeof Precision>

/** Why someone is no longer on a roster. */
export const LEAVING = {
  transferredOut: '组织关系转出',
  movedInside: '内部转接',
  died: '去世',
  removed: '除名',
  expelled: '开除党籍',
  resigned: '退党',
  disqualified: '取消预备党员资格',
  notDeveloped: '不再作为发展对象培养',
  correction: '登记有误',
} as const
export type Leaving = keyof typeof LEAVING

/** Why somebody has no right to vote and to be elected; each cause ends by itself (V-09). */
export const SUSPENSIONS = { onProbation: '留党察看', detained: '被依法留置、逮捕' } as const
export type Suspension = keyof typeof SUSPENSIONS
export const Suspension = z.enum(Object.keys(SUSPENSIONS) as [Suspension, ...Suspension[]])

/** May be dated ahead: a merger next January moves its members that day. */
const dated = <S extends z.ZodRawShape>(shape: S) => z.object(shape).meta({ planned: true })

/**
 * What the ledger keeps of members. The fact's orgId is the organisation whose roster changes, personId the member,
 * subject the membership (or, for standing and rights, the person).
 */
export const memberFacts = {
  /** On the roster from happenedOn. `inferred`: no source named the day, it was derived (推定). */
  'membership.began': dated({ standing: Standing, inferred: z.boolean() }),
  /** happenedOn is the first day no longer on the roster; the day it began or before: it never was. */
  'membership.ended': dated({ reason: z.enum(Object.keys(LEAVING) as [Leaving, ...Leaving[]]) }),
  /** From happenedOn the member of this roster has another standing, e.g. fullMember from the day of conversion. */
  'standing.changed': dated({ standing: Standing, precision: Precision }),
  /** No right to vote and to be elected from happenedOn (留党察看; 留置、逮捕中止), V-09. */
  'rights.suspended': dated({ cause: Suspension }),
  /** The cause that ended; left out in older facts, which ended all of them. */
  'rights.restored': dated({ cause: Suspension.optional() }),
}
