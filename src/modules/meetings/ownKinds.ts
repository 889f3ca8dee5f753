import { type RawBuilder, sql } from 'kysely'
import type { Fields } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { ATTENDS, type Attends, type MeetingKind, OWN_KINDS, type TemplateItem } from './contract.ts'

export interface OwnKindRow {
  id: string
  org_id: string
  path: string
  org_name: string
  attends: Attends
  votes: boolean
  agenda: TemplateItem[]
  retired_on: string | null
  version: number
  names: { name: string; until: string | null }[]
}

/** Kinds that units added, with all their names in order, under a condition on `k` and its organisation `o`. */
export async function ownKindsWhere(ctx: Pick<Ctx, 'db'>, condition: RawBuilder<unknown>, limit = 200): Promise<OwnKindRow[]> {
  const { rows } =
    await sql<OwnKindRow>`select k.id, k.org_id, o.path, coalesce(o.short_name, o.name) as org_name, k.attends, k.votes, k.agenda,
      k.retired_on, k.version, n.names
    from meetings.own_kind k join organisation.org o on o.id = k.org_id
    join (select kind_id, jsonb_agg(jsonb_build_object('name', name, 'until', upper(valid)) order by valid) as names
      from meetings.own_kind_name group by 1) n on n.kind_id = k.id
    where ${condition} order by length(o.path), k.added_at, k.id limit ${limit}`.execute(ctx.db)
  return rows
}

/** Those that an organisation may hold: its own and those of the organisations above it. */
export const usableBy = (path: string) => sql`starts_with(${path}, o.path)`

export const nameNow = ({ names }: Pick<OwnKindRow, 'names'>): string => names.at(-1)!.name

interface Chosen {
  kinds: readonly MeetingKind[]
  ownKindId: string | null
  heldOn: string
  items?: readonly { vote?: unknown }[]
}

/** Notes in `wrong` a unit's own kind that cannot be this meeting's; answers it otherwise, or null where none was chosen. */
export async function checkOwnKind(ctx: Ctx, org: { path: string }, chosen: Chosen, wrong: Fields): Promise<OwnKindRow | null> {
  const { kinds, ownKindId, heldOn, items = [] } = chosen
  if (ownKindId === null) {
    if (kinds.some((k) => k !== 'other' && OWN_KINDS.includes(k))) wrong.kinds = ['请选是本单位的哪一类会议']
    return null
  }
  const [own] = await ownKindsWhere(ctx, sql`k.id = ${ownKindId} and ${usableBy(org.path)}`, 1)
  if (!own || (own.retired_on !== null && own.retired_on <= heldOn)) wrong.ownKindId = ['这一类会议已经停用，或不是本单位和上级的，请另选']
  else if (!kinds.includes(ATTENDS[own.attends].kind) || kinds.filter((k) => OWN_KINDS.includes(k)).length > 1)
    wrong.kinds = ['会议类别和参加的人对不上，请重新选一次类别']
  else if (!own.votes)
    for (const [i, item] of items.entries())
      if (item.vote) wrong[`items.${i}.vote`] = [`${nameNow(own)}不作表决。要表决的，请在党员大会或委员会上进行`]
  return own ?? null
}
