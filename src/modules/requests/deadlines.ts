import { sql } from 'kysely'
import { addDays, addMonths } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { kindOf, type RequestKind } from './contract.ts'

/** The last day on which an answer is in time: the receiver's own days, else the kind's calendar months or days. */
export async function dueOn(db: Db, toOrgId: string, kind: RequestKind, sentOn: string): Promise<string> {
  const { rows } = await sql<{ days: number }>`select days from requests.deadline
    where org_id = ${toOrgId} and kind = ${kind}`.execute(db)
  const { months, days } = kindOf(kind).term
  if (rows[0]) return addDays(sentOn, rows[0].days)
  return months === undefined ? addDays(sentOn, days ?? 30) : addMonths(sentOn, months)
}
