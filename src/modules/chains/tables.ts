import { tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import { type ChainKind, chainFacts, type Source } from './contract.ts'

/** Rows of `chains.chain`; dates are YYYY-MM-DD, instants Date. */
export interface Chain {
  org_id: string
  id: string
  kind: ChainKind
  year: number
  title: string
  opened_by: string | null
  opened_at: Date
  meeting_id: string | null
  held_fact: string | null
  held_on: string | null
  reported_on: string | null
  reported_fact: string | null
  dropped_reason: string | null
  version: number
}

export interface Opinion {
  org_id: string
  id: string
  chain_id: string
  source: Source
  from_whom: string
  text: string
  collected_by: string | null
  collected_on: string
  recorded_at: Date
  fact_id: string
  withdrawn_at: Date | null
}

export interface Person {
  org_id: string
  chain_id: string
  person_id: string
  text: string | null
  on_paper: boolean
  written_at: Date | null
}

export interface Line {
  org_id: string
  id: string
  chain_id: string
  problem: string
  measure: string
  owner_id: string | null
  due_on: string
  listed_at: Date
}

export const tables = tablesOf<{ 'chains.chain': Chain; 'chains.opinion': Opinion; 'chains.person': Person; 'chains.line': Line }>()

export const record = recorderOf(chainFacts)
