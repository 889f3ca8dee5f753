import { z } from 'zod'
import { MeetingKind } from '#modules/meetings/contract.ts'
import { TaskState } from './life.ts'

/** What a leader answers for besides the own business (一岗双责): both sides and integrity. */
export const SIDES = { business: '分管业务', party: '党建', integrity: '廉政' } as const
export const Side = z.enum(Object.keys(SIDES) as [keyof typeof SIDES, ...(keyof typeof SIDES)[]])

/** Which records count: nobody reports progress a second time. */
export const COUNTED = { meetingsAttended: '参加会议的次数', tasksClosed: '办结的任务' } as const
export const Counted = z.enum(Object.keys(COUNTED) as [keyof typeof COUNTED, ...(keyof typeof COUNTED)[]])

export const dutyItemFacts = {
  'dutyItem.adopted': z.object({
    year: z.int(),
    side: Side,
    counted: Counted,
    meetingKind: MeetingKind.nullable(),
    target: z.int().min(1),
  }),
  'dutyItem.ended': z.object({}),
}

export const DutyItem = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  orgId: z.uuid(),
  orgName: z.string(),
  year: z.int(),
  side: Side,
  text: z.string(),
  counted: Counted,
  meetingKind: MeetingKind.nullable(),
  target: z.int(),
  done: z.int(),
  /** The meetings that count. */
  meetings: z.array(z.object({ id: z.uuid(), heldOn: z.iso.date() })),
  /** The tasks given under this item, done or not. */
  tasks: z.array(z.object({ id: z.uuid(), title: z.string(), state: TaskState })),
  canEnd: z.boolean(),
  version: z.int(),
})
export type DutyItem = z.output<typeof DutyItem>
