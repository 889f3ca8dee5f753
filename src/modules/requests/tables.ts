import { recorderOf } from '#ledger/facts.ts'
import { type RequestKind, type RequestState, type Retention, requestFacts } from './contract.ts'

/** A row of `requests.request`; dates are YYYY-MM-DD, instants Date. */
export interface RequestRow {
  org_id: string
  id: string
  to_org_id: string
  kind: RequestKind
  about_id: string | null
  title: string
  body: string
  letter_no: string | null
  out_no: number
  in_no: number | null
  round: number
  state: RequestState
  sent_on: string
  due_on: string
  registered_on: string | null
  answered_on: string | null
  doc_no: string | null
  reply: string | null
  retention: Retention
  sent_by: string | null
  sent_account: string | null
  sent_name: string
  answered_by: string | null
  answered_name: string | null
  received_fact: string
  answered_fact: string | null
  reply_fact: string | null
  recorded_at: Date
  version: number
}

export const record = recorderOf(requestFacts)
