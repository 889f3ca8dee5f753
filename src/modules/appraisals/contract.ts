import { z } from 'zod'
import { lifecycle } from '#kernel/lifecycle.ts'

export const GRADES = { excellent: '优秀', qualified: '合格', basic: '基本合格', unqualified: '不合格' } as const
export type Grade = keyof typeof GRADES
export const Grade = z.enum(Object.keys(GRADES) as [Grade, ...Grade[]])

/** Steps of 民主评议党员 in their order: 自评 → 互评 → 民主测评 → 支委会（党员大会）提出意见 → 反馈本人. */
export const roundLife = lifecycle(
  {
    selfReview: { review: 'selfReview', mutual: 'ballot', drop: 'dropped' },
    ballot: { openBallot: 'ballot', opinions: 'feedback', drop: 'dropped' },
    feedback: { tell: 'feedback', opinions: 'feedback', drop: 'dropped' },
    closed: {},
    dropped: {},
  },
  {
    review: '自评已经结束。要补充的，请在会上口头说明并写入会议记录',
    mutual: '互评已经记过了',
    openBallot: '先记互评，再做民主测评',
    opinions: '民主测评的计数两人一致以后，才能提出评议意见',
    tell: '评议意见提出以后，才能向本人反馈',
    drop: '评议已经结束或作废',
  },
)
export type RoundState = (typeof roundLife.states)[number]
export type RoundStep = 'review' | 'mutual' | 'openBallot' | 'opinions' | 'tell' | 'drop'

export const ROUND_STATES: Record<RoundState, string> = {
  selfReview: '自评与互评',
  ballot: '民主测评',
  feedback: '反馈本人',
  closed: '已完成',
  dropped: '已作废',
}

/** 优秀 a third of those graded at most; the base and whether 预备党员 are graded are not settled in the source (核对原文). */
export const excellentCap = (graded: number): number => Math.floor(graded / 3)
export const CAP_SOURCE = '民主评议党员通行规定：优秀等次一般不超过党员总数的三分之一（基数和预备党员是否定等，核对原文）'

/** subject is the round; ids and grades only. */
export const appraisalFacts = {
  'appraisal.opened': z.object({ year: z.int(), graded: z.int(), others: z.int() }),
  'appraisal.selfReviewed': z.object({ year: z.int() }),
  /** happenedOn is the day of the meeting at which members spoke about one another. */
  'appraisal.mutualHeld': z.object({ year: z.int() }),
  'appraisal.graded': z.object({
    year: z.int(),
    cap: z.int(),
    excellent: z.int(),
    grades: z.array(z.object({ personId: z.uuid(), grade: Grade })),
  }),
  'appraisal.told': z.object({ year: z.int() }),
  'appraisal.dropped': z.object({ year: z.int() }),
}

const Can = z.record(z.string(), z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]))

export const RoundCard = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  year: z.int(),
  title: z.string(),
  state: z.enum(roundLife.states),
  members: z.int(),
  reviewed: z.int(),
  told: z.int(),
})
export type RoundCard = z.output<typeof RoundCard>

export const MemberView = z.object({
  personId: z.uuid(),
  name: z.string(),
  graded: z.boolean(),
  reviewed: z.boolean(),
  /** What they wrote of themselves; only for them and the committee. */
  selfReview: z.string().nullable(),
  /** Paper votes on which teller and scrutineer agree, in the order of the grades and then 弃权. */
  votes: z.array(z.int()).nullable(),
  grade: Grade.nullable(),
  toldOn: z.iso.date().nullable(),
})

export const RoundView = RoundCard.extend({
  openedAt: z.string(),
  mutualOn: z.iso.date().nullable(),
  countId: z.uuid().nullable(),
  countState: z.enum(['typing', 'agreed', 'dropped']).nullable(),
  opinionOn: z.iso.date().nullable(),
  cap: z.int(),
  graded: z.int(),
  excellent: z.int(),
  overCap: z.string().nullable(),
  droppedReason: z.string().nullable(),
  people: z.array(MemberView),
  /** The reader's own row; a grade only after they were told. */
  mine: MemberView.nullable(),
  version: z.int(),
  can: Can,
})
export type RoundView = z.output<typeof RoundView>
