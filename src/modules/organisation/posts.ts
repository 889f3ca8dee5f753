import { sql } from 'kysely'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { type DatedTable, holdFrom } from '#kernel/dated.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { FactCtx } from '#ledger/facts.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { PostRole } from './contract.ts'
import { record } from './record.ts'

export interface Appointment {
  orgId: string
  personId: string
  role: PostRole
  /** First day in the post; `until` is the first day no longer in it. */
  from: string
  until?: string | null
  fullTime?: boolean | null
}

/** Gives a person a post. Answers the post's id. */
export async function appoint(ctx: FactCtx, { orgId, personId, role, from, until = null, fullTime = null }: Appointment): Promise<string> {
  const id = newId()
  await sql`insert into organisation.post (id, org_id, person_id, role, full_time, valid)
    values (${id}, ${orgId}, ${personId}, ${role}, ${fullTime}, daterange(${from}::date, ${until}::date))`.execute(ctx.db)
  record(ctx, 'post.began', { subject: id, orgId, personId, happenedOn: from, body: { role, fullTime } })
  if (until) record(ctx, 'post.ended', { subject: id, orgId, personId, happenedOn: until, body: { role } })
  return id
}

export interface Post {
  id: string
  orgId: string
  personId: string
  role: PostRole
  from: string
  until: string | null
  version: number
  path: string
}

/** The post, locked for a change; undefined when there is none. */
export async function lockPost(ctx: FactCtx, id: string): Promise<Post | undefined> {
  const { rows } = await sql<Post>`select t.id, t.org_id as "orgId", t.person_id as "personId", t.role, lower(t.valid) as "from",
      upper(t.valid) as until, t.version, o.path
    from organisation.post t join organisation.org o on o.id = t.org_id where t.id = ${id} for update of t`.execute(ctx.db)
  return rows[0]
}

/** The last day in the post is the day before `on`. */
export async function endPost(ctx: FactCtx, { id, orgId, personId, role, from, until }: Post, on: string): Promise<void> {
  if (on <= from) throw invalid('before-post', `任职 ${from} 开始，请填之后的日期`, { on: [`请填 ${from} 之后的日期`] })
  if (until !== null) throw conflict('post-ended', `这项任职到 ${until} 为止，已经登记过`)
  await sql`update organisation.post set valid = daterange(lower(valid), ${on}::date), version = version + 1 where id = ${id}`.execute(
    ctx.db,
  )
  record(ctx, 'post.ended', { subject: id, orgId, personId, happenedOn: on, body: { role } })
}

const TERM: DatedTable = { table: 'organisation.term', key: ['org_id'] }

/** A term of office from `from` until the day before `until`; a term still running ends the day before. */
export async function beginTerm(ctx: FactCtx, orgId: string, from: string, until: string): Promise<void> {
  if (until <= from) throw invalid('term-order', '届满日期应在任期开始之后', { until: ['应在任期开始之后'] })
  await refuseAfterEnd(ctx, orgId, from)
  await holdFrom(ctx.db, TERM, { org_id: orgId }, from, {})
  await sql`update organisation.term set valid = daterange(lower(valid), least(upper(valid), ${until}::date, ${goneFrom(orgId)}))
    where org_id = ${orgId} and lower(valid) = ${from}::date`.execute(ctx.db)
  record(ctx, 'term.began', { subject: orgId, orgId, happenedOn: from, body: { until } })
}

/** Extends the last term; by more than a year it is refused (基层组织选举工作条例 art. 3). */
export async function extendTerm(ctx: FactCtx, orgId: string, until: string, approvedOn = dateAt(ctx.now)): Promise<void> {
  const { rows } = await sql<{ from: string; until: string }>`select lower(valid) as "from", upper(valid) as until
    from organisation.term where org_id = ${orgId} order by lower(valid) desc limit 1 for update`.execute(ctx.db)
  const term = rows[0]
  if (!term) throw conflict('no-term', '还没有登记任期，请先登记本届任期')
  await refuseAfterEnd(ctx, orgId, term.from)
  if (approvedOn >= term.until)
    throw conflict('term-over', `本届任期 ${term.until} 已经届满，届满以后不能再延期，请换届；届满前已经批准的，填当时的批准日期`)
  if (until <= term.until)
    throw invalid('term-order', `现在的届满日期是 ${term.until}，延期应在它之后`, { until: ['应在现在的届满日期之后'] })
  if (until > addYears(await firstEnd(ctx, orgId, term.from), 1))
    throw invalid('extended-too-long', '延期一般不超过一年（基层组织选举工作条例第三条），请改日期', { until: ['距原届满日期不超过一年'] })
  await sql`update organisation.term set valid = daterange(lower(valid), least(${until}::date, ${goneFrom(orgId)}))
    where org_id = ${orgId} and lower(valid) = ${term.from}::date`.execute(ctx.db)
  record(ctx, 'term.extended', { subject: orgId, orgId, happenedOn: term.from, body: { until } })
}

/** The first day without the organisation, if one is set: no term outlasts it. */
const goneFrom = (orgId: string) => sql`(select dissolved_on from organisation.org where id = ${orgId})`

async function refuseAfterEnd(ctx: FactCtx, orgId: string, from: string) {
  const { rows } = await sql<{ gone: string | null }>`select dissolved_on as gone from organisation.org where id = ${orgId}`.execute(ctx.db)
  const gone = rows[0]?.gone
  if (gone && from >= gone) throw conflict('organisation-gone', `这个组织到 ${gone} 已撤销或并出，不能再登记任期`)
}

/** When the term would have ended before any extension. */
async function firstEnd(ctx: FactCtx, orgId: string, from: string): Promise<string> {
  const { rows } = await sql<{ until: string }>`select body->>'until' as until from ${ledgerAsOf()} f
    where org_id = ${orgId} and kind = 'term.began' and happened_on = ${from}::date order by recorded_at desc, id desc limit 1`.execute(
    ctx.db,
  )
  return rows[0]!.until
}
