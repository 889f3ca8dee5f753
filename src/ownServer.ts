import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type DataFolder, missing, writePrivate } from '#runtime/dataFolder.ts'
import { refusal } from '#runtime/refusal.ts'

/** Connects to the operator's PostgreSQL (15 or newer) as its owner, and gives the application a login without ownership. */
export async function ownServer(
  folder: DataFolder,
  url: string,
): Promise<{ owner: pg.PoolConfig; app: pg.PoolConfig; stop: () => Promise<void> }> {
  const owner = { connectionString: url }
  const client = new pg.Client(owner)
  try {
    await client.connect()
  } catch (error) {
    throw refusal('database-unreachable', `连不上 DATABASE_URL 指定的数据库：${(error as Error).message}。请检查地址、口令和网络`)
  }
  try {
    const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int / 10000 as version`)
    if (rows[0]!.version < 15) throw refusal('database-too-old', `PostgreSQL ${rows[0]!.version} 太旧，需要 15 或更新的版本`)
    const password = await appPassword(folder)
    await ensureLogin(client, password)
    const { host, port, database } = client
    const app = { host, port, ...(database ? { database } : {}), user: 'rongjian_app', password, ssl: /sslmode=(require|verify)/.test(url) }
    return { owner, app, stop: async () => {} }
  } finally {
    await client.end()
  }
}

/** The password of the application's login lies beside the other keys, readable by the service only. */
async function appPassword(folder: DataFolder): Promise<string> {
  const path = join(folder.keys, 'app.password')
  const written = await readFile(path, 'utf8').catch(missing)
  if (written) return written.trim()
  const fresh = randomBytes(24).toString('base64url')
  await writePrivate(folder, path, fresh)
  return fresh
}

async function ensureLogin(client: pg.Client, password: string) {
  const secret = client.escapeLiteral(password)
  const { rowCount } = await client.query(`select 1 from pg_roles where rolname = 'rongjian_app'`)
  try {
    await client.query(`${rowCount ? 'alter' : 'create'} role rongjian_app login password ${secret}`)
    await client.query(`grant connect on database ${client.escapeIdentifier(client.database ?? '')} to rongjian_app`)
  } catch (error) {
    throw refusal(
      'no-app-login',
      `不能建立应用登录 rongjian_app：${(error as Error).message}。请让 DATABASE_URL 使用能建角色（CREATEROLE）的属主，或请数据库管理员先建好该登录`,
    )
  }
}
