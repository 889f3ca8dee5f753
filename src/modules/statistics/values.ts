import { sql } from 'kysely'
import { type Db, plannedAnew } from '#kernel/database.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { keyOfCell } from './contract.ts'
import { codeOf, partsOfJob, type Readings, rowsOfJob } from './jobs.ts'
import { type Counted, countPeople, ofActivists, ofMembers, peopleIn, placedIn, type Scope } from './people.ts'
import { JOBS, type Sheet } from './reference.ts'

/** Own ways of writing by kind. */
export type AllReadings = Record<'job' | 'title' | 'education', Readings>

/** What records say of a table: cell → number, also of the cells that explain differences. What has no record is left out. */
export async function countedOf(db: Db, scope: Scope, sheet: Sheet, readings: AllReadings): Promise<Map<string, number>> {
  switch (sheet.key) {
    case 'members':
      return jobsOf(await countPeople(db, scope, { of: ofMembers, text: 'job', columns: countable(sheet) }), countable(sheet), readings)
    case 'activists':
      return activists(db, scope, readings)
    case 'titles':
      return titles(db, scope, readings)
    case 'fees':
      return fees(db, scope)
    case 'reviews':
      return reviews(db, scope)
    default:
      return new Map()
  }
}

const countable = (sheet: Sheet) => sheet.columns.filter((c) => !c.hand).map((c) => c.key)

/** The code of a row's people: retired ones are 离退休人员 whatever the file says they did. */
export const jobOf = ({ text, retired }: Pick<Counted, 'text' | 'retired'>, readings: AllReadings): string | null =>
  retired ? '4' : codeOf('job', text, readings.job)

/** Counts by text, added up along the table of posts; `row?` holds those of a row who are in none of its parts. */
export function jobsOf(counted: readonly Counted[], columns: readonly string[], readings: AllReadings): Map<string, number> {
  const cells = zeros(
    JOBS.flatMap(({ key }) => (partsOfJob(key).length > 0 ? [key, `${key}?`] : [key])),
    columns,
  )
  for (const row of counted) {
    const rows = rowsOfJob(jobOf(row, readings))
    const last = rows.findLast((key) => partsOfJob(key).length > 0 && !partsOfJob(key).some((part) => rows.includes(part)))
    for (const column of columns) for (const key of last === undefined ? rows : [...rows, `${last}?`]) add(cells, key, column, row[column]!)
  }
  return cells
}

async function activists(db: Db, scope: Scope, readings: AllReadings) {
  const columns = ['total', 'women', 'minority', 'under35']
  const educated = ['college', 'secondary', 'lower', 'noEducation']
  const rows = await countPeople(db, scope, { of: ofActivists, text: 'job', columns, byEducation: true })
  const apart = rows.map((row): Counted => {
    const code = codeOf('education', row.education ?? null, readings.education) ?? 'noEducation'
    return { ...row, ...Object.fromEntries(educated.map((key) => [key, key === code ? row.total! : 0])) }
  })
  return jobsOf(apart, [...columns, ...educated], readings)
}

async function titles(db: Db, scope: Scope, readings: AllReadings) {
  const columns = ['total', 'women', 'under35']
  const cells = zeros(['high', 'middle', 'junior', '?'], columns)
  for (const row of await countPeople(db, scope, { of: ofMembers, text: 'title', columns })) {
    if ((row.text ?? '').trim() === '') continue
    const code = codeOf('title', row.text, readings.title) ?? '?'
    if (code !== 'none') for (const column of columns) add(cells, code, column, row[column]!)
  }
  return cells
}

/** How the 党费 of `m` stood the last time they were on a list of the year: w.kind. */
export const lastOwed = ({ year }: Scope) => sql`left join lateral (select
    case when o.reduction_id is null then 'standard' when o.cents > 0 then 'reduced' else 'exempt' end as kind
    from dues.owed o where o.person_id = m.person_id and o.month between ${`${year}-01-01`}::date and ${`${year}-12-01`}::date
    order by o.month desc limit 1) w on true`

/** One payment of more than a member's dues, of 1,000 yuan or more. */
export const largeDonations = ({ year }: Scope) => sql`select distinct d.person_id from dues.donation d
  where d.paid_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date and not d.taken_back and d.cents >= 100000`

async function fees(db: Db, scope: Scope) {
  const cells = zeros(['standard', 'reduced', 'exempt', 'donated', 'unlisted'], ['total'])
  const { rows } = await sql<{ kind: string; n: number; donated: number }>`${plannedAnew}
    select coalesce(w.kind, 'unlisted') as kind, count(*)::int as n, count(d.person_id)::int as donated
    from organisation.placement pl ${peopleIn(scope)}
    ${lastOwed(scope)}
    left join (${largeDonations(scope)}) d on d.person_id = m.person_id
    where ${placedIn(scope)} and ${ofMembers} group by 1`.execute(db)
  for (const { kind, n, donated } of rows) {
    add(cells, kind, 'total', n)
    add(cells, 'donated', 'total', donated)
  }
  return cells
}

/** Rounds of the year, and of the year before that came to their end in this one; `done` by the day. */
export const roundsIn = (scope: Scope) => {
  const [first, last] = [`${scope.year}-01-01`, `${scope.year}-12-31`]
  return sql`select r.org_id, r.id, r.year, r.title, count(*)::int as people, count(*) filter (where b.grade = 'unqualified')::int as unqualified,
      coalesce(r.state = 'closed' and max(b.told_on) <= ${scope.day}::date, false) as done,
      r.year = ${scope.year}::int as this_year
    from organisation.placement pl join appraisals.round r on r.org_id = pl.org_id
    join appraisals.member b on b.org_id = r.org_id and b.round_id = r.id
    where ${placedIn(scope)} and r.state <> 'dropped' and r.year in (${scope.year}::int, ${scope.year - 1}::int)
    group by r.org_id, r.id having r.year = ${scope.year}::int
      or (r.state = 'closed' and max(b.told_on) between ${first}::date and ${last}::date and max(b.told_on) <= ${scope.day}::date)`
}

/** 优秀共产党员 honoured in the year, by organisation. */
export const honoursIn = (scope: Scope) => sql`select h.org_id, h.person_id, h.happened_on, h.id from ${ledgerAsOf()} h
  where h.kind = 'reward.given' and h.body->>'honour' = 'outstandingMember'
    and h.happened_on between ${`${scope.year}-01-01`}::date and least(${`${scope.year}-12-31`}::date, ${scope.day}::date)`

async function reviews(db: Db, scope: Scope) {
  const cells = zeros(['branches', 'branchesDone', 'people', 'peopleDone', 'unqualified'], ['total', 'lastYear'])
  const { rows } = await sql<{ this_year: boolean; done: boolean; branches: number; people: number; unqualified: number }>`${plannedAnew}
    select q.this_year, q.done, count(*)::int as branches, sum(q.people)::int as people, sum(q.unqualified)::int as unqualified
    from (${roundsIn(scope)}) q group by 1, 2`.execute(db)
  for (const { this_year, done, branches, people, unqualified } of rows) {
    const column = this_year ? 'total' : 'lastYear'
    add(cells, 'branches', column, branches)
    add(cells, 'people', column, people)
    add(cells, 'unqualified', column, unqualified)
    if (done) add(cells, 'branchesDone', column, branches)
    if (done) add(cells, 'peopleDone', column, people)
  }
  const honoured = await sql<{ n: number }>`${plannedAnew} select count(distinct h.person_id)::int as n
    from organisation.placement pl join (${honoursIn(scope)}) h on h.org_id = pl.org_id where ${placedIn(scope)}`.execute(db)
  return cells.set(keyOfCell('commended', 'total'), honoured.rows[0]!.n).set(keyOfCell('commended', 'lastYear'), 0)
}

const zeros = (rows: readonly string[], columns: readonly string[]) =>
  new Map(rows.flatMap((row) => columns.map((column): [string, number] => [keyOfCell(row, column), 0])))

const add = (cells: Map<string, number>, row: string, column: string, n: number) =>
  cells.set(keyOfCell(row, column), (cells.get(keyOfCell(row, column)) ?? 0) + n)
