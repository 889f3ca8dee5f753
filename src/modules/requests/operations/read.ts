import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt, daysBetween } from '#kernel/civilDate.ts'
import { query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { Decision, kindOf, RequestKind, RequestState, Retention, STATES, WAITING } from '../contract.ts'
import { columns, requestsPlaced, type Seen, seen, visible } from '../find.ts'
import { abilities } from '../policy.ts'

const Can = z.record(z.string(), z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]))

const Card = z.object({
  id: z.string(),
  version: z.int(),
  kind: RequestKind,
  kindName: z.string(),
  title: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  toOrgId: z.string(),
  toName: z.string(),
  about: z.string().nullable(),
  aboutId: z.string().nullable(),
  state: RequestState,
  stateName: z.string(),
  sentOn: z.string(),
  dueOn: z.string(),
  /** Days past the term while the superior still owes an answer; 0 otherwise. */
  overdue: z.int(),
  answeredOn: z.string().nullable(),
  docNo: z.string().nullable(),
  outNo: z.int(),
  inNo: z.int().nullable(),
  retention: Retention,
})

/** A request as lists show it; lateness is counted to `today` and is the receiver's. */
export const cardOf = (r: Seen, today: string): z.output<typeof Card> => ({
  id: r.id,
  version: r.version,
  kind: r.kind,
  kindName: kindOf(r.kind).title,
  title: r.title,
  orgId: r.org_id,
  orgName: r.org_name,
  toOrgId: r.to_org_id,
  toName: r.to_name,
  about: r.about,
  aboutId: r.about_id,
  state: r.state,
  stateName: STATES[r.state],
  sentOn: r.sent_on,
  dueOn: r.due_on,
  overdue: WAITING.includes(r.state) ? Math.max(0, daysBetween(r.due_on, today)) : 0,
  answeredOn: r.answered_on,
  docNo: r.doc_no,
  outNo: r.out_no,
  inNo: r.in_no,
  retention: r.retention,
})

/** `waiting`: not answered; `toAnswer`: those of them that this person may answer; `returned`: back with the sender; `done`: the rest. */
const VIEWS = ['waiting', 'toAnswer', 'returned', 'done'] as const

export const list = query('requests.list', {
  title: '请示与批复',
  input: Paged.extend({
    orgId: z.uuid().optional(),
    view: z.enum(VIEWS).optional(),
    kind: RequestKind.optional(),
    aboutId: z.uuid().optional(),
    overdue: z.boolean().optional(),
  }),
  output: pageOf(Card).extend({
    counts: z.object({ waiting: z.int(), toAnswer: z.int(), overdue: z.int() }),
    can: z.object({ send: z.boolean() }),
  }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'requests.read') : null),
  may: (actor) => actor.holdsAnywhere('requests.read'),
  run: async (ctx, { after, limit, view, kind, aboutId, overdue }, org) => {
    const today = dateAt(ctx.now)
    const { actor } = ctx
    const here = org ? sql`o.path >= ${org.path} and o.path < ${`${org.path}~`}` : sql`true`
    const mine = sql`r.state in ('sent', 'registered') and ${actor.within('requests.answer', 't.path')}`
    const which = {
      waiting: sql`r.state in ('sent', 'registered')`,
      toAnswer: mine,
      returned: sql`r.state = 'returned'`,
      done: sql`r.state in ('agreed', 'refused', 'withdrawn')`,
    }
    const open = view === 'waiting' || view === 'toAnswer'
    const order: OrderBy[] = open
      ? [{ by: sql`r.due_on` }, { by: sql`r.id` }]
      : [
          { by: sql`r.sent_on`, desc: true },
          { by: sql`r.id`, desc: true },
        ]
    const late = sql`r.state in ('sent', 'registered') and r.due_on < ${today}::date`
    const { rows } = await sql<Seen>`select ${columns} from ${requestsPlaced}
      where ${here} and ${visible(actor)} and ${view ? which[view] : sql`true`} and ${kind ? sql`r.kind = ${kind}` : sql`true`}
        and ${aboutId ? sql`r.about_id = ${aboutId}` : sql`true`} and ${overdue ? late : sql`true`} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const counted = await sql<{ waiting: number; toAnswer: number; overdue: number }>`
      select count(*)::int as waiting, count(*) filter (where ${mine})::int as "toAnswer", count(*) filter (where ${late})::int as overdue
      from ${requestsPlaced} where ${here} and ${visible(actor)} and r.state in ('sent', 'registered')`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (r) => (open ? [r.due_on, r.id] : [r.sent_on, r.id]))
    const send = (org ? actor.holds('requests.send', org.path) : actor.holdsAnywhere('requests.send')) === true
    return { items: items.map((r) => cardOf(r, today)), next, counts: counted.rows[0]!, can: { send } }
  },
})

export const get = query('requests.get', {
  title: '看一份请示',
  input: z.object({ id: z.uuid() }),
  output: Card.extend({
    body: z.string(),
    letterNo: z.string().nullable(),
    reply: z.string().nullable(),
    registeredOn: z.string().nullable(),
    sentBy: z.string(),
    answeredBy: z.string().nullable(),
    decision: Decision.nullable(),
    round: z.int(),
    term: z.string(),
    facts: z.array(z.string()),
    can: Can,
  }),
  load: seen,
  may: (actor, r) => actor.holds('requests.read', r.path),
  run: async (ctx, _input, r) => {
    const { term } = kindOf(r.kind)
    return {
      ...cardOf(r, dateAt(ctx.now)),
      body: r.body,
      letterNo: r.letter_no,
      reply: r.reply,
      registeredOn: r.registered_on,
      sentBy: r.sent_name,
      answeredBy: r.answered_name,
      decision: r.state === 'agreed' || r.state === 'refused' || r.state === 'returned' ? r.state : null,
      round: r.round,
      term: term.source ?? '一般时限，可由上级在「答复时限」里改定',
      facts: [r.received_fact, r.answered_fact].filter((f) => f !== null),
      can: abilities(ctx.actor, r),
    }
  },
})
