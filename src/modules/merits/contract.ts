import { z } from 'zod'
import { addMonths, addYears } from '#kernel/civilDate.ts'

const oneOf = <K extends string>(of: Record<K, string>) => z.enum(Object.keys(of) as [K, ...K[]])

export const NATURES = { reward: '奖励', sanction: '处分' } as const
export type Nature = keyof typeof NATURES
export const Nature = oneOf(NATURES)

/** Five kinds of 党纪处分. */
export const SANCTIONS = {
  warning: '警告',
  seriousWarning: '严重警告',
  removal: '撤销党内职务',
  probation: '留党察看',
  expulsion: '开除党籍',
} as const
export type Sanction = keyof typeof SANCTIONS
export const Sanction = oneOf(SANCTIONS)

export const HONOURS = {
  outstandingMember: '优秀共产党员',
  outstandingWorker: '优秀党务工作者',
  modelWorker: '劳动模范、先进工作者',
  other: '其他表彰奖励',
} as const
export type Honour = keyof typeof HONOURS
export const Honour = oneOf(HONOURS)

export const LEVELS = { unit: '本单位', group: '集团', city: '市（厅）级', province: '省（部）级', nation: '国家级' } as const
export type Level = keyof typeof LEVELS
export const Level = oneOf(LEVELS)

/** How a sanction's record came to its end before its time. */
export const ENDINGS = { restored: '已恢复党员权利', revoked: '已撤销处分', withdrawn: '登记有误，已撤回' } as const
export type Ending = keyof typeof ENDINGS
export const Ending = oneOf(ENDINGS)

export const EFFECT_RULE =
  '《中国共产党纪律处分条例》：警告一年，严重警告一年半，撤销党内职务二年，留党察看恢复权利后二年，开除党籍五年内不得重新入党；自批准之日起算（核对原文）'

export interface Effect {
  /** The first day on which the rights may be restored; null where no right is lost. */
  rightsUntil: string | null
  /** The first day without effect. While the rights are not restored, the earliest that it can be. */
  until: string
}

export interface Imposed {
  what: Sanction
  approvedOn: string
  /** Of 留党察看: one or two. */
  years: 1 | 2 | null
  /** The day from which the rights were restored; null while they are not. */
  restoredOn: string | null
}

/** How long a sanction keeps its effect, by the calendar from the day of approval (纪律处分条例，MEM-11；起算日核对原文). */
export function effectOf({ what, approvedOn, years, restoredOn }: Imposed): Effect {
  if (what !== 'probation') return { rightsUntil: null, until: addMonths(approvedOn, MONTHS[what]) }
  const rightsUntil = addYears(approvedOn, years ?? 1)
  return { rightsUntil, until: addYears(restoredOn ?? rightsUntil, 2) }
}

const MONTHS: Record<Exclude<Sanction, 'probation'>, number> = { warning: 12, seriousWarning: 18, removal: 24, expulsion: 60 }

/**
 * What the ledger keeps; the subject is the record. Of a sanction it holds neither whom nor what: those who may not read it see the
 * ledger too.
 */
export const meritFacts = {
  'reward.given': z.object({ honour: Honour, level: Level }),
  'sanction.imposed': z.object({ until: z.iso.date() }),
  'sanction.ended': z.object({ why: Ending.extract(['restored', 'revoked']), until: z.iso.date() }),
}

export const Merit = z.object({
  id: z.string(),
  nature: Nature,
  personId: z.string(),
  name: z.string(),
  orgName: z.string(),
  /** What it is called: 留党察看一年; 优秀共产党员（集团）. */
  title: z.string(),
  approvedOn: z.string(),
  by: z.string(),
  docNo: z.string(),
  note: z.string(),
  sanction: Sanction.nullable(),
  years: z.union([z.literal(1), z.literal(2)]).nullable(),
  /** The first day without effect; null for a reward and for what was taken back. */
  until: z.string().nullable(),
  inEffect: z.boolean(),
  /** Where it stands, in one sentence. */
  says: z.string(),
  ended: Ending.nullable(),
  endedOn: z.string().nullable(),
  version: z.int(),
  can: z.object({ restore: z.boolean(), revoke: z.boolean(), reopen: z.boolean(), correct: z.boolean(), withdraw: z.boolean() }),
})
export type Merit = z.output<typeof Merit>
