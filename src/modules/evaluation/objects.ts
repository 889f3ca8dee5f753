import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'

/** The organisations at and below a place, those that are gone included, where the reader may see results; in the order of the tree. */
export async function orgIdsUnder(ctx: Ctx, path: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select o.id from organisation.org o
    where starts_with(o.path, ${path}) and ${ctx.actor.within('evaluation.read', 'o.path')} order by o.path`.execute(ctx.db)
  return rows.map((r) => r.id)
}

/** The names of the organisations directly above these, by id. */
export async function namesAbove(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select o.id, p.name
    from organisation.org o join organisation.org p on p.id = o.parent_id where o.id = any(${[...ids]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r.name]))
}
