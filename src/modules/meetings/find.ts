import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { type OrgCard, orgCard } from '#modules/organisation/published.ts'
import { sees } from './policy.ts'
import type { Meeting } from './tables.ts'

/** A meeting with the place of its organisation today and that organisation's name on the day of the meeting. */
export type Seen = Meeting & { path: string; org_name: string }

/** The columns of a meeting, its organisation's place and its name that day, for a `from` with joins. */
export const meetingsPlaced = sql`meetings.meeting m join organisation.org o on o.id = m.org_id
  left join organisation.naming n on n.org_id = m.org_id and n.valid @> m.held_on`

/** The meeting if the actor sees it. */
export const seen = (ctx: Ctx, { id }: { id: string }): Promise<Seen | undefined> => find(ctx, id, false)

/** The same, locked for a change. */
export const locked = (ctx: Ctx, { id }: { id: string }): Promise<Seen | undefined> => find(ctx, id, true)

async function find(ctx: Ctx, id: string, lock: boolean): Promise<Seen | undefined> {
  const { rows } = await sql<Seen>`select m.*, o.path, coalesce(n.name, '') as org_name from ${meetingsPlaced}
    where m.id = ${id} ${lock ? sql`for update of m` : sql``}`.execute(ctx.db)
  return rows[0] && sees(ctx.actor, rows[0]) ? rows[0] : undefined
}

/** The organisation if the actor sees anything of it that meetings need. */
export async function seenOrg(ctx: Ctx, orgId: string): Promise<OrgCard | undefined> {
  const org = await orgCard(ctx.db, orgId)
  const visible = org && ['meetings.read', 'organisation.read'].some((c) => ctx.actor.holds(c, org.path) === true)
  return visible ? org : undefined
}

/** Names of people by id. */
export async function namesOf(ctx: Pick<Ctx, 'db'>, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organisation.person where id = any(${wanted}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r.name]))
}
