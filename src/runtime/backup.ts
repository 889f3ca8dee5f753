import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Entry, type Manifest, writeFrames } from './backupFormat.ts'
import { migrationsIn, quoted, sequencesIn, settle, tablesIn } from './catalogue.ts'
import { createPrivate, type DataFolder, missing, syncFolder, writePrivate } from './dataFolder.ts'
import { isDiskFull } from './disk.ts'
import { keyFile } from './keys.ts'
import { refusal } from './refusal.ts'
import { seal } from './sealedFile.ts'

export interface BackupOptions {
  /** Where keys and heads lie. */
  folder: DataFolder
  /** The owner's login, which may read every table. */
  database: pg.PoolConfig
  file: string
  passphrase: string
  log?: (line: string) => void
  /** Base-2 logarithm of scrypt's N; tests take a small one. */
  cost?: number
}

/**
 * Writes one snapshot of the whole installation into an encrypted file while users work: every table but the job queue's, the
 * sequences, the keys and the known heads of the ledger. The file appears only when it is complete. Memory stays bounded.
 */
export async function backup({ folder, database, file, passphrase, log = () => {}, cost = 17 }: BackupOptions): Promise<Manifest> {
  if ([...passphrase].length < 10) throw refusal('weak-passphrase', '备份口令至少 10 个字符。备份里有全部密钥，请使用不易猜到的口令。')
  if (await stat(file).catch(missing)) throw refusal('file-exists', `文件 ${file} 已存在，没有覆盖。请换一个文件名。`)
  // The heads are measured before the snapshot: a head must never know of facts that the backup does not hold.
  const files = await filesOf(folder)
  const client = new pg.Client(database as pg.ClientConfig)
  client.on('error', () => {})
  await client.connect()
  let manifest: Manifest | undefined
  try {
    await settle(client)
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query<{ version: number; at: Date }>(
      `select current_setting('server_version_num')::int / 10000 as version, now() as at`,
    )
    const { version, at } = rows[0]!
    const head = {
      product: 'rongjian',
      format: 1,
      created: at.toISOString(),
      postgres: version,
      migrations: await migrationsIn(client),
    } as const
    if (head.migrations.length === 0) throw refusal('nothing-to-back-up', '数据库里还没有融建的数据，没有可备份的内容。')
    const frames = writeFrames(head, entriesOf(client, files, log), async (entries) => {
      manifest = { ...head, entries, sequences: await sequencesIn(client) }
      return manifest
    })
    await writeSealed(frames, file, passphrase, cost)
  } finally {
    await client.end()
  }
  await writePrivate(folder, lastBackupFile(folder), JSON.stringify({ at: manifest!.created, file }))
  return manifest!
}

/** Remembers when the last complete backup was taken, for `doctor`. */
export const lastBackupFile = ({ backups }: DataFolder): string => join(backups, 'last.json')

/** A passphrase that never leaves the data folder, for the backup that precedes a migration without a person at the keyboard. */
export async function localPassphrase(folder: DataFolder): Promise<string> {
  const path = join(folder.keys, 'local-backup.passphrase')
  await createPrivate(folder, path, randomBytes(24).toString('base64url'))
  return (await readFile(path, 'utf8')).trim()
}

async function filesOf(folder: DataFolder): Promise<{ name: string; path: string; size: number }[]> {
  const heads = (await readdir(folder.heads)).sort().map((name) => join(folder.heads, name))
  const found = []
  for (const path of [keyFile(folder), ...heads]) {
    const { size } = (await stat(path).catch(missing)) ?? { size: 0 }
    if (size > 0) found.push({ name: relative(folder.root, path).split(sep).join('/'), path, size })
  }
  return found
}

async function* entriesOf(client: pg.Client, files: Awaited<ReturnType<typeof filesOf>>, log: (line: string) => void) {
  for (const { name, path, size } of files) {
    const entry: Entry = { name, kind: 'file' }
    yield { ...entry, data: createReadStream(path, { end: size - 1 }) as AsyncIterable<Buffer> }
  }
  const tables = await tablesIn(client)
  for (const [index, { schema, name, columns }] of tables.entries()) {
    log(`备份 ${index + 1}/${tables.length} ${schema}.${name}`)
    const entry: Entry = { name: `${schema}.${name}`, kind: 'table', columns }
    yield { ...entry, data: rowsOf(client, schema, name, columns) }
  }
}

/** The rows of a table as COPY's text format, in the order they lie in. */
export function rowsOf(client: pg.Client, schema: string, name: string, columns: string[]): AsyncIterable<Buffer> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ')
  return client.query(copyTo(`copy ${quoted(client, schema, name)} (${list}) to stdout`)) as AsyncIterable<Buffer>
}

async function writeSealed(frames: AsyncIterable<Buffer>, file: string, passphrase: string, cost: number) {
  const partial = `${file}.partial`
  const output = await open(partial, 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw refusal('file-not-writable', `不能写入 ${file}（${error.code}）。请检查文件夹是否存在、是否有写权限。`)
  })
  try {
    const packed = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } })
    await pipeline(Readable.from(frames, { objectMode: true }), packed, async (source: AsyncIterable<Buffer>) => {
      for await (const bytes of seal(source, passphrase, cost)) await output.writeFile(bytes)
    })
    await output.sync()
    await output.close()
    await rename(partial, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await output.close().catch(() => {})
    await rm(partial, { force: true })
    if (isDiskFull(error)) throw refusal('disk-full', `磁盘空间不足，备份没有完成，也没有留下半份文件。请腾出空间或换一个位置（${file}）。`)
    throw error
  }
}
