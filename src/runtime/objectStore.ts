import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { type DataFolder, missing } from './dataFolder.ts'
import { refusal } from './refusal.ts'
import { readSettings } from './settings.ts'

/** A place outside the database for what is in files: an object is put once under its key and never changed. */
export interface ObjectStore {
  /** The address without secrets, for people. */
  name: string
  put(key: string, bytes: Buffer): Promise<void>
  get(key: string): Promise<Buffer>
  remove(key: string): Promise<void>
}

/**
 * The S3 bucket that the unit configured for files in `config/files.json` (endpoint, bucket, region, and `keys`: a file of two lines,
 * access key and secret, that only the owner reads); null without one, and nothing is ever called then.
 */
export async function objectStoreOf(folder: Pick<DataFolder, 'root'>): Promise<ObjectStore | null> {
  const settings = await readSettings(folder, 'files', { needed: ['endpoint', 'bucket', 'region', 'keys'] })
  if (!settings) return null
  const { endpoint = '', bucket = '', region = '', keys = '' } = settings
  if (!/^https?:\/\/[^/?#]+\/?$/.test(endpoint))
    throw refusal('bad-settings', '设置文件 files.json 的 endpoint 应是 https://主机 或 http://主机:端口')
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw refusal('bad-settings', '设置文件 files.json 的 bucket 不是合格的桶名')
  const file = isAbsolute(keys) ? keys : join(folder.root, 'config', keys)
  const written = await readFile(file, 'utf8').catch(missing)
  if (written === undefined) throw refusal('bad-settings', `没有找到存放附件的密钥文件 ${file}（两行：访问密钥、私有密钥）`)
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
    throw refusal('bad-settings', `密钥文件 ${file} 别的用户也能读，请执行 chmod 600 '${file}'`)
  const [accessKeyId = '', secretAccessKey = ''] = written.split('\n').map((line) => line.trim())
  if (!accessKeyId || !secretAccessKey) throw refusal('bad-settings', `密钥文件 ${file} 应有两行：访问密钥、私有密钥`)
  return bucketAt({ endpoint: endpoint.replace(/\/$/, ''), bucket, region, accessKeyId, secretAccessKey })
}

export interface Bucket {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

const WAIT = 20_000

/** One bucket, asked path-style as every S3 server understands it. */
export function bucketAt({ endpoint, bucket, region, ...keys }: Bucket): ObjectStore {
  const name = `${endpoint}/${bucket}`
  const ask = async (method: 'PUT' | 'GET' | 'DELETE', key: string, body?: Buffer): Promise<Response> => {
    const { AwsClient } = await import('aws4fetch')
    const client = new AwsClient({ ...keys, service: 's3', region, retries: 2, initRetryMs: 100 })
    const init = { method, signal: AbortSignal.timeout(WAIT), ...(body ? { body: new Uint8Array(body) } : {}) }
    const answer = await client.fetch(`${name}/${key}`, init).catch(() => undefined)
    if (!answer) throw unreachable(name, '连不上')
    if (answer.ok || (method === 'DELETE' && answer.status === 404)) return answer
    await answer.body?.cancel()
    if (method === 'GET' && answer.status === 404)
      throw refusal('object-missing', `附件的内容不在 ${name} 里。登记还在，请管理员从对象存储的备份里找回 ${key}`)
    throw unreachable(name, answer.status === 403 ? '密钥不被接受' : `回答 ${answer.status}`)
  }
  return {
    name,
    put: async (key, bytes) => void (await (await ask('PUT', key, bytes)).arrayBuffer()),
    get: async (key) => Buffer.from(await (await ask('GET', key)).arrayBuffer()),
    remove: async (key) => void (await (await ask('DELETE', key)).arrayBuffer()),
  }
}

const unreachable = (name: string, why: string) =>
  refusal('store-unreachable', `存放附件的服务器现在用不了（${name}，${why}）。已存的附件没有丢，请稍后再试；一直不行请找系统管理员`)

/** Does the bucket take, give back and delete an object? Throws the refusal that says what does not work. */
export async function tryStore(store: ObjectStore): Promise<void> {
  const key = 'rongjian-doctor'
  const bytes = Buffer.from('融建')
  await store.put(key, bytes)
  const back = await store.get(key)
  if (!back.equals(bytes)) throw refusal('store-unreachable', `${store.name} 还回来的内容和存进去的不一样`)
  await store.remove(key)
}
