import { z } from 'zod'
import { Label, TaskSource, TaskState } from './life.ts'

const Can = z.record(z.string(), z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]))
const Named = z.object({ id: z.uuid(), name: z.string() })

/** What waits for the reader in a task. */
export const ACTS = {
  do: '去办',
  settle: '去定责任方',
  verify: '去验收',
  extension: '去定延期',
  answer: '去答复',
  effect: '去看成效',
} as const
export type Act = keyof typeof ACTS
export const Act = z.enum(Object.keys(ACTS) as [Act, ...Act[]])

/** A task as a line of a list. Facts only: how late, how often handed on; a finding of the 纪委 where there is one. */
export const TaskCard = z.object({
  id: z.uuid(),
  title: z.string(),
  source: TaskSource,
  state: TaskState,
  orgId: z.uuid(),
  orgName: z.string(),
  lead: Named.nullable(),
  giverName: z.string(),
  dueOn: z.iso.date().nullable(),
  /** Calendar days past the term while it is open; 0 otherwise. */
  overdueDays: z.int(),
  handOffs: z.int(),
  recurrences: z.int(),
  label: z.object({ label: Label, on: z.iso.date() }).nullable(),
})
export type TaskCard = z.output<typeof TaskCard>

export const TodoItem = TaskCard.extend({ act: Act })
export type TodoItem = z.output<typeof TodoItem>

export const ChainStep = z.object({
  id: z.uuid(),
  step: z.string(),
  at: z.iso.datetime(),
  by: z.string().nullable(),
  text: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  dueOn: z.iso.date().nullable(),
})
export type ChainStep = z.output<typeof ChainStep>

export const CoOwner = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(['asked', 'accepted', 'declined']),
  reason: z.string().nullable(),
  version: z.int(),
  can: Can,
})

export const TaskView = TaskCard.extend({
  text: z.string(),
  /** Where it comes from, and the page of that. */
  origin: z.object({ says: z.string(), open: z.string() }).nullable(),
  giverOrgId: z.uuid(),
  givenBy: z.string().nullable(),
  givenOn: z.iso.date(),
  plan: z.string().nullable(),
  result: z.string().nullable(),
  submittedOn: z.iso.date().nullable(),
  submittedBy: z.string().nullable(),
  closedOn: z.iso.date().nullable(),
  closedBy: z.string().nullable(),
  returns: z.int(),
  above: z.string().nullable(),
  asked: z.object({ dueOn: z.iso.date(), reason: z.string(), by: z.string().nullable() }).nullable(),
  effect: z.object({ on: z.iso.date(), holds: z.boolean().nullable() }).nullable(),
  labelBasis: z.string().nullable(),
  /** Years between giving and term whose holidays nobody entered. */
  unknownYears: z.array(z.int()),
  coOwners: z.array(CoOwner),
  chain: z.array(ChainStep),
  facts: z.array(z.object({ factId: z.uuid(), kind: z.string(), n: z.int().nullable() })),
  version: z.int(),
  can: Can,
})
export type TaskView = z.output<typeof TaskView>
