import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'

/** The organisations at and below a place, those that are gone included, where the reader may see results. */
export async function orgIdsUnder(ctx: Ctx, path: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select o.id from organisation.org o
    where starts_with(o.path, ${path}) and ${ctx.actor.within('evaluation.read', 'o.path')}`.execute(ctx.db)
  return rows.map((r) => r.id)
}
