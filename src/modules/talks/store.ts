import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { type Db, tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import { BRANCH_KINDS, COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { type InCircle, type Pair, talkFacts } from './contract.ts'

/** Rows of `talks.talk`; a_id is the smaller of the two ids. */
export interface Talk {
  org_id: string
  id: string
  a_id: string
  b_id: string
  held_on: string
  recorded_by: string | null
  recorded_at: Date
  fact_id: string
  withdrawn_at: Date | null
  withdrawn_by: string | null
}

export const tables = tablesOf<{ 'talks.talk': Talk }>()

export const record = recorderOf(talkFacts)

export interface Person extends InCircle {
  orgId: string
  name: string
}

/**
 * Who belongs together for talks on `day`: of a branch its roster with its groups and its committee, of an organisation above its committee.
 * One statement for all organisations asked for.
 */
export async function circlesOn(db: Db, orgIds: readonly string[], day: string): Promise<Person[]> {
  const [ids, on] = [sql`${[...orgIds]}::uuid[]`, sql`${day}::date`]
  const { rows } = await sql<Person>`
    select c.org_id as "orgId", c.person_id as "personId", p.name, bool_or(c.committee) as committee
    from (
      select top.id as org_id, m.person_id, false as committee
      from organisation.org top join organisation.org u on u.path >= top.path and u.path < top.path || '~'
      join members.membership m on m.org_id = u.id and m.valid @> ${on}
      join members.standing s on s.person_id = m.person_id and s.valid @> ${on}
      where top.id = any(${ids}) and top.kind = any(${[...BRANCH_KINDS]}) and s.standing in ('fullMember', 'probationaryMember')
      union all
      select t.org_id, t.person_id, true from organisation.post t
      where t.org_id = any(${ids}) and t.valid @> ${on} and t.role = any(${[...COMMITTEE_POSTS]})
    ) c join organisation.person p on p.id = c.person_id
    group by c.org_id, c.person_id, p.name order by c.org_id, bool_or(c.committee) desc, p.name collate "zh-x-icu", c.person_id`.execute(db)
  return rows
}

export interface Told extends Pair {
  orgId: string
  times: number
  last: string
}

/** Who talked with whom in a year, once for each pair. */
export async function pairsOf(db: Db, orgIds: readonly string[], year: number): Promise<Told[]> {
  const { rows } = await sql<Told>`select org_id as "orgId", a_id as "aId", b_id as "bId", count(*)::int as times, max(held_on) as last
    from talks.talk where org_id = any(${[...orgIds]}::uuid[]) and withdrawn_at is null
      and held_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date
    group by org_id, a_id, b_id order by max(held_on) desc, a_id, b_id`.execute(db)
  return rows
}

/** The day whose roster stands for a year: today, or its last day when it is over. */
export function rosterDay(year: number, now: Date): string {
  const [today, last] = [dateAt(now), `${year}-12-31`]
  return last < today ? last : today
}
