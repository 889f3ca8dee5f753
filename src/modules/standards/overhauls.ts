import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { OverhaulCard } from './contract.ts'
import type { Reason, Rule } from './weak.ts'

export interface WeakRuleRow extends Rule {
  orgId: string
  orgName: string
  isOn: boolean
  reasons: Reason[]
  source: string
  version: number
}

/** The rule that holds for an organisation: the one set nearest above it. */
export async function weakRuleAt(db: Db, orgId: string): Promise<WeakRuleRow | undefined> {
  const { rows } = await sql<WeakRuleRow>`select r.org_id as "orgId", coalesce(u.short_name, u.name) as "orgName", r.is_on as "isOn",
      r.reasons, r.vacant_months as "vacantMonths", r.undeveloped_months as "undevelopedMonths", r.source, r.version
    from organisation.org o join organisation.org u on o.path >= u.path and o.path < u.path || '~'
    join standards.weak_rule r on r.org_id = u.id where o.id = ${orgId} order by length(u.path) desc limit 1`.execute(db)
  return rows[0]
}

export interface Stored {
  org_id: string
  id: string
  org_name: string
  path: string
  above_id: string | null
  above: string
  by_org_id: string
  by_name: string
  reasons: Reason[]
  says: string[]
  fact_ids: string[]
  begun_on: string
  until_on: string
  helper_id: string
  helper: string
  state: 'open' | 'passed' | 'withdrawn'
  ended_on: string | null
  begun_fact: string
  version: number
}

/** Columns of a `Stored` of `standards.overhaul v`, with the branch `o` and the organisation above it `u`. */
export const overhaulRows = sql`select v.org_id, v.id, coalesce(o.short_name, o.name) as org_name, o.path, u.id as above_id,
    coalesce(u.path, o.path) as above, v.by_org_id, coalesce(b.short_name, b.name) as by_name, v.reasons, v.says, v.fact_ids, v.begun_on,
    v.until_on, v.helper_id, p.name as helper, v.state, v.ended_on, v.begun_fact, v.version
  from standards.overhaul v join organisation.org o on o.id = v.org_id left join organisation.org u on u.id = o.parent_id
  join organisation.org b on b.id = v.by_org_id join organisation.person p on p.id = v.helper_id`

/** Those whom it concerns: who works in the branch or above it, and the named helper. */
export const concerned = ({ actor }: Pick<Ctx, 'actor'>) =>
  sql<boolean>`(${actor.within('standards.read', 'o.path')} or v.helper_id = ${actor.personId}::uuid)`

export async function seenOverhaul(ctx: Ctx, { id }: { id: string }): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`${overhaulRows} where v.id = ${id} and ${concerned(ctx)}`.execute(ctx.db)
  return rows[0]
}

/** The same, held for a step. */
export async function lockedOverhaul(ctx: Ctx, where: { id: string }): Promise<Stored | undefined> {
  const found = await seenOverhaul(ctx, where)
  if (!found) return undefined
  await sql`select from standards.overhaul where org_id = ${found.org_id} and id = ${where.id} for update`.execute(ctx.db)
  return seenOverhaul(ctx, where)
}

export type StepKind = 'begun' | 'measure' | 'said' | 'extended' | 'passed' | 'withdrawn'

/** Writes down what was done or said; nothing is ever written over. Answers the step's id. */
export async function writeStep(
  ctx: Ctx,
  { org_id, id }: Pick<Stored, 'org_id' | 'id'>,
  step: StepKind,
  text: string,
  task: { id: string; stepId: string } | null = null,
): Promise<string> {
  const stepId = task?.stepId ?? newId()
  await sql`insert into standards.overhaul_step (org_id, id, overhaul_id, step, text, at, by_id, by_name, task_id)
    values (${org_id}, ${stepId}, ${id}, ${step}, ${text}, ${ctx.now}, ${ctx.actor.personId}, ${ctx.actor.name},
      ${task?.id ?? null})`.execute(ctx.db)
  return stepId
}

/** An overhaul as its reader sees it. Only who stands above leads it; the branch and the helper speak. */
export function cardOf({ actor, now }: Pick<Ctx, 'actor' | 'now'>, v: Stored): OverhaulCard {
  const open = v.state === 'open'
  const leads = actor.holds('standards.overhaul', v.above) === true && v.above_id !== null
  const speaks = actor.personId === v.helper_id || actor.holds('standards.mark', v.path) === true
  return {
    id: v.id,
    orgId: v.org_id,
    orgName: v.org_name,
    byName: v.by_name,
    situations: v.reasons.map((reason, i) => ({ reason, says: v.says[i] ?? '' })),
    facts: v.fact_ids,
    begunOn: v.begun_on,
    untilOn: v.until_on,
    helper: { id: v.helper_id, name: v.helper },
    state: v.state,
    endedOn: v.ended_on,
    late: open && v.until_on < dateAt(now),
    version: v.version,
    can: { lead: open && leads, say: open && speaks, pass: open && leads && actor.personId !== v.helper_id },
  }
}
