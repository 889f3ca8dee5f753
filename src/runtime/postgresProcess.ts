import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, open, readFile, readlink, realpath, rename, rm, stat, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { binariesOf, type PostgresVersion } from './binaries.ts'
import { createPrivate, type DataFolder, missing, unlessExists } from './dataFolder.ts'
import { refusal } from './refusal.ts'

/** Everything needed to run and reach the PostgreSQL of one data folder. */
export interface Site {
  folder: DataFolder
  version: PostgresVersion
  programs: string
  /** The user the server runs as when this process is root; PostgreSQL refuses to run as root. */
  account: { uid: number; gid: number } | undefined
  host: string
  port: number
  password: string | undefined
  /** Removes what was made outside the data folder. */
  leave: () => Promise<void>
}

export const superuser = 'postgres'
const windows = process.platform === 'win32'
const nobody = 65534

/** Finds programs, account and address for a data folder, and makes the database cluster when there is none yet. */
export async function prepareSite(folder: DataFolder, version: PostgresVersion, fast: boolean): Promise<Site> {
  const account = await accountFor(folder)
  const copies = account ? '/var/cache/rongjian' : join(folder.root, 'programs')
  const programs = await binariesOf(version, copies, account !== undefined)
  const password = windows ? await passwordOf(folder) : undefined
  const site = { folder, version, programs, account, password }
  if ((await stat(folder.postgres).catch(missing)) === undefined) await initialise(site, fast)
  await refuseOtherVersion(site)
  return { ...site, ...(await addressOf(folder)) }
}

async function accountFor({ root, postgres }: DataFolder): Promise<Site['account']> {
  if (process.getuid?.() !== 0) return undefined
  const { uid, gid } = (await stat(postgres).catch(missing)) ?? (await stat(root))
  return uid === 0 ? { uid: nobody, gid: nobody } : { uid, gid }
}

async function passwordOf(folder: DataFolder): Promise<string> {
  const path = join(folder.keys, 'database.password')
  await createPrivate(folder, path, `${randomBytes(24).toString('base64url')}\n`)
  return (await readFile(path, 'utf8')).trim()
}

async function initialise(site: Pick<Site, 'folder' | 'programs' | 'account' | 'password'>, fast: boolean) {
  const { folder, programs, account, password } = site
  const partial = await mkdtemp(`${folder.postgres}.partial-`)
  if (account) await chown(partial, account.uid, account.gid)
  const access = password ? ['--auth=scram-sha-256', `--pwfile=${join(folder.keys, 'database.password')}`] : ['--auth=trust']
  const chinese = ['--locale-provider=icu', '--icu-locale=zh', '--encoding=UTF8', '--data-checksums']
  // Old systems have no C.UTF-8; sorting is ICU's in any case.
  for (const locale of ['C.UTF-8', 'C']) {
    const args = ['-D', dataDirectory(account, partial), '-U', superuser, `--locale=${locale}`, ...chinese, ...access]
    const { code, output } = await run(join(programs, 'bin', 'initdb'), fast ? [...args, '--no-sync'] : args, partial, account)
    if (code === 0) {
      // Of two processes that start at once on an empty folder, one puts its cluster in place and both use it.
      await rename(partial, folder.postgres).catch(unlessExists)
      break
    }
    if (locale === 'C' || !output.includes('invalid locale')) throw refusal('initdb-failed', `无法建立数据库:${lastLines(output)}`)
  }
  await rm(partial, { recursive: true, force: true })
}

// A server that dropped from root may not be able to walk the path (a home of mode 0700), but it may stay in the folder it was put into.
const dataDirectory = (account: Site['account'], path: string) => (account && process.platform === 'linux' ? '/proc/self/cwd' : path)

async function run(program: string, args: string[], cwd: string, account: Site['account']) {
  const child = spawn(program, args, { cwd, ...account, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  return { code, output: Buffer.concat(chunks).toString() }
}

// PG… variables of the caller would reach into the embedded server.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SYSTEMROOT']
  return { ...Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))), LC_ALL: 'C' }
}

async function refuseOtherVersion({ folder, version }: Pick<Site, 'folder' | 'version'>) {
  const path = join(folder.postgres, 'PG_VERSION')
  const found = (await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => refuseUnreadable(error, folder)))?.trim()
  if (found === String(version)) return
  if (found === undefined) throw refusal('damaged-folder', `${folder.postgres} 不完整(缺少 PG_VERSION)。请从备份恢复到一个空文件夹。`)
  throw refusal(
    'other-postgres-version',
    `数据由 PostgreSQL ${found} 写成,本程序内置的是 ${version}。请用原来的程序版本执行 backup,再用本程序 restore 到一个空文件夹。`,
  )
}

function refuseUnreadable(error: NodeJS.ErrnoException, { postgres }: DataFolder): undefined {
  if (error.code === 'ENOENT') return undefined
  if (error.code !== 'EACCES') throw error
  throw refusal(
    'not-your-folder',
    `当前用户无权读取 ${postgres}(它属于另一个用户,可能曾以 root 启动)。请换用原来的用户执行,或由管理员更改其属主。`,
  )
}

async function addressOf(folder: DataFolder): Promise<Pick<Site, 'host' | 'port' | 'leave'>> {
  if (windows) return { host: '127.0.0.1', port: (await readPidFile(folder))?.port ?? (await freePort()), leave: async () => {} }
  const port = 5432
  // A unix socket's address holds about 104 bytes; a link in a private folder shortens a long path.
  if (Buffer.byteLength(`${folder.postgres}/.s.PGSQL.${port}`) <= 100) return { host: folder.postgres, port, leave: async () => {} }
  const shelter = await mkdtemp(join(tmpdir().length < 60 ? tmpdir() : '/tmp', 'rongjian-'))
  await symlink(folder.postgres, join(shelter, 'pg'))
  return { host: join(shelter, 'pg'), port, leave: () => rm(shelter, { recursive: true, force: true }) }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address ? address.port : 5432
}

/** Starts the server without waiting for it; its own process group keeps a Ctrl-C in the terminal away from it. */
export async function launch(site: Site, fast: boolean): Promise<{ child: ChildProcess; complaint: () => Promise<string> }> {
  const { folder, account, programs } = site
  await removeStaleLocks(folder, site.port)
  const tooLong = ((await stat(folder.serverLog).catch(missing))?.size ?? 0) > 16 * 1024 * 1024
  const log = await open(folder.serverLog, tooLong ? 'w' : 'a', 0o600)
  try {
    const { size } = await log.stat()
    const args = [
      '-D',
      dataDirectory(account, folder.postgres),
      ...Object.entries(settings(site, fast)).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ]
    const program = join(programs, 'bin', 'postgres')
    const child = spawn(program, args, {
      cwd: folder.postgres,
      ...account,
      env: cleanEnvironment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      windowsHide: true,
    })
    await new Promise<void>((done, fail) => child.once('spawn', done).once('error', fail))
    child.unref()
    return { child, complaint: async () => lastLines((await readFile(folder.serverLog)).subarray(size).toString()) }
  } finally {
    await log.close()
  }
}

function settings({ port }: Site, fast: boolean): Record<string, string | number> {
  return {
    port,
    listen_addresses: windows ? '127.0.0.1' : '',
    unix_socket_directories: windows ? '' : '.',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    // Errors of single statements quote values, which may be personal; the application logs them without.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...(fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
}

// After a crash the number in the lock files may belong to any other program, and PostgreSQL would then refuse to start. That no child
// of the killed server is still writing is checked by PostgreSQL itself, by its shared memory and without these files.
async function removeStaleLocks(folder: DataFolder, port: number) {
  if (process.platform !== 'linux' || (await runningPid(folder))) return
  for (const name of ['postmaster.pid', `.s.PGSQL.${port}.lock`]) {
    const path = join(folder.postgres, name)
    const pid = Number.parseInt((await readFile(path, 'utf8').catch(missing)) ?? '', 10)
    if (pid > 0 && isAlive(pid)) await rm(path, { force: true })
  }
}

async function readPidFile({ postgres }: DataFolder): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await readFile(join(postgres, 'postmaster.pid'), 'utf8').catch(missing))?.split('\n')
  const [pid, port] = [Number(lines?.[0]), Number(lines?.[3])]
  return pid > 0 ? { pid, port } : undefined
}

/** The process id of the server that runs in this data folder, if one does. */
export async function runningPid(folder: DataFolder): Promise<number | undefined> {
  const pid = (await readPidFile(folder))?.pid
  if (!pid) return undefined
  if (process.platform === 'linux') {
    // The server stays in its data folder; this tells it from a process that got the same number later.
    const [here, there] = await Promise.all([realpath(folder.postgres), readlink(`/proc/${pid}/cwd`).catch(() => undefined)])
    return here === there ? pid : undefined
  }
  return isAlive(pid) ? pid : undefined
}

/** True while a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Shuts the server down: open transactions are rolled back, everything committed is on disk when the promise resolves. */
export async function shutDown(site: Site): Promise<void> {
  const pid = await runningPid(site.folder)
  if (!pid) return
  if (windows)
    await run(
      join(site.programs, 'bin', 'pg_ctl'),
      ['stop', '-m', 'fast', '-w', '-D', site.folder.postgres],
      site.folder.postgres,
      undefined,
    )
  else process.kill(pid, 'SIGINT')
  const patience = Date.now() + 60_000
  while ((await runningPid(site.folder)) === pid) {
    if (Date.now() > patience) return void process.kill(pid, 'SIGQUIT')
    await pause(10)
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ').slice(-600)
}
