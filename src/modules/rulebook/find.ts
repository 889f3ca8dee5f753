import { type RawBuilder, sql } from 'kysely'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { ruleTexts } from '#modules/duties/published.ts'
import type { Held } from '#modules/files/published.ts'
import { type Edition, REVIEW_AHEAD, type RegulationState } from './contract.ts'

type Row = Omit<Edition, 'state' | 'reviewDue' | 'rules'> & { path: string; endedHow: 'revised' | 'repealed' | null; ruleIds: string[] }

/** Editions `e` of organisations `o` under a condition, in an order, as the actor sees them. */
export async function editionsWhere(
  ctx: Ctx,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  limit: number,
): Promise<Edition[]> {
  const { rows } = await sql<Row>`
    select e.id, e.org_id as "orgId", coalesce(o.short_name, o.name) as "orgName", o.path, e.root_id as "rootId", e.number, e.name,
      e.letter_no as "letterNo", e.owner, e.source, e.note, e.valid_from as "validFrom", e.review_on as "reviewOn",
      e.reviewed_on as "reviewedOn", e.ended_on as "endedOn", e.ended_how as "endedHow", e.ended_why as "endedWhy", e.version,
      coalesce(${ctx.actor.within('rulebook.manage', 'o.path')}, false) as "canManage",
      array(select a.rule_id from rulebook.applied a where a.edition_id = e.id order by a.rule_id) as "ruleIds"
    from rulebook.edition e join organisation.org o on o.id = e.org_id
    where ${condition} order by ${order} limit ${limit}`.execute(ctx.db)
  const texts = await ruleTexts(ctx.db, [...new Set(rows.flatMap((r) => r.ruleIds))])
  const today = dateAt(ctx.now)
  return rows.map(({ path: _, endedHow, ruleIds, ...row }) => ({
    ...row,
    state: stateOn({ ...row, endedHow }, today),
    reviewDue: row.reviewOn !== null && row.endedOn === null && row.reviewOn <= addDays(today, REVIEW_AHEAD),
    rules: ruleIds.flatMap((id) => (texts.has(id) ? [{ id, text: texts.get(id)! }] : [])),
  }))
}

/** How an edition stands on a day. */
export function stateOn({ validFrom, endedOn, endedHow }: Pick<Row, 'validFrom' | 'endedOn' | 'endedHow'>, day: string): RegulationState {
  if (endedOn !== null && endedOn <= day) return endedHow!
  return validFrom > day ? 'coming' : 'inForce'
}

/** Those of organisations above bind an organisation, those below it are seen with the right to read there. */
export const aboutOrg = ({ actor }: Ctx, { path }: { path: string }) =>
  sql`(starts_with(${path}, o.path) or (starts_with(o.path, ${path}) and ${actor.within('rulebook.read', 'o.path')}))`

export interface Locked {
  id: string
  org_id: string
  path: string
  root_id: string
  number: number
  name: string
  valid_from: string
  ended_on: string | null
  version: number
}

/** An edition that the actor may see, locked. */
export async function lockedEdition(ctx: Ctx, { id }: { id: string }): Promise<Locked | undefined> {
  const { rows } = await sql<Locked>`
    select e.id, e.org_id, o.path, e.root_id, e.number, e.name, e.valid_from, e.ended_on, e.version
    from rulebook.edition e join organisation.org o on o.id = e.org_id
    where e.id = ${id} and ${ctx.actor.within('rulebook.read', 'o.path')} for update of e`.execute(ctx.db)
  return rows[0]
}

/** A regulation binds those below it, so whoever reads regulations there reads its files as well. */
export const boundRead = async ({ actor }: Ctx, { path }: Held): Promise<boolean> =>
  actor.grantsOf('rulebook.read').some((g) => g.path.startsWith(path))
