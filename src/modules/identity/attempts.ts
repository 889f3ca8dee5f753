import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { SignInResult } from './contract.ts'
import { LOCK } from './rules.ts'
import { services } from './services.ts'
import { tables } from './tables.ts'

export type Factor = 'password' | 'passwordTotp' | 'oidc' | 'code'

/** One try to get in, counted before it is checked, so that a hundred tries at once are not a hundred free ones. */
export interface Attempt {
  loginKey: string
  accountId: string | null
  /** A browser that has been signed in to this account is counted apart from its address: others there cannot lock it out. */
  source: string
  factor: Factor
}

/** Counts the attempt; refuses with `locked` while this login rests for this source, and slows a login that is under attack. */
export async function beginAttempt(ctx: Ctx, loginKey: string, accountId: string | null, factor: Factor): Promise<Attempt> {
  const device = accountId ? knownDevice(ctx, accountId) : undefined
  const attempt = { loginKey, accountId, factor, source: device ?? sourceOf(ctx) }
  const lockedUntil = await count(ctx, attempt)
  if (lockedUntil) {
    await logSignIn(ctx, accountId, factor, 'locked')
    const minutes = Math.ceil((lockedUntil.getTime() - ctx.now.getTime()) / 60_000)
    const message = `连续 ${LOCK.failures} 次没有登上，这里暂停登录 ${minutes} 分钟。急用请换一台登录过的电脑，或找系统管理员当面换一次性码`
    throw new Refusal('forbidden', 'locked', message, { details: { until: lockedUntil.toISOString() } })
  }
  if (!device) await slowDown(ctx, loginKey)
  return attempt
}

/** The attempt failed: it stays counted, is logged, and the last one allowed begins the rest. Throws the refusal given. */
export async function failAttempt(ctx: Ctx, attempt: Attempt, result: SignInResult, refusal: Refusal): Promise<never> {
  await sql`update identity.failure set locked_until = ${after(ctx, LOCK.duration)}
    where login_key = ${attempt.loginKey} and source = ${attempt.source} and count >= ${LOCK.failures} and locked_until is null`.execute(
    ctx.db,
  )
  await logSignIn(ctx, attempt.accountId, attempt.factor, result)
  throw refusal
}

/** Nothing came of the attempt, and it was not the person's fault: it is not counted. */
export const forgiveAttempt = (ctx: Ctx, { loginKey, source }: Attempt) =>
  sql`update identity.failure set count = count - 1
    where login_key = ${loginKey} and source = ${source} and count > 0 and locked_until is null`.execute(ctx.db)

/** The attempt succeeded: nothing stays counted for this source. */
export const clearAttempts = (ctx: Ctx, { loginKey, source }: Pick<Attempt, 'loginKey' | 'source'>) =>
  tables(ctx).deleteFrom('identity.failure').where('login_key', '=', loginKey).where('source', '=', source).execute()

/** Writes the log of sign-ins; an unknown login has no account. */
export const logSignIn = (ctx: Ctx, accountId: string | null, factor: Factor, result: SignInResult) =>
  tables(ctx)
    .insertInto('identity.sign_in')
    .values({ id: newId(), account_id: accountId, at: ctx.now, source: sourceOf(ctx), agent: agentOf(ctx), factor, result })
    .execute()

export const sourceOf = (ctx: Ctx) => ctx.request?.source ?? 'console'
export const agentOf = (ctx: Ctx) => ctx.request?.userAgent ?? ''

const DEVICE = 'device'
const YEAR = 365 * 24 * 3600

/** Lets this browser be recognised as one that has been signed in to the account. */
export function rememberDevice(ctx: Ctx, accountId: string): void {
  if (knownDevice(ctx, accountId)) return
  const nonce = randomBytes(16).toString('base64url')
  ctx.request?.setCookie(DEVICE, `${nonce}.${deviceProof(accountId, nonce)}`, { httpOnly: true, maxAge: YEAR })
}

function knownDevice(ctx: Ctx, accountId: string): string | undefined {
  const [nonce, proof] = (ctx.request?.cookies[DEVICE] ?? '').split('.')
  return nonce && proof === deviceProof(accountId, nonce) ? `device ${nonce}` : undefined
}

const deviceProof = (accountId: string, nonce: string) => services().cipher.blindIndex(`${accountId}.${nonce}`, 'identity.device')

async function count(ctx: Ctx, { loginKey, source }: Attempt): Promise<Date | null> {
  const old = sql`(f.locked_until <= ${ctx.now} or (f.locked_until is null and f.first_at < ${after(ctx, -LOCK.window)}))`
  const { rows } = await sql<{ locked_until: Date | null }>`
    insert into identity.failure as f (login_key, source, first_at, count) values (${loginKey}, ${source}, ${ctx.now}, 1)
    on conflict (login_key, source) do update set
      first_at = case when ${old} then excluded.first_at else f.first_at end,
      count = case when ${old} then 1 else f.count + 1 end,
      locked_until = case when ${old} then null
        when f.count >= ${LOCK.failures} then coalesce(f.locked_until, ${after(ctx, LOCK.duration)}) end
    returning locked_until`.execute(ctx.db)
  return rows[0]!.locked_until
}

/** From the twentieth failure on, wherever they come from, browsers unknown to the account wait up to eight seconds. */
async function slowDown(ctx: Ctx, loginKey: string) {
  const { rows } = await sql<{ sum: number }>`select coalesce(sum(count), 0)::int as sum from identity.failure
    where login_key = ${loginKey} and first_at > ${after(ctx, -LOCK.window)}`.execute(ctx.db)
  const over = rows[0]!.sum - LOCK.slowAfter
  if (over > 0) await services().pause?.(Math.min(LOCK.slowest, 250 * 2 ** Math.floor(over / 5)))
}

const after = (ctx: Ctx, milliseconds: number) => new Date(ctx.now.getTime() + milliseconds)
