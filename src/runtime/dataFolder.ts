import { randomBytes } from 'node:crypto'
import { chown, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { refusal } from './refusal.ts'

export const dataFormat = 1

export interface DataFolder {
  root: string
  postgres: string
  keys: string
  heads: string
  backups: string
  /** What the PostgreSQL server writes about itself; never statements or values. */
  serverLog: string
  /** Names the process that serves this folder and since when, for people; the lock itself is held in the database. */
  lock: string
}

/** The paths inside a data folder, whether or not it exists. */
export function pathsOf(dataDir: string): DataFolder {
  const root = resolve(dataDir)
  const inside = (name: string) => join(root, name)
  return {
    root,
    postgres: inside('postgres'),
    keys: inside('keys'),
    heads: inside('heads'),
    backups: inside('backups'),
    serverLog: inside('postgres.log'),
    lock: inside('rongjian.lock'),
  }
}

/** Opens a data folder, creating it when it is missing or empty; refuses a folder of something else or of a newer format. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const folder = pathsOf(dataDir)
  await mkdir(folder.root, { recursive: true })
  const marker = join(folder.root, 'rongjian.json')
  const written = await readFile(marker, 'utf8').catch(missing)
  if (written === undefined) {
    await refuseForeign(folder)
    await writePrivate(folder, marker, `${JSON.stringify({ format: dataFormat, created: new Date().toISOString() })}\n`, 0o644)
  } else refuseNewer(folder, written)
  for (const path of [folder.keys, folder.heads, folder.backups]) await makePrivateFolder(folder, path)
  return folder
}

async function refuseForeign({ root }: DataFolder) {
  const others = (await readdir(root)).filter((name) => !ours.test(name))
  if (others.length === 0) return
  throw refusal(
    'foreign-folder',
    `文件夹 ${root} 不是融建的数据文件夹，里面已有 ${others.slice(0, 3).join('、')} 等内容。请用 --data 指定一个空文件夹。`,
  )
}
// What a first start killed in the middle may leave, and what file systems put into an empty volume.
const ours = /^(\.|postgres|keys$|heads$|backups$|rongjian\.|config$|programs$|ballast|lost\+found$)/

function refuseNewer({ root }: DataFolder, written: string) {
  let format: unknown
  try {
    format = (JSON.parse(written) as { format?: unknown }).format
  } catch {
    format = undefined
  }
  if (typeof format !== 'number')
    throw refusal('damaged-folder', `${join(root, 'rongjian.json')} 已损坏，无法确认数据文件夹的版本。请从备份恢复该文件。`)
  if (format > dataFormat)
    throw refusal('newer-folder', `数据文件夹 ${root} 由更新版本的融建建立（格式 ${format}，本程序只认到 ${dataFormat}）。请先升级程序。`)
}

/** Writes a file at once or not at all, readable by its owner only (unless `mode` says more), durable when the promise resolves. */
export async function writePrivate(folder: { root: string }, path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const fresh = await writeBeside(folder, path, content, mode)
  await rename(fresh, path)
  await syncFolder(dirname(path))
}

/** Like `writePrivate`, but a file that is already there wins: two processes that create it at once both go on with the same one. */
export async function createPrivate(folder: { root: string }, path: string, content: string | Uint8Array): Promise<void> {
  const fresh = await writeBeside(folder, path, content, 0o600)
  await link(fresh, path).catch(unlessExists)
  await rm(fresh)
  await syncFolder(dirname(path))
}

async function writeBeside(folder: { root: string }, path: string, content: string | Uint8Array, mode: number): Promise<string> {
  const fresh = `${path}.${randomBytes(6).toString('hex')}.new`
  const file = await open(fresh, 'w', mode)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await giveToOwner(folder, fresh)
  return fresh
}

/** Makes a folder that only its owner may enter, owned by whoever owns the data folder. */
export async function makePrivateFolder(folder: { root: string }, path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true, mode: 0o700 })
  if (made) await giveToOwner(folder, path)
}

/** Gives a new file to the owner of the data folder: what an administrator's command makes as root, the service must be able to read. */
export async function giveToOwner({ root }: { root: string }, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(root)
  if (uid !== 0) await chown(path, uid, gid)
}

/** Makes names created in a folder survive a power cut; Windows needs and allows no such call. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

/** For `.catch`: a missing file reads as undefined, every other failure stays a failure. */
export function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** For `.catch`: a name that is already taken is fine, every other failure stays a failure. */
export function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST' && error.code !== 'ENOTEMPTY') throw error
}
