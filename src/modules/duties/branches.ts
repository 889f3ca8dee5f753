import { sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import type { Ctx } from '#kernel/operation.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { inTreeOrder, nthUnder } from '#modules/organisation/published.ts'

export interface Branch {
  id: string
  name: string
  path: string
}

// The names are read in one pass: looked up one by one through the index of their days, 5,000 of them took two seconds.
/** Branches that stood under `path` on some day of the span and that the reader may see, all of them, in the order of the tree. */
export async function branchesUnder(ctx: Ctx, path: string, span: { from: string; to: string }): Promise<Branch[]> {
  const { rows } = await sql<Branch & { nth: number; name: string | null }>`
    select l.id, l.path, l.nth, b.name from ${nthUnder(path)} l left join (
      select o.id, coalesce(n.short_name, n.name) as name from organisation.org o
      join (select distinct on (org_id) org_id, name, short_name from organisation.naming where lower(valid) <= ${span.to}::date
          and org_id in (select id from organisation.org u where u.path >= ${path} and u.path < ${beyond(path)})
        order by org_id, lower(valid) desc) n on n.org_id = o.id
      where o.path >= ${path} and o.path < ${beyond(path)} and ${ctx.actor.within('duties.read', 'o.path')}
        and exists (select from organisation.placement p where p.org_id = o.id and p.valid && daterange(${span.from}, ${span.to}, '[]')
          and p.kind = any(${[...BRANCH_KINDS]}))) b on b.id = l.id`.execute(ctx.db)
  return inTreeOrder(rows).flatMap(({ id, name, path }) => (name === null ? [] : [{ id, name, path }]))
}

/** The places of those that stood under `path` on a day, without their names and in no order: of thousands a fraction of the work. */
export async function placesOfBranches(ctx: Ctx, path: string, day: string): Promise<Pick<Branch, 'id' | 'path'>[]> {
  const { rows } = await sql<Pick<Branch, 'id' | 'path'>>`
    select o.id, o.path from organisation.org o join organisation.placement p on p.org_id = o.id and p.valid @> ${day}::date
    where o.path >= ${path} and o.path < ${beyond(path)} and p.kind = any(${[...BRANCH_KINDS]})
      and ${ctx.actor.within('duties.read', 'o.path')}`.execute(ctx.db)
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
export const chunksOf = <B>(all: readonly B[]): B[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) => all.slice(i * CHUNK, (i + 1) * CHUNK))
