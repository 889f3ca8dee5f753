import { join } from 'node:path'
import type { PoolConfig } from 'pg'
import { backup, localPassphrase } from '#runtime/backup.ts'
import type { DataFolder } from '#runtime/dataFolder.ts'

/** Backs up a database that holds something before its schema is changed; the passphrase stays beside the keys. */
export async function backupFirst(folder: DataFolder, database: PoolConfig, log: (line: string) => void): Promise<void> {
  const file = join(folder.backups, `升级前-${new Date().toISOString().replaceAll(':', '').slice(0, 17)}.rjb`)
  log(`升级数据库之前，先备份到 ${file}`)
  await backup({ folder, database, file, passphrase: await localPassphrase(folder), log })
}
