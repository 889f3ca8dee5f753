import { z } from 'zod'
import { lifecycle } from '#kernel/lifecycle.ts'

/** How long a superior has: in calendar months or working days; `source` where a rule says so. */
interface Term {
  months?: number
  days?: number
  source?: string
}

interface Kind {
  title: string
  /** About one person: who it is stands in `aboutId`; `maybe`: it can be about a collective as well. */
  person?: true | 'maybe'
  term: Term
  retention: 'permanent' | 'years30' | 'years10'
}

const DEVELOPING = '《中国共产党发展党员工作细则》'

/** What a lower organisation asks its superior, with the usual time for an answer and the 最低 retention (国家档案局令第 10 号；以单位审定表为准). */
export const KINDS = {
  election: { title: '换届选举', term: { days: 20 }, retention: 'permanent' },
  candidates: { title: '候选人预备人选', term: { days: 20 }, retention: 'permanent' },
  electionResult: { title: '选举结果', term: { days: 20 }, retention: 'permanent' },
  termExtension: { title: '延期（提前）换届', term: { days: 20 }, retention: 'permanent' },
  commissioner: { title: '增补委员', person: 'maybe', term: { days: 20 }, retention: 'permanent' },
  activistFiling: { title: '入党积极分子备案', person: true, term: { days: 20 }, retention: 'permanent' },
  targetFiling: { title: '发展对象备案', person: true, term: { days: 20 }, retention: 'permanent' },
  preReview: { title: '发展对象预审', person: true, term: { days: 20 }, retention: 'permanent' },
  admission: {
    title: '接收预备党员',
    person: true,
    term: { months: 3, source: `${DEVELOPING}：党委应在三个月内审批，特殊情况可延长，最长不超过六个月` },
    retention: 'permanent',
  },
  conversion: {
    title: '预备党员转正',
    person: true,
    term: { months: 3, source: `${DEVELOPING}：党委应在三个月内审批` },
    retention: 'permanent',
  },
  prolongation: { title: '延长预备期', person: true, term: { months: 3, source: DEVELOPING }, retention: 'permanent' },
  duesReduction: { title: '少交、免交党费', person: true, term: { days: 20 }, retention: 'years10' },
  foundBranch: { title: '成立支部', term: { days: 20 }, retention: 'permanent' },
  dissolveBranch: { title: '撤销支部', term: { days: 20 }, retention: 'permanent' },
  award: { title: '评先评优', person: 'maybe', term: { days: 20 }, retention: 'years30' },
  integrityOpinion: { title: '廉政意见', person: true, term: { days: 7 }, retention: 'years10' },
  other: { title: '其他事项', term: { days: 20 }, retention: 'years10' },
} as const satisfies Record<string, Kind>
export type RequestKind = keyof typeof KINDS
export const RequestKind = z.enum(Object.keys(KINDS) as [RequestKind, ...RequestKind[]])

/** What is asked about a kind, in the shape all kinds share. */
export const kindOf = (kind: RequestKind): Kind => KINDS[kind]

export const DECISIONS = { agreed: '同意', refused: '不同意', returned: '退回补充' } as const
export type Decision = keyof typeof DECISIONS
export const Decision = z.enum(Object.keys(DECISIONS) as [Decision, ...Decision[]])

export const RETENTIONS = { permanent: '永久', years30: '30 年', years10: '10 年' } as const
export type Retention = keyof typeof RETENTIONS
export const Retention = z.enum(Object.keys(RETENTIONS) as [Retention, ...Retention[]])

/** sent → registered → answered; what was returned may be sent again; the sender may withdraw what is not answered. */
export const requestLife = lifecycle(
  {
    sent: { register: 'registered', answer: 'agreed', withdraw: 'withdrawn' },
    registered: { answer: 'agreed', withdraw: 'withdrawn' },
    returned: { resend: 'sent', withdraw: 'withdrawn' },
    agreed: { correct: 'agreed' },
    refused: { correct: 'refused' },
    withdrawn: {},
  },
  {
    register: '已经登记过，或者已经答复、撤回',
    answer: '只有已送达、还没有答复的请示可以答复',
    resend: '只有退回补充的请示可以重新报送',
    withdraw: '已经答复或撤回的请示不能再撤回',
    correct: '只有已经批复的可以更正',
  },
)
export type RequestState = (typeof requestLife.states)[number]
export const RequestState = z.enum(requestLife.states)
export type RequestStep = 'register' | 'answer' | 'resend' | 'withdraw' | 'correct'

export const STATES: Record<RequestState, string> = {
  sent: '已报送',
  registered: '上级已登记',
  returned: '退回补充',
  agreed: '已批复：同意',
  refused: '已批复：不同意',
  withdrawn: '已撤回',
}

/** States in which the superior owes an answer. */
export const WAITING: readonly RequestState[] = ['sent', 'registered']

const sending = { kind: RequestKind, aboutId: z.uuid().nullable(), round: z.int().min(1), dueOn: z.iso.date() }

/**
 * What the ledger keeps of requests; subject is the request. The sender's organisation has `request.sent` and `reply.received`, the
 * superior's `request.received` and `request.answered`: to answer is the superior's duty.
 */
export const requestFacts = {
  'request.sent': z.object({ ...sending, toOrgId: z.uuid() }),
  'request.received': z.object({ ...sending, fromOrgId: z.uuid() }),
  'request.registered': z.object({ round: z.int().min(1) }),
  'request.answered': z.object({ kind: RequestKind, decision: Decision, round: z.int().min(1), fromOrgId: z.uuid() }),
  'reply.received': z.object({ kind: RequestKind, decision: Decision, round: z.int().min(1), aboutId: z.uuid().nullable() }),
  'request.withdrawn': z.object({ kind: RequestKind }),
  'deadline.set': z.object({ kind: RequestKind, days: z.int().min(1).max(366) }),
}
