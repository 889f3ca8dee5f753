import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { type DatedTable, endAt, holdFrom } from '#kernel/dated.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { FactCtx } from '#ledger/facts.ts'
import type { Leaving, Precision, Standing, Suspension } from './contract.ts'
import { tellLeft, tellMoved } from './doors.ts'
import type { StandingFrom } from './life.ts'
import { record } from './record.ts'

const STANDING: DatedTable = { table: 'members.standing', key: ['person_id'] }
const SUSPENSION: DatedTable = { table: 'members.suspension', key: ['person_id', 'cause'] }
const ALL_SUSPENSIONS: DatedTable = { table: 'members.suspension', key: ['person_id'] }

export interface Membership {
  id: string
  personId: string
  orgId: string
  from: string
  until: string | null
}

/** Puts a person on a roster from the first of the standings on. Answers the membership's id. */
export async function beginMembership(
  ctx: FactCtx,
  { personId, orgId, inferred }: { personId: string; orgId: string; inferred: boolean },
  [first, ...later]: readonly [StandingFrom, ...StandingFrom[]],
): Promise<string> {
  await assertOnNoRoster(ctx, personId, first.from)
  const id = newId()
  await sql`insert into members.membership (id, person_id, org_id, valid, inferred)
    values (${id}, ${personId}, ${orgId}, daterange(${first.from}::date, null), ${inferred})`.execute(ctx.db)
  await holdFrom(ctx.db, STANDING, { person_id: personId }, first.from, { standing: first.standing, precision: first.precision })
  record(ctx, 'membership.began', { subject: id, orgId, personId, happenedOn: first.from, body: { standing: first.standing, inferred } })
  for (const { from, standing, precision } of later) await changeStanding(ctx, { personId, orgId }, from, standing, precision)
  return id
}

/** From `from` the person's standing is another one. */
export async function changeStanding(
  ctx: FactCtx,
  { personId, orgId }: { personId: string; orgId: string },
  from: string,
  standing: Standing,
  precision: Precision,
): Promise<void> {
  await holdFrom(ctx.db, STANDING, { person_id: personId }, from, { standing, precision })
  record(ctx, 'standing.changed', { subject: personId, orgId, personId, happenedOn: from, body: { standing, precision } })
}

/** The first day no longer on the roster is `on`. Whoever is on no roster any more has no standing either. */
export async function endMembership(
  ctx: FactCtx,
  { id, personId, orgId, from, until }: Membership,
  on: string,
  reason: Leaving,
): Promise<void> {
  assertOpen({ until })
  if (on <= from && reason !== 'correction')
    throw invalid('before-entry', `${from} 才编入这个支部，请填之后的日期`, { on: [`请填 ${from} 之后的日期`] })
  if (on <= from) await sql`delete from members.membership where id = ${id}`.execute(ctx.db)
  else
    await sql`update members.membership set valid = daterange(lower(valid), ${on}::date), version = version + 1
      where id = ${id}`.execute(ctx.db)
  record(ctx, 'membership.ended', { subject: id, orgId, personId, happenedOn: on, body: { reason } })
  if (reason === 'movedInside' || (await standsElsewhere(ctx, personId, on))) return
  await endAt(ctx.db, STANDING, { person_id: personId }, on)
  await endAt(ctx.db, ALL_SUSPENSIONS, { person_id: personId }, on)
  await tellLeft(ctx, { personId, orgId, on, reason })
}

/** From `on` the person stands on another roster; standing and rights go along. Answers the new membership's id. */
export async function transfer(ctx: FactCtx, membership: Membership, on: string, toOrgId: string): Promise<string> {
  assertOpen(membership)
  if (toOrgId === membership.orgId) throw invalid('same-roster', '已经在这个支部，请另选一个', { toOrgId: ['请另选一个支部'] })
  const { rows } = await sql<{ standing: Standing; precision: Precision }>`select standing, precision from members.standing
    where person_id = ${membership.personId} and valid @> ${on}::date`.execute(ctx.db)
  const standing = rows[0]?.standing ?? 'fullMember'
  await endMembership(ctx, membership, on, 'movedInside')
  const id = newId()
  await sql`insert into members.membership (id, person_id, org_id, valid, inferred)
    values (${id}, ${membership.personId}, ${toOrgId}, daterange(${on}::date, null), false)`.execute(ctx.db)
  record(ctx, 'membership.began', {
    subject: id,
    orgId: toOrgId,
    personId: membership.personId,
    happenedOn: on,
    body: { standing, inferred: false },
  })
  await tellMoved(ctx, { personId: membership.personId, fromOrgId: membership.orgId, toOrgId, on })
  return id
}

export async function suspendRights(
  ctx: FactCtx,
  { personId, orgId }: { personId: string; orgId: string },
  from: string,
  cause: Suspension,
): Promise<void> {
  await holdFrom(ctx.db, SUSPENSION, { person_id: personId, cause }, from, {})
  record(ctx, 'rights.suspended', { subject: personId, orgId, personId, happenedOn: from, body: { cause } })
}

/** From `on` the cause is over; the person may vote again when no other stands. */
export async function restoreRights(
  ctx: FactCtx,
  { personId, orgId }: { personId: string; orgId: string },
  on: string,
  cause: Suspension,
): Promise<void> {
  await endAt(ctx.db, SUSPENSION, { person_id: personId, cause }, on)
  record(ctx, 'rights.restored', { subject: personId, orgId, personId, happenedOn: on, body: { cause } })
}

function assertOpen({ until }: Pick<Membership, 'until'>) {
  if (until !== null) throw conflict('already-left', `已经登记 ${until} 起不在这个支部，请到现在所在的支部办理`)
}

/** A person's organisational relation is in one place at a time. */
async function assertOnNoRoster(ctx: FactCtx, personId: string, from: string) {
  const { rows } = await sql<{ name: string }>`select o.name from members.membership m join organisation.org o on o.id = m.org_id
    where m.person_id = ${personId} and m.valid && daterange(${from}::date, null) limit 1`.execute(ctx.db)
  if (rows[0]) throw conflict('on-another-roster', `这段时间已经在${rows[0].name}的名册上，请改办组织关系转接`)
}

async function standsElsewhere(ctx: FactCtx, personId: string, on: string): Promise<boolean> {
  const { rows } = await sql`select from members.membership where person_id = ${personId}
    and (upper(valid) is null or upper(valid) > ${on}::date)`.execute(ctx.db)
  return rows.length > 0
}

/** Today's civil date of a command. */
export const todayOf = (ctx: { now: Date }): string => dateAt(ctx.now)
