import { tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import { appraisalFacts, type Grade, type RoundState } from './contract.ts'

/** Rows of `appraisals.round`; dates are YYYY-MM-DD, instants Date. */
export interface Round {
  org_id: string
  id: string
  year: number
  title: string
  state: RoundState
  opened_by: string | null
  opened_at: Date
  mutual_on: string | null
  count_id: string | null
  opinion_on: string | null
  over_cap: string | null
  dropped_reason: string | null
  version: number
}

export interface Member {
  org_id: string
  round_id: string
  person_id: string
  graded: boolean
  self_review: string | null
  self_at: Date | null
  grade: Grade | null
  grade_fact: string | null
  told_on: string | null
  told_by: string | null
}

export const tables = tablesOf<{ 'appraisals.round': Round; 'appraisals.member': Member }>()

export const record = recorderOf(appraisalFacts)
