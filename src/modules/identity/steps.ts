import { dateAt } from '#kernel/civilDate.ts'
import { forbidden, invalid, Refusal } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { officeOf } from './accounts.ts'
import { type Attempt, clearAttempts, type Factor, failAttempt } from './attempts.ts'
import type { Next, Office, SignInResult } from './contract.ts'
import { installation } from './installation.ts'
import type { KnownAccount } from './logins.ts'
import { RULES, TICKET_LIFE } from './rules.ts'
import { hashOf, newToken } from './secrets.ts'
import { actorFor, openSession } from './sessions.ts'
import { tables } from './tables.ts'

/** Who has shown who they are, and what an answer still needs to know. */
export interface Shown {
  account: KnownAccount
  office: Office | null
  /** Why the password has to be replaced, in Chinese; null when it need not. */
  replace: string | null
  attempt: Pick<Attempt, 'loginKey' | 'source'>
}

/**
 * The password (or code) was right: may the person come in today? Refuses, and logs, when the account is disabled or when
 * neither office, post, membership nor grant is left. Runs before the transaction, so that the log stays.
 */
export async function admit(ctx: Ctx, account: KnownAccount, attempt: Attempt): Promise<Shown> {
  if (account.state === 'disabled') {
    await refuse(ctx, attempt, 'disabled', forbidden('account-disabled', '这个账号已停用。如果有误，请找系统管理员'))
  }
  const { profile } = await installation(ctx.db, ctx.now)
  const office = await officeOf(ctx, account.id)
  const holder = { ...account, id: null, account_id: account.id, office, profile }
  const { actor } = await actorFor(ctx.db, holder, dateAt(ctx.now))
  if (!actor) {
    const message = '你现在没有党员身份、任职或授权，不能登录（调离或免职当天起生效）。如果有误，请找党务干部核对名册'
    await refuse(ctx, attempt, 'accessEnded', forbidden('access-ended', message))
  }
  const days = RULES[profile].rotation
  const due = days !== null && account.password_at !== null && ctx.now.getTime() - account.password_at.getTime() > days * 86_400_000
  return { account, office, attempt, replace: due ? `密码已经用了 ${days} 天以上，请换一个再登录` : null }
}

/** Refuses somebody who has shown who they are: it is logged, but no failed guess. */
async function refuse(ctx: Ctx, attempt: Attempt, result: SignInResult, refusal: Refusal): Promise<never> {
  await clearAttempts(ctx, attempt)
  return failAttempt(ctx, attempt, result, refusal)
}

/** What comes after a step that succeeded: the six digits, a new password, or in. */
export async function proceed(ctx: Ctx, shown: Shown, factor: Factor): Promise<Next> {
  const { account, replace } = shown
  ctx.found = { accountId: account.id, personId: account.person_id, name: account.name }
  await clearAttempts(ctx, shown.attempt)
  if (account.totp_on && factor !== 'passwordTotp') return { next: 'totp', ticket: await newTicket(ctx, account.id, 'totp') }
  if (replace && factor !== 'oidc') return { next: 'newPassword', ticket: await newTicket(ctx, account.id, 'newPassword'), reason: replace }
  await openSession(ctx, { id: account.id, office: shown.office }, factor)
  return { next: 'in' }
}

async function newTicket(ctx: Ctx, accountId: string, asks: 'totp' | 'newPassword') {
  const ticket = newToken()
  const expires_at = new Date(ctx.now.getTime() + TICKET_LIFE)
  await tables(ctx)
    .insertInto('identity.ticket')
    .values({ token_hash: hashOf(ticket), account_id: accountId, asks, expires_at })
    .execute()
  return ticket
}

/** Whose first step the ticket proves; refuses when it is too old, used up or for another step. */
export async function accountOfTicket(ctx: Ctx, ticket: string, asks: 'totp' | 'newPassword'): Promise<string> {
  const row = await tables(ctx)
    .selectFrom('identity.ticket')
    .select('account_id')
    .where('token_hash', '=', hashOf(ticket))
    .where('asks', '=', asks)
    .where('expires_at', '>', ctx.now)
    .executeTakeFirst()
  if (!row) throw ticketExpired()
  return row.account_id
}

/** A ticket works once. */
export async function endTicket(ctx: Ctx, ticket: string): Promise<void> {
  const gone = await tables(ctx).deleteFrom('identity.ticket').where('token_hash', '=', hashOf(ticket)).executeTakeFirst()
  if (gone.numDeletedRows === 0n) throw ticketExpired()
}

const ticketExpired = () => new Refusal('forbidden', 'ticket-expired', '这一步等得太久了，请从头登录一次')

export const wrongLogin = () => invalid('wrong-login', '账号或密码不对。忘了密码，请带证件找系统管理员当面换一次性码')
