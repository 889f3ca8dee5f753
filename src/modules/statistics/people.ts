import { type RawBuilder, sql } from 'kysely'
import { beyond } from '#kernel/actor.ts'
import { type Db, plannedAnew } from '#kernel/database.ts'
import { holdsOn } from '#kernel/dated.ts'

/** Whose records: what stood below an organisation on a day, counted for a year. `path` is its place on that day. */
export interface Scope {
  path: string
  day: string
  year: number
}

/** One way of writing, with how many of those who have it count in each column. */
export type Counted = { text: string | null; retired: boolean; education?: string | null } & Record<string, number>

/** `organisation.placement pl` lies in the scope. */
export const placedIn = ({ path, day }: Scope): RawBuilder<boolean> =>
  sql<boolean>`pl.path >= ${path} and pl.path < ${beyond(path)} and ${holdsOn('pl.valid', sql`${day}::date`)}`

/** The joins from a placement to its people that day with their files: m, s, f and, of those retired, c. */
export const peopleIn = ({ day }: Scope): RawBuilder<unknown> => {
  const on = sql`${day}::date`
  return sql`join members.membership m on m.org_id = pl.org_id and ${holdsOn('m.valid', on)}
    join members.standing s on s.person_id = m.person_id and ${holdsOn('s.valid', on)}
    left join members.profile f on f.person_id = m.person_id
    left join care.plan c on c.org_id = m.org_id and c.person_id = m.person_id and c.kind = 'retired' and c.since <= ${on}
      and (c.ended_on is null or c.ended_on > ${on})`
}

export const ofMembers = sql`s.standing in ('fullMember', 'probationaryMember')`
export const ofActivists = sql`s.standing in ('activist', 'developmentTarget')`

/** The condition of each column that is counted from people; ages as at 31 December of the year. */
export function conditionsOf(year: number): Record<string, RawBuilder<unknown>> {
  const born = (least: number, most: number | null) => {
    const until = sql`f.birth_from < ${`${year - least + 1}-01-01`}::date`
    return most === null ? until : sql`f.birth_from >= ${`${year - most}-01-01`}::date and ${until}`
  }
  return {
    total: sql`true`,
    probationary: sql`s.standing = 'probationaryMember'`,
    women: sql`f.sex = 'female'`,
    minority: sql`f.nation <> '汉族'`,
    taiwan: sql`f.native_place like '台湾%'`,
    to30: sql`f.birth_from >= ${`${year - 30}-01-01`}::date`,
    to35: born(31, 35),
    to40: born(36, 40),
    to45: born(41, 45),
    to50: born(46, 50),
    to55: born(51, 55),
    to60: born(56, 60),
    to65: born(61, 65),
    to70: born(66, 70),
    from71: born(71, null),
    under35: sql`f.birth_from >= ${`${year - 35}-01-01`}::date`,
    noSex: sql`f.sex is null`,
    noNation: sql`f.nation is null`,
    noBirth: sql`f.birth_from is null`,
  }
}

interface Asked {
  of: RawBuilder<unknown>
  /** The column of the member's file that the rows are sorted by. */
  text: 'job' | 'title' | 'education'
  columns: readonly string[]
  /** Also apart by education. */
  byEducation?: boolean
}

/** How many people of the scope write each text, and how many of them count in each column: one statement, some rows for each text. */
export async function countPeople(db: Db, scope: Scope, { of, text, columns, byEducation = false }: Asked): Promise<Counted[]> {
  const conditions = conditionsOf(scope.year)
  const counts = columns.map((key) => sql`count(*) filter (where ${conditions[key]})::int as ${sql.ref(key)}`)
  const education = byEducation ? sql`f.education` : sql`null::text`
  const { rows } = await sql<Counted>`${plannedAnew} select ${sql.ref(`f.${text}`)} as text, c.id is not null as retired,
      ${education} as education, ${sql.join(counts)}
    from organisation.placement pl ${peopleIn(scope)}
    where ${placedIn(scope)} and ${of} group by 1, 2, 3`.execute(db)
  return rows
}
