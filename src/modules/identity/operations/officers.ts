import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, forbidden, type Verdict } from '#kernel/errors.ts'
import { NOWHERE } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { beginOffice, endOffice as end, newAccount, requestOffice } from '../accounts.ts'
import { canOf } from '../can.ts'
import { Done, OFFICES, type Office } from '../contract.ts'
import { installation } from '../installation.ts'
import { accountById, accountByLogin, newLoginOf } from '../logins.ts'
import { ById, ChooseProfile, IssueOffice, OfficeIssued, OfficeList } from '../officersContract.ts'
import { forgetCached } from '../sessions.ts'
import { inDays, issueCodes } from '../slips.ts'
import { type OfficeRow, record } from '../tables.ts'

const DONE = { done: true as const }

const manages = (actor: Actor) => actor.holds('identity.manageAccounts', '/')
const approves = (actor: Actor) => actor.holds('identity.approveGrants', '/')

export const issueOffice = command('identity.issueOffice', {
  title: '给管理员和全单位党务干部发开通条',
  input: IssueOffice,
  output: OfficeIssued,
  secret: true,
  may: manages,
  run: async (ctx, { office, name, login, validDays }) => {
    const known = newLoginOf(login)
    const account = await accountByLogin(ctx.db, known.key)
    if (account && account.name !== name) throw conflict('login-taken', `「${known.shown}」是${account.name}的账号，请核对姓名和工号`)
    const all = await standing(ctx)
    const own = all.find((row) => row.account_id === account?.id)
    if (own && (own.office !== office || account?.state !== 'invited'))
      throw conflict('one-office', `${name} 已经是${OFFICES[own.office]}。三员和党务干部必须是不同的人，请换一位`)
    const id = account?.id ?? (await newAccount(ctx, name, known))
    const waits = own ? own.approved_at === null : await place(ctx, id, office, all)
    if (account?.state === 'active') return { slip: null, until: null, waits }
    const until = inDays(ctx, validDays)
    const [code] = await issueCodes(ctx, [{ accountId: id, purpose: 'activate', until, batchId: null }])
    const { person_id } = (await accountById(ctx.db, id))!
    const slip = { accountId: id, personId: person_id, name, orgName: null, login: known.shown, code: code! }
    return { slip, until: until.toISOString(), waits }
  },
})

/** Puts the account in the office: at once until there is a security officer who can approve, otherwise as a request. True when it waits. */
async function place(ctx: Ctx, accountId: string, office: Office, all: readonly Standing[]): Promise<boolean> {
  const others = office === 'partyAffairsWorker' ? [] : all.filter((row) => row.office === office)
  const security = all.find((row) => row.office === 'securityOfficer' && row.approved_at !== null && row.state === 'active')
  if (security) {
    if (others.some((row) => row.approved_at === null))
      throw conflict('office-waits', `${OFFICES[office]}已经有一位在等安全管理员核准，请先办完`)
    await requestOffice(ctx, accountId, office)
    return true
  }
  // Who was named by mistake and has not come yet can still be replaced; who is at work cannot.
  for (const row of others) {
    if (row.state === 'active') throw conflict('office-held', `${OFFICES[office]}现在是${row.name}；要换人，得先有安全管理员来核准`)
    await end(ctx, row)
  }
  await beginOffice(ctx, accountId, office)
  return false
}

interface Standing extends OfficeRow {
  name: string
  state: 'invited' | 'active' | 'disabled'
  login: string
  since: string
}

/** Every office held or asked for today, locked when `id` names one for a step. */
async function standing(ctx: Ctx): Promise<Standing[]> {
  const { rows } = await sql<Standing>`select o.*, p.name, a.state, lower(o.valid) as since,
      (select shown from identity.login n where n.account_id = a.id order by n.kind desc limit 1) as login
    from identity.office o join identity.account a on a.id = o.account_id join organisation.person p on p.id = a.person_id
    where o.valid @> ${dateAt(ctx.now)}::date order by o.office desc, p.name collate "zh-x-icu", o.id`.execute(ctx.db)
  return rows
}

/** The office for a step of the officers; nobody else finds it. */
async function officeForStep(ctx: Ctx, { id }: { id: string }): Promise<Standing | undefined> {
  if (manages(ctx.actor) !== true && approves(ctx.actor) !== true) return undefined
  await sql`select id from identity.office where id = ${id} for update`.execute(ctx.db)
  return (await standing(ctx)).find((row) => row.id === id)
}

export const offices = query('identity.offices', {
  title: '三员和全单位党务干部',
  input: z.object({}),
  output: OfficeList,
  may: (actor) => (manages(actor) === true ? true : approves(actor)),
  run: async (ctx) => {
    const { profile } = await installation(ctx.db, ctx.now)
    const items = (await standing(ctx)).map((row) => ({
      id: row.id,
      accountId: row.account_id,
      office: row.office,
      name: row.name,
      login: row.login,
      state: row.state,
      since: row.since,
      waits: row.approved_at === null,
      can: { approve: canOf(mayApprove(ctx.actor, row)), end: canOf(mayEnd(ctx.actor, row)) },
    }))
    return { profile, items }
  },
})

/** Never for oneself, never by who asked. */
function mayApprove(actor: Actor, { approved_at, account_id, requested_by }: Standing): Verdict {
  const right = approves(actor)
  if (right !== true) return right
  if (approved_at !== null) return conflict('not-waiting', '这一项不在等核准')
  if (account_id === actor.accountId || requested_by === actor.accountId)
    return forbidden('own-grant', '自己不能核准给自己的，也不能核准自己提出的')
  return true
}

export const approveOffice = command('identity.approveOffice', {
  title: '核准管理员或全单位党务干部',
  input: ById,
  output: Done,
  load: officeForStep,
  may: mayApprove,
  run: async (ctx, _input, row) => {
    if (row.office !== 'partyAffairsWorker')
      for (const before of await standing(ctx)) if (before.office === row.office && before.id !== row.id) await end(ctx, before)
    await sql`update identity.office set approved_by = ${ctx.actor.accountId}, approved_at = ${ctx.now}, version = version + 1
      where id = ${row.id}`.execute(ctx.db)
    record(ctx, 'office.began', { subject: row.account_id, orgId: NOWHERE, body: { office: row.office, by: ctx.actor.accountId } })
    ctx.afterCommit.push(() => forgetCached(row.account_id))
    return DONE
  },
})

export const refuseOffice = command('identity.refuseOffice', {
  title: '不核准管理员或全单位党务干部',
  input: ById,
  output: Done,
  load: officeForStep,
  may: mayApprove,
  run: async (ctx, _input, row) => {
    await end(ctx, row)
    return DONE
  },
})

/** The three officers are replaced, never left empty: otherwise one could remove who watches him. */
function mayEnd(actor: Actor, { office, approved_at }: Standing): Verdict {
  const right = manages(actor)
  if (right !== true) return right
  return (
    office === 'partyAffairsWorker' ||
    approved_at === null ||
    conflict('replace-officer', '三员不能空缺：请给接任的人发开通条，核准后自动交接')
  )
}

export const endOffice = command('identity.endOffice', {
  title: '结束全单位党务干部的职务',
  input: ById,
  output: Done,
  load: officeForStep,
  may: mayEnd,
  run: async (ctx, _input, row) => {
    await end(ctx, row)
    return DONE
  },
})

export const chooseProfile = command('identity.chooseProfile', {
  title: '定密码规则',
  input: ChooseProfile,
  output: Done,
  may: approves,
  run: async (ctx, { profile }) => {
    await sql`update identity.installation set profile = ${profile}, version = version + 1`.execute(ctx.db)
    ctx.afterCommit.push(() => forgetCached('*'))
    return DONE
  },
})
