import { tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import type { MeetingKind } from '#modules/meetings/contract.ts'
import { type Counted, planFacts, type Side } from './contract.ts'

/** Rows of `plans.entry`; dates are YYYY-MM-DD. */
export interface EntryRow {
  org_id: string
  id: string
  year: number
  side: Side
  title: string
  text: string
  due_on: string
  lead_id: string | null
  counted: Counted
  meeting_kind: MeetingKind | null
  target: number
  done_on: string | null
  done_note: string | null
  ended_on: string | null
  adopted_on: string
  adopted_by: string | null
  version: number
}

export const tables = tablesOf<{ 'plans.entry': EntryRow }>()

export const record = recorderOf(planFacts)
