import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { placesUnder } from '#modules/organisation/published.ts'

export interface Branch {
  id: string
  name: string
  path: string
}

/** Branches that stood under `path` on some day of the span and that the reader may see, all of them, in the order of the tree. */
export async function branchesUnder(ctx: Ctx, path: string, span: { from: string; to: string }): Promise<Branch[]> {
  const { rows } = await sql<Branch>`
    select o.id, coalesce(n.short_name, n.name) as name, o.path
    from ${placesUnder(path)} l
    join organisation.org o on o.id = l.id
    join lateral (select name, short_name from organisation.naming n where n.org_id = o.id and lower(n.valid) <= ${span.to}::date
      order by lower(n.valid) desc limit 1) n on true
    where ${ctx.actor.within('duties.read', 'o.path')}
      and exists (select from organisation.placement p where p.org_id = o.id and p.valid && daterange(${span.from}, ${span.to}, '[]')
        and p.kind = any(${[...BRANCH_KINDS]}))
    order by l.place`.execute(ctx.db)
  return rows
}

/** The page of branches behind the one with the id `after`, and the id to go on behind. */
export function pageOfBranches(all: readonly Branch[], { after, limit }: { after?: string | undefined; limit: number }) {
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
  const page = all.slice(start, start + limit)
  return { page, next: start + limit < all.length ? page.at(-1)!.id : null }
}

/** So many branches are reckoned at once: what is read of them is held in memory. */
export const CHUNK = 200

/** The branches in parts of at most `CHUNK`. */
export const chunksOf = (all: readonly Branch[]): Branch[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) => all.slice(i * CHUNK, (i + 1) * CHUNK))
