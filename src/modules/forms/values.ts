import { sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import { plannedAnew } from '#kernel/database.ts'
import { holdsOn } from '#kernel/dated.ts'
import { forbidden } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { Period } from '#kernel/period.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { type OrgCard, orgCard, postsOn } from '#modules/organisation/published.ts'
import { STATISTICS_CELLS, statisticsOf } from '#modules/statistics/published.ts'
import { type CellSpot, SOURCES } from './contract.ts'

export type Value = string | number | null

const STATISTICS = 'statistics:'
const statistics = new Map(STATISTICS_CELLS.map((c) => [c.key, c]))
export const isStatistic = (key: string): boolean => statistics.has(key)

/** What a source is called, and the capability it needs. */
export function sourceOf(source: string): { title: string; needs: string } | undefined {
  const cell = source.startsWith(STATISTICS) ? statistics.get(source.slice(STATISTICS.length)) : undefined
  return cell ? { title: cell.title, needs: cell.readWith } : SOURCES[source]
}

/** Refuses, at the places, what this reader may not read at the organisation. */
export function assertMayRead(ctx: Ctx, org: OrgCard, wanted: readonly { at: string; needs: string; title: string }[]): void {
  const closed = wanted.filter(({ needs }) => ctx.actor.holdsBelow(needs, org.path) !== true)
  if (closed.length === 0) return
  const says = closed.slice(0, 5).map(({ at, title }) => `${at}（${title}）`)
  throw forbidden('not-yours-to-read', `表里有 ${closed.length} 处你无权看：${says.join('、')}。请由能看的人来填`)
}

/** The last day of a span on which something is known: today while it lasts. */
export const lastDay = (ctx: Pick<Ctx, 'now'>, { to }: Period): string => {
  const today = dateAt(ctx.now)
  return to < today ? to : today
}

/** What goes into single cells, by source. Only what is asked for is counted. */
export async function valuesFor(ctx: Ctx, org: OrgCard, span: Period, spots: readonly CellSpot[]): Promise<Map<string, Value>> {
  const asked = new Set(spots.map((s) => s.source))
  const of = (group: string) => [...asked].some((source) => source.startsWith(`${group}.`))
  const values = new Map<string, Value>([
    ['period.name', span.fullName],
    ['filled.on', dateName(onDay(dateAt(ctx.now)))],
    ['filled.by', ctx.actor.name],
  ])
  const day = lastDay(ctx, span)
  if (of('org')) await ofOrg(ctx, org, day, values)
  if (of('people')) await ofPeople(ctx, org, day, Number(span.to.slice(0, 4)), values)
  if (of('meetings')) await ofMeetings(ctx, org, span, values)
  if (of('dues')) await ofDues(ctx, org, span, values)
  const keys = [...asked].filter((s) => s.startsWith(STATISTICS)).map((s) => s.slice(STATISTICS.length))
  if (keys.length > 0)
    for (const [key, value] of await statisticsOf(ctx, org, Number(span.to.slice(0, 4)), keys)) values.set(STATISTICS + key, value)
  return values
}

const below = ({ path }: OrgCard) => sql`o.path >= ${path} and o.path < ${beyond(path)}`

async function ofOrg(ctx: Ctx, org: OrgCard, day: string, values: Map<string, Value>) {
  const above = org.parentId ? await orgCard(ctx.db, org.parentId) : undefined
  const secretary = (await postsOn(ctx.db, org.id, day)).find((p) => p.role === 'partySecretary')
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from organisation.org o where ${below(org)}
    and o.kind = any(${[...BRANCH_KINDS]}) and o.founded_on <= ${day}::date and (o.dissolved_on is null or o.dissolved_on > ${day}::date)`.execute(
    ctx.db,
  )
  values
    .set('org.name', org.name)
    .set('org.above', above?.name ?? '')
    .set('org.secretary', secretary?.name ?? '')
    .set('org.founded', dateName(onDay(org.foundedOn)))
    .set('org.branches', rows[0]!.n)
}

async function ofPeople(ctx: Ctx, org: OrgCard, day: string, year: number, values: Map<string, Value>) {
  const on = sql`${day}::date`
  const member = sql`s.standing in ('fullMember', 'probationaryMember')`
  const count = (name: string, where: ReturnType<typeof sql>) => sql`count(*) filter (where ${where})::int as ${sql.ref(name)}`
  const { rows } = await sql<Record<string, number>>`${plannedAnew} select ${sql.join([
    count('members', member),
    count('full', sql`s.standing = 'fullMember'`),
    count('probationary', sql`s.standing = 'probationaryMember'`),
    count('women', sql`${member} and f.sex = 'female'`),
    count('minority', sql`${member} and f.nation <> '汉族'`),
    count('under35', sql`${member} and f.birth_from >= ${`${year - 35}-01-01`}::date`),
    count('activists', sql`s.standing in ('activist', 'developmentTarget')`),
    count('applicants', sql`s.standing = 'applicant'`),
  ])}
    from organisation.org o join members.membership m on m.org_id = o.id and ${holdsOn('m.valid', on)}
    join members.standing s on s.person_id = m.person_id and ${holdsOn('s.valid', on)}
    left join members.profile f on f.person_id = m.person_id where ${below(org)}`.execute(ctx.db)
  for (const [name, n] of Object.entries(rows[0]!)) values.set(`people.${name}`, n)
}

async function ofMeetings(ctx: Ctx, org: OrgCard, { from, to }: Period, values: Map<string, Value>) {
  const held = sql`${below(org)} and m.state <> 'cancelled' and m.held_on between ${from}::date and ${to}::date`
  const { rows } = await sql<{ kind: string; n: number }>`${plannedAnew} select k.kind, count(*)::int as n
    from organisation.org o join meetings.meeting m on m.org_id = o.id cross join unnest(m.kinds) as k(kind)
    where ${held} group by 1`.execute(ctx.db)
  const all = await sql<{ all: number; expected: number; present: number }>`${plannedAnew} select count(*)::int as all,
      coalesce(sum(m.expected), 0)::int as expected, coalesce(sum(m.present), 0)::int as present
    from organisation.org o join meetings.meeting m on m.org_id = o.id where ${held}`.execute(ctx.db)
  for (const source of Object.keys(SOURCES)) if (source.startsWith('meetings.')) values.set(source, 0)
  for (const { kind, n } of rows) values.set(`meetings.${kind}`, n)
  for (const [name, n] of Object.entries(all.rows[0]!)) values.set(`meetings.${name}`, n)
}

async function ofDues(ctx: Ctx, org: OrgCard, { from, to }: Period, values: Map<string, Value>) {
  const { rows } = await sql<{ owed: string; paid: string }>`${plannedAnew} select
    (select coalesce(sum(w.cents), 0)::bigint::text from organisation.org o join dues.owed w on w.org_id = o.id
      where ${below(org)} and w.month between ${from}::date and ${to}::date) as owed,
    (select coalesce(sum(y.cents), 0)::bigint::text from organisation.org o join dues.payment y on y.org_id = o.id
      where ${below(org)} and y.month between ${from}::date and ${to}::date and not y.taken_back) as paid`.execute(ctx.db)
  values.set('dues.owed', Number(rows[0]!.owed) / 100).set('dues.paid', Number(rows[0]!.paid) / 100)
}
