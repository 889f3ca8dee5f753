import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { orgWithRoster } from '#modules/members/published.ts'
import { type OrgCard, orgCard } from '#modules/organisation/published.ts'
import { sees } from './policy.ts'
import type { Meeting } from './tables.ts'

/** A meeting with the place of its organisation today and that organisation's name on the day of the meeting. */
export type Seen = Meeting & { path: string; org_name: string; own_kind: string | null }

/** A meeting, its organisation's place, and the names of that day of both it and a kind of its own, for a `from` with joins. */
export const meetingsPlaced = sql`meetings.meeting m join organisation.org o on o.id = m.org_id
  left join organisation.naming n on n.org_id = m.org_id and n.valid @> m.held_on
  left join meetings.own_kind_name k on k.kind_id = m.own_kind_id and k.valid @> m.held_on`

/** The columns of `Seen` from there. */
export const seenColumns = sql`m.*, o.path, coalesce(n.name, '') as org_name, k.name as own_kind`

/** The meeting if the actor sees it. */
export async function seen(ctx: Ctx, { id }: { id: string }): Promise<Seen | undefined> {
  const m = await first(ctx, sql`m.id = ${id}`)
  return m && sees(ctx.actor, m) ? m : undefined
}

/** The same, locked for a change: by organisation and id, since a lock must not reach over organisations. */
export async function locked(ctx: Ctx, { id }: { id: string }): Promise<Seen | undefined> {
  const m = await seen(ctx, { id })
  return m && first(ctx, sql`m.org_id = ${m.org_id} and m.id = ${id} for update of m`)
}

async function first(ctx: Ctx, which: RawBuilder<unknown>): Promise<Seen | undefined> {
  const { rows } = await sql<Seen>`select ${seenColumns} from ${meetingsPlaced} where ${which}`.execute(ctx.db)
  return rows[0]
}

/** The organisation if the actor sees anything of it that meetings need. */
export async function seenOrg(ctx: Ctx, orgId: string): Promise<OrgCard | undefined> {
  const org = await orgCard(ctx.db, orgId)
  return org && seesAnything(ctx, org) ? org : undefined
}

/** The same with its roster of a day. */
export async function seenOrgWithRoster(ctx: Ctx, orgId: string, day: string) {
  const found = await orgWithRoster(ctx.db, orgId, day)
  return found && seesAnything(ctx, found.org) ? found : undefined
}

const seesAnything = ({ actor }: Ctx, { path }: OrgCard) =>
  ['meetings.read', 'organisation.read'].some((c) => actor.holds(c, path) === true)

/** Names of people by id. */
export async function namesOf(ctx: Pick<Ctx, 'db'>, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from organisation.person where id = any(${wanted}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r.name]))
}
