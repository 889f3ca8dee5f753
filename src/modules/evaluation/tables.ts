import type { ColumnType } from 'kysely'
import { tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import { evaluationFacts } from './contract.ts'
import type { EvaluatedObject } from './engine/evaluate.ts'
import type { Input } from './engine/input.ts'
import type { Scheme } from './engine/scheme.ts'

type Json<T> = ColumnType<T, string, string>
type Versioned = ColumnType<number, number | undefined, number>

export interface SchemeRow {
  id: string
  org_id: string
  key: string
  edition: number
  name: string
  object_kind: string
  content: Json<Scheme>
  fingerprint: string
  state: 'draft' | 'published' | 'withdrawn'
  document_no: string | null
  meeting_id: string | null
  change_note: string | null
  published_at: Date | null
  version: Versioned
}

export interface EntryRow {
  org_id: string
  id: string
  scheme_key: string
  input_key: string
  period: string
  input: Json<Input>
  source: string
  entered_by: string | null
  entered_at: Date
  digest: string
}

export interface RunRow {
  id: string
  org_id: string
  scheme_id: string
  fingerprint: string
  period: string
  as_at: string
  through: number
  root: string
  digest: string
  state: 'checking' | 'resolved' | 'announced' | 'final'
  created_by: string | null
  created_at: Date
  document_no: string | null
  meeting_id: string | null
  appeals_until: string | null
  announced_from: string | null
  announced_until: string | null
  version: Versioned
}

export interface ResultRow {
  org_id: string
  run_id: string
  like_group: string
  score: string | null
  grade: string | null
  body: Json<EvaluatedObject>
  /** The ledger number it rests on after an appeal; null: the run's. */
  through: number | null
}

export interface TrialRow {
  org_id: string
  id: string
  scheme_key: string
  period: string
  fingerprint: string
  through: number
  moved: number
  regraded: number
  tried_by: string | null
  tried_at: Date
}

export interface AppealRow {
  org_id: string
  id: string
  run_id: string
  path: string
  reason: string
  filed_by: string | null
  filed_at: Date
  state: 'filed' | 'upheld' | 'rejected' | 'withdrawn' | 'settled'
  decision: string | null
  decided_by: string | null
  decided_at: Date | null
  version: Versioned
}

export interface RecalculationRow {
  org_id: string
  id: string
  run_id: string
  through: number
  score_before: string | null
  score_after: string | null
  grade_before: string | null
  grade_after: string | null
  items: Json<{ path: string; name: string; before: string | null; after: string | null }[]>
  recalculated_by: string | null
  recalculated_at: Date
}

export interface SelfCheckRow {
  id: string
  org_id: string
  allowed: boolean
  reason: string
  document_no: string
  decided_by: string | null
  decided_at: Date
}

export const tables = tablesOf<{
  'evaluation.scheme': SchemeRow
  'evaluation.entry': EntryRow
  'evaluation.run': RunRow
  'evaluation.result': ResultRow
  'evaluation.self_check': SelfCheckRow
  'evaluation.trial': TrialRow
  'evaluation.appeal': AppealRow
  'evaluation.recalculation': RecalculationRow
}>()
export const record = recorderOf(evaluationFacts)
