import { z } from 'zod'

const oneOf = <K extends string>(of: Record<K, string>) => z.enum(Object.keys(of) as [K, ...K[]])

/** Where a transfer goes: inside this installation, to another unit, from another unit. */
export const DIRECTIONS = { inside: '单位内部', out: '转往外单位', in: '从外单位转入' } as const
export type Direction = keyof typeof DIRECTIONS
export const Direction = oneOf(DIRECTIONS)

export const STATES = { sent: '等待接收', received: '已接收', returned: '已退回', withdrawn: '已撤回' } as const
export type State = keyof typeof STATES
export const State = oneOf(STATES)

export const CAUSES = {
  job: '工作调动',
  retirement: '退休',
  project: '项目调整',
  residence: '居住地变动',
  study: '外出学习',
  other: '其他',
} as const
export const Cause = oneOf(CAUSES)
export type Cause = keyof typeof CAUSES

export const RETURNS = { notOurs: '不归本支部接收', wrongDetails: '介绍信内容有误', notCome: '本人没有来报到', other: '其他' } as const
export const Return = oneOf(RETURNS)
export type Return = keyof typeof RETURNS

export const WITHDRAWALS = { mistake: '办理有误', staying: '不再调动', gone: '已去世或出党', other: '其他' } as const
export const Withdrawal = oneOf(WITHDRAWALS)
export type Withdrawal = keyof typeof WITHDRAWALS

/** How long a letter holds: by the way to go, about ten days within the city and thirty beyond (practice; 核对原文). */
export const VALIDITY = { sameCity: 10, otherCity: 30 } as const
/** No letter holds longer than this many calendar months. */
export const LONGEST_MONTHS = 3

/** The rule behind letters, as the pages and refusals name it. */
export const LETTER_RULE = '介绍信有效期按路程定（市内约 10 天、市外约 30 天），最长 3 个月；接收以前由转出支部负管理责任'

/**
 * What the ledger keeps of transfers; the subject is the transfer. What the receiving branch answers for stands as `transfer.awaited`
 * under its own id, so that its measure needs no facts of others.
 */
export const transferFacts = {
  /** A letter was issued; orgId is the branch that sends. */
  'transfer.sent': z.object({ direction: Direction, toOrgId: z.uuid().nullable(), serial: z.int(), validUntil: z.iso.date() }),
  /** From happenedOn until validUntil the branch (orgId) has to receive or return. */
  'transfer.awaited': z.object({ fromOrgId: z.uuid(), validUntil: z.iso.date() }),
  /** A new letter in place of the one that ran out, or that would. */
  'transfer.reissued': z.object({ serial: z.int(), validUntil: z.iso.date() }),
  /** happenedOn is the first day on the new roster; for a way out the orgId is the branch that was left. */
  'transfer.received': z.object({ direction: Direction }),
  'transfer.returned': z.object({ reason: Return }),
  'transfer.withdrawn': z.object({ reason: Withdrawal }),
}

export const TransferRow = z.object({
  id: z.string(),
  direction: Direction,
  state: State,
  personId: z.string(),
  name: z.string(),
  /** Null for the outside. */
  fromId: z.string().nullable(),
  toId: z.string().nullable(),
  fromName: z.string(),
  toName: z.string(),
  letterNo: z.string(),
  sentOn: z.string(),
  validUntil: z.string(),
  /** Days until the letter runs out; negative: it ran out so many days ago. Null when the transfer is settled. */
  daysLeft: z.int().nullable(),
  settledOn: z.string().nullable(),
  version: z.int(),
})
export type TransferRow = z.output<typeof TransferRow>

/** Where a transfer stands and what is to be done next, in one sentence for everybody who sees it. */
export function sayState({ direction, state, daysLeft, validUntil, settledOn, fromName, toName }: Omit<TransferRow, 'personId'>): string {
  if (state === 'received' && direction === 'out') return `${toName} ${settledOn} 接收，回执已登记，当天起不在${fromName}名册`
  if (state === 'received') return `${settledOn} 起在${toName}名册`
  if (state === 'returned') return `${settledOn} 被退回，党员仍在${fromName}名册；更正后可以重新转出`
  if (state === 'withdrawn') return `${settledOn} 撤回，党员仍在${fromName}名册`
  const late = daysLeft !== null && daysLeft < 0
  if (late) return `介绍信 ${validUntil} 已过有效期 ${-daysLeft} 天，请${fromName}重开介绍信，或者撤回；接收以前仍由${fromName}管理`
  const answer = direction === 'out' ? `收到${toName}的回执后登记` : `等${toName}接收或退回`
  return `${answer}，介绍信 ${validUntil} 到期；接收以前仍由${fromName}管理`
}
