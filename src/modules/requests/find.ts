import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type OrgCard, orgCard } from '#modules/organisation/published.ts'
import type { RequestRow } from './tables.ts'

/** A request with the places and names of both sides today, and the name of the person it is about. */
export type Seen = RequestRow & { path: string; to_path: string; to_kind: string; org_name: string; to_name: string; about: string | null }

/** The tables of a `Seen`, for a `from`. */
export const requestsPlaced = sql`requests.request r join organisation.org o on o.id = r.org_id
  join organisation.org t on t.id = r.to_org_id
  left join organisation.naming n on n.org_id = r.org_id and n.valid @> r.sent_on
  left join organisation.naming k on k.org_id = r.to_org_id and k.valid @> r.sent_on
  left join organisation.person p on p.id = r.about_id`

export const columns = sql`r.*, o.path, t.path as to_path, t.kind as to_kind, coalesce(n.name, o.name) as org_name,
  coalesce(k.name, t.name) as to_name, p.name as about`

/** What the actor sees: the sender's side and those above it; a 廉政意见 only who asks for it and who gives it, never the person. */
export const visible = (actor: Actor): RawBuilder<boolean> => sql<boolean>`(${actor.within('requests.read', 'o.path')}
  and (r.kind <> 'integrityOpinion' or ((${actor.within('requests.send', 'o.path')} or ${actor.within('requests.giveOpinion', 't.path')}
    or ${actor.within('requests.answer', 't.path')}) and r.about_id is distinct from ${actor.personId}::uuid)))`

export async function seen(ctx: Ctx, { id }: { id: string }): Promise<Seen | undefined> {
  const { rows } = await sql<Seen>`select ${columns} from ${requestsPlaced} where r.id = ${id} and ${visible(ctx.actor)}`.execute(ctx.db)
  return rows[0]
}

/** The same, locked for a step. */
export async function locked(ctx: Ctx, { id }: { id: string }): Promise<Seen | undefined> {
  const found = await seen(ctx, { id })
  if (!found) return undefined
  await sql`select from requests.request where org_id = ${found.org_id} and id = ${id} for update`.execute(ctx.db)
  return seen(ctx, { id })
}

/** Whom an organisation can ask, nearest first: everything above it, and for a 廉政意见 the 纪委 beside those. */
export async function receiversOf(ctx: Pick<Ctx, 'db'>, org: OrgCard): Promise<OrgCard[]> {
  const above: OrgCard[] = []
  for (let parentId = org.parentId; parentId !== null; ) {
    const next = await orgCard(ctx.db, parentId)
    if (!next) break
    above.push(next)
    parentId = next.parentId
  }
  return above
}

export async function disciplineBeside(ctx: Pick<Ctx, 'db'>, above: readonly OrgCard[]): Promise<OrgCard[]> {
  const { rows } = await sql<{ id: string }>`select id from organisation.org
    where kind = 'disciplineCommittee' and dissolved_on is null and parent_id = any(${above.map(({ id }) => id)}::uuid[])`.execute(ctx.db)
  return (await Promise.all(rows.map(({ id }) => orgCard(ctx.db, id)))).filter((o) => o !== undefined)
}

const DECIDING = ['partyCommittee', 'workCommittee']

/** The organisation that usually decides: the nearest committee, since a 党总支 passes most things on. */
export const usualReceiver = (above: readonly OrgCard[]): OrgCard | undefined =>
  above.find(({ kind }) => DECIDING.includes(kind)) ?? above[0]
