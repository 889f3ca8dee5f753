import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, readlink, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type DataFolder, giveToOwner, missing } from './dataFolder.ts'
import type { Site } from './site.ts'

/** The user a program runs as when this process is root; PostgreSQL refuses to run as root. */
export type Account = { uid: number; gid: number } | undefined

const windows = process.platform === 'win32'

/** Starts the server without waiting for it; its own process group keeps a Ctrl-C in the terminal away from it. */
export async function launch(site: Site, fast: boolean): Promise<{ child: ChildProcess; complaint: () => Promise<string> }> {
  const { folder, account, programs } = site
  await removeStaleLocks(folder, site.port)
  const tooLong = ((await stat(folder.serverLog).catch(missing))?.size ?? 0) > 16 * 1024 * 1024
  const log = await open(folder.serverLog, tooLong ? 'w' : 'a', 0o600)
  try {
    await giveToOwner(folder, folder.serverLog)
    const { size } = await log.stat()
    const args = Object.entries(settings(site, fast)).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = await spawnIn(folder.postgres, account, join(programs, 'bin', 'postgres'), args, {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    child.unref()
    return { child, complaint: async () => complaintIn((await readFile(folder.serverLog)).subarray(size).toString()) }
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

/** What PostgreSQL wrote about itself when it started, whether or not it still runs. */
export async function readPidFile({ postgres }: DataFolder): Promise<{ pid: number; port: number } | undefined> {
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
  if (windows) await runIn(site.folder.postgres, undefined, join(site.programs, 'bin', 'pg_ctl'), ['stop', '-m', 'fast', '-w'])
  else process.kill(pid, 'SIGINT')
  const patience = Date.now() + 60_000
  while ((await runningPid(site.folder)) === pid) {
    if (Date.now() > patience) return void process.kill(pid, 'SIGQUIT')
    await pause(10)
  }
}

/** Runs one of PostgreSQL's programs on a data directory to its end. */
export async function runIn(directory: string, account: Account, program: string, args: string[]) {
  const child = await spawnIn(directory, account, program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, output: Buffer.concat(chunks).toString() }
}

type Stdio = ('ignore' | 'pipe' | number)[]

async function spawnIn(
  directory: string,
  account: Account,
  program: string,
  args: string[],
  options: { detached?: boolean; stdio: Stdio },
) {
  // A server that dropped from root may not be able to walk the path (a home of mode 0700), but it may use a folder handed to it open.
  const handed = account && process.platform === 'linux' ? await open(directory) : undefined
  try {
    const stdio = handed ? [...options.stdio, handed.fd] : options.stdio
    const at = handed ? '/proc/self/fd/3' : directory
    const cwd = handed ? '/' : directory
    const child = spawn(program, ['-D', at, ...args], { ...options, stdio, cwd, ...account, env: cleanEnvironment(), windowsHide: true })
    await new Promise<void>((done, fail) => child.once('spawn', done).once('error', fail))
    return child
  } finally {
    await handed?.close()
  }
}

// PG… variables of the caller would reach into the embedded server.
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SYSTEMROOT']
  return { ...Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))), LC_ALL: 'C' }
}

// The reason stands before the lines about shutting down.
function complaintIn(text: string): string {
  const reasons = text.split('\n').filter((line) => /FATAL|PANIC/.test(line) && !/starting up|accepting connections/.test(line))
  return lastLines(reasons.length > 0 ? reasons.join('\n') : text)
}

/** The end of what a program said, for a refusal. */
export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ').slice(-600)
}
