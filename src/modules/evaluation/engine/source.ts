import { z } from 'zod'
import { Decimal, Figure, Text } from './vocabulary.ts'

/** What no indicator may be computed from (the regulations that lighten the load of the grass roots): words in Chinese and in measure keys. */
export const BARRED =
  /登录|登陆|在线时长|在线时间|点赞|转发|阅读时长|阅读量|学习时长|打卡|签到|照片|拍照|定位|轨迹|个人积分|党员积分|log-?ins?\b|online|likes?\b|forward|reading-?time|photo|location|gps|member-?points|person-?points/i

const allowed = Text.refine((text) => !BARRED.test(text), {
  message: '登录、在线时长、点赞、转发、阅读时长、照片、定位、个人积分不能作为考核来源',
})

const MeasureKey = allowed.regex(/^[a-z][a-z-]*(?:\.[a-z][a-z-]*)+$/, '指标取数写成「模块.名称」，例如 duties.met')
const filter = z.record(z.string(), Text).optional()
const raters = z.array(z.strictObject({ who: Text, weight: Figure })).min(1)

const Simple = [
  /** Computed from a measure that a module declares. */
  z.strictObject({ from: z.literal('fact'), measure: MeasureKey, filter }),
  /** Duties met of duties owed. */
  z.strictObject({ from: z.literal('duty'), measure: MeasureKey, filter }),
  /** A ballot round: each answer has a worth out of `outOf`; only valid ballots count. */
  z.strictObject({
    from: z.literal('survey'),
    of: allowed,
    answers: z.array(z.strictObject({ answer: Text, worth: Decimal })).min(2),
    outOf: Decimal,
    raters: raters.optional(),
  }),
  /** Judgement of one or more named reviewers, weighted. */
  z.strictObject({ from: z.literal('review'), by: Text, of: allowed.optional(), outOf: Decimal.optional(), raters: raters.optional() }),
  /** A figure from another department or system, with its date. */
  z.strictObject({ from: z.literal('import'), of: allowed, by: Text }),
  /** The result of another run; where it has several periods, `absent` says what a missing one does. */
  z.strictObject({
    from: z.literal('external'),
    of: allowed,
    by: Text.optional(),
    every: z.enum(['month', 'quarter', 'half', 'year']).optional(),
    absent: z.enum(['average-of-present', 'zero', 'open']).optional(),
  }),
  /** Kept as published, never collected and never computed. */
  z.strictObject({ from: z.literal('refused'), of: Text }),
] as const

const Composite = z.strictObject({
  from: z.literal('composite'),
  parts: z.array(z.strictObject({ name: Text, weight: Figure, source: z.discriminatedUnion('from', [...Simple]) })).min(2),
})

/** Where the value of an indicator comes from. */
export const Source = z.discriminatedUnion('from', [...Simple, Composite])
export type Source = z.infer<typeof Source>
export type SimpleSource = Exclude<Source, { from: 'composite' }>
