import { z } from 'zod'
import { dateName, onDay } from '#kernel/civilDate.ts'

export const CHAIN_KINDS = { orgLifeMeeting: '组织生活会', democraticLifeMeeting: '民主生活会' } as const
export type ChainKind = keyof typeof CHAIN_KINDS
export const ChainKind = z.enum(Object.keys(CHAIN_KINDS) as [ChainKind, ...ChainKind[]])

/** From whom an opinion was sought. */
export const SOURCES = {
  members: '党员',
  masses: '职工群众',
  units: '下级单位',
  superior: '上级',
  other: '其他',
} as const
export type Source = keyof typeof SOURCES
export const Source = z.enum(Object.keys(SOURCES) as [Source, ...Source[]])

/** After 民主生活会 a report goes up within about this many days (通行做法，核对原文): a hint, never overdue. */
export const REPORT_DAYS = 15

/** The first and last day on which the meeting of a year may be held: many hold it in the first months of the next. */
export const spanOf = (year: number): [first: string, last: string] => [`${year}-01-01`, `${year + 1}-03-31`]

/** subject is the chain; what anybody said or wrote stands in none of them. */
export const chainFacts = {
  'lifeChain.opened': z.object({ kind: ChainKind, year: z.int(), people: z.int().min(1) }),
  'lifeChain.opinionSought': z.object({ source: Source }),
  'lifeChain.comparisonWritten': z.object({ onPaper: z.boolean() }),
  /** happenedOn is the day of the meeting. */
  'lifeChain.held': z.object({ meetingId: z.uuid() }),
  'lifeChain.listed': z.object({ lines: z.int().min(1) }),
  'lifeChain.reported': z.object({}),
  'lifeChain.dropped': z.object({}),
}

export const STEPS = {
  opinions: '征求意见',
  talks: '谈心谈话',
  comparison: '对照检查',
  meeting: '开会',
  list: '整改清单',
  report: '上报情况',
} as const
export type StepKey = keyof typeof STEPS

/** How far a chain has come, in numbers. */
export interface Progress {
  kind: ChainKind
  opinions: number
  /** Who still is to be talked with; null where talks are not known here. */
  talksLeft: number | null
  people: number
  written: number
  heldOn: string | null
  lines: number
  reportedOn: string | null
}

export interface StepView {
  key: StepKey
  title: string
  done: boolean
  says: string
}

/** The steps of a chain in their order, each with whether it is done and what stands. */
export function stepsOf(p: Progress): StepView[] {
  const step = (key: StepKey, done: boolean, says: string): StepView => ({ key, title: STEPS[key], done, says })
  return [
    step('opinions', p.opinions > 0, p.opinions > 0 ? `已收到 ${p.opinions} 条` : '还没有征求意见'),
    ...(p.talksLeft === null ? [] : [step('talks', p.talksLeft === 0, p.talksLeft === 0 ? '都谈过了' : `尚有 ${p.talksLeft} 人未谈`)]),
    step('comparison', p.written >= p.people, p.written >= p.people ? '都写了' : `还有 ${p.people - p.written} 人没写`),
    step('meeting', p.heldOn !== null, p.heldOn ? `${dateName(onDay(p.heldOn))}已开` : '还没有开会'),
    step('list', p.lines > 0, p.lines > 0 ? `列了 ${p.lines} 项` : '还没有列整改清单'),
    ...(p.kind === 'democraticLifeMeeting'
      ? [step('report', p.reportedOn !== null, p.reportedOn ? `${dateName(onDay(p.reportedOn))}已报` : '还没有报上级')]
      : []),
  ]
}

/** The step to take next: the first that is open, once the meeting was held the first after it; undefined when none is left. */
export const nextOf = (steps: readonly StepView[]): StepView | undefined =>
  steps.slice(steps.findIndex((s) => s.key === 'meeting' && s.done) + 1).find((s) => !s.done)

/** 到会 of a 民主生活会 is two thirds of those expected at least (民主生活会若干规定). */
export const enoughCame = (kind: ChainKind, expected: number, present: number): boolean =>
  kind !== 'democraticLifeMeeting' || present * 3 >= expected * 2

const Can = z.record(z.string(), z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]))
const Step = z.object({
  key: z.enum(Object.keys(STEPS) as [StepKey, ...StepKey[]]),
  title: z.string(),
  done: z.boolean(),
  says: z.string(),
})

export const ChainCard = z.object({
  /** Null where the organisation has begun none in that year. */
  id: z.uuid().nullable(),
  orgId: z.uuid(),
  orgName: z.string(),
  kind: ChainKind,
  year: z.int(),
  title: z.string(),
  steps: z.array(Step),
})
export type ChainCard = z.output<typeof ChainCard>

export const ChainView = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  kind: ChainKind,
  year: z.int(),
  title: z.string(),
  openedOn: z.iso.date(),
  droppedReason: z.string().nullable(),
  steps: z.array(Step),
  /** For the unit's own committee; empty for everybody else. */
  opinions: z.array(
    z.object({
      id: z.uuid(),
      source: Source,
      fromWhom: z.string(),
      text: z.string(),
      by: z.string().nullable(),
      on: z.iso.date(),
    }),
  ),
  /** Those who take part; what they wrote is for the unit's own committee. Empty for a member, who sees `mine`. */
  people: z.array(
    z.object({ personId: z.uuid(), name: z.string(), written: z.boolean(), onPaper: z.boolean(), text: z.string().nullable() }),
  ),
  talksLeft: z.array(z.string()),
  mine: z.object({ written: z.boolean(), text: z.string().nullable() }).nullable(),
  meeting: z.object({ id: z.uuid(), title: z.string(), heldOn: z.iso.date(), expected: z.int(), present: z.int() }).nullable(),
  lines: z.array(
    z.object({
      id: z.uuid(),
      problem: z.string(),
      measure: z.string(),
      owner: z.string().nullable(),
      dueOn: z.iso.date(),
      taskId: z.uuid().nullable(),
      taskState: z.string().nullable(),
    }),
  ),
  reportedOn: z.iso.date().nullable(),
  /** The day by which the report usually goes up. */
  reportBy: z.iso.date().nullable(),
  version: z.int(),
  can: Can,
})
export type ChainView = z.output<typeof ChainView>
