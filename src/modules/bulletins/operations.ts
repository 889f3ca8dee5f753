import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { all, conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { recorderOf } from '#ledger/facts.ts'
import { tellDesks } from '#modules/notifications/published.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { BulletinCard, type BulletinState, BulletinView, bulletinFacts, bulletinLife, type Numbers } from './contract.ts'
import { numbersFor } from './numbers.ts'

export const READ = 'bulletins.read'
const MANAGE = 'bulletins.manage'
const record = recorderOf(bulletinFacts)

export interface Bulletin {
  org_id: string
  id: string
  org_name: string
  path: string
  title: string
  period_from: string
  period_to: string
  body: string
  state: BulletinState
  doc_no: string | null
  issued_on: string | null
  numbers: Numbers | null
  withdrawn_why: string | null
  version: number
}

const placed = sql`select b.*, o.name as org_name, o.path from bulletins.bulletin b join organisation.org o on o.id = b.org_id`

/** A bulletin: while drafted for who writes them there; issued also for those above, and for all below whom it is for. */
export async function bulletinSeen(ctx: Ctx, { id }: { id: string }, lock = false): Promise<Bulletin | undefined> {
  const find = async () => (await sql<Bulletin>`${placed} where b.id = ${id}`.execute(ctx.db)).rows[0]
  const found = await find()
  if (!found || !isFor(ctx, found)) return undefined
  if (!lock) return found
  await sql`select from bulletins.bulletin where org_id = ${found.org_id} and id = ${id} for update`.execute(ctx.db)
  return find()
}

const isFor = ({ actor }: Ctx, { path, state }: Bulletin) =>
  state === 'draft'
    ? actor.holdsBelow(MANAGE, path) === true
    : actor.holds(READ, path) === true || actor.grantsOf(READ).some((g) => g.path.startsWith(path))

const locked = (ctx: Ctx, input: { id: string }) => bulletinSeen(ctx, input, true)

const cardOf = (b: Bulletin): z.output<typeof BulletinCard> => ({
  id: b.id,
  orgId: b.org_id,
  orgName: b.org_name,
  title: b.title,
  from: b.period_from,
  to: b.period_to,
  state: b.state,
  docNo: b.doc_no,
  issuedOn: b.issued_on,
})

export const list = query('bulletins.list', {
  title: '看通报',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(BulletinCard).extend({ can: z.object({ write: z.boolean() }) }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, READ),
  may: (actor, org) => actor.holds(READ, org.path),
  run: async (ctx, { after, limit }, org) => {
    const order: OrderBy[] = [
      { by: sql`b.period_to`, desc: true },
      { by: sql`b.id`, desc: true },
    ]
    const { rows } = await sql<Bulletin>`${placed} where starts_with(${org.path}, o.path)
        and (b.state <> 'draft' or ${ctx.actor.within(MANAGE, 'o.path')}) and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const write = ctx.actor.holdsBelow(MANAGE, org.path) === true && !BRANCH_KINDS.includes(org.kind)
    const page = cut(rows, limit, (b) => [b.period_to, b.id])
    return { items: page.items.map(cardOf), next: page.next, can: { write } }
  },
})

export const numbersOf = async (ctx: Ctx, b: Bulletin): Promise<Numbers> => b.numbers ?? numbersFor(ctx, b.path, b.period_from, b.period_to)

export const get = query('bulletins.get', {
  title: '看一份通报',
  input: z.object({ id: z.uuid() }),
  output: BulletinView,
  snapshot: true,
  load: (ctx, input) => bulletinSeen(ctx, input),
  may: (actor) => actor.holdsAnywhere(READ),
  run: async (ctx, _input, b) => ({
    ...cardOf(b),
    body: b.body,
    withdrawnWhy: b.withdrawn_why,
    numbers: await numbersOf(ctx, b),
    version: b.version,
    can: Object.fromEntries(
      (['edit', 'issue', 'withdraw'] as const).map((step) => {
        const verdict = all(ctx.actor.holdsBelow(MANAGE, b.path), bulletinLife.allows(b.state, step))
        return [step, verdict === true ? (true as const) : { code: verdict.code, message: verdict.message }]
      }),
    ),
  }),
})

const Words = z.object({
  title: z.string().trim().min(2, '请写标题').max(100),
  from: z.iso.date(),
  to: z.iso.date(),
  body: z.string().trim().max(8000).default(''),
})

function assertSpan(ctx: Ctx, from: string, to: string): void {
  if (to < from) throw invalid('span', '结束日期在开始日期以前', { to: ['请填开始日期或以后'] })
  if (from > dateAt(ctx.now)) throw invalid('span-to-come', '这段时间还没有到，记录里没有可通报的', { from: ['请填今天或以前'] })
}

export const draft = command('bulletins.draft', {
  title: '起草通报',
  input: Words.extend({ orgId: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, READ),
  may: (actor, org) => actor.holdsBelow(MANAGE, org.path),
  run: async (ctx, { title, from, to, body }, org) => {
    if (BRANCH_KINDS.includes(org.kind)) throw invalid('not-a-branch', '通报由党委、党总支发给下面的支部', { orgId: ['请选党委或党总支'] })
    assertSpan(ctx, from, to)
    const id = newId()
    await sql`insert into bulletins.bulletin (org_id, id, title, period_from, period_to, body, state, written_by, written_at, version)
      values (${org.id}, ${id}, ${title}, ${from}::date, ${to}::date, ${body}, 'draft', ${ctx.actor.personId}, ${ctx.now}, 1)`.execute(
      ctx.db,
    )
    return { id }
  },
})

const Step = z.object({ id: z.uuid(), version: z.int() })
const Stepped = z.object({ version: z.int() })
const mayManage = (actor: Ctx['actor'], b: Bulletin) => actor.holdsBelow(MANAGE, b.path)

function assertStep(b: Bulletin, version: number, step: 'edit' | 'issue' | 'withdraw'): void {
  if (b.version !== version) throw stale({ version }, { version: b.version, title: b.title, body: b.body })
  const verdict = bulletinLife.allows(b.state, step)
  if (verdict !== true) throw verdict
}

const stepped = async (ctx: Ctx, b: Bulletin, set: ReturnType<typeof sql>) => {
  await sql`update bulletins.bulletin set ${set}, version = version + 1 where org_id = ${b.org_id} and id = ${b.id}`.execute(ctx.db)
  return { version: b.version + 1 }
}

export const edit = command('bulletins.edit', {
  title: '修改通报',
  input: Words.extend(Step.shape),
  output: Stepped,
  load: locked,
  may: mayManage,
  run: async (ctx, { version, title, from, to, body }, b) => {
    assertStep(b, version, 'edit')
    assertSpan(ctx, from, to)
    return stepped(ctx, b, sql`title = ${title}, period_from = ${from}::date, period_to = ${to}::date, body = ${body}`)
  },
})

export const issue = command('bulletins.issue', {
  title: '印发通报',
  input: Step.extend({ docNo: z.string().trim().min(2, '请写文号').max(60), on: z.iso.date() }),
  output: Stepped,
  load: locked,
  may: mayManage,
  run: async (ctx, { version, docNo, on }, b) => {
    assertStep(b, version, 'issue')
    if (on > dateAt(ctx.now) || on < b.period_from)
      throw invalid('issued-on', '印发日期不能晚于今天，也不能早于通报的时间段', { on: ['请核对印发日期'] })
    const { rows } =
      await sql`select 1 from bulletins.bulletin where org_id = ${b.org_id} and doc_no = ${docNo} and state = 'issued'`.execute(ctx.db)
    if (rows.length > 0) throw conflict('number-taken', `文号 ${docNo} 已经用过，请核对`)
    const numbers = await numbersFor(ctx, b.path, b.period_from, b.period_to)
    record(ctx, 'bulletin.issued', {
      subject: b.id,
      orgId: b.org_id,
      happenedOn: on,
      body: { from: b.period_from, to: b.period_to, branches: numbers.branches.length },
    })
    const news = { kind: 'bulletins.issued', key: b.id, text: `${b.org_name}印发通报：${b.title}`, open: `/bulletins/${b.id}` }
    await tellDesks(
      ctx,
      numbers.branches.map(({ orgId }) => ({ ...news, orgId })),
      ctx.actor.personId,
    )
    const kept = sql`numbers = ${JSON.stringify(numbers)}::text::jsonb`
    return stepped(ctx, b, sql`state = 'issued', doc_no = ${docNo}, issued_on = ${on}::date, ${kept}`)
  },
})

export const withdraw = command('bulletins.withdraw', {
  title: '撤回通报',
  input: Step.extend({ why: z.string().trim().min(2, '请写明为什么撤回').max(200) }),
  output: Stepped,
  load: locked,
  may: mayManage,
  run: async (ctx, { version, why }, b) => {
    assertStep(b, version, 'withdraw')
    record(ctx, 'bulletin.withdrawn', { subject: b.id, orgId: b.org_id, body: {} })
    return stepped(ctx, b, sql`state = 'withdrawn', withdrawn_why = ${why}`)
  },
})
