import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict } from '#kernel/errors.ts'
import { NOWHERE, newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { personFor } from '#modules/organisation/published.ts'
import type { Office } from './contract.ts'
import type { Login } from './logins.ts'
import { closeSessions } from './sessions.ts'
import { type OfficeRow, record, tables } from './tables.ts'

/** An invited account for a person who may stand on no roster yet. Answers its id; refuses when the login is somebody else's. */
export async function newAccount(ctx: Ctx, name: string, login: Login): Promise<string> {
  const taken = await tables(ctx).selectFrom('identity.login').select('account_id').where('key', '=', login.key).executeTakeFirst()
  if (taken) throw conflict('login-taken', `「${login.shown}」已经有账号了，请在账号列表里找到它`)
  const personId = await personFor(ctx, { name, staffNo: login.staffNo })
  const { rows } = await sql<{ id: string }>`select id from identity.account where person_id = ${personId}`.execute(ctx.db)
  if (rows[0]) throw conflict('person-has-account', `${name} 已经有账号了，请在账号列表里找到它`)
  const id = newId()
  await tables(ctx)
    .insertInto('identity.account')
    .values({ id, person_id: personId, state: 'invited', created_at: ctx.now } as never)
    .execute()
  await tables(ctx).insertInto('identity.login').values({ key: login.key, account_id: id, kind: login.kind, shown: login.shown }).execute()
  return id
}

/** Gives the account an office from today, at once: only while there is nobody yet who could approve. */
export async function beginOffice(ctx: Ctx, accountId: string, office: Office): Promise<void> {
  await sql`insert into identity.office (id, account_id, office, valid, requested_by, approved_at)
    values (${newId()}, ${accountId}, ${office}, ${fromToday(ctx)}, ${ctx.actor.accountId}, ${ctx.now})`.execute(ctx.db)
  record(ctx, 'office.began', { subject: accountId, orgId: NOWHERE, body: { office, by: ctx.actor.accountId } })
}

/** Asks for an office; it is in force when the security officer has approved it. */
export async function requestOffice(ctx: Ctx, accountId: string, office: Office): Promise<void> {
  await sql`insert into identity.office (id, account_id, office, valid, requested_by)
    values (${newId()}, ${accountId}, ${office}, ${fromToday(ctx)}, ${ctx.actor.accountId})`.execute(ctx.db)
  record(ctx, 'office.requested', { subject: accountId, orgId: NOWHERE, body: { office, by: ctx.actor.accountId } })
}

/** Today is the first day without the office; one that began today was never held. */
export async function endOffice(ctx: Ctx, { id, account_id, office }: Pick<OfficeRow, 'id' | 'account_id' | 'office'>): Promise<void> {
  const today = dateAt(ctx.now)
  await sql`delete from identity.office where id = ${id} and lower(valid) >= ${today}::date`.execute(ctx.db)
  await sql`update identity.office set valid = daterange(lower(valid), ${today}::date), version = version + 1 where id = ${id}`.execute(
    ctx.db,
  )
  record(ctx, 'office.ended', { subject: account_id, orgId: NOWHERE, body: { office, by: ctx.actor.accountId } })
  await closeSessions(ctx, account_id)
}

const fromToday = (ctx: Ctx) => sql`daterange(${dateAt(ctx.now)}::date, null)`

/** The office the account holds today. */
export async function officeOf(ctx: Pick<Ctx, 'db' | 'now'>, accountId: string): Promise<Office | null> {
  const { rows } = await sql<{ office: Office }>`select office from identity.office
    where account_id = ${accountId} and approved_at is not null and valid @> ${dateAt(ctx.now)}::date`.execute(ctx.db)
  return rows[0]?.office ?? null
}

/** The account is in use without a password of its own: the unit's sign-in service vouched for the person. */
export const activateAccount = (ctx: Ctx, id: string) =>
  tables(ctx)
    .updateTable('identity.account')
    .set((eb) => ({ state: 'active', version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
