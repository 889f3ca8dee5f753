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
  state: 'checking' | 'final'
  created_by: string | null
  created_at: Date
  document_no: string | null
  version: Versioned
}

export interface ResultRow {
  org_id: string
  run_id: string
  like_group: string
  score: string | null
  grade: string | null
  body: Json<EvaluatedObject>
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
}>()
export const record = recorderOf(evaluationFacts)
