import { sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import type { Ctx } from '#kernel/operation.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'

export interface Branch {
  id: string
  name: string
  path: string
}

/** Branches that stood under `path` on some day of the span and that the reader may see, in the order of the tree; `after` a path. */
export async function branchesUnder(
  ctx: Ctx,
  path: string,
  span: { from: string; to: string },
  page: { after?: string | undefined; limit: number },
): Promise<Branch[]> {
  const { rows } = await sql<Branch>`
    select o.id, coalesce(n.short_name, n.name) as name, o.path
    from organisation.org o
    join lateral (select name, short_name from organisation.naming n where n.org_id = o.id and lower(n.valid) <= ${span.to}::date
      order by lower(n.valid) desc limit 1) n on true
    where o.path >= ${path} and o.path < ${beyond(path)} and o.path > ${page.after ?? ''} and ${ctx.actor.within('duties.read', 'o.path')}
      and exists (select from organisation.placement p where p.org_id = o.id and p.valid && daterange(${span.from}, ${span.to}, '[]')
        and p.kind = any(${[...BRANCH_KINDS]}))
    order by o.path limit ${page.limit}`.execute(ctx.db)
  return rows
}
