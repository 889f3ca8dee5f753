import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
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
  const shared = { max, types, application_name: 'rongjian', statement_timeout: 120_000, pipeline: true }
  const pool = new pg.Pool({ ...shared, ...config })
  pool.on('connect', (client) => {
    planOnce(client)
    travelTogether(client)
  })
  // Also one in the middle of a transaction, between two statements, where the pool does not listen: unheard it would end the process.
  pool.on('connect', (client) => void client.on('error', () => {}))
  pool.on('error', () => {}) // a broken idle connection is replaced; the next query reports what is wrong
  const db = new Kysely<any>({
    dialect: new PostgresDialect({ pool }),
    ...(onStatement ? { log: (event) => onStatement(event.query.sql) } : {}),
  })
  return { db, pool, close: () => db.destroy() }
}

const NAMED = 500
const names = new Map<string, string | null>()

const ANEW = '/* planned for its values */'

/**
 * For a statement that reads a whole subtree of thousands: a plan made once, for any subtree, takes each for a handful of rows and joins
 * them row by row (at 5,000 branches seven seconds instead of a tenth of one). With this in it a statement is planned each time.
 */
export const plannedAnew = sql.raw(ANEW)

/**
 * Gives every statement that comes a second time a name, so that the server plans it once per connection: planning costs more than
 * most statements do. Texts without parameters, and more than `NAMED` different ones, are sent as they are.
 */
function planOnce(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...args: unknown[]) => unknown
  const query = (text: unknown, values: unknown, ...rest: unknown[]) => {
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : null
    return name ? send({ name, text, values }, ...rest) : send(text, values, ...rest)
  }
  client.query = query as typeof client.query
}

function nameOf(text: string): string | null {
  if (text.includes(ANEW)) return null
  const name = names.get(text)
  if (name) return name
  if (name === undefined && names.size >= NAMED) return null
  const next = name === null ? `s${names.size}_${createHash('sha256').update(text).digest('base64url').slice(0, 12)}` : null
  names.set(text, next)
  return next
}

/** At the front of the last statement of a transaction: `commit` is sent along with it. Nothing may be done in the transaction after it. */
export const THEN_COMMIT = '/* then commit */'

/**
 * Sends `begin` with the first statement of a transaction and `commit` with the last, in one packet each: a round trip costs more
 * than most statements do. Should the last statement fail, its `commit` ends the failed transaction as a rollback.
 */
function travelTogether(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  let begin: string | undefined
  let ended: Promise<unknown> | undefined
  const together = (...statements: unknown[][]) => {
    stream.cork()
    const sent = statements.map((statement) => send(...statement))
    stream.uncork()
    return sent
  }
  const query = (text: unknown, ...rest: unknown[]) => {
    if (typeof text !== 'string') return send(text, ...rest)
    if (text === 'begin' || text.startsWith('start transaction')) {
      begin = text
      return Promise.resolve(NOTHING)
    }
    const ends = text === 'commit' || text === 'rollback'
    if (ends && (begin ?? ended)) {
      const was = ended ?? Promise.resolve(NOTHING)
      begin = ended = undefined
      return was
    }
    if (text.startsWith(THEN_COMMIT)) {
      const [answer, commit] = together(...(begin ? [[begin]] : []), [text, ...rest], ['commit']).slice(begin ? 1 : 0)
      begin = undefined
      ended = commit
      return answer
    }
    if (begin === undefined) return send(text, ...rest)
    const [began, answer] = together([begin], [text, ...rest])
    began!.catch(() => {}) // a lost connection fails the statement behind it too
    begin = undefined
    return answer
  }
  client.query = query as typeof client.query
}

const NOTHING = { command: '', rowCount: 0, rows: [] }

/** A view of the database that knows only the tables a module names. */
export const tablesOf =
  <T>() =>
  (ctx: { db: Db }): Kysely<T> =>
    ctx.db as Kysely<T>

/** Runs a hot statement that is written by hand; like all that come again, it is planned once per connection. */
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
