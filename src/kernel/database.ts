import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'

/** Any tables: a module sees only the ones it names through `tablesOf`. */
export type Db = Kysely<any>

export interface Database {
  db: Db
  pool: pg.Pool
  close: () => Promise<void>
}

// Civil dates stay text (no time zone can shift them); bigint counters fit a number far beyond any ledger; numeric stays exact text.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (v) => v)
types.setTypeParser(pg.types.builtins.INT8, (v) => Number(v))

export interface OpenOptions {
  max?: number
  /** Sees the text of every statement sent; the tests lint what they really sent. */
  onStatement?: (text: string) => void
}

/** Opens a pool of connections with the product's type rules. Only the kernel and the runtime open databases. */
export function openDatabase(config: pg.PoolConfig, { max = 10, onStatement }: OpenOptions = {}): Database {
  const pool = new pg.Pool({ max, types, application_name: 'rongjian', statement_timeout: 120_000, ...config })
  pool.on('error', () => {}) // a broken idle connection is replaced; the next query reports what is wrong
  const db = new Kysely<any>({
    dialect: new PostgresDialect({ pool }),
    ...(onStatement ? { log: (event) => onStatement(event.query.sql) } : {}),
  })
  return { db, pool, close: () => db.destroy() }
}

/** A view of the database that knows only the tables a module names. */
export const tablesOf =
  <T>() =>
  (ctx: { db: Db }): Kysely<T> =>
    ctx.db as Kysely<T>

/** Runs a hot statement as a named prepared one: the server plans it once per connection. */
export async function prepared<R>(db: Db, text: string, values: readonly unknown[]): Promise<R[]> {
  return (await db.executeQuery<R>(CompiledQuery.raw(text, [...values]))).rows
}

/** A JSON parameter for `jsonb_to_recordset` and friends. */
export const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`

/** The PostgreSQL error code and constraint behind an error, if it has one. */
export function pgError(error: unknown): { code: string; constraint?: string } | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || error.code.length !== 5) return undefined
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined
  return constraint ? { code: error.code, constraint } : { code: error.code }
}

export const UNIQUE_VIOLATION = '23505'
export const EXCLUSION_VIOLATION = '23P01'
