import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict } from '#kernel/errors.ts'
import { NOWHERE, newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { personFor } from '#modules/organisation/published.ts'
import type { Office } from './contract.ts'
import type { Login } from './logins.ts'
import { record, tables } from './tables.ts'

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

/** Gives the account an office from today. */
export async function beginOffice(ctx: Ctx, accountId: string, office: Office): Promise<string> {
  const id = newId()
  await sql`insert into identity.office (id, account_id, office, valid)
    values (${id}, ${accountId}, ${office}, daterange(${dateAt(ctx.now)}::date, null))`.execute(ctx.db)
  record(ctx, 'office.began', { subject: accountId, orgId: NOWHERE, body: { office } })
  return id
}

/** The office the account holds today. */
export async function officeOf(ctx: Pick<Ctx, 'db' | 'now'>, accountId: string): Promise<Office | null> {
  const { rows } = await sql<{ office: Office }>`select office from identity.office
    where account_id = ${accountId} and valid @> ${dateAt(ctx.now)}::date`.execute(ctx.db)
  return rows[0]?.office ?? null
}
