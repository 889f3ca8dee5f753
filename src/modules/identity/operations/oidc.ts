import { forbidden, invalid } from '#kernel/errors.ts'
import { anyone, type Ctx, command } from '#kernel/operation.ts'
import { activateAccount } from '../accounts.ts'
import { failAttempt } from '../attempts.ts'
import { Next, OidcFinish, OidcGo, OidcStart } from '../contract.ts'
import { accountByLogin, loginOf } from '../logins.ts'
import { comeBack, leave } from '../oidc.ts'
import { hashOf, newToken } from '../secrets.ts'
import { admit, proceed } from '../steps.ts'
import { tables } from '../tables.ts'

const COOKIE = 'oidc'
const LIFE = 10 * 60_000

export const oidcStart = command('identity.oidcStart', {
  title: '去单位统一登录',
  input: OidcStart,
  output: OidcGo,
  open: true,
  secret: true,
  prepare: async (_ctx, { origin }) => {
    if (new URL(origin).origin !== origin) throw invalid('bad-origin', '地址不对，请刷新页面', { origin: ['只要网址的开头'] })
    return leave(origin)
  },
  may: anyone,
  run: async (ctx, { origin }, _none, { url, state, nonce, verifier }) => {
    const browser = newToken()
    await tables(ctx).deleteFrom('identity.oidc_pending').where('expires_at', '<', ctx.now).execute()
    await tables(ctx)
      .insertInto('identity.oidc_pending')
      .values({
        state_hash: hashOf(state),
        browser_hash: hashOf(browser),
        verifier,
        nonce,
        origin,
        expires_at: new Date(ctx.now.getTime() + LIFE),
      })
      .execute()
    ctx.request?.setCookie(COOKIE, browser, { httpOnly: true, maxAge: LIFE / 1000 })
    return { url }
  },
})

export const oidcFinish = command('identity.oidcFinish', {
  title: '从单位统一登录回来',
  input: OidcFinish,
  output: Next,
  open: true,
  secret: true,
  prepare: async (ctx, { address }) => {
    const url = new URL(address)
    const state = url.searchParams.get('state') ?? ''
    const pending = await takePending(ctx, state)
    if (!pending) throw forbidden('oidc-expired', '这次统一登录等得太久，或者不是从这个浏览器开始的，请重新点一次统一登录的按钮')
    const staffNo = await comeBack(url, { state, ...pending }).catch(() => {
      throw forbidden('oidc-refused', '单位统一登录没有通过，请再试一次；仍不行请用账号和密码')
    })
    const account = staffNo === null ? undefined : await accountByLogin(ctx.db, loginOf(staffNo).key)
    const attempt = { loginKey: 'oidc', source: 'oidc', accountId: account?.id ?? null, factor: 'oidc' as const }
    if (!account) {
      const message = staffNo === null ? '单位统一登录没有给出工号，请系统管理员检查设置' : `工号 ${staffNo} 还没有账号，请找系统管理员开通`
      return failAttempt(ctx, attempt, 'unknownPerson', forbidden('no-account', message))
    }
    const shown = await admit(ctx, account, attempt)
    // Whoever runs that service could come in as anybody it knows: the offices that watch each other are not in its hands.
    if (shown.office && shown.office !== 'partyAffairsWorker')
      return failAttempt(ctx, attempt, 'officerElsewhere', forbidden('officer-by-password', '三员不走单位统一登录，请用账号和密码登录'))
    return shown
  },
  may: anyone,
  run: async (ctx, _input, _none, shown) => {
    ctx.request?.clearCookie(COOKIE)
    if (shown.account.state === 'invited') await activateAccount(ctx, shown.account.id)
    return proceed(ctx, shown, 'oidc')
  },
})

/** What was remembered when this browser left with this state; taken away, so that an answer works once. */
async function takePending(ctx: Ctx, state: string) {
  const browser = ctx.request?.cookies[COOKIE]
  if (!browser) return undefined
  return tables(ctx)
    .deleteFrom('identity.oidc_pending')
    .where('state_hash', '=', hashOf(state))
    .where('browser_hash', '=', hashOf(browser))
    .where('expires_at', '>', ctx.now)
    .returning(['verifier', 'nonce'])
    .executeTakeFirst()
}
