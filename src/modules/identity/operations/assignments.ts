import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, forbidden, invalid, stale, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { POSTS } from '#modules/organisation/contract.ts'
import {
  type Assignment,
  approveAssignment as approve,
  assignments as assignmentsIn,
  endAssignment as end,
  lockAssignment,
  orgCard,
  personSeen,
  refuseAssignment as refuse,
  requestAssignment as request,
} from '#modules/organisation/published.ts'
import { canOf } from '../can.ts'
import { Done } from '../contract.ts'
import { accountById } from '../logins.ts'
import {
  ApproveAssignment,
  AssignmentFilter,
  AssignmentRequested,
  AssignmentRow,
  FoundPerson,
  RefuseAssignment,
  RequestAssignment,
} from '../officersContract.ts'
import { type Candidate, candidates } from '../roster.ts'
import { forgetCached } from '../sessions.ts'

const DONE = { done: true as const }

/** May ask for grants on an organisation: the system officer everywhere, the 党务干部 where they manage. */
const mayAsk = (actor: Actor, path: string): Verdict =>
  actor.holds('identity.manageAccounts', '/') === true ? true : actor.holds('organisation.manage', path)

const sees = (actor: Actor, path: string) => actor.holds('identity.approveGrants', '/') === true || mayAsk(actor, path) === true

export const requestAssignment = command('identity.requestAssignment', {
  title: '申请给某人授权',
  input: RequestAssignment,
  output: AssignmentRequested,
  load: async (ctx, { orgId }) => {
    const org = await orgCard(ctx.db, orgId)
    return org && sees(ctx.actor, org.path) ? org : undefined
  },
  may: (actor, org) => mayAsk(actor, org.path),
  run: async (ctx, input) => {
    const from = input.from ?? dateAt(ctx.now)
    if (input.until && input.until <= from) throw invalid('until-before-from', '截止日期应在开始之后', { until: ['应在开始日期之后'] })
    if (!(await known(ctx, input.personId)))
      throw invalid('unknown-person', '没有这个人，请重新选择', { personId: ['没有这个人，请重新选择'] })
    return { id: await request(ctx, { ...input, from, until: input.until ?? null, reason: input.reason ?? null }) }
  },
})

/** The system officer may name everybody of the installation; who manages organisations only those they see. */
async function known(ctx: Ctx, personId: string): Promise<boolean> {
  if (ctx.actor.holds('identity.manageAccounts', '/') !== true) return personSeen(ctx, personId)
  const { rows } = await sql`select id from organisation.person where id = ${personId}`.execute(ctx.db)
  return rows.length > 0
}

export const assignments = query('identity.assignments', {
  title: '任职以外的授权',
  input: AssignmentFilter.extend(Paged.shape),
  output: pageOf(AssignmentRow),
  may: (actor) => {
    const may = ['identity.approveGrants', 'identity.manageAccounts', 'organisation.manage'].map((c) => actor.holdsAnywhere(c))
    return may.includes(true) ? true : may[0]!
  },
  run: async (ctx, { state, after, limit }) => {
    const everywhere = ctx.actor.holds('identity.approveGrants', '/') === true || ctx.actor.holds('identity.manageAccounts', '/') === true
    const order = [{ by: sql`x.id`, desc: true }]
    const { rows } = await sql<Assignment & { asker: string | null }>`select x.*, p.name as asker from (${assignmentsIn(ctx, state)}) x
      left join identity.account a on a.id = x."requestedBy" left join organisation.person p on p.id = a.person_id
      where (${everywhere} or ${ctx.actor.within('organisation.manage', 'x.path')})
        and ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const own = await ownPerson(ctx)
    const page = cut(rows, limit, (row) => [row.id])
    return { ...page, items: page.items.map((row) => view(ctx.actor, own, row)) }
  },
})

const view = (actor: Actor, own: string | null, row: Assignment & { asker: string | null }) => ({
  id: row.id,
  personName: row.personName,
  staffNo: row.staffNo,
  role: POSTS[row.role],
  orgName: row.orgName,
  subtree: row.subtree,
  from: row.from,
  until: row.until,
  reason: row.reason,
  requestedBy: row.asker,
  requestedAt: row.requestedAt.toISOString(),
  version: row.version,
  can: {
    approve: canOf(mayApprove(actor, { row, own })),
    end: canOf(mayEnd(actor, row)),
  },
})

/** The natural person behind the account: an officer acts without being that person. */
const ownPerson = async (ctx: Ctx) => (await accountById(ctx.db, ctx.actor.accountId))?.person_id ?? null

interface Waiting {
  row: Assignment
  own: string | null
}

async function waiting(ctx: Ctx, { id }: { id: string }): Promise<Waiting | undefined> {
  const row = await lockAssignment(ctx, id)
  return row && sees(ctx.actor, row.path) ? { row, own: await ownPerson(ctx) } : undefined
}

/** Never by who asked, never for oneself, compared by natural person. */
function mayApprove(actor: Actor, { row, own }: Waiting): Verdict {
  const right = actor.holds('identity.approveGrants', '/')
  if (right !== true) return right
  if (row.stands !== 'waiting') return conflict('not-waiting', '这一项已经办过了，请刷新后再看')
  if (row.personId === own || (row.requestedBy !== null && row.requestedBy === actor.accountId))
    return forbidden('own-grant', '自己不能核准给自己的，也不能核准自己提出的')
  return true
}

function mayEnd(actor: Actor, { stands, path }: Assignment): Verdict {
  if (stands === 'waiting') return conflict('not-in-force', '还没有核准')
  if (stands === 'over') return conflict('over', '这一项已经收回或到期，请刷新后再看')
  return mayAsk(actor, path)
}

export const approveAssignment = command('identity.approveAssignment', {
  title: '核准授权',
  input: ApproveAssignment,
  output: Done,
  load: waiting,
  may: mayApprove,
  run: async (ctx, { version }, { row }) => {
    if (version !== row.version) throw stale({ version }, { version: row.version })
    await approve(ctx, row)
    await forgetPerson(ctx, row.personId)
    return DONE
  },
})

export const refuseAssignment = command('identity.refuseAssignment', {
  title: '不核准授权',
  input: RefuseAssignment,
  output: Done,
  load: waiting,
  may: mayApprove,
  run: async (ctx, { version, reason }, { row }) => {
    if (version !== row.version) throw stale({ version }, { version: row.version })
    await refuse(ctx, row, reason)
    return DONE
  },
})

export const endAssignment = command('identity.endAssignment', {
  title: '收回授权',
  input: ApproveAssignment,
  output: Done,
  load: async (ctx, { id }) => {
    const row = await lockAssignment(ctx, id)
    return row && sees(ctx.actor, row.path) ? row : undefined
  },
  may: mayEnd,
  run: async (ctx, { version }, row) => {
    if (version !== row.version) throw stale({ version }, { version: row.version })
    await end(ctx, row)
    await forgetPerson(ctx, row.personId)
    return DONE
  },
})

async function forgetPerson(ctx: Ctx, personId: string) {
  const { rows } = await sql<{ id: string }>`select id from identity.account where person_id = ${personId}`.execute(ctx.db)
  for (const { id } of rows) ctx.afterCommit.push(() => forgetCached(id))
}

export const findPerson = query('identity.findPerson', {
  title: '找要授权的人',
  input: z.object({ text: z.string().trim().min(1).max(60) }),
  output: z.object({ items: z.array(FoundPerson) }),
  may: (actor) => (actor.holds('identity.manageAccounts', '/') === true ? true : actor.holdsAnywhere('organisation.manage')),
  run: async (ctx, { text }) => {
    const everywhere = ctx.actor.holds('identity.manageAccounts', '/') === true
    const where = everywhere ? sql<boolean>`true` : ctx.actor.within('organisation.manage', 'o.path')
    const { rows } = await sql<Candidate>`select x.* from (${candidates(ctx, { where, posts: undefined })}) x
      where x.name like ${`${text.replaceAll(/[\\%_]/g, '\\$&')}%`} or x."staffNo" = ${text}
      order by x.name collate "zh-x-icu", x."personId" limit 20`.execute(ctx.db)
    return { items: rows.map(({ personId, name, staffNo, orgName }) => ({ personId, name, staffNo, orgName })) }
  },
})
