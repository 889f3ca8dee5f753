import { sql } from 'kysely'
import { conflict, invalid } from '#kernel/errors.ts'
import { anyone, command } from '#kernel/operation.ts'
import { beginAttempt, failAttempt, logSignIn } from '../attempts.ts'
import { Activate, Next } from '../contract.ts'
import { accountByLogin, loginOf } from '../logins.ts'
import { hashOfChoice, setPassword } from '../passwords.ts'
import { closeSessions } from '../sessions.ts'
import { liveSlip } from '../slips.ts'
import { admit, proceed } from '../steps.ts'

export const activate = command('identity.activate', {
  title: '用一次性码设密码',
  input: Activate,
  output: Next,
  open: true,
  secret: true,
  prepare: async (ctx, { login, code, password }) => {
    const { key } = loginOf(login)
    const account = await accountByLogin(ctx.db, key)
    const attempt = await beginAttempt(ctx, key, account?.id ?? null, 'code')
    const slip = account && (await liveSlip(ctx, account.id, code))
    if (!account || !slip) {
      const message = '账号或一次性码不对，或者码已用过、过期、作废。请找发码的人换一张'
      return failAttempt(ctx, attempt, 'wrongCode', invalid('wrong-code', message, { code: [message] }))
    }
    const shown = await admit(ctx, account, attempt)
    const words = [account.name, ...account.logins]
    return { shown, slip, hash: await hashOfChoice(ctx, { password, field: 'password', words, accountId: account.id }) }
  },
  may: anyone,
  run: async (ctx, _input, _none, { shown, slip, hash }) => {
    const { id } = shown.account
    const { rows } = await sql`update identity.slip set used_at = ${ctx.now}
      where id = ${slip.id} and used_at is null and revoked_at is null returning id`.execute(ctx.db)
    if (rows.length === 0) throw conflict('code-used', '这张码刚刚已经用过了，请直接登录')
    await sql`update identity.slip set revoked_at = ${ctx.now}
      where account_id = ${id} and used_at is null and revoked_at is null`.execute(ctx.db)
    await setPassword(ctx, id, hash)
    await closeSessions(ctx, id)
    await logSignIn(ctx, id, 'code', 'activated')
    return proceed(ctx, { ...shown, replace: null }, 'code')
  },
})
