import { z } from 'zod'
import { MeetingKind } from '#modules/meetings/contract.ts'

export const Year = z.int().min(2000).max(2100)

/** Which records say that an entry is done; the last only where no record can. */
export const COUNTED = { meetings: '召开的会议', task: '办结的任务', said: '由支部写明结果' } as const
export type Counted = keyof typeof COUNTED
export const Counted = z.enum(Object.keys(COUNTED) as [Counted, ...Counted[]])

export const STATES = { done: '已完成', open: '进行中', late: '已过期限', ended: '已取消' } as const
export type EntryState = keyof typeof STATES
export const EntryState = z.enum(Object.keys(STATES) as [EntryState, ...EntryState[]])

/** A year plan has two sides: what the business must get done, and what the Party organisation does for it. */
export const SIDES = { party: '党建举措', business: '重点业务任务' } as const
export type Side = keyof typeof SIDES
export const Side = z.enum(Object.keys(SIDES) as [Side, ...Side[]])

/** subject is the entry; texts stay in the plan. */
export const planFacts = {
  'planEntry.adopted': z.object({
    year: z.int(),
    dueOn: z.iso.date(),
    counted: Counted,
    meetingKind: MeetingKind.nullable(),
    target: z.int().min(1),
    /** Left out: a Party measure. */
    side: Side.optional(),
  }),
  /** subject is the key business task. */
  'planEntry.paired': z.object({ measureId: z.uuid() }),
  'planEntry.unpaired': z.object({ measureId: z.uuid() }),
  'planEntry.done': z.object({ doneOn: z.iso.date() }),
  'planEntry.ended': z.object({}),
}

/** Done when as many records as aimed at lie in the year; late from the day after the term. */
export function stateOf(e: { target: number; count: number; dueOn: string; ended: boolean }, today: string): EntryState {
  if (e.ended) return 'ended'
  if (e.count >= e.target) return 'done'
  return e.dueOn < today ? 'late' : 'open'
}

/** What stands beside an entry on the other side of the plan; cancelled ones are left out. */
const Paired = z.object({ id: z.uuid(), title: z.string(), state: EntryState })

export const Entry = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  year: z.int(),
  side: Side,
  /** Of a business task its measures, of a measure the business tasks it is for. */
  beside: z.array(Paired),
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

/** Key business tasks that stand, and those of them without a measure. Only a count: what follows from it people decide. */
export function coverageOf<E extends Pick<Entry, 'side' | 'state' | 'beside'>>(entries: readonly E[]): { tasks: number; unpaired: E[] } {
  const tasks = entries.filter((e) => e.side === 'business' && e.state !== 'ended')
  return { tasks: tasks.length, unpaired: tasks.filter((e) => e.beside.length === 0) }
}

/** 「重点业务任务 5 项，4 项配有党建举措」; empty without business tasks. */
export const coverageText = ({ tasks, unpaired }: { tasks: number; unpaired: readonly unknown[] }): string =>
  tasks === 0 ? '' : `重点业务任务 ${tasks} 项，${unpaired.length === 0 ? '都' : `${tasks - unpaired.length} 项`}配有党建举措`
