import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { type Db, prepared } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx, RequestPort } from '#kernel/operation.ts'
import { agentOf, type Factor, logSignIn, rememberDevice, sourceOf } from './attempts.ts'
import type { AccountState, Office, PasswordProfile } from './contract.ts'
import { RULES, sessionRules } from './rules.ts'
import { hashOf, newToken } from './secrets.ts'
import { services } from './services.ts'
import { tables } from './tables.ts'

const COOKIE = 'session'
const CSRF = 'csrf'

/** Begins a session in this browser and sets its cookies; the oldest ones give way when the account has too many. */
export async function openSession(ctx: Ctx, account: { id: string; office: Office | null }, factor: Factor): Promise<void> {
  const { absolute, parallel } = sessionRules(account.office)
  const token = newToken()
  await closeThis(ctx)
  await sql`delete from identity.session where account_id = ${account.id} and id not in (
    select id from identity.session where account_id = ${account.id} order by last_seen_at desc, id desc limit ${parallel - 1})`.execute(
    ctx.db,
  )
  await sql`insert into identity.session
      (id, token_hash, account_id, created_at, last_seen_at, expires_at, proven_at, previous_at, factor, source, agent)
    values (${newId()}, ${hashOf(token)}, ${account.id}, ${ctx.now}, ${ctx.now}, ${new Date(ctx.now.getTime() + absolute)}, ${ctx.now},
      (select max(at) from identity.sign_in where account_id = ${account.id} and result = 'done'),
      ${factor}, ${sourceOf(ctx)}, ${agentOf(ctx)})`.execute(ctx.db)
  await tables(ctx).deleteFrom('identity.ticket').where('account_id', '=', account.id).execute()
  await logSignIn(ctx, account.id, factor, 'done')
  ctx.afterCommit.push(() => forgetCached(account.id))
  ctx.request?.setCookie(COOKIE, token, { httpOnly: true })
  renewCsrf(ctx)
  rememberDevice(ctx, account.id)
}

/** Ends the session of this browser, if it has one, and takes its cookies away. */
export async function closeSession(ctx: Ctx): Promise<void> {
  await closeThis(ctx)
  ctx.request?.clearCookie(COOKIE)
  ctx.request?.clearCookie(CSRF)
  ctx.request?.clearSiteData()
}

async function closeThis(ctx: Ctx) {
  const token = ctx.request?.cookies[COOKIE]
  if (!token) return
  await tables(ctx).deleteFrom('identity.session').where('token_hash', '=', hashOf(token)).execute()
  ctx.afterCommit.push(() => cache.delete(hashOf(token)))
}

/** Ends every session of the account but one. */
export async function closeSessions(ctx: Ctx, accountId: string, but: string | null = null): Promise<void> {
  await sql`delete from identity.session where account_id = ${accountId} and id is distinct from ${but}::uuid`.execute(ctx.db)
  ctx.afterCommit.push(() => forgetCached(accountId))
}

/** Ends every session and every half-way sign-in of the installation: a restored copy knows sessions that ended since. */
export async function closeAllSessions(db: Db): Promise<void> {
  for (const table of ['session', 'ticket', 'oidc_pending']) await sql`delete from ${sql.table(`identity.${table}`)}`.execute(db)
  cache.clear()
}

/** Looks whether a session has ended, without counting as its use. */
export async function sessionOpen(db: Db, id: string, now = new Date()): Promise<boolean> {
  const { rows } = await sql`select 1 from identity.session where id = ${id} and expires_at > ${now}`.execute(db)
  return rows.length > 0
}

/** Ends one session of the account. */
export async function revokeSession(ctx: Ctx, id: string, accountId: string): Promise<void> {
  await tables(ctx).deleteFrom('identity.session').where('id', '=', id).where('account_id', '=', accountId).execute()
  ctx.afterCommit.push(() => forgetCached(accountId))
}

/** Sets the token that commands must carry, once a browser. */
export function keepCsrf(ctx: Ctx): void {
  if (!ctx.request?.cookies[CSRF]) renewCsrf(ctx)
}

const renewCsrf = (ctx: Ctx) => ctx.request?.setCookie(CSRF, randomBytes(18).toString('base64url'), { httpOnly: false })

/** Takes what is known of the account's sessions (or of all) out of memory, so that the next request asks the database. */
export function forgetCached(accountId: string | '*'): void {
  for (const [hash, entry] of cache) if (accountId === '*' || entry.accountId === accountId) cache.delete(hash)
}

interface Cached {
  at: number
  accountId: string
  actor: Actor
}

// What the roles of other modules change shows within this time; what identity itself changes shows at once.
const FRESH = 1000
const cache = new Map<string, Cached>()

/** Who is asking: the session of the cookie, with what the person may do today. One second old at most. */
export function signInOf({
  db,
  now = () => new Date(),
}: {
  db: Db
  now?: () => Date
}): (request: RequestPort) => Promise<Actor | undefined> {
  return async ({ cookies }) => {
    const token = cookies[COOKIE]
    if (!token) return undefined
    const hash = hashOf(token)
    const known = cache.get(hash)
    if (known && performance.now() - known.at < FRESH) return known.actor
    cache.delete(hash)
    const at = performance.now()
    const actor = await readSession(db, hash, now())
    if (!actor?.accountId) return undefined
    if (cache.size > 5000) cache.clear()
    cache.set(hash, { at, accountId: actor.accountId, actor })
    return actor
  }
}

interface Seen {
  id: string
  account_id: string
  last_seen_at: Date
  expires_at: Date
  person_id: string
  state: AccountState
  totp_on: boolean
  name: string
  office: Office | null
  profile: PasswordProfile
}

async function readSession(db: Db, hash: string, now: Date): Promise<Actor | undefined> {
  const [seen] = await prepared<Seen>(db, SESSION, [hash, dateAt(now)])
  if (!seen) return undefined
  const idle = now.getTime() - seen.last_seen_at.getTime()
  if (seen.state !== 'active' || now >= seen.expires_at || idle >= sessionRules(seen.office).idle) {
    await db.deleteFrom('identity.session').where('id', '=', seen.id).execute()
    return undefined
  }
  if (idle >= 60_000) await db.updateTable('identity.session').set({ last_seen_at: now }).where('id', '=', seen.id).execute()
  return (await actorFor(db, seen, dateAt(now))).actor
}

const SESSION = `select s.id, s.account_id, s.last_seen_at, s.expires_at, a.person_id, a.state, a.totp_on, p.name, o.office, i.profile
  from identity.session s join identity.account a on a.id = s.account_id join organisation.person p on p.id = a.person_id
  left join identity.office o on o.account_id = a.id and o.valid @> $2::date and o.approved_at is not null
  left join identity.installation i on i.id = 1
  where s.token_hash = $1`

export interface Holder {
  id: string | null
  account_id: string
  person_id: string
  name: string
  office: Office | null
  profile: PasswordProfile
  totp_on: boolean
}

/**
 * What the holder of an account may do on a day. An officer has the rights of the office and no others, whatever posts the person
 * holds; who has neither office, post, membership nor grant has no access any more.
 */
export async function actorFor(db: Db, holder: Holder, day: string): Promise<{ actor: Actor | undefined; mustEnrolTotp: boolean }> {
  const { office } = holder
  const { actorOf, grantsOfRole } = services()
  const officer = office !== null && office !== 'partyAffairsWorker'
  const who = { accountId: holder.account_id, personId: holder.person_id, name: holder.name, sessionId: holder.id }
  if (officer && !holder.totp_on && RULES[holder.profile].officersNeedTotp)
    return { actor: new Actor({ ...who, grants: [] }), mustEnrolTotp: true }
  if (officer) return { actor: new Actor({ ...who, personId: null, grants: grantsOfRole(office) }), mustEnrolTotp: false }
  const actor = await actorOf(db, { ...who, grants: office ? grantsOfRole(office) : [] }, day)
  return { actor: actor.grants.length > 0 ? actor : undefined, mustEnrolTotp: false }
}
