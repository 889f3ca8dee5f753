import shipped from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { sql } from 'kysely'
import { json } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { SpecialDay } from './notice.ts'

const SOURCE = '国务院办公厅当年放假安排的通知（随产品附带）'

/** Brings the years that the release knows and the installation does not; what somebody entered stays. Returns how many were new. */
export async function seedYears({ db }: Ctx): Promise<number> {
  const { rows } = await sql<{ year: number }>`select year from workdays.year`.execute(db)
  const known = new Set(rows.map((r) => r.year))
  const fresh = [...Map.groupBy(shippedDays(), (d) => Number(d.day.slice(0, 4)))].filter(([year]) => !known.has(year))
  if (fresh.length === 0) return 0
  const years = fresh.map(([year]) => ({ year, id: newId() }))
  await sql`insert into workdays.year (year, id, source)
    select year, id, ${SOURCE} from jsonb_to_recordset(${json(years)}) as t(year int, id uuid)`.execute(db)
  await sql`insert into workdays.day (day, year, rest, name)
    select day, extract(year from day)::int, rest, name
    from jsonb_to_recordset(${json(fresh.flatMap(([, days]) => days))}) as t(day date, rest boolean, name text)`.execute(db)
  return fresh.length
}

/** The days of the release: of `National Day,国庆节,3` the name in the middle. */
function shippedDays(): SpecialDay[] {
  const of = (days: Record<string, string>, rest: boolean) =>
    Object.entries(days).map(([day, says]) => ({ day, rest, name: says.split(',')[1]! }))
  return [...of(shipped.holidays, true), ...of(shipped.workdays, false)]
}
