import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { type FactCtx, retract } from '#ledger/facts.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { CorrectionReason, OrgKind, PostRole } from './contract.ts'
import type { Post } from './posts.ts'
import { assertThere, type OrgCard } from './published.ts'
import { termsFrom } from './rebuild.ts'
import { record } from './record.ts'
import type { Span } from './structure.ts'
import { changeTree, PARTY } from './trees.ts'

interface Recorded {
  id: string
  kind: string
  subject: string
  happenedOn: string
  body: Record<string, any>
}

/** What a higher module keeps moves with a corrected founding, in the same transaction, or stands in its way. */
export type WhenFoundingCorrected = (ctx: FactCtx, org: OrgCard, foundedOn: string, reason: CorrectionReason) => Promise<void>
const whenFoundingCorrected: WhenFoundingCorrected[] = []

/** Called by a higher module when it is loaded. */
export const onFoundingCorrected = (then: WhenFoundingCorrected): void => void whenFoundingCorrected.push(then)

/** The organisation was founded on another day than recorded. Before its superior was there it stood by itself. */
export async function correctFounding(ctx: FactCtx, org: OrgCard, on: string, reason: CorrectionReason): Promise<void> {
  if (on === org.foundedOn) throw conflict('nothing-wrong', '和已经登记的一样，没有要更正的')
  if (org.dissolvedOn !== null && on >= org.dissolvedOn)
    throw invalid('after-dissolution', `它 ${org.dissolvedOn} 起已不再存在`, { foundedOn: ['应在撤销或合并之前'] })
  await assertNothingBefore(ctx, org.id, on)
  await sql`update organisation.org set founded_on = ${on} where id = ${org.id}`.execute(ctx.db)
  await sql`update organisation.naming set valid = daterange(${on}::date, upper(valid))
    where org_id = ${org.id} and lower(valid) = ${org.foundedOn}::date`.execute(ctx.db)
  const begins = await changeTree(ctx.db, PARTY, dateAt(ctx.now), (structure) => {
    const node = structure.get(org.id)!
    const there = node.spans[0]!.parentId === null ? null : structure.get(node.spans[0]!.parentId)!.spans[0]!.from
    node.spans = begunOn(node.spans, on, there)
    return node.spans.filter(({ from }) => from === on || from === there)
  })
  const facts = await factsOf(ctx, org.id, ['org.founded', 'org.placed'])
  takeBack(
    ctx,
    org.id,
    facts.filter(({ kind, happenedOn }) => kind === 'org.founded' || happenedOn <= on),
    reason,
  )
  for (const { from, parentId, value } of begins)
    if (from === on || !facts.some(({ kind, happenedOn }) => kind === 'org.placed' && happenedOn === from))
      record(ctx, from === on ? 'org.founded' : 'org.placed', {
        subject: org.id,
        orgId: org.id,
        happenedOn: from,
        body: { kind: value as OrgKind, parentId },
      })
  for (const then of whenFoundingCorrected) await then(ctx, org, on, reason)
}

/** The stretches beginning on `on` instead; `there`: since when there is the first superior. */
function begunOn<V>(spans: readonly Span<V>[], on: string, there: string | null): Span<V>[] {
  const [first, ...rest] = spans as [Span<V>, ...Span<V>[]]
  if (on > first.from) return spans.filter(({ to }) => to === null || to > on).map((s, i) => (i === 0 ? { ...s, from: on } : s))
  if (there === null || there <= on) return [{ ...first, from: on }, ...rest]
  return [{ ...first, from: on, to: there, parentId: null }, { ...first, from: there }, ...rest]
}

async function assertNothingBefore(ctx: FactCtx, orgId: string, on: string) {
  const { rows } = await sql<{ what: string; from: string }>`
    select '任职' as what, lower(valid) as "from" from organisation.post where org_id = ${orgId} and lower(valid) < ${on}::date
    union all select '任期', lower(valid) from organisation.term where org_id = ${orgId} and lower(valid) < ${on}::date
    union all select '更名', upper(valid) from organisation.naming where org_id = ${orgId} and upper(valid) <= ${on}::date
    order by 2 limit 1`.execute(ctx.db)
  const [first] = rows
  if (first) throw conflict('recorded-before', `已登记 ${first.from} 的${first.what}，早于改后的成立日期，请先更正那一项`)
}

/** A rename or a change of place took effect on another day than recorded; null: it never happened. */
export async function correctChange(
  ctx: FactCtx,
  org: OrgCard,
  { what, from, on }: { what: 'name' | 'place'; from: string; on: string | null },
  reason: CorrectionReason,
): Promise<void> {
  const kind = what === 'name' ? 'org.renamed' : 'org.placed'
  const facts = (await factsOf(ctx, org.id, [kind])).filter(({ happenedOn }) => happenedOn === from)
  const right = facts.at(-1)
  if (!right) throw conflict('no-such-change', `没有登记 ${from} 的这项变更，请刷新后再看`)
  if (on === from) throw conflict('nothing-wrong', '和已经登记的一样，没有要更正的')
  if (what === 'name') await moveName(ctx, org.id, from, on)
  const repeated = await changeTree(ctx.db, PARTY, dateAt(ctx.now), (structure) => {
    if (what === 'name') return null
    const { spans } = structure.get(org.id)!
    const i = spans.findIndex((span) => span.from === from)
    const [before, span] = [spans[i - 1], spans[i]]
    if (!before || !span) throw conflict('founding', '这是成立时的隶属，要改请更正成立日期')
    assertBetween(on, before.from, span.to)
    before.to = on ?? span.to
    if (on === null) spans.splice(i, 1)
    else span.from = on
    const next = on === null ? spans[i] : undefined
    return next && next.parentId === before.parentId && next.value === before.value ? next.from : null
  })
  // Without this change the next one says nothing any more.
  const silent = repeated === null ? [] : (await factsOf(ctx, org.id, [kind])).filter(({ happenedOn }) => happenedOn === repeated)
  takeBack(ctx, org.id, [...facts, ...silent], reason)
  if (on !== null) record(ctx, kind, { subject: org.id, orgId: org.id, happenedOn: on, body: right.body as never })
}

async function moveName(ctx: FactCtx, orgId: string, from: string, on: string | null) {
  const { rows } = await sql<{ from: string; until: string | null }>`select lower(valid) as "from", upper(valid) as until
    from organisation.naming where org_id = ${orgId} order by valid`.execute(ctx.db)
  const i = rows.findIndex((row) => row.from === from)
  const [before, name] = [rows[i - 1], rows[i]]
  if (!before || !name) throw conflict('founding', '这是成立时的名称，要改请更正成立日期')
  assertBetween(on, before.from, name.until)
  const change =
    on === null ? sql`delete from organisation.naming` : sql`update organisation.naming set valid = daterange(${on}::date, upper(valid))`
  const shorter = sql`update organisation.naming set valid = daterange(lower(valid), ${on ?? name.until}::date)
    where org_id = ${orgId} and lower(valid) = ${before.from}::date`
  const moved = sql`${change} where org_id = ${orgId} and lower(valid) = ${from}::date`
  // The one that grows comes last, since two names never hold on one day.
  for (const step of on !== null && on < from ? [shorter, moved] : [moved, shorter]) await step.execute(ctx.db)
}

function assertBetween(on: string | null, after: string, before: string | null) {
  if (on !== null && (on <= after || (before !== null && on >= before)))
    throw invalid('out-of-order', `应在 ${after} 之后${before ? `、${before} 之前` : ''}`, { on: ['与前后的变更次序不合'] })
}

export interface RightPost {
  role: PostRole
  from: string
  until: string | null
  fullTime: boolean | null
}

/** The post was another, or held from or until another day, than recorded; null: never held. */
export async function correctPost(
  ctx: FactCtx,
  post: Post,
  org: OrgCard,
  right: RightPost | null,
  reason: CorrectionReason,
): Promise<void> {
  const { id, orgId, personId } = post
  if (right) assertHeld(org, right)
  takeBack(ctx, orgId, await factsOf(ctx, orgId, ['post.began', 'post.ended'], id), reason)
  if (!right) return void (await sql`delete from organisation.post where id = ${id}`.execute(ctx.db))
  const { role, from, until, fullTime } = right
  await sql`update organisation.post set role = ${role}, full_time = ${fullTime}, valid = daterange(${from}::date, ${until}::date),
    version = version + 1 where id = ${id}`.execute(ctx.db)
  record(ctx, 'post.began', { subject: id, orgId, personId, happenedOn: from, body: { role, fullTime } })
  if (until) record(ctx, 'post.ended', { subject: id, orgId, personId, happenedOn: until, body: { role } })
}

function assertHeld(org: OrgCard, { from, until }: RightPost) {
  assertThere(org, from, 'from')
  if (until !== null && until <= from) throw invalid('before-post', '免职日期应在任职日期之后', { until: ['应在任职日期之后'] })
  if (org.dissolvedOn !== null && (until === null || until > org.dissolvedOn))
    throw invalid('after-dissolution', `${org.name} 自 ${org.dissolvedOn} 起已不再存在`, { until: [`最晚 ${org.dissolvedOn}`] })
}

type Term = { from: string; until: string }

/** The term of office ran otherwise than recorded; null: there was none. */
export async function correctTerm(ctx: FactCtx, org: OrgCard, term: Term, right: Term | null, reason: CorrectionReason): Promise<void> {
  const facts = await factsOf(ctx, org.id, ['term.began', 'term.extended', 'org.dissolved', 'org.merged'])
  const wrong = facts.filter(({ kind, happenedOn }) => kind.startsWith('term.') && happenedOn === term.from)
  if (wrong.length === 0) throw conflict('no-such-term', '没有登记这一届任期，请刷新后再看')
  if (right) assertThere(org, right.from, 'from')
  if (right && right.until <= right.from) throw invalid('term-order', '届满日期应在任期开始之后', { until: ['应在任期开始之后'] })
  takeBack(ctx, org.id, wrong, reason)
  // An extension stays one, so that it is still measured from the first end.
  const first: string | undefined = wrong.findLast(({ kind }) => kind === 'term.began')?.body.until
  const extended =
    right !== null && wrong.some(({ kind }) => kind === 'term.extended') && first !== undefined && right.until > first && right.from < first
  const fresh = right && [
    { kind: 'term.began', happenedOn: right.from, body: { until: extended ? first : right.until } },
    ...(extended ? [{ kind: 'term.extended', happenedOn: right.from, body: { until: right.until } }] : []),
  ]
  for (const fact of fresh ?? [])
    record(ctx, fact.kind as 'term.began', { subject: org.id, orgId: org.id, happenedOn: fact.happenedOn, body: fact.body })
  const rows = termsFrom([...facts.filter((fact) => !wrong.includes(fact)), ...(fresh ?? [])])
  await sql`delete from organisation.term where org_id = ${org.id}`.execute(ctx.db)
  await sql`insert into organisation.term (org_id, valid) select ${org.id}::uuid, daterange("from", "to")
    from jsonb_to_recordset(${json(rows)}) as t("from" date, "to" date)`.execute(ctx.db)
}

async function factsOf(ctx: FactCtx, orgId: string, kinds: readonly string[], subject = orgId): Promise<Recorded[]> {
  const { rows } = await sql<Recorded>`select f.id, f.kind, f.subject, f.happened_on as "happenedOn", f.body from ${ledgerAsOf()} f
    where f.org_id = ${orgId} and f.subject = ${subject} and f.kind = any(${[...kinds]}::text[])
    order by f.recorded_at, f.id`.execute(ctx.db)
  return rows
}

const takeBack = (ctx: FactCtx, orgId: string, facts: readonly Recorded[], reason: CorrectionReason) => {
  for (const { id, kind } of facts) retract(ctx, { orgId, factId: id, kind, reason })
}
