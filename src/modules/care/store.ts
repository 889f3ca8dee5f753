import { type RawBuilder, sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { Arrangement, Ending, Kind, PlanRow } from './contract.ts'
import { careFacts } from './contract.ts'
import { daysSince, dueOn, hintsFor } from './hints.ts'

export const record = recorderOf(careFacts)

/** The news that somebody with a plan has nobody who keeps contact. */
export const NO_KEEPER = 'care.noKeeper'

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
  /** From when the branch owes the contact: since, or the day on which the person came with the plan. */
  begins_on: string | null
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
export const planRows: RawBuilder<unknown> = sql`select t.plan_org_id, t.id, t.person_id, p.name, o.id as org_id, o.name as org_name,
    o.path, t.kind, t.since, t.begins_on, t.place, t.settled, t.abroad, t.contact_id, c.name as contact_name, t.every_days,
    t.arrangement, t.last_on, t.ended_on, t.ended_why, t.planned_fact, t.version
  from (select q.org_id as plan_org_id, q.id, q.person_id, q.kind, q.since, coalesce(q.begins_on, q.since) as begins_on, q.place, q.settled,
      q.abroad, q.contact_id, q.every_days, q.arrangement, q.last_on, q.ended_on, q.ended_why, q.planned_fact, q.version from care.plan q
    union all select null, null, f.person_id, x.kind, null, null, coalesce(f.outflow, ''), null, null, null, null, null, null, null, null,
      null, null
      from members.profile f cross join lateral (values ('floating', f.mobile), ('lost', f.lost)) x(kind, marked)
      left join care.plan n on n.person_id = f.person_id and n.kind = x.kind and n.ended_on is null
      where (f.mobile or f.lost) and x.marked and n.id is null
        and exists (select from members.membership s where s.person_id = f.person_id and upper(s.valid) is null)) t
  left join members.membership m on m.person_id = t.person_id and upper(m.valid) is null
  join organisation.org o on o.id = coalesce(m.org_id, t.plan_org_id)
  join organisation.person p on p.id = t.person_id
  left join organisation.person c on c.id = t.contact_id`

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

/** How often contact is planned, from which day; the latest first, of one day only what was set last. */
export async function termsOf({ db }: Pick<Ctx, 'db'>, r: Pick<Stored, 'plan_org_id' | 'id'>): Promise<Term[]> {
  const { rows } = await sql<Term>`select distinct on (f.happened_on) f.happened_on as "from", (f.body ->> 'everyDays')::int as "everyDays"
    from ${ledgerAsOf()} f where f.org_id = ${r.plan_org_id} and f.subject = ${r.id} and f.kind = 'contact.planned'
    order by f.happened_on desc, f.recorded_at desc, f.id desc`.execute(db)
  return rows
}

interface Term {
  from: string
  everyDays: number
}

/** A plan as its reader sees it. */
export function shown({ now, actor }: Pick<Ctx, 'now' | 'actor'>, r: Stored): PlanRow {
  const day = dateAt(now)
  const running = r.id !== null && r.ended_on === null
  const known = running
    ? {
        kind: r.kind,
        since: r.since!,
        beginsOn: r.begins_on!,
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
