import type { ColumnType } from 'kysely'
import type { z } from 'zod'
import { tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import { dutyFacts, type RuleBody } from './contract.ts'

export interface RuleRow {
  id: string
  org_id: string
  valid: string
  body: ColumnType<z.output<typeof RuleBody>, string, never>
  code: string | null
  wording: string
  source: string
  verified_on: string | null
  verified_by: string | null
  version: ColumnType<number, number | undefined, number>
}

export interface ExemptionRow {
  id: string
  org_id: string
  duty: string
  from_on: string
  until_on: string
  reason: string
  approved_by: string
  granted_by: string | null
  withdrawn_at: Date | null
  version: ColumnType<number, number | undefined, number>
}

export const tables = tablesOf<{ 'duties.rule': RuleRow; 'duties.exemption': ExemptionRow }>()
export const record = recorderOf(dutyFacts)
