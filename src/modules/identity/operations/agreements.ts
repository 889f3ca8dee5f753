import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { anonymous, conflict, forbidden, stale, type Verdict } from '#kernel/errors.ts'
import { NOWHERE } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { canOf } from '../can.ts'
import { type AgreementKind, Done } from '../contract.ts'
import { Agree, Agreement, Decline } from '../officersContract.ts'
import { assertProven } from '../proof.ts'
import { record } from '../tables.ts'

const DONE = { done: true as const }

/** What the one who agrees must hold, where the thing is done. */
const RIGHTS: Record<AgreementKind, string> = { officerReset: 'identity.agreeResets', rosterExport: 'identity.agreeExports' }

interface Row {
  id: string
  kind: AgreementKind
  subject: string | null
  about: string
  detail: Record<string, z.core.util.JSONType>
  count: number | null
  reason: string
  requested_by: string
  asker: string | null
  requested_at: Date
  until: Date
  decider: string | null
  agreed: boolean | null
  remark: string | null
  used_at: Date | null
  version: number
  path: string
  over: boolean
}

const rowsOf = (
  ctx: Ctx,
) => sql`select g.*, p.name as asker, d.name as decider, coalesce(o.path, '/') as path, g.until <= ${ctx.now} as over
  from identity.agreement g
  left join identity.account a on a.id = g.requested_by left join organisation.person p on p.id = a.person_id
  left join identity.account b on b.id = g.decided_by left join organisation.person d on d.id = b.person_id
  left join organisation.org o on g.kind = 'rosterExport' and o.id = g.subject`

const decides = (actor: Actor, { kind, path }: Pick<Row, 'kind' | 'path'>) => actor.holds(RIGHTS[kind], path)

/** Never by who asked, never by whom it is about. */
function mayDecide(actor: Actor, row: Row): Verdict {
  const right = decides(actor, row)
  if (right !== true) return right
  if (row.requested_by === actor.accountId || (row.kind === 'officerReset' && row.subject === actor.accountId))
    return forbidden('own-asking', '自己提出的、或者和自己有关的，要由另一个人同意')
  if (row.agreed !== null) return conflict('decided', '这一项已经办过了，请刷新后再看')
  return !row.over || conflict('too-late', '超过一天没有办，已经作废；需要的话请对方重新提出')
}

export const agreements = query('identity.agreements', {
  title: '等另一人同意的事',
  input: Paged,
  output: pageOf(Agreement),
  may: (actor) => actor.accountId !== null || anonymous(),
  run: async (ctx, { after, limit }) => {
    const order = [{ by: sql`x.id`, desc: true }]
    const mine = sql`(x.requested_by = ${ctx.actor.accountId} and x.requested_at > ${new Date(ctx.now.getTime() - 3 * 86_400_000)})`
    const forMe = sql`x.agreed is null and not x.over and x.requested_by is distinct from ${ctx.actor.accountId}
      and x.subject is distinct from ${ctx.actor.accountId} and (${sql.join(
        Object.entries(RIGHTS).map(([kind, right]) => sql`(x.kind = ${kind} and ${ctx.actor.within(right, 'x.path')})`),
        sql` or `,
      )})`
    const { rows } = await sql<Row>`select x.* from (${rowsOf(ctx)}) x where (${mine} or (${forMe}))
      and ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.id])
    return { ...page, items: page.items.map((row) => view(ctx.actor, row)) }
  },
})

const view = (actor: Actor, row: Row): z.input<typeof Agreement> => ({
  id: row.id,
  kind: row.kind,
  subject: row.subject,
  about: row.about,
  detail: row.detail,
  count: row.count,
  reason: row.reason,
  mine: row.requested_by === actor.accountId,
  askedBy: row.asker,
  askedAt: row.requested_at.toISOString(),
  until: row.until.toISOString(),
  state: stateOf(row),
  decidedBy: row.decider,
  remark: row.remark,
  version: row.version,
  can: { agree: canOf(mayDecide(actor, row)) },
})

function stateOf({ agreed, used_at, over }: Row) {
  if (agreed === false) return 'declined' as const
  if (used_at) return 'used' as const
  if (over) return 'over' as const
  return agreed ? ('agreed' as const) : ('waiting' as const)
}

/** Who may neither decide it nor has asked for it does not find it. */
async function found(ctx: Ctx, { id }: { id: string }): Promise<Row | undefined> {
  await sql`select from identity.agreement where id = ${id} for update`.execute(ctx.db)
  const row = (await sql<Row>`select x.* from (${rowsOf(ctx)}) x where x.id = ${id}`.execute(ctx.db)).rows[0]
  return row && (decides(ctx.actor, row) === true || row.requested_by === ctx.actor.accountId) ? row : undefined
}

export const agree = command('identity.agree', {
  title: '同意另一人要办的事',
  input: Agree,
  output: Done,
  load: found,
  may: mayDecide,
  run: async (ctx, { version }, row) => {
    await assertProven(ctx)
    await decide(ctx, row, version, true, null)
    return DONE
  },
})

export const decline = command('identity.decline', {
  title: '不同意另一人要办的事',
  input: Decline,
  output: Done,
  load: found,
  may: mayDecide,
  run: async (ctx, { version, reason }, row) => {
    await decide(ctx, row, version, false, reason)
    return DONE
  },
})

async function decide(ctx: Ctx, row: Row, version: number, agreed: boolean, remark: string | null) {
  if (version !== row.version) throw stale({ version }, { version: row.version })
  await sql`update identity.agreement set decided_by = ${ctx.actor.accountId}, decided_at = ${ctx.now}, agreed = ${agreed},
    remark = ${remark}, version = version + 1 where id = ${row.id}`.execute(ctx.db)
  const orgId = row.kind === 'rosterExport' && row.subject ? row.subject : NOWHERE
  const { kind, subject, count } = row
  record(ctx, agreed ? 'agreement.given' : 'agreement.refused', {
    subject: row.id,
    orgId,
    body: { kind, about: subject, count, by: ctx.actor.accountId },
  })
}
