import { sql } from 'kysely'
import { z } from 'zod'
import { all, conflict, forbidden, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { notify, overWith, tellDesk } from '#modules/notifications/published.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { Correction, type State } from '../contract.ts'
import { openWords, sealWords } from '../sealing.ts'

const ASKED = 'privacy.asked'
const ANSWERED = 'privacy.answered'
const Done = z.object({ id: z.uuid(), version: z.int() })

/** As many open requests of one person as a branch is asked to answer at a time. */
const MOST_OPEN = 10

// Many read these requests who may not read the sealed numbers; spaces and hyphens between the digits hide nothing.
const NUMBERS = /(?<!\d)(?:\d[\s-]?){17}[\dxX](?!\d)|(?<!\d)1[3-9](?:[\s-]?\d){9}(?!\d)/
const NO_NUMBERS = '请不要写证件号和电话，请支部当面核对'

export const ask = command('privacy.ask', {
  title: '请支部更正关于我的内容',
  input: z.object({
    /** Which part is wrong, as the page calls it: 党员档案 · 出生. */
    what: z.string().trim().min(1).max(60),
    /** What is right, and what proves it. */
    says: z.string().trim().min(2, '请写明哪里不对、应该是什么').max(500),
  }),
  output: Done,
  load: async (ctx) => {
    const { rows } = await sql<{ orgId: string }>`select m.org_id as "orgId" from members.membership m
      where m.person_id = ${ctx.actor.personId}::uuid order by lower(m.valid) desc limit 1`.execute(ctx.db)
    return rows[0] ?? null
  },
  may: (_actor, home) => home !== null || forbidden('no-branch', '你不在任何支部的名册上，请直接找本单位党务干部'),
  run: async (ctx, { what, says }, home) => {
    assertNoNumbers({ what, says })
    const personId = ctx.actor.personId!
    await sql`select from organisation.person where id = ${personId} for update`.execute(ctx.db)
    const { rows } = await sql<{ what: string }>`select what from privacy.correction
      where person_id = ${personId} and state = 'open'`.execute(ctx.db)
    if (rows.some((open) => open.what === what)) throw conflict('asked-already', '这一项已经请支部核对，还没有答复；要改请先撤回')
    if (rows.length >= MOST_OPEN) throw conflict('too-many-open', `已有 ${MOST_OPEN} 项等支部答复，请等答复，或先撤回不需要的`)
    const id = newId()
    const { orgId } = home!
    await sql`insert into privacy.correction (id, person_id, org_id, what, says_sealed, asked_at, state, version)
      values (${id}, ${personId}, ${orgId}, ${what}, ${sealWords(id, 'says_sealed', says)}, ${ctx.now}, 'open', 1)`.execute(ctx.db)
    const news = { kind: ASKED, key: id, text: '有党员请支部核对更正本人的信息', open: `/my-data/requests?org=${orgId}` }
    await tellDesk(ctx, orgId, news, personId)
    return { id, version: 1 }
  },
})

function assertNoNumbers(texts: Record<string, string>) {
  const fields = Object.entries(texts).flatMap(([name, text]) => (NUMBERS.test(text) ? [[name, [NO_NUMBERS]]] : []))
  if (fields.length > 0) throw invalid('number-in-text', NO_NUMBERS, Object.fromEntries(fields))
}

interface Stored {
  id: string
  person_id: string
  name: string
  org_id: string
  org_name: string
  path: string
  what: string
  says: string | null
  says_sealed: string | null
  asked_at: Date
  state: State
  answer: string | null
  answer_sealed: string | null
  answered_at: Date | null
  answered_name: string | null
  version: number
}

const rowsOf = sql`select c.id, c.person_id, p.name, c.org_id, o.name as org_name, o.path, c.what, c.says, c.says_sealed, c.asked_at, c.state,
    c.answer, c.answer_sealed, c.answered_at, c.answered_name, c.version
  from privacy.correction c join organisation.person p on p.id = c.person_id join organisation.org o on o.id = c.org_id`

async function locked(ctx: Ctx, { id }: { id: string }): Promise<Stored | undefined> {
  await sql`select from privacy.correction where id = ${id} for update`.execute(ctx.db)
  const { rows } = await sql<Stored>`${rowsOf} where c.id = ${id}
    and (c.person_id = ${ctx.actor.personId}::uuid or ${ctx.actor.within('members.read', 'o.path')})`.execute(ctx.db)
  return rows[0]
}

function assertOpen({ state, version }: Stored, mine: number) {
  if (version !== mine) throw stale({ version: mine }, { version, state })
  if (state !== 'open') throw conflict('answered-already', '这一条已经答复或撤回，请刷新后再看')
}

export const answer = command('privacy.answer', {
  title: '答复党员的更正请求',
  input: z.object({
    id: z.uuid(),
    version: z.int(),
    done: z.boolean(),
    answer: z.string().trim().min(2, '请写明改了什么，或为什么不改').max(500),
  }),
  output: Done,
  load: locked,
  may: (actor, r) =>
    all(
      actor.holds('members.manage', r.path),
      actor.personId !== r.person_id || forbidden('about-oneself', '这是你自己提的，请由另一位同志核对答复'),
    ),
  run: async (ctx, { id, version, done, ...given }, r) => {
    assertOpen(r, version)
    assertNoNumbers(given)
    const sealed = sealWords(id, 'answer_sealed', given.answer)
    await sql`update privacy.correction set state = ${done ? 'done' : 'declined'}, answer_sealed = ${sealed}, answered_at = ${ctx.now},
      answered_by = ${ctx.actor.personId}, answered_name = ${ctx.actor.name}, version = version + 1 where id = ${id}`.execute(ctx.db)
    await overWith(ctx, ASKED, { gone: [id] })
    const text = done ? '你请支部核对的信息已经更正' : '你请支部核对的信息有了答复'
    await notify(ctx, [{ personId: r.person_id, kind: ANSWERED, key: id, text, open: '/my-data' }])
    return { id, version: version + 1 }
  },
})

export const withdraw = command('privacy.withdraw', {
  title: '撤回自己的更正请求',
  input: z.object({ id: z.uuid(), version: z.int() }),
  output: Done,
  load: locked,
  may: (actor, r) => actor.personId === r.person_id || forbidden('not-yours', '只有本人可以撤回自己的请求'),
  run: async (ctx, { id, version }, r) => {
    assertOpen(r, version)
    await sql`update privacy.correction set state = 'withdrawn', version = version + 1 where id = ${id}`.execute(ctx.db)
    await overWith(ctx, ASKED, { gone: [id] })
    return { id, version: version + 1 }
  },
})

const ORDER: OrderBy[] = [
  { by: sql`(c.state = 'open')`, desc: true },
  { by: sql`c.asked_at`, desc: true },
  { by: sql`c.id`, desc: true },
]

/** One's own requests, or with `orgId` those of the members there. */
export const corrections = query('privacy.corrections', {
  title: '看更正请求',
  input: Paged.extend({ orgId: z.uuid().optional() }),
  output: pageOf(Correction),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'members.read') : null),
  may: (actor, org) => (org ? actor.holds('members.read', org.path) : anyone()),
  run: async (ctx, { after, limit }, org) => {
    const here = org
      ? sql`o.path >= ${org.path} and o.path < ${`${org.path}~`} and ${ctx.actor.within('members.read', 'o.path')}`
      : sql`c.person_id = ${ctx.actor.personId}::uuid`
    const { rows } = await sql<Stored>`${rowsOf} where ${here} and ${afterCursor(ORDER, after)}
      order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.state === 'open', row.asked_at.toISOString(), row.id])
    return { next: page.next, items: page.items.map((row) => shown(ctx, row)) }
  },
})

function shown({ actor }: Ctx, r: Stored): Correction {
  const open = r.state === 'open'
  const own = actor.personId === r.person_id
  return {
    id: r.id,
    personId: r.person_id,
    name: r.name,
    orgId: r.org_id,
    orgName: r.org_name,
    what: r.what,
    says: openWords(r.id, 'says_sealed', r.says_sealed, r.says) ?? '',
    askedAt: r.asked_at.toISOString(),
    state: r.state,
    answer: openWords(r.id, 'answer_sealed', r.answer_sealed, r.answer),
    answeredAt: r.answered_at?.toISOString() ?? null,
    answeredBy: r.answered_name,
    version: r.version,
    can: { answer: open && !own && actor.holds('members.manage', r.path) === true, withdraw: open && own },
  }
}
