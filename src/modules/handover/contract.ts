import { z } from 'zod'

export const STATES = { open: '等双方确认', signed: '双方已确认', cancelled: '已取消' } as const
export type State = keyof typeof STATES
export const State = z.enum(Object.keys(STATES) as [State, ...State[]])

/** What is handed over, in the order of the pack. */
export const GROUPS = {
  duties: '到期和逾期的应办事项',
  tasks: '没有办结的任务',
  actions: '会议议定、还没有结果的事项',
  unsigned: '等签字的会议记录',
  requests: '没有答复的请示',
  received: '等本组织答复的请示',
  courses: '正在办的发展党员',
  transfers: '在途的组织关系',
  elections: '正在办的换届',
  contacts: '要联系的流动、失联和离退休党员',
} as const
export type Group = keyof typeof GROUPS
export const Group = z.enum(Object.keys(GROUPS) as [Group, ...Group[]])

export const Line = z.object({
  group: Group,
  text: z.string(),
  dueOn: z.string().nullable(),
  /** The page where it is gone on with. */
  open: z.string(),
})
export type Line = z.output<typeof Line>

/** What the ledger keeps: that a handover was begun, and that both confirmed it, with how many open things. */
export const handoverFacts = {
  'handover.begun': z.object({ fromId: z.uuid(), toId: z.uuid() }),
  'handover.signed': z.object({ fromId: z.uuid(), toId: z.uuid(), lines: z.int() }),
  'handover.cancelled': z.object({}),
}

export const Card = z.object({
  id: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  fromId: z.string(),
  fromName: z.string(),
  toId: z.string(),
  toName: z.string(),
  on: z.string(),
  state: State,
  fromSignedOn: z.string().nullable(),
  toSignedOn: z.string().nullable(),
  version: z.int(),
  can: z.object({ note: z.boolean(), sign: z.boolean(), cancel: z.boolean() }),
})
export type Card = z.output<typeof Card>
