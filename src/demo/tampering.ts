import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { PoolConfig } from 'pg'
import { openDatabase } from '#kernel/database.ts'
import { migrate, migrationsOf } from '#kernel/migrate.ts'
import { databaseSource } from '#ledger/databaseSource.ts'
import { verifyLedger } from '#ledger/verify.ts'
import { backup } from '#runtime/backup.ts'
import { openDataFolder } from '#runtime/dataFolder.ts'
import { attachOrStart, urlOf } from '#runtime/postgres.ts'
import { restore } from '#runtime/restore.ts'
import type { Installation } from '../installation.ts'
import { schemaSources } from '../platform.ts'
import type { Sight } from './story.ts'

/** Restores a copy beside the demo, alters one fact behind the application when `faulty`, verifies the copy and throws it away. */
export async function tamperWithCopy({ folder, owner, trust, sequencer }: Installation, faulty: boolean): Promise<Sight | undefined> {
  await sequencer.drain()
  const beside = await mkdtemp(join(tmpdir(), 'rj-copy-'))
  const file = join(beside, '副本.rjb')
  const passphrase = '只用于这份副本的口令'
  await backup({ folder, database: owner, file, passphrase, cost: 10 })
  const copy = await openDataFolder(join(beside, 'data'))
  const cluster = await attachOrStart(copy.root, { fast: true })
  try {
    const database = urlOf(cluster, 'rongjian', 'owner')
    const known = (await migrationsOf(schemaSources)).map((m) => m.name)
    await restore({ folder: copy, database, file, passphrase, known, migrate: (only) => migrate(database, schemaSources, { only }) })
    const altered = faulty ? await alterOne(database) : undefined
    const source = await databaseSource(database)
    const report = await verifyLedger(source, { trust, heads: copy.heads }).finally(source.close)
    const first = report.findings[0]
    return first && { by: 'verify', says: first.says, facts: altered ? [altered] : [], open: '/ledger' }
  } finally {
    await cluster.stop()
    await rm(beside, { recursive: true, force: true })
  }
}

/** One meeting of the paper year moves a month back. */
async function alterOne(config: PoolConfig): Promise<string> {
  const { db, close } = openDatabase(config)
  const { rows } = await sql<{ id: string }>`update ledger.fact set happened_on = happened_on - 31
    where id = (select id from ledger.fact where kind = 'meeting.held' order by id limit 1 offset 100) returning id`.execute(db)
  await close()
  return rows[0]!.id
}
