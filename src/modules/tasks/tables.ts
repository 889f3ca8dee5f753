import { tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import { dutyItemFacts, type Label, type TaskSource, type TaskState, taskFacts } from './contract.ts'

/** Rows of `tasks.task`; dates are YYYY-MM-DD, instants Date. `org_id` is the organisation that was given it first. */
export interface Task {
  org_id: string
  id: string
  title: string
  text: string
  source: TaskSource
  source_id: string | null
  source_place_id: string | null
  giver_org_id: string
  given_by: string | null
  given_at: Date
  given_fact: string
  lead_org_id: string
  lead_id: string | null
  state: TaskState
  due_on: string | null
  plan: string | null
  result: string | null
  submitted_at: Date | null
  submitted_by: string | null
  closed_on: string | null
  closed_by: string | null
  hand_offs: number
  returns: number
  recurrences: number
  above_org_id: string | null
  asked_due_on: string | null
  asked_reason: string | null
  asked_by: string | null
  effect_on: string | null
  effect_holds: boolean | null
  label: Label | null
  label_on: string | null
  label_by: string | null
  label_basis: string | null
  version: number
}

export interface Step {
  org_id: string
  id: string
  task_id: string
  at: Date
  by_id: string | null
  step: string
  text: string
  from_org_id: string | null
  to_org_id: string | null
  to_id: string | null
  due_on: string | null
}

export interface CoOwnerRow {
  org_id: string
  id: string
  task_id: string
  co_org_id: string
  co_id: string | null
  state: 'asked' | 'accepted' | 'declined'
  reason: string | null
  answered_by: string | null
  answered_at: Date | null
  version: number
}

export interface Deployment {
  id: string
  org_id: string
  title: string
  text: string
  own_text: string
  due_on: string | null
  given_on: string
  given_at: Date
  given_by: string | null
  receivers: number
  fact_id: string
  from_id: string | null
  from_task_id: string | null
}

export const tables = tablesOf<{
  'tasks.task': Task
  'tasks.step': Step
  'tasks.co_owner': CoOwnerRow
  'tasks.deployment': Deployment
}>()

export const record = recorderOf({ ...taskFacts, ...dutyItemFacts })
