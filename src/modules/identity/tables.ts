import { tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import { type AccountState, identityFacts, type Office, type PasswordProfile } from './contract.ts'

interface Tables {
  'identity.installation': { id: number; unit_name: string; profile: PasswordProfile; set_up_at: Date; version: number }
  'identity.first_run': { id: number; code_index: string; made_at: Date }
  'identity.account': AccountRow
  'identity.login': { key: string; account_id: string; kind: 'staffNo' | 'phone'; shown: string }
  'identity.former_password': { id: string; account_id: string; password_hash: string }
  'identity.office': OfficeRow
  'identity.session': SessionRow
  'identity.ticket': { token_hash: string; account_id: string; asks: 'totp' | 'newPassword'; expires_at: Date }
  'identity.batch': { id: string; title: string; issued_at: Date; issued_by: string | null; until: Date; revoked_at: Date | null }
  'identity.slip': SlipRow
  'identity.sign_in': { id: string; account_id: string | null; at: Date; source: string; agent: string; factor: string; result: string }
  'identity.failure': { login_key: string; source: string; first_at: Date; count: number; locked_until: Date | null }
  'identity.oidc_pending': OidcPendingRow
}

export interface AccountRow {
  id: string
  person_id: string
  state: AccountState
  password_hash: string | null
  password_at: Date | null
  totp_sealed: string | null
  totp_on: boolean
  /** The last 30-second step whose code was used: a code works once. */
  totp_step: number
  created_at: Date
  version: number
}

export interface OfficeRow {
  id: string
  account_id: string
  office: Office
  valid: string
  requested_by: string | null
  approved_by: string | null
  approved_at: Date | null
  version: number
}

export interface SessionRow {
  id: string
  token_hash: string
  account_id: string
  created_at: Date
  last_seen_at: Date
  expires_at: Date
  /** When a factor was last shown in it. */
  proven_at: Date | null
  previous_at: Date | null
  factor: string
  source: string
  agent: string
}

export interface SlipRow {
  id: string
  batch_id: string | null
  account_id: string
  purpose: 'activate' | 'reset'
  code_index: string
  seen_document: string | null
  issued_at: Date
  issued_by: string | null
  until: Date
  used_at: Date | null
  revoked_at: Date | null
}

interface OidcPendingRow {
  state_hash: string
  browser_hash: string
  verifier: string
  nonce: string
  origin: string
  expires_at: Date
}

export const tables = tablesOf<Tables>()

/** The recorder of identity's own facts. */
export const record = recorderOf(identityFacts)
