import { sql } from 'kysely'
import { z } from 'zod'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { all, conflict, forbidden, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { retract } from '#ledger/facts.ts'
import { lockPerson } from '#modules/members/published.ts'
import type { Heading } from '#modules/politicalwork/contract.ts'
import { recordsOf } from '#modules/politicalwork/published.ts'
import { Account, Kind, Pledge, PledgeView } from './contract.ts'
import { homeOf, lockedPledge, pledgeOf, pledgeRows, record, type Stored, seenPledge, visible } from './store.ts'

const Done = z.object({ id: z.uuid(), version: z.int() })
const Step = { id: z.uuid(), version: z.int() }
const ORDER: OrderBy[] = [
  { by: sql`q.published_on`, desc: true },
  { by: sql`q.id`, desc: true },
]

/** As many pledges of one person as others can follow at a time. */
const MOST_RUNNING = 5

export const list = query('pledges.list', {
  title: '看公开的承诺',
  input: Paged.extend({ /** Only one's own. */ mine: z.boolean().default(false), personId: z.uuid().optional() }),
  output: pageOf(Pledge).extend({ can: z.object({ publish: z.boolean() }) }),
  may: anyone,
  run: async (ctx, { mine, personId, after, limit }) => {
    const whose = mine
      ? sql`q.person_id = ${ctx.actor.personId}::uuid`
      : personId
        ? sql`q.person_id = ${personId} and ${await visible(ctx)}`
        : await visible(ctx)
    const { rows } = await sql<Stored>`${pledgeRows} where ${whose} and ${afterCursor(ORDER, after)}
      order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (q) => [q.published_on, q.id])
    return { items: page.items.map((q) => pledgeOf(ctx, q)), next: page.next, can: { publish: (await homeOf(ctx)) !== undefined } }
  },
})

export const get = query('pledges.get', {
  title: '看一项承诺和有关记录',
  input: z.object({ id: z.uuid() }),
  output: PledgeView,
  load: seenPledge,
  may: anyone,
  run: async (ctx, _input, q) => {
    const today = dateAt(ctx.now)
    const recordsUntil = q.until_on < today ? q.until_on : today
    const records = await recordsOf(ctx.db, q.person_id, q.published_on, recordsUntil)
    const byOffice = ctx.actor.personId === q.person_id || ctx.actor.holds('pledges.read', q.path) === true
    const lines = BESIDE[q.kind].flatMap((heading) => records.get(heading) ?? []).filter((line) => byOffice || !line.inOffice)
    return { ...pledgeOf(ctx, q), records: lines.map(({ says, open }) => ({ says, open })), recordsUntil }
  },
})

/** What of the records speaks to which kind of pledge; nothing else of a person is laid out beside it. */
const BESIDE: Record<Kind, readonly Heading[]> = {
  integrity: ['democracy', 'learning'],
  service: ['service', 'cooperation'],
  work: ['political', 'responsibility', 'cooperation'],
}

export const audiences = query('pledges.audiences', {
  title: '看可以向谁承诺',
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  may: anyone,
  run: async (ctx) => {
    const home = await homeOf(ctx)
    if (!home) return { items: [] }
    const { rows } = await sql<{ id: string; name: string }>`select id, name from organisation.org o
      where ${home.path} >= o.path and ${home.path} < o.path || '~' and o.dissolved_on is null order by length(o.path) desc`.execute(ctx.db)
    return { items: rows }
  },
})

export const publish = command('pledges.publish', {
  title: '公开承诺',
  input: z.object({
    kind: Kind,
    text: z.string().trim().min(4, '请写承诺什么').max(1000),
    /** The organisation whose members read it: one's own or one above. */
    audienceId: z.uuid(),
    untilOn: z.iso.date(),
  }),
  output: Done,
  load: async (ctx) => (await homeOf(ctx)) ?? null,
  may: (_actor, home) => home !== null || forbidden('no-branch', '你不在任何支部的名册上，不能在这里公开承诺'),
  run: async (ctx, { kind, text, audienceId, untilOn }, home) => {
    const today = dateAt(ctx.now)
    if (untilOn <= today) throw invalid('past-term', '承诺期限应在今天以后', { untilOn: ['请填今天以后'] })
    if (untilOn > addYears(today, 3)) throw invalid('far-term', '承诺期限太远，请填三年以内', { untilOn: ['请填三年以内'] })
    const personId = ctx.actor.personId!
    await lockPerson(ctx, personId)
    const { rows: above } = await sql`select from organisation.org o where o.id = ${audienceId} and o.dissolved_on is null
      and ${home!.path} >= o.path and ${home!.path} < o.path || '~'`.execute(ctx.db)
    if (above.length === 0) throw invalid('not-above', '只能向本支部或上级党组织的范围公开', { audienceId: ['请另选范围'] })
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from pledges.pledge where person_id = ${personId}
      and withdrawn_on is null and account is null`.execute(ctx.db)
    if (rows[0]!.count >= MOST_RUNNING) throw conflict('too-many', `已有 ${MOST_RUNNING} 项承诺没有说明，请先说明做得怎样`)
    const id = newId()
    const { orgId } = home!
    const fact = record(ctx, 'pledge.published', { subject: id, orgId, personId, body: { kind, until: untilOn } })
    await sql`insert into pledges.pledge (org_id, id, person_id, kind, text, audience_id, published_on, until_on, published_fact, version)
      values (${orgId}, ${id}, ${personId}, ${kind}, ${text}, ${audienceId}, ${today}, ${untilOn}, ${fact}, 1)`.execute(ctx.db)
    return { id, version: 1 }
  },
})

const mayOwn = (actor: Ctx['actor'], q: Stored) =>
  all(
    actor.personId === q.person_id || forbidden('not-yours', '只有本人可以说明或撤回自己的承诺'),
    q.withdrawn_on === null || conflict('withdrawn', '这项承诺已经撤回'),
  )

export const account = command('pledges.account', {
  title: '说明承诺做得怎样',
  input: z.object({ ...Step, account: Account, text: z.string().trim().min(4, '请写做了什么').max(1000) }),
  output: Done,
  load: lockedPledge,
  may: mayOwn,
  run: async (ctx, { version, account: said, text }, q) => {
    assertFresh(q, version)
    if (q.account_fact) retract(ctx, { orgId: q.org_id, factId: q.account_fact, kind: 'pledge.accounted', reason: 'replaced' })
    const { org_id: orgId, person_id: personId, kind } = q
    const fact = record(ctx, 'pledge.accounted', { subject: q.id, orgId, personId, body: { kind, account: said } })
    await sql`update pledges.pledge set account = ${said}, account_text = ${text}, account_on = ${dateAt(ctx.now)}, account_fact = ${fact},
      version = version + 1 where org_id = ${orgId} and id = ${q.id}`.execute(ctx.db)
    return { id: q.id, version: version + 1 }
  },
})

export const withdraw = command('pledges.withdraw', {
  title: '撤回自己的承诺',
  input: z.object({ ...Step, note: z.string().trim().min(2, '请写为什么撤回').max(300) }),
  output: Done,
  load: lockedPledge,
  may: mayOwn,
  run: async (ctx, { version, note }, q) => {
    assertFresh(q, version)
    if (q.until_on < dateAt(ctx.now)) throw conflict('expired', '已经到期的承诺不能撤回，请说明做得怎样')
    const { org_id: orgId, person_id: personId, kind } = q
    record(ctx, 'pledge.withdrawn', { subject: q.id, orgId, personId, body: { kind } })
    await sql`update pledges.pledge set withdrawn_on = ${dateAt(ctx.now)}, withdrawn_note = ${note}, version = version + 1
      where org_id = ${orgId} and id = ${q.id}`.execute(ctx.db)
    return { id: q.id, version: version + 1 }
  },
})

function assertFresh(q: Stored, version: number) {
  if (version !== q.version) throw stale({ version }, { version: q.version })
}
