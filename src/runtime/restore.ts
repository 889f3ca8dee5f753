import { createWriteStream } from 'node:fs'
import { open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { rowsOf } from './backup.ts'
import { type BackupHead, type Entry, type EntrySum, type Manifest, readFrames, summing, type TakeEntry } from './backupFormat.ts'
import { constraintsIn, migrationsIn, quoted, relationCount, schemasIn, settle, tablesIn } from './catalogue.ts'
import { type DataFolder, giveToOwner, makePrivateFolder, missing, writePrivate } from './dataFolder.ts'
import { isDiskFull } from './disk.ts'
import { keyFile, parseKeys } from './keys.ts'
import { isRefusal, refusal } from './refusal.ts'
import { damaged, unseal } from './sealedFile.ts'

export interface RestoreOptions {
  /** An opened data folder without keys and heads. */
  folder: DataFolder
  /** The owner's login of an empty database, on an embedded or any other server. */
  database: pg.PoolConfig
  file: string
  passphrase: string
  /** The names of all migrations this program knows. */
  known: readonly string[]
  /** Brings the empty database to the schema that exactly these migrations make. */
  migrate: (migrations: readonly string[]) => Promise<unknown>
  log?: (line: string) => void
}

/** Reads a whole backup and checks every byte of it, without writing anything; answers what it holds. */
export const inspectBackup = (file: string, passphrase: string): Promise<Manifest> =>
  readBackup(
    file,
    passphrase,
    () => {},
    async (_, data) => {
      for await (const _bytes of data);
    },
  )

/**
 * Restores a backup into an empty place. The file is first read to its end and checked; then the schema is made, all rows are
 * loaded in one transaction with every constraint checked, read back and compared. If anything fails, the place is empty again.
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { folder, database, file, passphrase, known, migrate, log = () => {} } = options
  const client = new pg.Client(database as pg.ClientConfig)
  client.on('error', () => {})
  await client.connect()
  try {
    await settle(client)
    await refuseUsedPlace(client, folder)
    log('正在核对备份文件…')
    const { migrations } = await readBackup(
      file,
      passphrase,
      (head) => refuseNewer(head, known),
      async (_, data) => {
        for await (const _bytes of data);
      },
    )
    const before = await schemasIn(client)
    try {
      log('正在建立数据表…')
      await migrate(migrations)
      const made = await migrationsIn(client)
      if (made.length !== migrations.length || !made.every((name) => migrations.includes(name))) throw schemaDiffers('kernel.migration')
      const manifest = await load(client, options)
      log('恢复完成')
      return manifest
    } catch (error) {
      await emptyAgain(client, folder, before)
      throw explained(error)
    }
  } finally {
    await client.end()
  }
}

async function readBackup(file: string, passphrase: string, onHead: (head: BackupHead) => unknown, take: TakeEntry): Promise<Manifest> {
  const input = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw refusal('file-not-readable', `读不到备份文件 ${file}（${error.code}）。请检查路径和权限。`)
  })
  try {
    let manifest: Manifest | undefined
    const packed = unseal(input, passphrase)
    await pipeline(packed, createZstdDecompress(), async (plain: AsyncIterable<Buffer>) => {
      manifest = await readFrames(plain, onHead, take)
    })
    return manifest!
  } catch (error) {
    // Bytes that were authenticated but do not unpack were never written by a backup.
    const { code } = error as { code?: string }
    throw error instanceof SyntaxError || code?.startsWith('ZSTD_') || code?.startsWith('Z_') ? damaged() : error
  } finally {
    await input.close()
  }
}

async function refuseUsedPlace(client: pg.Client, folder: DataFolder) {
  if ((await relationCount(client)) > 0)
    throw refusal('not-empty', '目标数据库里已有数据，没有恢复。请恢复到一个空的数据文件夹（--data）或空的数据库，以免覆盖现有数据。')
  if ((await stat(keyFile(folder)).catch(missing)) || (await readdir(folder.heads)).length > 0)
    throw refusal('not-empty', `数据文件夹 ${folder.root} 里已有密钥或账本签名，没有恢复。请用 --data 指定一个空文件夹。`)
}

function refuseNewer({ product, format, migrations }: BackupHead, known: readonly string[]) {
  if (product !== 'rongjian' || format !== 1) throw refusal('newer-backup', '这份备份由更新版本的融建生成。请先升级程序再恢复。')
  const strange = migrations.filter((name) => !known.includes(name))
  if (strange.length === 0) return
  throw refusal('newer-backup', `这份备份由更新版本的融建生成（本程序不认识 ${strange.slice(0, 3).join('、')}）。请先升级程序再恢复。`)
}

async function load(client: pg.Client, { file, passphrase, folder, known, log = () => {} }: RestoreOptions): Promise<Manifest> {
  const tables = await tablesIn(client)
  const constraints = await constraintsIn(client)
  await client.query('begin')
  await client.query(`truncate ${tables.map(({ schema, name }) => quoted(client, schema, name)).join(', ')} restart identity`)
  for (const statement of constraints.drop) await client.query(statement)
  const manifest = await readBackup(
    file,
    passphrase,
    (head) => refuseNewer(head, known),
    async (entry, data) => {
      if (entry.kind === 'file') return restoreFile(folder, entry, data)
      log(`恢复 ${entry.name}`)
      const table = tables.find(({ schema, name }) => `${schema}.${name}` === entry.name)
      if (!table || !entry.columns?.every((column) => table.columns.includes(column))) throw schemaDiffers(entry.name)
      const list = entry.columns.map((column) => client.escapeIdentifier(column)).join(', ')
      await pipeline(data, client.query(copyFrom(`copy ${quoted(client, table.schema, table.name)} (${list}) from stdin`)))
    },
  )
  for (const statement of constraints.restore) await client.query(statement)
  for (const { schema, name, value, called } of manifest.sequences)
    await client.query('select setval($1::regclass, $2, $3)', [quoted(client, schema, name), value, called])
  for (const { schema, name, columns } of tables)
    await compare(client, manifest.entries, `${schema}.${name}`, rowsOf(client, schema, name, columns))
  await client.query('commit')
  return manifest
}

const schemaDiffers = (name: string) =>
  refusal('schema-differs', `备份里的数据表与本程序建立的不一致（${name}）。请用生成这份备份的程序版本恢复，再升级。`)

async function restoreFile(folder: DataFolder, { name }: Entry, data: AsyncIterable<Buffer>) {
  // Only what a backup writes: never a path that leads elsewhere.
  if (!/^(keys\/keys\.json|heads\/\w[\w.-]*)$/.test(name)) throw damaged()
  const path = join(folder.root, ...name.split('/'))
  if (name.startsWith('heads/')) {
    await pipeline(data, createWriteStream(path, { mode: 0o600, flush: true }))
    return giveToOwner(folder, path)
  }
  const chunks: Buffer[] = []
  for await (const bytes of data) chunks.push(bytes)
  const content = Buffer.concat(chunks)
  parseKeys(content.toString())
  await writePrivate(folder, path, content)
}

async function compare(client: pg.Client, entries: EntrySum[], name: string, rows: AsyncIterable<Buffer>) {
  const sum = summing({ name, kind: 'table' })
  for await (const bytes of rows) sum.add(bytes)
  const expected = entries.find((entry) => entry.name === name && entry.kind === 'table')
  const found = sum.result()
  if (expected ? expected.sha256 === found.sha256 && expected.rows === found.rows : found.rows === 0) return
  await client.query('rollback')
  throw refusal(
    'restore-differs',
    `恢复后的 ${name} 与备份不一致（应 ${expected?.rows ?? 0} 行，实 ${found.rows} 行），已撤销全部恢复。请联系技术支持。`,
  )
}

async function emptyAgain(client: pg.Client, folder: DataFolder, before: readonly string[]) {
  await client.query('rollback')
  for (const name of await schemasIn(client))
    if (!before.includes(name)) await client.query(`drop schema ${client.escapeIdentifier(name)} cascade`)
  await rm(keyFile(folder), { force: true })
  await rm(folder.heads, { recursive: true, force: true })
  await makePrivateFolder(folder, folder.heads)
}

function explained(error: unknown): unknown {
  if (isRefusal(error)) return error
  if (isDiskFull(error)) return refusal('disk-full', '磁盘空间不足，没有恢复任何内容，目标仍是空的。请腾出空间后再试。')
  return error
}
