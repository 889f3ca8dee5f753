import { type RawBuilder, sql } from 'kysely'
import type { Db } from './database.ts'

/**
 * Dated tables keep one row per stretch of days in a `valid daterange`, with an exclusion constraint on the key.
 * They are projections of facts: correcting the past means changing rows here and recording a new fact.
 */
export interface DatedTable {
  table: string
  /** Columns that say whose history it is. */
  key: readonly string[]
}

type Values = Record<string, unknown>

/** From `from` on, the values hold, until the next stretch that already begins later (or without end). */
export async function holdFrom(db: Db, { table, key }: DatedTable, whose: Values, from: string, values: Values): Promise<void> {
  const target = sql.table(table)
  const next = sql<string | null>`(select min(lower(valid)) from ${target} where ${matches(key, whose)} and lower(valid) > ${from}::date)`
  await sql`delete from ${target} where ${matches(key, whose)} and lower(valid) = ${from}::date`.execute(db)
  await sql`update ${target} set valid = daterange(lower(valid), ${from}::date)
    where ${matches(key, whose)} and valid @> ${from}::date`.execute(db)
  const row = { ...whose, ...values }
  await sql`insert into ${target} (${sql.join([...Object.keys(row), 'valid'].map((c) => sql.ref(c)))})
    select ${sql.join(Object.values(row).map((v) => sql`${v}`))}, daterange(${from}::date, ${next})`.execute(db)
}

/** The last day is the day before `on`: from `on` there is nothing. */
export async function endAt(db: Db, { table, key }: DatedTable, whose: Values, on: string): Promise<void> {
  const target = sql.table(table)
  await sql`delete from ${target} where ${matches(key, whose)} and lower(valid) >= ${on}::date`.execute(db)
  await sql`update ${target} set valid = daterange(lower(valid), ${on}::date)
    where ${matches(key, whose)} and valid @> ${on}::date`.execute(db)
}

/**
 * A condition for joins on other columns: the row holds on that day. Not offered to the index of the exclusion constraint: that one
 * is several times slower than reading the few rows of one organisation or person and looking at their days.
 */
export const holdsOn = (valid: string, day: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`(${sql.ref(valid)} @> ${day}) is true`

const matches = (key: readonly string[], whose: Values) =>
  sql.join(
    key.map((column) => sql`${sql.ref(column)} = ${whose[column]}`),
    sql` and `,
  )
