import type { ChildProcess } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { PostgresVersion } from './binaries.ts'
import { type DataFolder, missing, openDataFolder, writePrivate } from './dataFolder.ts'
import { freeBallast, isDiskFull } from './disk.ts'
import { launch, runningPid, shutDown } from './postgresProcess.ts'
import { refusal } from './refusal.ts'
import { prepareSite, type Site, superuser } from './site.ts'

export interface Cluster {
  /** The folder of the unix socket; on Windows the loopback address. */
  host: string
  port: number
  /** The superuser, for creating and dropping databases; the application uses `urlOf`. */
  user: string
  password: string | undefined
  /** True when the server was already running. */
  adopted: boolean
  /** The server's process id, which changes when it had to be started again. */
  pid: () => Promise<number | undefined>
  stop: () => Promise<void>
}

export interface ClusterOptions {
  version?: PostgresVersion
  log?: (line: string) => void
  /** For tests: a power cut destroys everything, and a killed server loses its last commits. */
  fast?: boolean
}

type Role = 'server' | 'command'
type Session = { client: pg.Client; adopted: boolean }

/** Runs the PostgreSQL of a folder for its one service: adopts one that outlived its service, starts it again if it dies. */
export const startCluster = (dataDir: string, options: ClusterOptions = {}): Promise<Cluster> => openCluster(dataDir, 'server', options)

/** For every other command: uses the PostgreSQL already running in the folder, or starts one and stops it when nobody else uses it. */
export const attachOrStart = (dataDir: string, options: ClusterOptions = {}): Promise<Cluster> => openCluster(dataDir, 'command', options)

/** Connection settings for one of the logins; `superuser` is for tests and backups, never for serving requests. */
export function urlOf(cluster: Cluster, database: string, login: 'owner' | 'app' | 'superuser'): pg.PoolConfig {
  const { host, port, password } = cluster
  const user = login === 'superuser' ? cluster.user : `rongjian_${login}`
  return { host, port, user, database, ssl: false, ...(password ? { password } : {}) }
}

async function openCluster(dataDir: string, role: Role, options: ClusterOptions): Promise<Cluster> {
  const { version = 18, log = () => {}, fast = false } = options
  const folder = await openDataFolder(dataDir)
  const site = await prepareSite(folder, version, fast)
  let session: Session
  try {
    session = await enter(site, role, log, fast)
  } catch (error) {
    await site.leave()
    throw error
  }

  let stopping = false
  let restarting: Promise<void> | undefined
  const watch = ({ client }: Session) =>
    void client.once('end', () => {
      if (!stopping) restarting = restart()
    })
  const restart = async () => {
    log('数据库意外停止，正在重新启动')
    while (!stopping) {
      try {
        session = await enter(site, role, log, fast)
        log('数据库已重新启动')
        return watch(session)
      } catch (error) {
        log(`数据库没有启动成功，5 秒后再试：${(error as Error).message}`)
        await pause(5000)
      }
    }
  }
  const stop = async () => {
    if (stopping) return
    stopping = true
    await restarting
    if (await isLast(session.client, role)) {
      if (role === 'server') await rm(folder.lock, { force: true })
      await shutDown(site)
    }
    await session.client.end().catch(() => {})
    await site.leave()
  }
  try {
    await prepareDatabase(session.client, site.password)
    if (role === 'server') await signLock(folder)
  } catch (error) {
    await stop()
    throw error
  }
  if (role === 'server') watch(session)
  const { host, port, password } = site
  return { host, port, user: superuser, password, adopted: session.adopted, pid: () => runningPid(folder), stop }
}

// Locks live in the connection of each process, so they end with the process however it dies.
const inUse = 7211
const serving = 7212
const preparing = 7213

async function enter(site: Site, role: Role, log: (line: string) => void, fast: boolean): Promise<Session> {
  const session = await reach(site, log, fast).catch(async (error) => {
    if (!isDiskFull(error) || !(await freeBallast(site.folder))) throw error
    log('磁盘已满，已动用预留的空间来启动数据库')
    return reach(site, log, fast)
  })
  if (role === 'server') await claim(session, site.folder)
  if (session.adopted && role === 'server') log('接管了仍在运行的数据库')
  return session
}

async function reach(site: Site, log: (line: string) => void, fast: boolean): Promise<Session> {
  let own: { child: ChildProcess; complaint: () => Promise<string> } | undefined
  let patience = Date.now() + 60_000
  for (let knocks = 0; ; knocks++) {
    const answer = await knock(site)
    if (answer instanceof pg.Client) {
      const { rows } = await answer.query<{ got: boolean }>('select pg_try_advisory_lock_shared($1) as got', [inUse])
      if (rows[0]?.got) return { client: answer, adopted: own === undefined }
      await answer.end()
    }
    if (answer === 'recovering') {
      patience = Date.now() + 60_000
      if (knocks % 250 === 249) log('数据库正在恢复上次未正常结束的写入，请稍候')
    }
    if (own && own.child.exitCode !== null) {
      const why = await own.complaint()
      // Another process started it at the same moment, or the last children of a killed server are still leaving.
      if (!/lock file|pre-existing shared memory/.test(why)) throw refusal('postgres-failed', `数据库没有启动成功：${why}`)
      own = undefined
    }
    if (answer === 'silent' && !own && !(await runningPid(site.folder))) own = await launch(site, fast)
    if (Date.now() > patience) throw refusal('postgres-silent', `数据库 60 秒没有应答。请查看 ${site.folder.serverLog}。`)
    await pause(20)
  }
}

async function knock({ host, port, password }: Site): Promise<pg.Client | 'silent' | 'recovering'> {
  const client = new pg.Client({ host, port, user: superuser, database: 'postgres', ssl: false, ...(password ? { password } : {}) })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => {})
    const { code } = error as { code?: string }
    if (code === '57P03') return 'recovering'
    if (code === 'EACCES') throw refusal('not-your-folder', '当前用户无权使用这个数据文件夹的数据库。请换用启动服务的用户执行。')
    if (code === '28P01' || code === '28000')
      throw refusal('wrong-database-password', '数据库口令不符：keys/database.password 与数据不是一套。')
    return 'silent'
  }
}

async function claim({ client }: Session, folder: DataFolder) {
  // A service killed a moment ago may still hold the lock until the database notices.
  const patience = Date.now() + 3000
  for (;;) {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [serving])
    if (rows[0]?.got) return
    if (Date.now() > patience) break
    await pause(20)
  }
  await client.end()
  const holder = JSON.parse((await readFile(folder.lock, 'utf8').catch(missing)) ?? '{}') as { pid?: number; startedAt?: string }
  throw refusal('already-serving', alreadyServing(folder, holder))
}

async function signLock(folder: DataFolder) {
  const content = JSON.stringify({ pid: process.pid, startedAt: new Date().toISOString() })
  await writePrivate(folder, folder.lock, content).catch((error) => {
    // The file is for people; a full disk is no reason not to let them read.
    if (!isDiskFull(error)) throw error
  })
}

function alreadyServing({ root }: DataFolder, { pid, startedAt }: { pid?: number; startedAt?: string }): string {
  const since = startedAt && new Date(startedAt).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })
  const who = pid && since ? `（进程 ${pid}，${since} 启动）` : ''
  return `数据文件夹 ${root} 正由另一个融建服务使用${who}。一个数据文件夹只能有一个服务：请先停止它，或用 --data 指定另一个文件夹。`
}

async function isLast(client: pg.Client, role: Role): Promise<boolean> {
  try {
    // Giving up the shared lock first: of two commands that end together, one gets the exclusive lock.
    await client.query('select pg_advisory_unlock_shared($1)', [inUse])
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [inUse])
    return role === 'server' || rows[0]?.got === true
  } catch {
    return role === 'server'
  }
}

async function prepareDatabase(client: pg.Client, password: string | undefined) {
  await client.query('select pg_advisory_lock($1)', [preparing])
  const { rows: roles } = await client.query<{ rolname: string }>(`select rolname from pg_roles where rolname like 'rongjian%'`)
  const has = new Set(roles.map((role) => role.rolname))
  const secret = password ? `password ${client.escapeLiteral(password)}` : ''
  if (!has.has('rongjian_owner')) await client.query(`create role rongjian_owner login createdb ${secret}`)
  if (!has.has('rongjian_app')) await client.query(`create role rongjian_app login ${secret}`)
  const { rows: databases } = await client.query(`select 1 from pg_database where datname = 'rongjian'`)
  if (databases.length === 0) {
    await client.query('create database rongjian owner rongjian_owner')
    await client.query('revoke all on database rongjian from public')
    await client.query('grant connect on database rongjian to rongjian_app')
  }
  await client.query('select pg_advisory_unlock($1)', [preparing])
}
