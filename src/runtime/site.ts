import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binariesOf, type PostgresVersion } from './binaries.ts'
import { createPrivate, type DataFolder, missing, unlessExists } from './dataFolder.ts'
import { type Account, lastLines, readPidFile, runIn } from './postgresProcess.ts'
import { refusal } from './refusal.ts'

/** Everything needed to run and reach the PostgreSQL of one data folder. */
export interface Site {
  folder: DataFolder
  version: PostgresVersion
  programs: string
  /** The user the server runs as when this process is root; PostgreSQL refuses to run as root. */
  account: Account
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

async function accountFor({ root, postgres }: DataFolder): Promise<Account> {
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
    const args = ['-U', superuser, `--locale=${locale}`, ...chinese, ...access, ...(fast ? ['--no-sync'] : [])]
    const { code, output } = await runIn(partial, account, join(programs, 'bin', 'initdb'), args)
    if (code === 0) {
      // Of two processes that start at once on an empty folder, one puts its cluster in place and both use it.
      await rename(partial, folder.postgres).catch(unlessExists)
      break
    }
    if (locale === 'C' || !output.includes('invalid locale')) throw refusal('initdb-failed', `无法建立数据库：${lastLines(output)}`)
  }
  await rm(partial, { recursive: true, force: true })
}

async function refuseOtherVersion({ folder, version }: Pick<Site, 'folder' | 'version'>) {
  const path = join(folder.postgres, 'PG_VERSION')
  const found = (await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => refuseUnreadable(error, folder)))?.trim()
  if (found === String(version)) return
  if (found === undefined) throw refusal('damaged-folder', `${folder.postgres} 不完整（缺少 PG_VERSION）。请从备份恢复到一个空文件夹。`)
  throw refusal(
    'other-postgres-version',
    `数据由 PostgreSQL ${found} 写成，本程序内置的是 ${version}。请用原来的程序版本执行 backup，再用本程序 restore 到一个空文件夹。`,
  )
}

function refuseUnreadable(error: NodeJS.ErrnoException, { postgres }: DataFolder): undefined {
  if (error.code === 'ENOENT') return undefined
  if (error.code !== 'EACCES') throw error
  throw refusal(
    'not-your-folder',
    `当前用户无权读取 ${postgres}（它属于另一个用户，可能曾以 root 启动）。请换用原来的用户执行，或由管理员更改其属主。`,
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
