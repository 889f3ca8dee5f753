import { anyone, command } from '#kernel/operation.ts'
import { beginAttempt, failAttempt, sourceOf } from '../attempts.ts'
import { Done, Next, SignIn, SignOut } from '../contract.ts'
import { accountByLogin, loginOf } from '../logins.ts'
import { setHash } from '../passwords.ts'
import { services } from '../services.ts'
import { closeSession } from '../sessions.ts'
import { admit, proceed, wrongLogin } from '../steps.ts'

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
    const { hasher } = services()
    const right = await hasher.verify(account?.password_hash ?? undefined, password, sourceOf(ctx))
    if (!account?.password_hash || !right) return failAttempt(ctx, attempt, 'wrongPassword', wrongLogin())
    const shown = await admit(ctx, account, attempt)
    return { ...shown, newHash: hasher.isOld(account.password_hash) ? await hasher.hash(password, sourceOf(ctx)) : null }
  },
  may: anyone,
  run: async (ctx, _input, _none, { newHash, ...shown }) => {
    if (newHash) await setHash(ctx, shown.account.id, newHash)
    return proceed(ctx, shown, 'password')
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
