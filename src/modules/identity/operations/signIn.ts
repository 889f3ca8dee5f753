import { anyone, command } from '#kernel/operation.ts'
import { beginAttempt, failAttempt, forgiveAttempt } from '../attempts.ts'
import { Done, Next, ReplacePassword, SignIn, SignInTotp, SignOut } from '../contract.ts'
import { fits, hashed } from '../hashing.ts'
import { accountById, accountByLogin, loginOf } from '../logins.ts'
import { hashOfChoice, setHash, setPassword } from '../passwords.ts'
import { services } from '../services.ts'
import { closeSession, closeSessions } from '../sessions.ts'
import { accountOfTicket, admit, endTicket, proceed, wrongLogin } from '../steps.ts'
import { spendDigits, wrongDigits } from '../totp.ts'

export const signIn = command('identity.signIn', {
  title: '登录',
  input: SignIn,
  output: Next,
  open: true,
  secret: true,
  prepare: async (ctx, { login, password }) => {
    const { key } = loginOf(login)
    const account = await accountByLogin(ctx.db, key)
    const attempt = await beginAttempt(ctx, key, account?.id ?? null, 'password')
    const right = await fits(ctx, account?.password_hash, password).catch(async (error) => {
      await forgiveAttempt(ctx, attempt)
      throw error
    })
    if (!account?.password_hash || !right) return failAttempt(ctx, attempt, 'wrongPassword', wrongLogin())
    const shown = await admit(ctx, account, attempt)
    return { ...shown, newHash: services().hasher.isOld(account.password_hash) ? await hashed(ctx, password) : null }
  },
  may: anyone,
  run: async (ctx, _input, _none, { newHash, ...shown }) => {
    if (newHash) await setHash(ctx, shown.account.id, newHash)
    return proceed(ctx, shown, 'password')
  },
})

export const signInTotp = command('identity.signInTotp', {
  title: '登录第二步：动态口令',
  input: SignInTotp,
  output: Next,
  open: true,
  secret: true,
  prepare: async (ctx, { ticket, code }) => {
    const account = (await accountById(ctx.db, await accountOfTicket(ctx, ticket, 'totp')))!
    const attempt = await beginAttempt(ctx, `totp ${account.id}`, account.id, 'passwordTotp')
    if (!(await spendDigits(ctx, account, code))) return failAttempt(ctx, attempt, 'wrongTotp', wrongDigits('code'))
    return admit(ctx, account, attempt)
  },
  may: anyone,
  run: async (ctx, { ticket }, _none, shown) => {
    await endTicket(ctx, ticket)
    return proceed(ctx, shown, 'passwordTotp')
  },
})

export const replacePassword = command('identity.replacePassword', {
  title: '登录第三步：换掉到期的密码',
  input: ReplacePassword,
  output: Next,
  open: true,
  secret: true,
  prepare: async (ctx, { ticket, password }) => {
    const account = (await accountById(ctx.db, await accountOfTicket(ctx, ticket, 'newPassword')))!
    const words = [account.name, ...account.logins]
    const hash = await hashOfChoice(ctx, { password, field: 'password', words, accountId: account.id })
    const factor = account.totp_on ? ('passwordTotp' as const) : ('password' as const)
    const shown = await admit(ctx, account, await beginAttempt(ctx, `ticket ${account.id}`, account.id, factor))
    return { shown: { ...shown, replace: null }, hash, factor }
  },
  may: anyone,
  run: async (ctx, { ticket }, _none, { shown, hash, factor }) => {
    await endTicket(ctx, ticket)
    await setPassword(ctx, shown.account.id, hash)
    await closeSessions(ctx, shown.account.id)
    return proceed(ctx, shown, factor)
  },
})

export const signOut = command('identity.signOut', {
  title: '退出',
  input: SignOut,
  output: Done,
  // Open, so that it also works when the session has ended already; another site cannot send our cookie (SameSite=Strict).
  open: true,
  may: anyone,
  run: async (ctx) => {
    await closeSession(ctx)
    return { done: true as const }
  },
})
