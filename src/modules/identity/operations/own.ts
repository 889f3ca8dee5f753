import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { anonymous, conflict, forbidden, invalid, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { officeOf } from '../accounts.ts'
import { beginAttempt, clearAttempts, type Factor, failAttempt } from '../attempts.ts'
import {
  ChangePassword,
  ConfirmSelf,
  ConfirmTotp,
  DisableTotp,
  Done,
  EnableTotp,
  RevokeSession,
  SessionList,
  Sessions,
  SignInEntry,
  type SignInResult,
  TotpSecret,
} from '../contract.ts'
import { deviceName } from '../device.ts'
import { fits } from '../hashing.ts'
import { installation } from '../installation.ts'
import { accountById, type KnownAccount } from '../logins.ts'
import { hashOfChoice, setPassword } from '../passwords.ts'
import { proveNow } from '../proof.ts'
import { RULES } from '../rules.ts'
import { closeSessions, forgetCached, revokeSession as revoke } from '../sessions.ts'
import type { SessionRow } from '../tables.ts'
import { digitsFit, newTotp, sealTotp, spendDigits, wrongDigits } from '../totp.ts'

const DONE = { done: true as const }

const signedIn = (actor: Actor): Verdict => actor.accountId !== null || anonymous()
const mine = (ctx: Ctx) => accountById(ctx.db, ctx.actor.accountId)
const mineLocked = (ctx: Ctx) => accountById(ctx.db, ctx.actor.accountId, 'lock')

/** The person at the keyboard shows the password again. Hold no transaction here. */
async function proveSelf(ctx: Ctx, password: string, field: string): Promise<KnownAccount> {
  const account = await mine(ctx)
  if (!account) throw anonymous()
  const attempt = await beginAttempt(ctx, `again ${account.id}`, account.id, 'password')
  if (!(await fits(ctx, account.password_hash, password))) {
    const message = '现在的密码不对'
    return failAttempt(ctx, attempt, 'wrongPassword', invalid('wrong-password', message, { [field]: [message] }))
  }
  await clearAttempts(ctx, attempt)
  return account
}

/** The person at the keyboard shows the six digits again; wrong ones count like those of signing in. What follows spends them. */
async function proveDigits(ctx: Ctx, account: KnownAccount, totp: string): Promise<void> {
  const attempt = await beginAttempt(ctx, `totp ${account.id}`, account.id, 'passwordTotp')
  if (!digitsFit(account, totp, ctx.now)) return failAttempt(ctx, attempt, 'wrongTotp', wrongDigits('totp'))
  await clearAttempts(ctx, attempt)
}

/** Once proven digits are spent with what they were shown for, so that the same request sent twice does not fail on itself. */
async function spend(ctx: Ctx, account: KnownAccount, totp: string): Promise<void> {
  if (!(await spendDigits(ctx, account, totp))) throw wrongDigits('totp')
}

export const confirmSelf = command('identity.confirmSelf', {
  title: '再确认一次是本人',
  input: ConfirmSelf,
  output: Done,
  secret: true,
  prepare: async (ctx, { password, totp }) => {
    const account = await mine(ctx)
    if (!account) throw anonymous()
    if (account.totp_on) {
      const message = '绑定了动态口令，请填 6 位数字'
      if (totp === undefined) throw invalid('totp-missing', message, { totp: [message] })
      return proveDigits(ctx, account, totp)
    }
    const message = account.password_hash ? '请填现在的密码' : '这个账号没有密码，请退出后用单位统一登录再登录一次'
    if (password === undefined || !account.password_hash) throw invalid('password-missing', message, { password: [message] })
    await proveSelf(ctx, password, 'password')
  },
  load: mine,
  may: signedIn,
  run: async (ctx, { totp }, account) => {
    if (account.totp_on) await spend(ctx, account, totp!)
    await proveNow(ctx)
    return DONE
  },
})

export const changePassword = command('identity.changePassword', {
  title: '换密码',
  input: ChangePassword,
  output: Done,
  secret: true,
  prepare: async (ctx, { oldPassword, newPassword }) => {
    const { id, name, logins } = await proveSelf(ctx, oldPassword, 'oldPassword')
    return hashOfChoice(ctx, { password: newPassword, field: 'newPassword', words: [name, ...logins], accountId: id })
  },
  load: mineLocked,
  may: signedIn,
  run: async (ctx, _input, account, hash) => {
    await setPassword(ctx, account.id, hash)
    await closeSessions(ctx, account.id, ctx.actor.sessionId)
    return DONE
  },
})

export const enableTotp = command('identity.enableTotp', {
  title: '绑定动态口令：取密钥',
  input: EnableTotp,
  output: TotpSecret,
  secret: true,
  prepare: (ctx, { password }) => proveSelf(ctx, password, 'password'),
  load: mineLocked,
  may: (_actor, account) => !account.totp_on || conflict('totp-on', '已经绑定了动态口令，要换手机请先解除'),
  run: async (ctx, _input, account) => {
    const { unitName } = await installation(ctx.db, ctx.now)
    const fresh = await newTotp(unitName ?? '', account.name)
    await sql`update identity.account set totp_sealed = ${sealTotp(account.id, fresh.secret)}, totp_step = 0
      where id = ${account.id}`.execute(ctx.db)
    return fresh
  },
})

export const confirmTotp = command('identity.confirmTotp', {
  title: '绑定动态口令：确认',
  input: ConfirmTotp,
  output: Done,
  secret: true,
  load: mineLocked,
  may: (_actor, account) => {
    if (account.totp_on) return conflict('totp-on', '已经绑定了动态口令')
    return account.totp_sealed !== null || conflict('totp-not-begun', '请先取密钥、扫码，再填动态口令')
  },
  run: async (ctx, { totp }, account) => {
    await spend(ctx, account, totp)
    await sql`update identity.account set totp_on = true, version = version + 1 where id = ${account.id}`.execute(ctx.db)
    await closeSessions(ctx, account.id, ctx.actor.sessionId)
    return DONE
  },
})

export const disableTotp = command('identity.disableTotp', {
  title: '解除动态口令',
  input: DisableTotp,
  output: Done,
  secret: true,
  prepare: async (ctx, { password, totp }) => {
    const account = await proveSelf(ctx, password, 'password')
    if (account.totp_on) await proveDigits(ctx, account, totp)
  },
  load: mineLocked,
  may: (_actor, account) => account.totp_on || conflict('totp-off', '还没有绑定动态口令'),
  run: async (ctx, { totp }, account) => {
    await spend(ctx, account, totp)
    const office = await officeOf(ctx, account.id)
    const { profile } = await installation(ctx.db, ctx.now)
    if (office && office !== 'partyAffairsWorker' && RULES[profile].officersNeedTotp)
      throw forbidden('totp-required', '等保三级下，三员必须绑定动态口令；要换手机，请找另一位管理员当面办理')
    await sql`update identity.account set totp_on = false, totp_sealed = null, version = version + 1
      where id = ${account.id}`.execute(ctx.db)
    ctx.afterCommit.push(() => forgetCached(account.id))
    return DONE
  },
})

export const sessions = query('identity.sessions', {
  title: '在哪些地方登录着',
  input: Sessions,
  output: SessionList,
  // Of whom one may not see the sessions, one does not learn either that there is such an account.
  load: async (ctx, { accountId = ctx.actor.accountId ?? undefined }) =>
    accountId === ctx.actor.accountId || ctx.actor.holds('identity.manageAccounts', '/') === true
      ? accountById(ctx.db, accountId ?? null)
      : undefined,
  may: signedIn,
  run: async (ctx, _input, { id }) => {
    const { rows } = await sql<SessionRow>`select * from identity.session
      where account_id = ${id} and expires_at > ${ctx.now} order by last_seen_at desc, id`.execute(ctx.db)
    return {
      items: rows.map((row) => ({
        id: row.id,
        current: row.id === ctx.actor.sessionId,
        device: deviceName(row.agent),
        source: row.source,
        since: row.created_at.toISOString(),
        lastSeen: row.last_seen_at.toISOString(),
      })),
    }
  },
})

export const revokeSession = command('identity.revokeSession', {
  title: '让一处登录退出',
  input: RevokeSession,
  output: Done,
  load: async (ctx, { id }) => {
    const { rows } = await sql<SessionRow>`select * from identity.session where id = ${id} for update`.execute(ctx.db)
    const seen = rows[0]?.account_id === ctx.actor.accountId || ctx.actor.holds('identity.manageAccounts', '/') === true
    return seen ? rows[0] : undefined
  },
  may: signedIn,
  run: async (ctx, { id }, session) => {
    await revoke(ctx, id, session.account_id)
    return DONE
  },
})

export const signInLog = query('identity.signInLog', {
  title: '我的登录记录',
  input: Paged,
  output: pageOf(SignInEntry),
  may: signedIn,
  run: async (ctx, { after, limit }) => {
    // The ids are made in the order of time.
    const order = [{ by: sql`id`, desc: true }]
    const { rows } = await sql<Entry>`select id, at, source, agent, factor, result from identity.sign_in
      where account_id = ${ctx.actor.accountId} and ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(
      ctx.db,
    )
    const page = cut(rows, limit, (row) => [row.id])
    return { ...page, items: page.items.map(({ agent, at, ...row }) => ({ ...row, at: at.toISOString(), device: deviceName(agent) })) }
  },
})

interface Entry {
  id: string
  at: Date
  source: string
  agent: string
  factor: Factor
  result: SignInResult
}
