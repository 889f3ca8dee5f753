import { z } from 'zod'
import { NOTICE_RESULTS, NOTICES, type NoticeAbout, type NoticeResult } from './local.ts'

export * from './course.ts'
export * from './local.ts'
export * from './steps.ts'

export const STOPS = {
  withdrew: '本人撤回申请',
  unsuitable: '不具备条件，不再培养',
  left: '调离、离职',
  refused: '上级不同意',
  disqualified: '取消预备党员资格',
  other: '其他原因',
} as const
export type Stop = keyof typeof STOPS
export const Stop = z.enum(Object.keys(STOPS) as [Stop, ...Stop[]])

export const DIRECTIONS = { toMember: '把骨干培养成党员', toBackbone: '把党员培养成骨干' } as const
export type Direction = keyof typeof DIRECTIONS
export const Direction = z.enum(Object.keys(DIRECTIONS) as [Direction, ...Direction[]])

export const RESULTS = { reached: '达到培养目标', notReached: '没有达到', stopped: '中止' } as const
export type Result = keyof typeof RESULTS
export const Result = z.enum(Object.keys(RESULTS) as [Result, ...Result[]])

const NOTICE_KEYS = Object.keys(NOTICES) as [NoticeAbout, ...NoticeAbout[]]
export const NoticeAboutKey = z.enum(NOTICE_KEYS)
export const NoticeResultKey = z.enum(Object.keys(NOTICE_RESULTS) as [NoticeResult, ...NoticeResult[]])

const count = z.int().min(0).max(100_000)
export const VotesInput = z.strictObject({ entitled: count, present: count, inFavour: count, against: count, abstained: count })
const Votes = z.object({ entitled: count, present: count, inFavour: count, against: count, abstained: count })
const StepNo = z.int().min(1).max(25)

/** What the ledger keeps of 发展党员; subject is the person's course. Conditions are judged from these days, never stored. */
export const developmentFacts = {
  'development.began': z.object({ enteredThrough: z.int().min(0).max(25) }),
  'development.stepTaken': z.object({
    step: StepNo,
    entered: z.boolean(),
    peopleIds: z.array(z.uuid()),
    meetingId: z.uuid().nullable(),
    requestId: z.uuid().nullable(),
    votes: Votes.nullable(),
    hours: count.nullable(),
    days: count.nullable(),
    leavesOn: z.iso.date().nullable().optional(),
  }),
  /** From the day of the fact until `until`, both included. */
  'development.noticePosted': z.object({ about: NoticeAboutKey, until: z.iso.date(), workingDays: count }),
  'development.noticeClosed': z.object({ about: NoticeAboutKey, result: NoticeResultKey }),
  /** The assembly of that day was asked and did not agree. */
  'development.voteFailed': z.object({ step: StepNo, meetingId: z.uuid(), votes: Votes }),
  /** 预备期 ends on `until` instead: once, by six to twelve months. */
  'development.prolonged': z.object({ until: z.iso.date(), months: z.int().min(6).max(12) }).meta({ planned: true }),
  'development.stopped': z.object({ reason: Stop }),
  'development.completed': z.object({}),
  /** The superior's number for a branch and year. */
  'developmentPlan.set': z.object({ year: z.int(), number: z.int().min(0) }),
  'pairing.began': z.object({ direction: Direction, mentorId: z.uuid() }),
  'pairing.ended': z.object({ direction: Direction, result: Result }),
}
