import { sql } from 'kysely'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { codeIndex, newCode } from './secrets.ts'
import { type SlipRow, tables } from './tables.ts'

export interface NewSlip {
  accountId: string
  purpose: 'activate' | 'reset'
  until: Date
  batchId: string | null
  /** What a person showed to whom the code was given in presence. */
  seenDocument?: string | null
}

/** Makes one-time codes, in order; unused older ones of the same accounts stop working. The codes are told here and never again. */
export async function issueCodes(ctx: Ctx, slips: readonly NewSlip[]): Promise<string[]> {
  if (slips.length === 0) return []
  const codes = slips.map(newCode)
  await sql`update identity.slip set revoked_at = ${ctx.now}
    where account_id = any(${slips.map((s) => s.accountId)}::uuid[]) and used_at is null and revoked_at is null`.execute(ctx.db)
  const rows = slips.map(({ accountId, purpose, until, batchId, seenDocument = null }, i) => ({
    id: newId(),
    batch_id: batchId,
    account_id: accountId,
    purpose,
    code_index: codeIndex(codes[i]!),
    seen_document: seenDocument,
    issued_at: ctx.now,
    issued_by: ctx.actor.accountId,
    until,
  }))
  for (let from = 0; from < rows.length; from += 1000)
    await tables(ctx)
      .insertInto('identity.slip')
      .values(rows.slice(from, from + 1000) as never)
      .execute()
  return codes
}

/** The slip that this code of the account still opens. */
export async function liveSlip(ctx: Ctx, accountId: string, code: string): Promise<SlipRow | undefined> {
  const { rows } = await sql<SlipRow>`select * from identity.slip where account_id = ${accountId} and code_index = ${codeIndex(code)}
    and used_at is null and revoked_at is null and until > ${ctx.now}`.execute(ctx.db)
  return rows[0]
}

export const inDays = (ctx: Pick<Ctx, 'now'>, days: number) => new Date(ctx.now.getTime() + days * 86_400_000)
