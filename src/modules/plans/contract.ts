import { z } from 'zod'
import { MeetingKind } from '#modules/meetings/contract.ts'

/** Which records say that an entry is done; the last only where no record can. */
export const COUNTED = { meetings: '召开的会议', task: '办结的任务', said: '由支部写明结果' } as const
export type Counted = keyof typeof COUNTED
export const Counted = z.enum(Object.keys(COUNTED) as [Counted, ...Counted[]])

export const STATES = { done: '已完成', open: '进行中', late: '已过期限', ended: '已取消' } as const
export type EntryState = keyof typeof STATES
export const EntryState = z.enum(Object.keys(STATES) as [EntryState, ...EntryState[]])

/** subject is the entry; texts stay in the plan. */
export const planFacts = {
  'planEntry.adopted': z.object({
    year: z.int(),
    dueOn: z.iso.date(),
    counted: Counted,
    meetingKind: MeetingKind.nullable(),
    target: z.int().min(1),
  }),
  'planEntry.done': z.object({ doneOn: z.iso.date() }),
  'planEntry.ended': z.object({}),
}

/** Done when as many records as aimed at lie in the year; late from the day after the term. */
export function stateOf(e: { target: number; count: number; dueOn: string; ended: boolean }, today: string): EntryState {
  if (e.ended) return 'ended'
  if (e.count >= e.target) return 'done'
  return e.dueOn < today ? 'late' : 'open'
}

export const Entry = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  year: z.int(),
  title: z.string(),
  text: z.string(),
  dueOn: z.iso.date(),
  lead: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  counted: Counted,
  meetingKind: MeetingKind.nullable(),
  target: z.int(),
  /** How many records count so far, and which. */
  count: z.int(),
  records: z.array(z.object({ id: z.uuid(), says: z.string(), open: z.string() })),
  doneOn: z.iso.date().nullable(),
  doneNote: z.string().nullable(),
  state: EntryState,
  version: z.int(),
})
export type Entry = z.output<typeof Entry>
