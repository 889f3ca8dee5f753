import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import { tablesOf } from '#kernel/database.ts'
import { forbidden, type Verdict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { visitFacts } from './contract.ts'

/** Rows of `visits.visit`; dates are YYYY-MM-DD, instants Date. */
export interface Visit {
  org_id: string
  id: string
  meeting_id: string
  from_org_id: string
  guide_id: string
  visited_on: string
  comment: string
  made_at: Date
  fact_id: string
  withdrawn_reason: string | null
  version: number
}

export const tables = tablesOf<{ 'visits.visit': Visit }>()

export const record = recorderOf(visitFacts)

/** A visit with the names and the place a list shows. */
export type SeenVisit = Visit & { path: string; org_name: string; from_name: string; guide: string; follow_ups: number }

/** Visits that the condition on `v` and `o` finds; add order and limit. */
export async function visitsWhere(db: Db, condition: RawBuilder<unknown>, rest: RawBuilder<unknown>): Promise<SeenVisit[]> {
  const { rows } = await sql<SeenVisit>`select v.*, o.path, coalesce(o.short_name, o.name) as org_name,
      coalesce(f.short_name, f.name) as from_name, p.name as guide, coalesce(n.n, 0)::int as follow_ups
    from visits.visit v join organisation.org o on o.id = v.org_id join organisation.org f on f.id = v.from_org_id
    join organisation.person p on p.id = v.guide_id
    left join (select org_id, visit_id, count(*) as n from visits.follow_up group by org_id, visit_id) n
      on n.org_id = v.org_id and n.visit_id = v.id
    where ${condition} ${rest}`.execute(db)
  return rows
}

/** The visit if the actor works for the organisation visited or for one above it. */
export async function seenVisit(ctx: Ctx, { id }: { id: string }): Promise<SeenVisit | undefined> {
  const [visit] = await visitsWhere(ctx.db, sql`v.id = ${id}`, sql`limit 1`)
  return visit && ctx.actor.holds('visits.read', visit.path) === true ? visit : undefined
}

/** The same, locked for a step. */
export async function lockedVisit(ctx: Ctx, { id }: { id: string }): Promise<SeenVisit | undefined> {
  const found = await seenVisit(ctx, { id })
  if (!found) return undefined
  await sql`select from visits.visit where org_id = ${found.org_id} and id = ${id} for update`.execute(ctx.db)
  return seenVisit(ctx, { id })
}

/** The nearest organisation above `org` for which the actor may guide it; one's own branch is not guided by oneself. */
export const guidesFrom = (a: Actor, org: { id: string; path: string }): string | undefined =>
  a
    .grantsOf('visits.make')
    .filter((g) => g.subtree && g.orgId !== org.id && g.orgId !== '' && org.path.startsWith(g.path))
    .sort((x, y) => y.path.length - x.path.length)[0]?.orgId

export const mayGuide = (a: Actor, org: { id: string; path: string }): Verdict =>
  a.personId !== null && guidesFrom(a, org) !== undefined ? true : forbidden('not-above', '督导意见由上级党组织派来参加会议的同志写')

export const mayWithdraw = (a: Actor, v: SeenVisit): Verdict => a.personId === v.guide_id || forbidden('not-guide', '督导意见由写的人撤回')
