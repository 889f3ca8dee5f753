import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { all, conflict, forbidden, stale, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { officeOf } from '../accounts.ts'
import { agreementOn, askAgreement, type Standing, spendAgreement } from '../agreements.ts'
import { logSignIn } from '../attempts.ts'
import { canOf } from '../can.ts'
import { type AccountState, OFFICES, type Office } from '../contract.ts'
import { accountById, type KnownAccount, loginOf } from '../logins.ts'
import {
  Account,
  AccountFilter,
  AccountSwitched,
  Requested,
  RequestReset,
  ResetByPresence,
  ResetIssued,
  SwitchAccount,
} from '../officersContract.ts'
import { assertProven } from '../proof.ts'
import { closeSessions } from '../sessions.ts'
import { inDays, issueCodes } from '../slips.ts'

const manages = (actor: Actor) => actor.holds('identity.manageAccounts', '/')
const approves = (actor: Actor) => actor.holds('identity.approveGrants', '/')

interface Target {
  id: string
  state: AccountState
  office: Office | null
  /** Whether this actor has asked to reset the password, and another officer agreed. */
  agreement: Standing
}

const isOfficer = ({ office }: Target) => office !== null && office !== 'partyAffairsWorker'

function mayDisable(actor: Actor, target: Target): Verdict {
  if (isOfficer(target)) return conflict('officer', '三员的账号不能停用：请先发开通条给接任的人，核准后自动交接')
  return all(manages(actor), target.state !== 'disabled' || conflict('disabled', '这个账号已经停用'))
}

const mayEnable = (actor: Actor, { state }: Target): Verdict =>
  all(manages(actor), state === 'disabled' || conflict('not-disabled', '这个账号没有停用'))

/**
 * Nobody resets his own. Of who holds an office it takes two: one asks, another officer agrees, and only then the first one gives the
 * code, so that no officer can take another's place alone. On the machine itself the owner does it alone: who is there holds the keys.
 */
function mayReset(actor: Actor, target: Target): Verdict {
  return all(
    maySeeTo(actor, target),
    target.office === null || target.agreement === 'agreed' || actor.accountId === null || needsAnother(target),
  )
}

function mayRequestReset(actor: Actor, target: Target): Verdict {
  return all(
    maySeeTo(actor, target),
    target.office !== null || conflict('no-office', '这个账号没有管理职务，可以直接当面重设密码'),
    target.agreement === 'none' || conflict('asked-before', '已经提出过了，还在等另一位管理员同意，或者已经同意还没有发码'),
  )
}

const maySeeTo = (actor: Actor, target: Target): Verdict =>
  all(
    manages(actor) === true || target.office === null ? manages(actor) : approves(actor),
    target.id !== actor.accountId || forbidden('own-reset', '自己的密码请在「我的登录」里换'),
    target.state !== 'disabled' || conflict('disabled', '账号已停用，请先启用'),
  )

const needsAnother = ({ agreement }: Target) =>
  agreement === 'waiting'
    ? conflict('second-officer', '还在等另一位管理员同意，同意以后才能发码')
    : conflict('second-officer', '三员和全单位党务干部的密码要两个人才能重设：请先提出，另一位管理员同意后再发码')

interface Row extends Target {
  name: string
  login: string
  totp_on: boolean
  last: Date | null
  version: number
}

export const accounts = query('identity.accounts', {
  title: '账号',
  input: AccountFilter.extend(Paged.shape),
  output: pageOf(Account),
  may: (actor) => (manages(actor) === true ? true : approves(actor)),
  run: async (ctx, { state, text, after, limit }) => {
    const order = [{ by: sql`p.name collate "zh-x-icu"` }, { by: sql`a.id` }]
    const filters = [
      state ? sql`a.state = ${state}` : sql`true`,
      text
        ? sql`(p.name like ${`${text.replaceAll(/[\\%_]/g, '\\$&')}%`} or exists (select from identity.login l
        where l.account_id = a.id and l.key = ${loginOf(text).key}))`
        : sql`true`,
    ]
    const { rows } = await sql<Row>`select a.id, p.name, a.state, a.totp_on, a.version, o.office,
        (select n.shown from identity.login n where n.account_id = a.id order by n.kind desc limit 1) as login,
        (select max(at) from identity.sign_in s where s.account_id = a.id and s.result = 'done') as last,
        coalesce((select case when g.agreed then 'agreed' else 'waiting' end from identity.agreement g where g.kind = 'officerReset'
          and g.subject = a.id and g.requested_by = ${ctx.actor.accountId} and g.used_at is null and g.until > ${ctx.now}
          and g.agreed is distinct from false), 'none') as agreement
      from identity.account a join organisation.person p on p.id = a.person_id
      left join identity.office o on o.account_id = a.id and o.approved_at is not null and o.valid @> ${dateAt(ctx.now)}::date
      where ${sql.join(filters, sql` and `)} and ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.name, row.id])
    return { ...page, items: page.items.map((row) => view(ctx.actor, row)) }
  },
})

const view = (actor: Actor, row: Row) => ({
  id: row.id,
  name: row.name,
  login: row.login,
  state: row.state,
  office: row.office && OFFICES[row.office],
  hasTotp: row.totp_on,
  lastSignInAt: row.last?.toISOString() ?? null,
  version: row.version,
  can: {
    disable: canOf(mayDisable(actor, row)),
    enable: canOf(mayEnable(actor, row)),
    requestReset: canOf(mayRequestReset(actor, row)),
    reset: canOf(mayReset(actor, row)),
  },
})

type Known = KnownAccount & Target

/** The account for a step of an officer; nobody else finds it. */
async function known(ctx: Ctx, { accountId }: { accountId: string }): Promise<Known | undefined> {
  if (manages(ctx.actor) !== true && approves(ctx.actor) !== true) return undefined
  const account = await accountById(ctx.db, accountId, 'lock')
  return account && { ...account, office: await officeOf(ctx, account.id), agreement: await agreementOn(ctx, resetOf(account.id)) }
}

const resetOf = (accountId: string) => ({ kind: 'officerReset' as const, subject: accountId, detail: {} })

function assertCurrent(version: number, account: Known) {
  if (version !== account.version) throw stale({ version }, { version: account.version, state: account.state })
}

export const disable = command('identity.disable', {
  title: '停用账号',
  input: SwitchAccount,
  output: AccountSwitched,
  load: known,
  may: mayDisable,
  run: async (ctx, { version }, account) => {
    assertCurrent(version, account)
    await closeSessions(ctx, account.id)
    await sql`update identity.slip set revoked_at = ${ctx.now}
      where account_id = ${account.id} and used_at is null and revoked_at is null`.execute(ctx.db)
    return switchTo(ctx, account, 'disabled')
  },
})

export const enable = command('identity.enable', {
  title: '重新启用账号',
  input: SwitchAccount,
  output: AccountSwitched,
  load: known,
  may: mayEnable,
  run: async (ctx, { version }, account) => {
    assertCurrent(version, account)
    return switchTo(ctx, account, account.password_hash ? 'active' : 'invited')
  },
})

async function switchTo(ctx: Ctx, { id, version }: Known, state: AccountState) {
  await sql`update identity.account set state = ${state}, version = version + 1 where id = ${id}`.execute(ctx.db)
  return { version: version + 1 }
}

export const requestReset = command('identity.requestReset', {
  title: '提出重设一位管理员的密码',
  input: RequestReset,
  output: Requested,
  load: known,
  may: mayRequestReset,
  run: async (ctx, { version, seenDocument }, account) => {
    assertCurrent(version, account)
    const about = `${OFFICES[account.office!]} ${account.name}`
    const { id, until } = await askAgreement(ctx, { ...resetOf(account.id), about, count: null, reason: `本人到场，核对了${seenDocument}` })
    return { id, until: until.toISOString() }
  },
})

/** A code given in presence is good until the end of the visit: one day. */
const DAYS = 1

export const resetByPresence = command('identity.resetByPresence', {
  title: '当面发重设密码的一次性码',
  input: ResetByPresence,
  output: ResetIssued,
  secret: true,
  load: known,
  may: mayReset,
  run: async (ctx, { version, seenDocument }, account) => {
    assertCurrent(version, account)
    await assertProven(ctx)
    if (account.office !== null && ctx.actor.accountId !== null && !(await spendAgreement(ctx, resetOf(account.id))))
      throw needsAnother(account)
    const until = inDays(ctx, DAYS)
    const purpose = account.state === 'invited' ? 'activate' : 'reset'
    const [code] = await issueCodes(ctx, [{ accountId: account.id, purpose, until, batchId: null, seenDocument }])
    await sql`update identity.account set version = version + 1 where id = ${account.id}`.execute(ctx.db)
    await logSignIn(ctx, account.id, 'code', 'resetIssued')
    const { id, person_id, name, logins } = account
    return {
      slip: { accountId: id, personId: person_id, name, orgName: null, login: logins[0] ?? '', code: code! },
      until: until.toISOString(),
    }
  },
})
