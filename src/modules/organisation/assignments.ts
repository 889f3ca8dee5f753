import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { PostRole } from './contract.ts'
import { record } from './record.ts'

export interface NewAssignment {
  personId: string
  role: PostRole
  orgId: string
  subtree: boolean
  /** First day; `until` is the first day without it. */
  from: string
  until: string | null
  reason: string | null
}

/** Asks for a grant beside posts. It has no effect until somebody else approves it. Answers its id. */
export async function requestAssignment(ctx: Ctx, wanted: NewAssignment): Promise<string> {
  const { personId, role, orgId, subtree, from, until, reason } = wanted
  const id = newId()
  await sql`insert into organisation.assignment (id, person_id, role, org_id, subtree, valid, requested_by, requested_at, reason)
    values (${id}, ${personId}, ${role}, ${orgId}, ${subtree}, daterange(${from}::date, ${until}::date),
      ${ctx.actor.accountId}, ${ctx.now}, ${reason})`.execute(ctx.db)
  record(ctx, 'assignment.requested', { subject: id, orgId, personId, body: { role, subtree, by: ctx.actor.accountId } })
  return id
}

export interface Assignment {
  id: string
  personId: string
  personName: string
  staffNo: string | null
  role: PostRole
  orgId: string
  orgName: string
  path: string
  subtree: boolean
  from: string
  until: string | null
  reason: string | null
  /** Account that asked. */
  requestedBy: string | null
  requestedAt: Date
  approvedAt: Date | null
  /** Over: refused, ended or past its last day. */
  stands: 'waiting' | 'inForce' | 'over'
  version: number
}

/** Grants beside posts as a select, to be filtered and ordered: those asked for and neither refused nor over, by `waiting` or in force. */
export const assignments = (ctx: Pick<Ctx, 'now'>, state: 'waiting' | 'inForce'): RawBuilder<Assignment> =>
  sql<Assignment>`select y.* from (${everyAssignment(ctx)}) y where y.stands = ${state}`

/** The assignment, locked for a step; undefined when there is none. */
export async function lockAssignment(ctx: Ctx, id: string): Promise<Assignment | undefined> {
  await sql`select id from organisation.assignment where id = ${id} for update`.execute(ctx.db)
  return (await sql<Assignment>`select x.* from (${everyAssignment(ctx)}) x where x.id = ${id}`.execute(ctx.db)).rows[0]
}

const everyAssignment = (ctx: Pick<Ctx, 'now'>) => sql<Assignment>`
  select a.id, a.person_id as "personId", p.name as "personName", p.staff_no as "staffNo", a.role, a.org_id as "orgId",
    coalesce(o.short_name, o.name) as "orgName", o.path, a.subtree, lower(a.valid) as "from", upper(a.valid) as until, a.reason,
    a.requested_by as "requestedBy", a.requested_at as "requestedAt", a.approved_at as "approvedAt", a.version,
    case when a.refused_at is not null or upper(a.valid) <= ${dateAt(ctx.now)}::date then 'over'
      when a.approved_at is null then 'waiting' else 'inForce' end as stands
  from organisation.assignment a join organisation.person p on p.id = a.person_id join organisation.org o on o.id = a.org_id`

/** Puts the grant in force, from today at the earliest. The caller has made sure that approver, requester and person are different. */
export async function approveAssignment(ctx: Ctx, { id, orgId, personId, role, subtree, from }: Assignment): Promise<void> {
  const today = dateAt(ctx.now)
  const begins = from > today ? from : today
  await sql`update organisation.assignment set approved_by = ${ctx.actor.accountId}, approved_at = ${ctx.now},
    valid = daterange(${begins}::date, upper(valid)), version = version + 1 where id = ${id}`.execute(ctx.db)
  record(ctx, 'assignment.approved', { subject: id, orgId, personId, happenedOn: begins, body: { role, subtree, by: ctx.actor.accountId } })
}

/** Refuses the request, for good. */
export async function refuseAssignment(ctx: Ctx, { id }: Assignment, reason: string): Promise<void> {
  await sql`update organisation.assignment set refused_at = ${ctx.now}, reason = ${reason}, version = version + 1
    where id = ${id}`.execute(ctx.db)
}

/** Today is the first day without the grant; one that begins today or later never was. */
export async function endAssignment(ctx: Ctx, { id, orgId, personId, from }: Assignment): Promise<void> {
  const today = dateAt(ctx.now)
  await sql`update organisation.assignment set version = version + 1,
    valid = case when lower(valid) < ${today}::date then daterange(lower(valid), ${today}::date) else valid end,
    refused_at = case when lower(valid) < ${today}::date then null else ${ctx.now}::timestamptz end
    where id = ${id}`.execute(ctx.db)
  record(ctx, 'assignment.ended', {
    subject: id,
    orgId,
    personId,
    happenedOn: from > today ? from : today,
    body: { by: ctx.actor.accountId },
  })
}
