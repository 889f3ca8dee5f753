import { type RawBuilder, sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import type { Arrangement, Ending, Kind, PlanRow } from './contract.ts'
import { careFacts } from './contract.ts'
import { daysSince, dueOn, hintsFor } from './hints.ts'

export const record = recorderOf(careFacts)

export interface Stored {
  plan_org_id: string
  id: string | null
  person_id: string
  name: string
  org_id: string
  org_name: string
  path: string
  kind: Kind
  since: string | null
  place: string | null
  settled: boolean | null
  abroad: boolean | null
  contact_id: string | null
  contact_name: string | null
  every_days: number | null
  arrangement: Arrangement | null
  last_on: string | null
  ended_on: string | null
  ended_why: Ending | null
  planned_fact: string
  version: number | null
}

/** All plans, and whom the roster marks as floating or lost without a plan. Columns of a `Stored`. */
export const planRows: RawBuilder<unknown> = sql`select q.org_id as plan_org_id, q.id, t.person_id, p.name, o.id as org_id,
    o.name as org_name, o.path, t.kind, q.since, coalesce(q.place, t.outflow) as place, q.settled, q.abroad, q.contact_id,
    c.name as contact_name, q.every_days, q.arrangement, q.ended_on, q.ended_why, q.planned_fact, q.version,
    k.last_on
  from (select person_id, kind, id, null as outflow from care.plan
    union all select f.person_id, x.kind, null::uuid, f.outflow from members.profile f
      cross join lateral (values ('floating', f.mobile), ('lost', f.lost)) x(kind, marked)
      left join care.plan n on n.person_id = f.person_id and n.kind = x.kind and n.ended_on is null
      where x.marked and n.id is null
        and exists (select from members.membership s where s.person_id = f.person_id and upper(s.valid) is null)) t
  left join care.plan q on q.id = t.id
  left join (select org_id, plan_id, max(on_day) as last_on from care.contact group by org_id, plan_id) k
    on k.org_id = q.org_id and k.plan_id = q.id
  left join members.membership m on m.person_id = t.person_id and upper(m.valid) is null
  join organisation.org o on o.id = coalesce(m.org_id, q.org_id)
  join organisation.person p on p.id = t.person_id
  left join organisation.person c on c.id = q.contact_id`

/** The plan, held for a change, for who reads it where the person stands, and for who keeps the contact. */
export async function lockedPlan(ctx: Pick<Ctx, 'db' | 'actor'>, { id }: { id: string }): Promise<Stored | undefined> {
  const found = await seenPlan(ctx, { id })
  if (!found) return undefined
  await sql`select from care.plan where org_id = ${found.plan_org_id} and id = ${id} for update`.execute(ctx.db)
  return seenPlan(ctx, { id })
}

export async function seenPlan(ctx: Pick<Ctx, 'db' | 'actor'>, { id }: { id: string }): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`select * from (${planRows}) r where r.id = ${id}`.execute(ctx.db)
  const [row] = rows
  if (!row) return undefined
  const keeps = row.contact_id !== null && row.contact_id === ctx.actor.personId
  return keeps || ctx.actor.holds('care.read', row.path) === true ? row : undefined
}

/** A plan as its reader sees it. */
export function shown({ now, actor }: Pick<Ctx, 'now' | 'actor'>, r: Stored): PlanRow {
  const day = dateAt(now)
  const running = r.id !== null && r.ended_on === null
  const known = running
    ? {
        kind: r.kind,
        since: r.since!,
        settled: r.settled!,
        abroad: r.abroad!,
        everyDays: r.every_days!,
        lastOn: r.last_on,
      }
    : null
  const due = known && dueOn(known)
  const manage = actor.holds('care.manage', r.path) === true
  return {
    id: r.id,
    personId: r.person_id,
    name: r.name,
    orgId: r.org_id,
    orgName: r.org_name,
    kind: r.kind,
    since: r.since,
    place: r.place ?? '',
    settled: r.settled ?? false,
    abroad: r.abroad ?? false,
    contactId: r.contact_id,
    contactName: r.contact_name,
    everyDays: r.every_days,
    arrangement: r.arrangement,
    lastOn: r.last_on,
    daysSince: known && daysSince(known, day),
    dueOn: due,
    overdue: due !== null && due < day,
    hints: known ? hintsFor(known, day) : [],
    endedOn: r.ended_on,
    endedWhy: r.ended_why,
    version: r.version ?? 0,
    can: { manage: manage && r.ended_on === null, contact: running && (manage || r.contact_id === actor.personId) },
  }
}
