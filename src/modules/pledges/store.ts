import { type RawBuilder, sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { type Account, type Kind, type Pledge, pledgeFacts, stateOf } from './contract.ts'

export const record = recorderOf(pledgeFacts)

export interface Stored {
  org_id: string
  id: string
  person_id: string
  name: string
  org_name: string
  path: string
  kind: Kind
  text: string
  audience: string
  published_on: string
  until_on: string
  account: Account | null
  account_text: string | null
  account_on: string | null
  account_fact: string | null
  withdrawn_on: string | null
  withdrawn_note: string | null
  version: number
}

/** Columns of a `Stored` of `pledges.pledge q`, with the home `o` of its person and the audience `a`. */
export const pledgeRows = sql`select q.org_id, q.id, q.person_id, p.name, coalesce(o.short_name, o.name) as org_name, o.path, q.kind, q.text,
    a.name as audience, q.published_on, q.until_on, q.account, q.account_text, q.account_on, q.account_fact, q.withdrawn_on,
    q.withdrawn_note, q.version
  from pledges.pledge q join organisation.org o on o.id = q.org_id join organisation.org a on a.id = q.audience_id
  join organisation.person p on p.id = q.person_id`

/** What the actor reads: what was promised to an organisation on whose roster, or below which, they stand; one's own; by office. */
export async function visible(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>): Promise<RawBuilder<boolean>> {
  const home = await homeOf(ctx)
  const told = home ? sql`(${home.path} >= a.path and ${home.path} < a.path || '~')` : sql`false`
  return sql<boolean>`(q.person_id = ${ctx.actor.personId}::uuid or ${told} or ${ctx.actor.within('pledges.read', 'o.path')})`
}

export interface Home {
  orgId: string
  path: string
}

/** The roster on which the actor stands today. */
export async function homeOf({ db, actor, now }: Pick<Ctx, 'db' | 'actor' | 'now'>): Promise<Home | undefined> {
  if (actor.personId === null) return undefined
  const { rows } = await sql<Home>`select m.org_id as "orgId", o.path from members.membership m join organisation.org o on o.id = m.org_id
    where m.person_id = ${actor.personId} and m.valid @> ${dateAt(now)}::date order by lower(m.valid) desc limit 1`.execute(db)
  return rows[0]
}

export async function seenPledge(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, { id }: { id: string }): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`${pledgeRows} where q.id = ${id} and ${await visible(ctx)}`.execute(ctx.db)
  return rows[0]
}

/** The same, held for a change. */
export async function lockedPledge(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, where: { id: string }): Promise<Stored | undefined> {
  const found = await seenPledge(ctx, where)
  if (!found) return undefined
  await sql`select from pledges.pledge where org_id = ${found.org_id} and id = ${where.id} for update`.execute(ctx.db)
  return seenPledge(ctx, where)
}

export function pledgeOf({ actor, now }: Pick<Ctx, 'actor' | 'now'>, q: Stored): Pledge {
  const today = dateAt(now)
  const own = actor.personId === q.person_id && q.withdrawn_on === null
  return {
    id: q.id,
    personId: q.person_id,
    name: q.name,
    orgName: q.org_name,
    kind: q.kind,
    text: q.text,
    audience: q.audience,
    on: q.published_on,
    until: q.until_on,
    state: stateOf({ until: q.until_on, account: q.account, withdrawnOn: q.withdrawn_on }, today),
    account: q.account,
    accountText: q.account_text,
    accountOn: q.account_on,
    withdrawnOn: q.withdrawn_on,
    withdrawnNote: q.withdrawn_note,
    version: q.version,
    can: { account: own, withdraw: own && q.account === null && q.until_on >= today },
  }
}
