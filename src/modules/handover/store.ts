import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { type Card, handoverFacts, type Line, type State } from './contract.ts'

export const record = recorderOf(handoverFacts)

export interface Stored {
  org_id: string
  id: string
  org_name: string
  path: string
  from_id: string
  from_name: string
  to_id: string
  to_name: string
  on_day: string
  state: State
  note: string
  lines: Line[] | null
  from_at: Date | null
  to_at: Date | null
  version: number
}

export const packRows = sql`select k.org_id, k.id, o.name as org_name, o.path, k.from_id, a.name as from_name, k.to_id, b.name as to_name,
    k.on_day, k.state, k.note, k.lines, k.from_at, k.to_at, k.version
  from handover.pack k join organisation.org o on o.id = k.org_id
  join organisation.person a on a.id = k.from_id join organisation.person b on b.id = k.to_id`

/** Packs where the actor reads, and those that the actor hands or takes over. */
export const seenPacks = ({ actor }: Pick<Ctx, 'actor'>) =>
  sql`(${actor.within('handover.read', 'o.path')} or ${actor.personId}::uuid in (k.from_id, k.to_id))`

export async function seenPack(ctx: Pick<Ctx, 'db' | 'actor'>, { id }: { id: string }): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`${packRows} where k.id = ${id} and ${seenPacks(ctx)}`.execute(ctx.db)
  return rows[0]
}

export async function lockedPack(ctx: Pick<Ctx, 'db' | 'actor'>, where: { id: string }): Promise<Stored | undefined> {
  const found = await seenPack(ctx, where)
  if (!found) return undefined
  await sql`select from handover.pack where org_id = ${found.org_id} and id = ${where.id} for update`.execute(ctx.db)
  return seenPack(ctx, where)
}

/** A pack as its reader sees it. */
export function cardOf({ actor }: Pick<Ctx, 'actor'>, r: Stored): Card {
  const open = r.state === 'open'
  const signed = (actor.personId === r.from_id && r.from_at !== null) || (actor.personId === r.to_id && r.to_at !== null)
  const one = actor.personId === r.from_id || actor.personId === r.to_id
  return {
    id: r.id,
    orgId: r.org_id,
    orgName: r.org_name,
    fromId: r.from_id,
    fromName: r.from_name,
    toId: r.to_id,
    toName: r.to_name,
    on: r.on_day,
    state: r.state,
    fromSignedOn: r.from_at && dateAt(r.from_at),
    toSignedOn: r.to_at && dateAt(r.to_at),
    version: r.version,
    can: {
      note: open && actor.personId === r.from_id && r.from_at === null && r.to_at === null,
      sign: open && one && !signed,
      cancel: open && actor.holds('handover.manage', r.path) === true,
    },
  }
}
