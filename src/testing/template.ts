import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PoolConfig } from 'pg'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#kernel/database.ts'
import { migrate } from '#kernel/migrate.ts'
import { writeFacts } from '#ledger/facts.ts'
import { startCluster, urlOf } from '#runtime/postgres.ts'
import { installModules } from '../installation.ts'
import { schemaSources } from '../platform.ts'
import { POSTGRES_VERSION } from './postgresVersion.ts'

/** One embedded PostgreSQL for the whole run, migrated once; every test file works in a copy of the template. */
export default async function (project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'rj-test-'))
  const cluster = await startCluster(folder, { version: POSTGRES_VERSION, fast: true })
  const superuser = urlOf(cluster, 'postgres', 'superuser')
  const client = new pg.Client(superuser)
  await client.connect()
  await client.query('create database template_rongjian owner rongjian_owner template rongjian')
  await client.end()
  await migrate(urlOf(cluster, 'template_rongjian', 'owner'), schemaSources)
  const database = openDatabase(urlOf(cluster, 'template_rongjian', 'app'))
  await installModules({ db: database.db, writeFacts, readOnly: () => null })
  await writeKinds(database.pool)
  await database.close()
  project.provide('superuser', superuser)
  project.provide('app', urlOf(cluster, 'template_rongjian', 'app'))
  return async () => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What each table declares itself to be, for the lint of the statements that follows the run. */
async function writeKinds(pool: pg.Pool) {
  const { rows } = await pool.query<{ name: string; kind: string }>(`
    select n.nspname || '.' || c.relname as name, substring(obj_description(c.oid, 'pg_class') from '^[a-z]+') as kind
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in (select distinct split_part(name, '/', 1) from kernel.migration) order by 1`)
  const cache = join(import.meta.dirname, '../../.cache')
  await mkdir(cache, { recursive: true })
  await writeFile(join(cache, 'tables.json'), JSON.stringify(Object.fromEntries(rows.map((r) => [r.name, r.kind])), null, 1))
}

declare module 'vitest' {
  export interface ProvidedContext {
    superuser: PoolConfig
    app: PoolConfig
  }
}
