import { type RawBuilder, sql } from 'kysely'
import { plannedAnew } from '#kernel/database.ts'
import type { Ctx } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf } from '#kernel/paging.ts'
import { codeOf, inJobRow } from './jobs.ts'
import { conditionsOf, countPeople, ofActivists, ofMembers, peopleIn, placedIn, type Scope } from './people.ts'
import type { Sheet } from './reference.ts'
import { type AllReadings, honoursIn, jobOf, largeDonations, lastOwed, roundsIn } from './values.ts'

/** A record behind a number: a person or a round, with why it counts there. */
export interface Behind {
  id: string
  title: string
  note: string
  open: string
}

interface Asked {
  scope: Scope
  sheet: Sheet
  row: string
  column: string
  readings: AllReadings
  after: string | undefined
  limit: number
}

/**
 * The records behind a counted cell, by name, confined to what the actor reads there today: what has moved elsewhere since counts and
 * is not listed. Null for a cell that no record says.
 */
export async function recordsOf(ctx: Ctx, asked: Asked): Promise<{ items: Behind[]; next: string | null } | null> {
  const from = await relationOf(ctx, asked)
  if (!from) return null
  const order: OrderBy[] = [{ by: sql`x.title collate "zh-x-icu"` }, { by: sql`x.id` }]
  const { rows } = await sql<Behind>`${plannedAnew} select x.id::text as id, x.title, x.note, x.open from (${from}) x
    join organisation.org o on o.id = x.org_id
    where ${ctx.actor.within(asked.sheet.readWith, 'o.path')} and ${afterCursor(order, asked.after)}
    order by ${orderOf(order)} limit ${asked.limit + 1}`.execute(ctx.db)
  return cut(rows, asked.limit, (r) => [r.title, r.id])
}

async function relationOf(ctx: Ctx, asked: Asked): Promise<RawBuilder<unknown> | null> {
  switch (asked.sheet.key) {
    case 'members':
    case 'activists':
      return byJob(ctx, asked)
    case 'titles':
      return byTitle(ctx, asked)
    case 'fees':
      return byFee(asked)
    case 'reviews':
      return byReview(asked)
    default:
      return null
  }
}

const people = (scope: Scope, where: RawBuilder<unknown>, note: RawBuilder<unknown>, joins: RawBuilder<unknown> = sql``) =>
  sql`select m.org_id, p.id, p.name as title, g.name || '　' || ${note} as note, '/members?open=' || p.id as open
    from organisation.placement pl join organisation.org g on g.id = pl.org_id ${peopleIn(scope)}
    join organisation.person p on p.id = m.person_id ${joins}
    where ${placedIn(scope)} and ${where}`

/** The texts that a row of posts takes in are looked up first: whose they are is then one condition. */
async function byJob(ctx: Ctx, { scope, sheet, row, column, readings }: Asked) {
  const of = sheet.key === 'members' ? ofMembers : ofActivists
  const condition = conditionsOf(scope.year)[column] ?? (await educationIs(ctx, scope, column, readings))
  if (!condition) return null
  const texts = await countPeople(ctx.db, scope, { of, text: 'job', columns: ['total'] })
  const inside = texts.filter((t) => !t.retired && inJobRow(row, jobOf(t, readings))).map((t) => t.text)
  const retired = inJobRow(row, '4')
  const jobs = sql`((c.id is null and ${oneOf('f.job', inside)}) or (c.id is not null and ${retired}::boolean))`
  const note = column.startsWith('no') ? sql`coalesce(f.job, '没有填岗位')` : noteOf(sheet.key)
  return people(scope, sql`${of} and ${jobs} and (${condition}) is true`, note)
}

const noteOf = (sheet: string) =>
  sheet === 'members'
    ? sql`coalesce(f.job, '没有填岗位') || coalesce('　' || substr(f.birth_from::text, 1, 4) || '年出生', '')`
    : sql`coalesce(f.job, '没有填岗位') || '　' || coalesce(f.education, '没有填学历')`

async function educationIs(ctx: Ctx, scope: Scope, column: string, readings: AllReadings): Promise<RawBuilder<unknown> | null> {
  if (!['college', 'secondary', 'lower', 'noEducation'].includes(column)) return null
  const texts = await countPeople(ctx.db, scope, { of: ofActivists, text: 'education', columns: ['total'] })
  const wanted = column === 'noEducation' ? null : column
  const inside = texts.map((t) => t.text).filter((text) => codeOf('education', text, readings.education) === wanted)
  return oneOf('f.education', inside)
}

async function byTitle(ctx: Ctx, { scope, row, column, readings }: Asked) {
  const condition = conditionsOf(scope.year)[column]
  if (!condition) return null
  const texts = await countPeople(ctx.db, scope, { of: ofMembers, text: 'title', columns: ['total'] })
  const filled = [...new Set(texts.map((t) => t.text))].filter((text) => (text ?? '').trim() !== '')
  const inside = filled.filter((text) => (codeOf('title', text, readings.title) ?? '?') === row)
  return people(scope, sql`${ofMembers} and ${oneOf('f.title', inside)} and (${condition}) is true`, sql`f.title`)
}

function byFee({ scope, row }: Asked) {
  if (row === 'donated')
    return people(
      scope,
      sql`${ofMembers}`,
      sql`'一次多交 1000 元以上'`,
      sql`join (${largeDonations(scope)}) d on d.person_id = m.person_id`,
    )
  const says: Record<string, string> = { standard: '按标准交纳', reduced: '批准少交', exempt: '批准免交', unlisted: '没有列入收缴表' }
  if (!says[row]) return null
  return people(scope, sql`${ofMembers} and coalesce(w.kind, 'unlisted') = ${row}`, sql`${says[row]}::text`, lastOwed(scope))
}

function byReview({ scope, row, column }: Asked) {
  if (column !== 'total' && column !== 'lastYear') return null
  const thisYear = column === 'total'
  if (row === 'commended')
    return thisYear
      ? sql`select h.org_id, h.id, p.name as title, g.name || '　' || h.happened_on || ' 授予' as note, '/merits' as open
          from organisation.placement pl join (${honoursIn(scope)}) h on h.org_id = pl.org_id
          join organisation.org g on g.id = pl.org_id join organisation.person p on p.id = h.person_id where ${placedIn(scope)}`
      : null
  const rounds = sql`select q.* from (${roundsIn(scope)}) q where q.this_year = ${thisYear}`
  const done = row.endsWith('Done') ? sql`q.done` : sql`true`
  if (row === 'branches' || row === 'branchesDone')
    return sql`select q.org_id, q.id, g.name as title, q.title || case when q.done then '　已结束' else '　没有结束' end as note,
        '/appraisal/' || q.id as open from (${rounds}) q join organisation.org g on g.id = q.org_id where ${done}`
  const graded = row === 'unqualified' ? sql`b.grade = 'unqualified'` : row === 'people' || row === 'peopleDone' ? sql`true` : null
  if (!graded) return null
  return sql`select q.org_id, b.person_id as id, p.name as title, g.name || '　' || q.title as note, '/appraisal/' || q.id as open
    from (${rounds}) q join appraisals.member b on b.org_id = q.org_id and b.round_id = q.id
    join organisation.person p on p.id = b.person_id join organisation.org g on g.id = q.org_id where ${done} and ${graded}`
}

/** The column holds one of these texts, or nothing where null is among them. */
function oneOf(column: string, texts: readonly (string | null)[]): RawBuilder<unknown> {
  const named = texts.filter((t) => t !== null)
  const isNamed = sql`${sql.ref(column)} = any(${named}::text[])`
  return texts.includes(null) ? sql`(${isNamed} or ${sql.ref(column)} is null)` : isNamed
}
