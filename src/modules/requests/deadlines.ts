import { sql } from 'kysely'
import { addMonths } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { addWorkingDays } from '#modules/workdays/contract.ts'
import { workdaysOf } from '#modules/workdays/published.ts'
import { kindOf, type RequestKind } from './contract.ts'

/** The last day on which an answer is in time: the receiver's own working days, else the kind's calendar months or working days. */
export async function dueOn(db: Db, toOrgId: string, kind: RequestKind, sentOn: string): Promise<string> {
  const { rows } = await sql<{ days: number }>`select days from requests.deadline
    where org_id = ${toOrgId} and kind = ${kind}`.execute(db)
  const { months, days } = kindOf(kind).term
  const own = rows[0]?.days
  if (own === undefined && months !== undefined) return addMonths(sentOn, months)
  return addWorkingDays(await workdaysOf(db), sentOn, own ?? days ?? 20)
}
