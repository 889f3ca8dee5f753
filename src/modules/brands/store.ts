import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { stale } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { type Brand, brandFacts, inactiveFrom, type Withdrawal } from './contract.ts'

export const record = recorderOf(brandFacts)

export interface Stored {
  org_id: string
  id: string
  org_name: string
  path: string
  above: string | null
  name: string
  feature: string
  plan: string
  lead_id: string | null
  lead: string | null
  begun_on: string
  state: 'active' | 'withdrawn'
  withdrawn_on: string | null
  withdrawn_why: Withdrawal | null
  withdrawn_note: string
  begun_fact: string
  version: number
  records: number
  last_on: string | null
  reviewed_year: number | null
}

/** Columns of a `Stored` of `brands.brand b`, with the branch `o`, the one above it `u`, and what was done. */
export const brandRows = sql`select b.org_id, b.id, coalesce(o.short_name, o.name) as org_name, o.path, u.path as above, b.name, b.feature,
    b.plan, b.lead_id, p.name as lead, b.begun_on, b.state, b.withdrawn_on, b.withdrawn_why, b.withdrawn_note, b.begun_fact, b.version,
    coalesce(l.records, 0) as records, l.last_on, r.year as reviewed_year
  from brands.brand b join organisation.org o on o.id = b.org_id left join organisation.org u on u.id = o.parent_id
  left join organisation.person p on p.id = b.lead_id
  left join (select org_id, brand_id, count(*)::int as records, max(on_day) as last_on from brands.link group by org_id, brand_id) l
    on l.org_id = b.org_id and l.brand_id = b.id
  left join (select org_id, brand_id, max(year) as year from brands.review group by org_id, brand_id) r
    on r.org_id = b.org_id and r.brand_id = b.id`

export async function seenBrand(ctx: Pick<Ctx, 'db' | 'actor'>, { id }: { id: string }): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`${brandRows} where b.id = ${id} and ${ctx.actor.within('brands.read', 'o.path')}`.execute(ctx.db)
  return rows[0]
}

/** The same, held for a change. */
export async function lockedBrand(ctx: Pick<Ctx, 'db' | 'actor'>, where: { id: string }): Promise<Stored | undefined> {
  const found = await seenBrand(ctx, where)
  if (!found) return undefined
  await sql`select from brands.brand where org_id = ${found.org_id} and id = ${where.id} for update`.execute(ctx.db)
  return seenBrand(ctx, where)
}

/** Reviewed and withdrawn from above; a root answers for itself. */
export const placeAbove = (b: Pick<Stored, 'above' | 'path'>): string => b.above ?? b.path

export function brandOf({ actor, now }: Pick<Ctx, 'actor' | 'now'>, b: Stored): Brand {
  const from = inactiveFrom({ begunOn: b.begun_on, lastOn: b.last_on })
  const active = b.state === 'active'
  const inactive = active && from <= dateAt(now)
  const above = active && actor.holds('brands.review', placeAbove(b)) === true
  const manage = active && actor.holds('brands.manage', b.path) === true
  return {
    id: b.id,
    orgId: b.org_id,
    orgName: b.org_name,
    name: b.name,
    feature: b.feature,
    plan: b.plan,
    lead: b.lead_id && b.lead ? { id: b.lead_id, name: b.lead } : null,
    begunOn: b.begun_on,
    records: b.records,
    lastOn: b.last_on,
    inactiveFrom: from,
    inactive,
    reviewedYear: b.reviewed_year,
    withdrawnOn: b.withdrawn_on,
    withdrawnWhy: b.withdrawn_why,
    withdrawnNote: b.withdrawn_note,
    version: b.version,
    can: { manage, review: above, withdraw: manage || (above && inactive) },
  }
}

export function assertFresh(b: Stored, version: number): void {
  if (version !== b.version) throw stale({ version }, { version: b.version, name: b.name })
}

/** The brand counts one step further. */
export async function next(ctx: Pick<Ctx, 'db'>, b: Stored): Promise<{ id: string; version: number }> {
  await sql`update brands.brand set version = version + 1 where org_id = ${b.org_id} and id = ${b.id}`.execute(ctx.db)
  return { id: b.id, version: b.version + 1 }
}
