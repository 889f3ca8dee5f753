import { X509Certificate } from 'node:crypto'
import { access, constants, readdir, readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { lastBackupFile } from './backup.ts'
import { type DataFolder, missing } from './dataFolder.ts'
import { databaseChecks } from './doctorDatabase.ts'
import { bad, type Check, ok, warn } from './finding.ts'
import { keyFile, parseKeys } from './keys.ts'
import { objectStoreOf, tryStore } from './objectStore.ts'
import { isRefusal } from './refusal.ts'

export interface DoctorOptions {
  folder: DataFolder
  /** The owner's login; when the database does not answer, that is one of the findings. */
  owner: pg.PoolConfig
  /** The certificate file of `start --tls-cert`, if one is used. */
  tlsCert?: string
}

/** Looks at everything an installation depends on and changes nothing; a check that cannot be made is itself a finding. */
export async function diagnose({ folder, owner, tlsCert }: DoctorOptions): Promise<Check[]> {
  const checks: [string, () => Promise<Check | Check[]>][] = [
    ['Node.js', async () => nodeVersion()],
    ['数据文件夹', () => folderRights(folder)],
    ['数据库用户', () => databaseUser(folder)],
    ['密钥', () => keyFiles(folder)],
    ['磁盘空间', () => diskRoom(folder)],
    ['时钟', () => clock(folder)],
    ['备份', () => backups(folder)],
    ['附件存放', () => objects(folder)],
    ['TLS 证书', () => certificate(folder, tlsCert)],
    ['数据库', () => database(owner)],
  ]
  const results = await Promise.all(
    checks.map(([name, check]) =>
      check().catch((error: Error) => bad(name, `无法检查：${error.message}`, '请按提示排除后重新执行 doctor。')),
    ),
  )
  return results.flat()
}

function nodeVersion(): Check {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 26) return ok('Node.js', `版本 ${process.versions.node}`)
  return bad(
    'Node.js',
    `版本 ${process.versions.node} 太旧，需要 26 或更新`,
    '请在安装目录执行 npm ci，并用 npm 命令启动（它会使用随附的 Node.js）。',
  )
}

async function folderRights({ root, keys }: DataFolder): Promise<Check> {
  const name = '数据文件夹'
  try {
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK)
    await access(keys, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    return bad(name, `当前用户对 ${root} 没有完整的读写权限`, '请换用启动服务的用户执行，或由管理员更正属主。')
  }
  const { mode } = await stat(root)
  if (process.platform === 'win32' || (mode & 0o022) === 0) return ok(name, root)
  return bad(name, `${root} 允许其他用户写入`, `请执行 chmod go-w '${root}'。`)
}

/** Whether the bucket for files, where one is set, takes, gives back and deletes. */
async function objects(folder: DataFolder): Promise<Check> {
  const name = '附件存放'
  try {
    const store = await objectStoreOf(folder)
    if (!store) return ok(name, '在数据库里，随备份一起')
    await tryStore(store)
    return ok(name, `对象存储 ${store.name}，能存、能取、能删；它不在本系统的备份里，请在对象存储一侧备份`)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return bad(name, error.message, '请核对 config/files.json、密钥文件和对象存储的状态。')
  }
}

async function databaseUser({ postgres }: DataFolder): Promise<Check> {
  const name = '数据库用户'
  const owner = await stat(postgres).catch(missing)
  if (!owner) return ok(name, '使用 DATABASE_URL 指定的服务器')
  const shared = owner.uid === 65534
  const remedy = '别的程序也可能用这个用户运行。正式使用请建一个专用用户，把数据文件夹改归它（chown -R），并用它启动服务。'
  return shared ? warn(name, '内置数据库以公共用户 nobody（65534）运行', remedy) : ok(name, `uid ${owner.uid}`)
}

async function keyFiles(folder: DataFolder): Promise<Check> {
  const name = '密钥'
  const content = await readFile(keyFile(folder), 'utf8').catch(missing)
  if (content === undefined) return bad(name, `没有密钥文件 ${keyFile(folder)}`, '首次启动会自动生成；如果以前启动过，请从备份取回。')
  const { ledger, fields } = parseKeys(content)
  const open = []
  for (const file of ['.', ...(await readdir(folder.keys))])
    if (((await stat(join(folder.keys, file))).mode & 0o077) !== 0) open.push(file === '.' ? 'keys/' : `keys/${file}`)
  if (process.platform !== 'win32' && open.length > 0)
    return bad(name, `${open.join('、')} 可被其他用户读取`, `请执行 chmod -R go-rwx '${folder.keys}'，并考虑更换密钥。`)
  return ok(name, `签名密钥 ${ledger.current.id}，字段密钥 ${fields.current.id}，仅属主可读`)
}

async function diskRoom({ root }: DataFolder): Promise<Check> {
  const { bavail, blocks, bsize } = await statfs(root)
  const [free, share] = [(bavail * bsize) / 1024 ** 3, bavail / blocks]
  const says = `剩余 ${free.toFixed(1)} GB(${Math.round(share * 100)}%)`
  if (free < 0.25) return bad('磁盘空间', says, '服务已经或即将停止写入。请立即清理磁盘或扩容，腾出空间后自动恢复。')
  if (free < 2 || share < 0.05) return warn('磁盘空间', says, '请尽快清理磁盘或扩容。')
  return ok('磁盘空间', says)
}

// Heads are only ever appended, so the clock has gone back when the last of them was written in the future.
async function clock({ heads }: DataFolder): Promise<Check> {
  const written = await Promise.all((await readdir(heads)).map(async (name) => (await stat(join(heads, name))).mtimeMs))
  const ahead = Math.max(0, ...written) - Date.now()
  const now = new Date().toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })
  if (ahead < 60_000) return ok('时钟', `${now}（北京时间）`)
  return bad(
    '时钟',
    `现在是 ${now}，但账本最后一次签名在 ${Math.round(ahead / 60_000)} 分钟之后`,
    '系统时间被调回过去。请启用自动校时（NTP）后重启服务。',
  )
}

async function backups(folder: DataFolder): Promise<Check> {
  const content = await readFile(lastBackupFile(folder), 'utf8').catch(missing)
  const remedy = '请定期执行 backup，写到另一块盘或另一台机器上，并每年试恢复一次。'
  if (content === undefined) return warn('备份', '还没有做过备份', remedy)
  const { at, file } = JSON.parse(content) as { at: string; file: string }
  const days = Math.floor((Date.now() - Date.parse(at)) / 86_400_000)
  const says = `上次备份在 ${days} 天前（${file}）`
  if (days > 30) return bad('备份', says, remedy)
  if (days > 7) return warn('备份', says, remedy)
  const [there, here] = await Promise.all([stat(file).catch(missing), stat(folder.root)])
  return there?.dev === here.dev
    ? warn('备份', `${says}，与数据在同一块盘上`, '盘坏了会一起丢失。请把备份复制到另一块盘或另一台机器上。')
    : ok('备份', says)
}

async function certificate({ keys }: DataFolder, tlsCert: string | undefined): Promise<Check> {
  const own = tlsCert ? undefined : await readFile(join(keys, 'tls.json'), 'utf8').catch(missing)
  const cert = tlsCert ? await readFile(tlsCert, 'utf8') : own && (JSON.parse(own) as { cert: string }).cert
  if (!cert) return ok('TLS 证书', '没有使用证书（只在本机访问，或在反向代理之后）')
  const days = Math.floor((Date.parse(new X509Certificate(cert).validTo) - Date.now()) / 86_400_000)
  const says = `${tlsCert ? '单位证书' : '自签名证书'}，还有 ${days} 天到期`
  if (days < 0) return bad('TLS 证书', says, tlsCert ? '请换用有效的证书并重启。' : '重启服务会自动换新，随后请重新核对指纹。')
  if (days < 30) return warn('TLS 证书', says, tlsCert ? '请尽快申请新证书。' : '重启服务会自动换新，随后请重新核对指纹。')
  return tlsCert ? ok('TLS 证书', says) : warn('TLS 证书', says, '正式使用请换成单位签发的证书（--tls-cert、--tls-key）。')
}

async function database(owner: pg.PoolConfig): Promise<Check | Check[]> {
  const client = new pg.Client(owner as pg.ClientConfig)
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    return bad('数据库', `没有应答：${(error as Error).message}`, '请确认服务已启动，或 DATABASE_URL 的地址、口令和网络。')
  }
  return databaseChecks(client).finally(() => client.end())
}
