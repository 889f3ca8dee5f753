import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { appendHeads, appendLeaves, lastHead, leafFiles } from './headsFolder.ts'
import { epochOf, epochsOf, headsAfter, SEQUENCING } from './store.ts'

const CHUNK = 8192

/**
 * Appends to the folder every head and leaf that it lacks. Only what is committed leaves the database, so the folder is never
 * ahead of an honest ledger; a crash in between is made good by the next call.
 */
export async function rememberOutside(db: Db, folder: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${SEQUENCING})`.execute(trx)
    const heads = await headsAfter(trx, await lastHead(folder))
    const size = heads.at(-1)?.size
    if (size === undefined) return
    await rememberLeaves(trx, folder, size)
    await appendHeads(folder, heads)
  })
}

async function rememberLeaves(trx: Db, folder: string, size: number) {
  const epoch = await epochOf(trx)
  const known = (await leafFiles(folder)).find((file) => file.epoch === epoch)
  const start = epoch === 1 ? 1 : (await epochsOf(trx)).find((e) => e.epoch === epoch)!.fromSize + 1
  for (let n = known ? known.first + known.count : start; n <= size; n += CHUNK) {
    const { rows } = await sql<{ leaf: Buffer }>`select leaf from ledger.entry
      where n >= ${n} and n < ${Math.min(n + CHUNK, size + 1)} order by n`.execute(trx)
    const leaves = rows.map((row) => row.leaf)
    await appendLeaves(folder, epoch, start, leaves)
  }
}
