import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, beyond } from '#kernel/actor.ts'
import { conflict, invalid, type Verdict } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { orgCard } from '#modules/organisation/published.ts'
import { canOf } from '../can.ts'
import { Done } from '../contract.ts'
import { Batch, ById, IssueSlips, type Slip, SlipCandidate, SlipFilter, SlipsIssued } from '../officersContract.ts'
import { type Candidate, candidates, loginFor, postNames, problemOf, type Wanted } from '../roster.ts'
import { slipSheet } from '../slipSheet.ts'
import { inDays, issueCodes } from '../slips.ts'
import { tables } from '../tables.ts'

const manages = (actor: Actor) => actor.holds('identity.manageAccounts', '/')

const unknownOrg = () => invalid('unknown-org', '没有这个组织，请重新选择', { orgId: ['没有这个组织，请重新选择'] })

async function wantedOf(ctx: Ctx, { orgId, posts }: z.output<typeof SlipFilter>): Promise<Wanted> {
  if (!orgId) return { where: sql<boolean>`true`, posts }
  const org = await orgCard(ctx.db, orgId)
  if (!org) throw unknownOrg()
  return { where: sql<boolean>`(o.path >= ${org.path} and o.path < ${beyond(org.path)})`, posts }
}

export const previewSlips = query('identity.previewSlips', {
  title: '发开通条之前看会发给谁',
  input: SlipFilter.extend(Paged.shape),
  output: pageOf(SlipCandidate).extend({ total: z.int(), issuable: z.int() }),
  may: manages,
  run: async (ctx, { after, limit, ...filter }) => {
    const all = candidates(ctx, await wantedOf(ctx, filter))
    const order = [{ by: sql`x.name collate "zh-x-icu"` }, { by: sql`x."personId"` }]
    const { rows } = await sql<Candidate>`select x.* from (${all}) x
      where ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const { rows: counts } = await sql<{ total: number; issuable: number }>`select count(*)::int as total, count(*) filter (
        where (x.account is null or (${filter.again} and x.account = 'invited'))
          and (x.shown is not null or x."staffNo" ~ '^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$' or x."phoneIndex" is not null))::int as issuable
      from (${all}) x`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.name, row.personId])
    return { ...page, ...counts[0]!, items: page.items.map((row) => candidateView(row, filter.again)) }
  },
})

function candidateView(row: Candidate, again: boolean): SlipCandidate {
  const login = loginFor(row)
  return {
    personId: row.personId,
    name: row.name,
    orgName: row.orgName,
    posts: postNames(row.posts),
    login: typeof login === 'string' ? null : login.shown,
    account: row.account,
    problem: problemOf(row, again),
  }
}

const MOST = 20_000

export const issueSlips = command('identity.issueSlips', {
  title: '按名册批量发开通条',
  input: IssueSlips,
  output: SlipsIssued,
  secret: true,
  may: manages,
  run: async (ctx, { without, title, validDays, ...filter }) => {
    const { rows } = await sql<Candidate>`select x.* from (${candidates(ctx, await wantedOf(ctx, filter))}) x
      where not (x."personId" = any(${without}::uuid[])) order by x."orgName", x.name collate "zh-x-icu", x."personId"
      limit ${MOST + 1}`.execute(ctx.db)
    if (rows.length > MOST) throw invalid('too-many', `一次最多发 ${MOST} 张，请按组织分批`)
    const { ready, left } = await sorted(ctx, rows, filter.again)
    if (ready.length === 0) throw conflict('nobody', '没有可以发开通条的人，请改条件或看预览里的原因')
    const until = inDays(ctx, validDays)
    const batchId = newId()
    await tables(ctx)
      .insertInto('identity.batch')
      .values({ id: batchId, title, issued_at: ctx.now, issued_by: ctx.actor.accountId, until, revoked_at: null })
      .execute()
    await makeAccounts(ctx, ready)
    const codes = await issueCodes(
      ctx,
      ready.map(({ accountId }) => ({ accountId, purpose: 'activate', until, batchId })),
    )
    const slips = ready.map(({ accountId, personId, name, orgName, login }, i): Slip => {
      return { accountId, personId, name, orgName, login: login.shown, code: codes[i]! }
    })
    return { batchId, until: until.toISOString(), slips, left, sheet: (await slipSheet(title, slips, until)).toString('base64') }
  },
})

interface Ready extends Candidate {
  accountId: string
  login: Exclude<ReturnType<typeof loginFor>, string>
  isNew: boolean
}

/** Parts those who get a slip from those who cannot, with the reason; a login name goes to one person only. */
async function sorted(ctx: Ctx, rows: readonly Candidate[], again: boolean) {
  const left: { name: string; problem: string }[] = []
  const wanted: Ready[] = []
  for (const row of rows) {
    const problem = problemOf(row, again)
    const login = loginFor(row)
    if (problem !== null || typeof login === 'string') left.push({ name: row.name, problem: problem ?? String(login) })
    else wanted.push({ ...row, accountId: row.accountId ?? newId(), login, isNew: row.accountId === null })
  }
  const fresh = wanted.filter((one) => one.isNew).map((one) => one.login.key)
  const { rows: known } = await sql<{ key: string }>`select key from identity.login where key = any(${fresh}::text[])`.execute(ctx.db)
  const taken = new Set(known.map((row) => row.key))
  const ready = wanted.filter((one) => {
    if (!one.isNew) return true
    const free = !taken.has(one.login.key)
    taken.add(one.login.key)
    if (!free) left.push({ name: one.name, problem: `${one.login.kind === 'phone' ? '手机号' : '工号'}和别人的账号相同，请党务干部核对` })
    return free
  })
  return { ready, left }
}

async function makeAccounts(ctx: Ctx, ready: readonly Ready[]) {
  const fresh = ready.filter((one) => one.isNew)
  for (let from = 0; from < fresh.length; from += 1000) {
    const part = fresh.slice(from, from + 1000)
    const accounts = part.map(({ accountId, personId }) => ({ id: accountId, person_id: personId, state: 'invited', created_at: ctx.now }))
    await tables(ctx)
      .insertInto('identity.account')
      .values(accounts as never)
      .execute()
    await tables(ctx)
      .insertInto('identity.login')
      .values(part.map(({ accountId, login: { key, kind, shown } }) => ({ key, kind, shown, account_id: accountId })))
      .execute()
  }
}

interface BatchRow {
  id: string
  title: string
  issued_at: Date
  by: string | null
  until: Date
  revoked_at: Date | null
  count: number
  used: number
}

const mayRevoke = (actor: Actor, { revoked_at, count, used }: Pick<BatchRow, 'revoked_at' | 'count' | 'used'>): Verdict => {
  const right = manages(actor)
  if (right !== true) return right
  if (revoked_at) return conflict('batch-revoked', '这一批已经作废了')
  return used < count || conflict('batch-used', '这一批的码都已经用过了，没有可以作废的')
}

export const batches = query('identity.batches', {
  title: '发过的开通条',
  input: Paged,
  output: pageOf(Batch),
  may: manages,
  run: async (ctx, { after, limit }) => {
    const order = [{ by: sql`b.id`, desc: true }]
    const { rows } = await sql<BatchRow>`select b.id, b.title, b.issued_at, b.until, b.revoked_at, p.name as by,
        count(s.id)::int as count, count(s.used_at)::int as used
      from identity.batch b left join identity.slip s on s.batch_id = b.id
      left join identity.account a on a.id = b.issued_by left join organisation.person p on p.id = a.person_id
      where ${afterCursor(order, after)} group by b.id, p.name order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.id])
    return {
      ...page,
      items: page.items.map((row) => ({
        id: row.id,
        title: row.title,
        issuedAt: row.issued_at.toISOString(),
        issuedBy: row.by ?? '本机管理员',
        until: row.until.toISOString(),
        count: row.count,
        used: row.used,
        revokedAt: row.revoked_at?.toISOString() ?? null,
        can: { revoke: canOf(mayRevoke(ctx.actor, row)) },
      })),
    }
  },
})

export const revokeBatch = command('identity.revokeBatch', {
  title: '作废一批开通条',
  input: ById,
  output: Done,
  load: async (ctx, { id }) => {
    if (manages(ctx.actor) !== true) return undefined
    await sql`select id from identity.batch where id = ${id} for update`.execute(ctx.db)
    const { rows } = await sql<BatchRow>`select b.id, b.revoked_at, count(s.id)::int as count, count(s.used_at)::int as used
      from identity.batch b left join identity.slip s on s.batch_id = b.id where b.id = ${id} group by b.id`.execute(ctx.db)
    return rows[0]
  },
  may: mayRevoke,
  run: async (ctx, { id }) => {
    await sql`update identity.batch set revoked_at = ${ctx.now} where id = ${id}`.execute(ctx.db)
    await sql`update identity.slip set revoked_at = ${ctx.now}
      where batch_id = ${id} and used_at is null and revoked_at is null`.execute(ctx.db)
    return { done: true as const }
  },
})

export const findOrg = query('identity.findOrg', {
  title: '按名称找要发开通条的组织',
  input: z.object({ text: z.string().trim().max(60) }),
  output: z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  may: manages,
  run: async (ctx, { text }) => {
    const { rows } = await sql<{ id: string; name: string }>`select id, name from organisation.org
      where dissolved_on is null and name like ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`} order by path limit 50`.execute(ctx.db)
    return { items: rows }
  },
})
