import { recorderOf } from '#ledger/facts.ts'
import { statisticsFacts } from './contract.ts'

/** What a table said when it was submitted: cell → number. */
export type KeptCells = Record<string, Record<string, number | null>>

export interface EditionRow {
  org_id: string
  id: string
  year: number
  number: number
  day: string
  cells: KeptCells
  failed: number
  note: string
  submitted_name: string
  submitted_at: Date
}

export interface EntryRow {
  org_id: string
  path: string
  org_name: string
  sheet: string
  line: string
  col: string
  value: number
  source: string
  by: string | null
  entered_at: Date
  version: number
}

export const record = recorderOf(statisticsFacts)
