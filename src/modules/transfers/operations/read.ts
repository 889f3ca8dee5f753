import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt, daysBetween } from '#kernel/civilDate.ts'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { BRANCH_KINDS, PostRole } from '#modules/organisation/contract.ts'
import { orgSeen, personSeen } from '#modules/organisation/published.ts'
import { CAUSES, Cause, RETURNS, sayState, TransferRow, WITHDRAWALS } from '../contract.ts'
import { runningPosts } from '../send.ts'
import { seenRows, type Transfer, transferRows, transferSeen } from '../store.ts'

const Said = TransferRow.extend({ says: z.string() })

const ORDER: OrderBy[] = [
  { by: sql`t.sent_on`, desc: true },
  { by: sql`t.id`, desc: true },
]

export const list = query('transfers.list', {
  title: '组织关系转接',
  input: Paged.extend({
    /** Transfers from or to this organisation or one below it; left out, all that the reader may see. */
    orgId: z.uuid().optional(),
    /** What waits for somebody here: to be received, or sent from here and not settled; left out, all. */
    view: z.enum(['coming', 'going', 'all']).default('all'),
  }),
  output: pageOf(Said).extend({
    counts: z.object({ coming: z.int(), going: z.int(), expired: z.int() }),
    can: z.object({ manage: z.boolean() }),
  }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'transfers.read') : null),
  may: (actor, org) => (org ? actor.holds('transfers.read', org.path) : actor.holdsAnywhere('transfers.read')),
  run: async (ctx, { after, limit, view }, org) => {
    const under = (path: 'a.path' | 'b.path') =>
      org ? sql`(${sql.ref(path)} >= ${org.path} and ${sql.ref(path)} < ${beyond(org.path)})` : ctx.actor.within('transfers.read', path)
    const views = {
      coming: sql`t.state = 'sent' and ${under('b.path')}`,
      going: sql`t.state = 'sent' and ${under('a.path')}`,
      all: sql`(${under('a.path')} or ${under('b.path')})`,
    }
    const today = dateAt(ctx.now)
    const { rows } = await sql<Transfer>`${transferRows}
      where ${seenRows(ctx)} and ${views[view]} and ${afterCursor(ORDER, after)} order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(
      ctx.db,
    )
    const { rows: counted } = await sql<{ coming: number; going: number; expired: number }>`select
        (count(*) filter (where ${views.coming}))::int as coming, (count(*) filter (where ${views.going}))::int as going,
        (count(*) filter (where t.valid_until < ${today}::date))::int as expired
      from transfers.transfer t left join organisation.org a on a.id = t.from_id left join organisation.org b on b.id = t.to_id
      where t.state = 'sent' and ${seenRows(ctx)} and ${views.all}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.sentOn, row.id])
    const manage = org ? ctx.actor.holds('transfers.manage', org.path) : ctx.actor.holdsAnywhere('transfers.manage')
    return {
      items: page.items.map((row) => said(ctx, row)),
      next: page.next,
      counts: counted[0]!,
      can: { manage: manage === true },
    }
  },
})

/** A row with its sentence; nothing of what only the branches know. */
function said(ctx: Pick<Ctx, 'now'>, t: Transfer) {
  const { id, direction, state, personId, name, fromId, toId, fromName, toName, letterNo, sentOn, validUntil, settledOn, version } = t
  const daysLeft = state === 'sent' ? daysBetween(dateAt(ctx.now), validUntil) : null
  const row = {
    id,
    direction,
    state,
    personId,
    name,
    fromId,
    toId,
    fromName,
    toName,
    letterNo,
    sentOn,
    validUntil,
    daysLeft,
    settledOn,
    version,
  }
  return { ...row, says: sayState(row) }
}

export const get = query('transfers.get', {
  title: '看一次组织关系转接',
  input: z.object({ id: z.uuid() }),
  output: Said.extend({
    cause: Cause,
    causeName: z.string(),
    /** Why it was returned or withdrawn, in words. */
    why: z.string().nullable(),
    note: z.string().nullable(),
    /** Posts of the branch left that end, or ended, with the reception; and those that nobody has decided about. */
    posts: z.array(z.object({ id: z.string(), role: PostRole, orgName: z.string(), ends: z.boolean() })),
    can: z.object({
      receive: z.boolean(), giveBack: z.boolean(), withdraw: z.boolean(), reissue: z.boolean(), enterReceipt: z.boolean(), correctDay: z.boolean(),
      letter: z.boolean(), receipt: z.boolean(),
    }), // biome-ignore format: one list
  }),
  load: (ctx, { id }) => transferSeen(ctx, id),
  may: anyone,
  run: async (ctx, _input, t) => {
    const from = t.fromPath !== null && ctx.actor.holds('transfers.manage', t.fromPath) === true
    const to = t.toPath !== null && ctx.actor.holds('transfers.manage', t.toPath) === true
    const [open, out] = [t.state === 'sent', t.direction === 'out']
    const expired = open && t.validUntil < dateAt(ctx.now)
    const posts = open && t.fromId && (from || to) ? await runningPosts(ctx, t.personId, t.fromId) : []
    return {
      ...said(ctx, t),
      cause: t.cause,
      causeName: CAUSES[t.cause],
      why: t.reason === null ? null : ({ ...WITHDRAWALS, ...RETURNS }[t.reason] ?? t.reason),
      note: t.note,
      posts: posts.map(({ id, role, orgName }) => ({ id, role, orgName, ends: t.endPosts.includes(id) })),
      can: {
        receive: open && !out && to && !expired,
        giveBack: open && (out ? from : to),
        withdraw: open && from,
        reissue: open && from,
        enterReceipt: open && out && from,
        correctDay: t.state === 'received' && (out ? from : to),
        letter: t.direction !== 'in' && (from || to),
        receipt: t.state === 'received' && !out && (from || to),
      },
    }
  },
})

export const mine = query('transfers.mine', {
  title: '我的组织关系转接',
  input: z.object({}),
  output: z.object({ items: z.array(Said) }),
  may: anyone,
  run: async (ctx) => ({ items: ctx.actor.personId ? await ofPerson(ctx, ctx.actor.personId) : [] }),
})

export const ofMember = query('transfers.ofMember', {
  title: '一名党员的组织关系转接',
  input: z.object({ personId: z.uuid() }),
  output: z.object({
    items: z.array(Said),
    /** The roster they could be sent from by this reader, with the posts held there; null when there is none, or one is open. */
    from: z
      .object({
        orgId: z.string(),
        orgName: z.string(),
        posts: z.array(z.object({ id: z.string(), role: PostRole, orgName: z.string() })),
      })
      .nullable(),
  }),
  load: async (ctx, { personId }) => (await personSeen(ctx, personId)) || undefined,
  may: (actor) => actor.holdsAnywhere('transfers.read'),
  run: async (ctx, { personId }) => {
    const items = await ofPerson(ctx, personId, true)
    const { rows } = await sql<{ orgId: string; orgName: string; path: string }>`select o.id as "orgId", o.name as "orgName", o.path
      from members.membership m join organisation.org o on o.id = m.org_id
      where m.person_id = ${personId} and upper(m.valid) is null and ${ctx.actor.within('transfers.manage', 'o.path')}`.execute(ctx.db)
    const [stay] = rows
    if (!stay || items.some(({ state }) => state === 'sent')) return { items, from: null }
    const posts = await runningPosts(ctx, personId, stay.orgId)
    return {
      items,
      from: { orgId: stay.orgId, orgName: stay.orgName, posts: posts.map(({ id, role, orgName }) => ({ id, role, orgName })) },
    }
  },
})

async function ofPerson(ctx: Ctx, personId: string, confined = false) {
  const { rows } = await sql<Transfer>`${transferRows} where t.person_id = ${personId} ${confined ? sql`and ${seenRows(ctx)}` : sql``}
    order by t.sent_on desc, t.id desc limit 20`.execute(ctx.db)
  return rows.map((row) => said(ctx, row))
}

export const destinations = query('transfers.destinations', {
  title: '找转往的支部',
  input: z.object({ text: z.string().trim().min(2).max(60) }),
  output: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), parentName: z.string().nullable() })) }),
  may: (actor) => actor.holdsAnywhere('transfers.manage'),
  run: async (ctx, { text }) => {
    const { rows } = await sql<{ id: string; name: string; parentName: string | null }>`select o.id, o.name, u.name as "parentName"
      from organisation.org o left join organisation.org u on u.id = o.parent_id
      where o.kind = any(${[...BRANCH_KINDS]}) and o.dissolved_on is null and strpos(o.name, ${text}) > 0
      order by length(o.name), o.name, o.id limit 8`.execute(ctx.db)
    return { items: rows }
  },
})
