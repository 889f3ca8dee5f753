import { sql } from 'kysely'
import { NOWHERE, newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { CENTRAL_RULES } from './central.ts'
import { record, tables } from './tables.ts'

/** Adopts the shipped central rules that this installation does not have yet; run at every start. Returns how many were new. */
export async function adoptCentralRules(ctx: Ctx): Promise<number> {
  const known = new Set(
    (await tables(ctx).selectFrom('duties.rule').select('code').where('code', 'is not', null).execute()).map((r) => r.code),
  )
  const fresh = CENTRAL_RULES.filter((r) => !known.has(r.code))
  for (const { code, from, body, wording, source } of fresh) {
    const id = newId()
    const row = {
      id,
      org_id: NOWHERE,
      valid: sql<string>`daterange(${from}::date, null)`,
      body: JSON.stringify(body),
      code,
      wording,
      source,
    }
    await tables(ctx)
      .insertInto('duties.rule')
      .values({ ...row, verified_on: null, verified_by: null })
      .execute()
    record(ctx, 'rule.adopted', { subject: id, orgId: NOWHERE, happenedOn: from, body })
  }
  return fresh.length
}
