import { z } from 'zod'

export const STATES = { open: '等支部核对', done: '已更正', declined: '核对后不改', withdrawn: '本人撤回' } as const
export type State = keyof typeof STATES
export const State = z.enum(Object.keys(STATES) as [State, ...State[]])

export const FIELDS = { idNumber: '身份证号', phone: '电话', address: '住址' } as const

export const Correction = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  what: z.string(),
  says: z.string(),
  askedAt: z.string(),
  state: State,
  answer: z.string().nullable(),
  answeredAt: z.string().nullable(),
  answeredBy: z.string().nullable(),
  version: z.int(),
  can: z.object({ answer: z.boolean(), withdraw: z.boolean() }),
})
export type Correction = z.output<typeof Correction>
