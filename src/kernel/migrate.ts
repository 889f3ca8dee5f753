import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'

/** Where migrations come from: a name and a folder of `date-number-what.sql` files. */
export interface MigrationSource {
  name: string
  migrations: URL
}

export interface Migration {
  /** The file name orders all migrations of all modules. */
  file: string
  name: string
  steps: string[]
}

/** Every migration of the sources, oldest first; one statement a step, so that a distributed database can run each alone. */
export async function migrationsOf(sources: readonly MigrationSource[]): Promise<Migration[]> {
  const found = await Promise.all(
    sources.map(async ({ name, migrations }) => {
      const files = (await readdir(migrations).catch(() => [])).filter((f) => f.endsWith('.sql'))
      return Promise.all(
        files.map(async (file) => ({ file, name: `${name}/${file}`, steps: stepsOf(await readFile(new URL(file, migrations), 'utf8')) })),
      )
    }),
  )
  return found.flat().sort((a, b) => (a.file < b.file ? -1 : 1))
}

const stepsOf = (text: string) =>
  text
    .split(/;[ \t]*(?:\n|$)/)
    .map((s) => s.replace(/^\s*--.*$/gm, '').trim())
    .filter(Boolean)

export interface MigrateOptions {
  /** Run only these, by name: a restore brings the schema of its backup first. */
  only?: readonly string[]
  /** Called before the first change of a database that already holds something. */
  beforeChange?: () => Promise<void>
}

/**
 * Brings the database to this program's schema and grants the runtime login its rights. Each migration is one
 * transaction with its own record, so a killed run resumes. Refuses a database that knows a migration this program does not.
 */
export async function migrate(
  owner: pg.ClientConfig,
  sources: readonly MigrationSource[],
  options: MigrateOptions = {},
): Promise<string[]> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7310)')
    await client.query('create schema if not exists kernel')
    await client.query('create table if not exists kernel.migration (name text primary key, at timestamptz not null default now())')
    await client.query(`comment on table kernel.migration is 'local, append-only: which migrations have run'`)
    const done = new Set((await client.query<{ name: string }>('select name from kernel.migration')).rows.map((r) => r.name))

    const known = await migrationsOf(sources)
    const strangers = [...done].filter((name) => !known.some((m) => m.name === name))
    if (strangers.length > 0) throw new NewerDatabase(strangers)

    const fresh = known.filter((m) => !done.has(m.name) && (!options.only || options.only.includes(m.name)))
    if (fresh.length > 0 && done.size > 0) await options.beforeChange?.()
    for (const migration of fresh) await runOne(client, migration)
    await grantRights(client)
    return fresh.map((m) => m.name)
  } finally {
    await client.end()
  }
}

/** The database has been changed by a newer program: going on could lose what that one wrote. */
export class NewerDatabase extends Error {
  constructor(strangers: string[]) {
    super(`数据库比程序新（多出 ${strangers.join('、')}）。请换用更新的程序，不要用旧程序打开`)
  }
}

async function runOne(client: pg.Client, { name, steps }: Migration) {
  await client.query('begin')
  try {
    for (const step of steps) await client.query(step)
    await client.query('insert into kernel.migration (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error })
  }
}

/** The runtime login may read and write, but only add to what is declared append-only. Rights, not triggers, keep history. */
async function grantRights(client: pg.Client) {
  const { rows } = await client.query<{ schema: string; name: string; comment: string | null }>(`
    select n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v') and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'public', 'pgboss')`)
  for (const schema of new Set(rows.map((r) => r.schema))) await client.query(`grant usage on schema "${schema}" to rongjian_app`)
  for (const { schema, name, comment } of rows) {
    const rights = comment?.includes('append-only') ? 'select, insert' : 'select, insert, update, delete'
    await client.query(`revoke all on "${schema}"."${name}" from rongjian_app`)
    await client.query(`grant ${rights} on "${schema}"."${name}" to rongjian_app`)
  }
}
