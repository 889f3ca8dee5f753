import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Workdays } from './calendar.ts'

/** Everything that is known of holidays, for the pure functions of the contract: `addWorkingDays`, `workingDaysBetween`. */
export async function workdaysOf(db: Db): Promise<Workdays> {
  const { rows } = await sql<{ year: number; days: [string, boolean][] }>`
    select y.year, coalesce((select jsonb_agg(jsonb_build_array(d.day, d.rest)) from workdays.day d where d.year = y.year), '[]') as days
    from workdays.year y`.execute(db)
  return { rest: new Map(rows.flatMap((r) => r.days)), years: new Set(rows.map((r) => r.year)) }
}

/** The days between two days on which the week does not decide, with their names. */
export async function specialDays(db: Db, from: string, to: string): Promise<{ day: string; rest: boolean; name: string }[]> {
  const { rows } = await sql<{ day: string; rest: boolean; name: string }>`select day, rest, name from workdays.day
    where day between ${from}::date and ${to}::date order by day`.execute(db)
  return rows
}
