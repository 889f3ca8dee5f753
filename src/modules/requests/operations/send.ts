import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import { all, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { assertThere, type OrgCard, orgSeen, personSeen, postsOn, termOn } from '#modules/organisation/published.ts'
import { kindOf, RequestKind, Retention } from '../contract.ts'
import { dueOn } from '../deadlines.ts'
import { disciplineBeside, locked, receiversOf, usualReceiver } from '../find.ts'
import { assertMaySend, fieldsFor } from '../hooks.ts'
import { tellSent, toldOf } from '../news.ts'
import { policy } from '../policy.ts'
import { record } from '../tables.ts'
import { fill, TEMPLATES } from '../templates.ts'

const Text = { title: z.string().trim().min(2).max(200), body: z.string().trim().min(2).max(10_000) }
const LetterNo = z.string().trim().min(1).max(60).nullable().default(null)

export const compose = query('requests.compose', {
  title: '起草请示',
  input: z.object({ orgId: z.uuid(), kind: RequestKind, aboutId: z.uuid().optional() }),
  output: z.object({
    title: z.string(),
    body: z.string(),
    /** How many places no record fills: to be written on by the sender. */
    open: z.int(),
    receivers: z.array(z.object({ id: z.string(), name: z.string() })),
    toOrgId: z.string().nullable(),
    retention: Retention,
    /** Whom it is about, where the sender may see the person. */
    person: z.string().nullable(),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'requests.send'),
  may: (actor, org) => actor.holds('requests.send', org.path),
  run: async (ctx, { kind, aboutId }, org) => {
    const receivers = await asked(ctx, org, kind)
    const usual = usualReceiver(receivers)
    const about = { orgId: org.id, kind, aboutId: aboutId ?? null }
    const seesPerson = aboutId !== undefined && (await personSeen(ctx, aboutId))
    const fields = { ...(await ownFields(ctx, org, seesPerson ? aboutId : null)), ...(await fieldsFor(ctx, about)) }
    const all = { ...fields, superior: usual?.name ?? '' }
    const [title, body] = [fill(TEMPLATES[kind].title, all), fill(TEMPLATES[kind].body, all)]
    return {
      title: title.text,
      body: body.text,
      open: new Set([...title.open, ...body.open]).size,
      receivers: receivers.map(({ id, name }) => ({ id, name })),
      toOrgId: usual?.id ?? null,
      retention: kindOf(kind).retention,
      person: fields.person || null,
    }
  },
})

/** What the structure's own records fill in. */
async function ownFields(ctx: Ctx, org: OrgCard, personId: string | null): Promise<Record<string, string>> {
  const today = dateAt(ctx.now)
  const [term, posts] = await Promise.all([termOn(ctx.db, org.id, today), postsOn(ctx.db, org.id, today)])
  const { rows } = await sql<{ name: string }>`select name from organisation.person where id = ${personId}`.execute(ctx.db)
  const day = (date: string) => dateName(onDay(date))
  return {
    org: org.name,
    person: rows[0]?.name ?? '',
    nomineeNames: rows[0]?.name ?? '',
    secretaryName: posts.find(({ role }) => role === 'partySecretary')?.name ?? '',
    ...(term ? { termFrom: day(term.from), termUntil: day(term.until) } : {}),
  }
}

async function asked(ctx: Ctx, org: OrgCard, kind: RequestKind): Promise<OrgCard[]> {
  const above = await receiversOf(ctx, org)
  if (kind !== 'integrityOpinion') return above
  // A committee asks its own 纪委 or 纪检委员, a branch those above it.
  return [...(await disciplineBeside(ctx, [org, ...above])), ...above]
}

export const send = command('requests.send', {
  title: '报送请示',
  input: z.object({
    orgId: z.uuid(),
    /** Left out: the nearest committee above. */
    toOrgId: z.uuid().optional(),
    kind: RequestKind,
    aboutId: z.uuid().nullable().default(null),
    ...Text,
    letterNo: LetterNo,
    /** The day it was sent; today when left out, earlier for what went on paper. */
    sentOn: z.iso.date().optional(),
    retention: Retention.optional(),
  }),
  output: z.object({ id: z.uuid(), version: z.int(), dueOn: z.string() }),
  load: async (ctx, { orgId, aboutId, kind }) => {
    if (aboutId !== null && kindOf(kind).person && !(await personSeen(ctx, aboutId))) return undefined
    return orgSeen(ctx, orgId, 'requests.send')
  },
  may: (actor, org) => actor.holds('requests.send', org.path),
  run: async (ctx, { toOrgId, kind, aboutId, title, body, letterNo, ...given }, org) => {
    const to = await receiverOf(ctx, org, kind, toOrgId)
    const sentOn = given.sentOn ?? dateAt(ctx.now)
    assertNotAhead(ctx, sentOn, 'sentOn')
    assertThere(org, sentOn, 'sentOn')
    if (kindOf(kind).person === true && aboutId === null)
      throw invalid('person-missing', '这类请示是关于一个人的，请选是谁', { aboutId: ['请选一个人'] })
    await assertNoneWaiting(ctx, org.id, kind, aboutId)
    await assertMaySend(ctx, { orgId: org.id, kind, aboutId, sentOn })
    const id = newId()
    const due = await dueOn(ctx.db, to.id, kind, sentOn)
    const receivedFact = recordSent(ctx, { id, orgId: org.id, toOrgId: to.id, kind, aboutId, round: 1, dueOn: due, sentOn })
    const number = await nextNumber(ctx, org.id, 'out_no', 'sent_on', 'org_id', sentOn)
    await sql`insert into requests.request (org_id, id, to_org_id, kind, about_id, title, body, letter_no, out_no, round, state, sent_on,
        due_on, retention, sent_by, sent_account, sent_name, received_fact, recorded_at, version)
      values (${org.id}, ${id}, ${to.id}, ${kind}, ${aboutId}, ${title}, ${body}, ${letterNo}, ${number}, 1, 'sent', ${sentOn},
        ${due}, ${given.retention ?? kindOf(kind).retention}, ${ctx.actor.personId}, ${ctx.actor.accountId}, ${ctx.actor.name},
        ${receivedFact}, ${ctx.now}, 1)`.execute(ctx.db)
    await tellSent(ctx, { id, round: 1, orgId: org.id, orgName: org.name, toOrgId: to.id, toName: to.name, title })
    return { id, version: 1, dueOn: due }
  },
})

export const resend = command('requests.resend', {
  title: '补充后重新报送',
  input: z.object({ id: z.uuid(), version: z.int(), ...Text, letterNo: LetterNo }),
  output: z.object({ id: z.uuid(), version: z.int(), dueOn: z.string() }),
  load: locked,
  may: (actor, r) => all(policy.resend(actor, r)),
  run: async (ctx, { version, title, body, letterNo }, r) => {
    if (version !== r.version) throw stale({ title, body, version }, { title: r.title, body: r.body, version: r.version })
    const sentOn = dateAt(ctx.now)
    const due = await dueOn(ctx.db, r.to_org_id, r.kind, sentOn)
    const about = { id: r.id, orgId: r.org_id, toOrgId: r.to_org_id, kind: r.kind, aboutId: r.about_id }
    await assertMaySend(ctx, { orgId: r.org_id, kind: r.kind, aboutId: r.about_id, sentOn })
    const receivedFact = recordSent(ctx, { ...about, round: r.round + 1, dueOn: due, sentOn })
    await sql`update requests.request set title = ${title}, body = ${body}, letter_no = ${letterNo}, round = round + 1, state = 'sent',
        sent_on = ${sentOn}, due_on = ${due}, registered_on = null, answered_on = null, doc_no = null, answered_by = null,
        answered_name = null, sent_by = ${ctx.actor.personId}, sent_account = ${ctx.actor.accountId}, sent_name = ${ctx.actor.name},
        received_fact = ${receivedFact}, answered_fact = null, reply_fact = null, version = version + 1
      where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    await tellSent(ctx, { ...toldOf(r), round: r.round + 1, title })
    return { id: r.id, version: r.version + 1, dueOn: due }
  },
})

interface Sent {
  id: string
  orgId: string
  toOrgId: string
  kind: RequestKind
  aboutId: string | null
  round: number
  dueOn: string
  sentOn: string
}

/** Records the sending on both sides; answers the id of the superior's fact, which a withdrawal takes back. */
function recordSent(ctx: Ctx, { id, orgId, toOrgId, sentOn, ...body }: Sent): string {
  const personId = kindOf(body.kind).person ? body.aboutId : null
  record(ctx, 'request.sent', { subject: id, orgId, personId, happenedOn: sentOn, body: { ...body, toOrgId } })
  return record(ctx, 'request.received', { subject: id, orgId: toOrgId, personId, happenedOn: sentOn, body: { ...body, fromOrgId: orgId } })
}

async function receiverOf(ctx: Ctx, org: OrgCard, kind: RequestKind, toOrgId: string | undefined): Promise<OrgCard> {
  const receivers = await asked(ctx, org, kind)
  const to = toOrgId === undefined ? usualReceiver(receivers) : receivers.find(({ id }) => id === toOrgId)
  if (to) return to
  throw receivers.length === 0
    ? invalid('no-superior', `${org.name}没有登记上级党组织，不能在这里报送`, { orgId: ['没有上级党组织'] })
    : invalid('not-superior', '只能报送给上级党组织', { toOrgId: [`请从 ${receivers.map(({ name }) => name).join('、')} 里选`] })
}

async function assertNoneWaiting(ctx: Ctx, orgId: string, kind: RequestKind, aboutId: string | null) {
  if (aboutId === null) return
  const { rows } = await sql<{ sent_on: string; state: string }>`select sent_on, state from requests.request
    where org_id = ${orgId} and kind = ${kind} and about_id = ${aboutId} and state in ('sent', 'registered', 'returned')`.execute(ctx.db)
  const [open] = rows
  if (!open) return
  const says = open.state === 'returned' ? '已退回补充，请在原件上补充后重新报送' : '还没有答复，不必再报；要改请先撤回'
  throw invalid('asked-already', `${open.sent_on} 报送的同一件${says}`, { kind: ['已经报过'] })
}

/** The next number of the year in one organisation's register; two sendings at once wait for one another. */
export async function nextNumber(
  ctx: Pick<Ctx, 'db'>,
  orgId: string,
  number: 'out_no' | 'in_no',
  day: 'sent_on' | 'registered_on',
  whose: 'org_id' | 'to_org_id',
  on: string,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext(${`requests ${number} ${orgId}`}))`.execute(ctx.db)
  const year = on.slice(0, 4)
  const { rows } = await sql<{ next: number }>`select coalesce(max(${sql.ref(number)}), 0) + 1 as next from requests.request
    where ${sql.ref(whose)} = ${orgId} and ${sql.ref(day)} >= ${`${year}-01-01`}::date
      and ${sql.ref(day)} <= ${`${year}-12-31`}::date`.execute(ctx.db)
  return rows[0]!.next
}

export function assertNotAhead(ctx: Pick<Ctx, 'now'>, on: string, field: string): void {
  if (on > dateAt(ctx.now)) throw invalid('ahead', '日期在今天以后，请填已经办了的日期', { [field]: ['不能晚于今天'] })
}
