import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import S3rver from 's3rver'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bucketAt, objectStoreOf, tryStore } from '#runtime/objectStore.ts'
import { makeBranch } from '#testing/meetings.ts'
import { type World, world } from '#testing/world.ts'
import { LOOSE_DAYS } from './contract.ts'
import { fileServices, storedOutside, sweepFiles } from './published.ts'

const NOW = new Date('2026-11-20T02:00:00Z')
let w: World
let ours: string
let secretary: string
let folder: string
let server: S3rver
let port: number

beforeAll(async () => {
  w = await world({ now: NOW })
  ;({ id: ours, secretary } = await makeBranch(w, { full: 3 }))
  folder = await mkdtemp(join(tmpdir(), 'rj-s3-'))
  server = await started(0)
}, 120_000)
afterAll(async () => {
  fileServices({ store: null })
  await server.close()
  await rm(folder, { recursive: true, force: true })
  await w.close()
})

async function started(at: number): Promise<S3rver> {
  const made = new S3rver({ port: at, address: '127.0.0.1', silent: true, directory: folder, configureBuckets: [{ name: 'rongjian' }] })
  port = (await made.run()).port
  return made
}
const bucket = (more: object = {}) =>
  bucketAt({
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'rongjian',
    region: 'us-east-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    ...more,
  })
const send = async (text: string) => {
  const { status, body } = await w.call(secretary, 'files.send', { orgId: ours }, { file: { name: '说明.txt', data: Buffer.from(text) } })
  return { status, ...(body as unknown as { id: string; message: string }) }
}
const get = async (id: string) => {
  const { status, body } = await w.call(secretary, 'files.get', { id })
  return { status, text: Buffer.isBuffer(body) ? body.toString() : typeof body === 'string' ? body : JSON.stringify(body) }
}

test('with a bucket a file lies there and not in the database, and is handed out as before; earlier files stay where they are', async () => {
  const before = await send('存在数据库里的说明')
  fileServices({ store: bucket() })
  const { id } = await send('存在桶里的说明')
  const { rows } = await sql<{
    bytes: Buffer | null
    key: string
  }>`select bytes, stored_key as key from files.content where file_id = ${id}`.execute(w.db)
  expect(rows[0]).toMatchObject({ bytes: null, key: expect.stringMatching(/^files\//) })
  expect(await get(id)).toMatchObject({ status: 200, text: '存在桶里的说明' })
  expect(await get(before.id)).toMatchObject({ status: 200, text: '存在数据库里的说明' })
  expect(await storedOutside(w.db)).toBe(1)
  await tryStore(bucket())
})

test('while the bucket does not answer nothing is kept half, a reader is told in words, and afterwards all is there', async () => {
  const { id } = await send('先存好的说明')
  await server.close()
  fileServices({ store: bucket() })
  const files = async () => (await sql<{ n: number }>`select count(*)::int as n from files.file`.execute(w.db)).rows[0]!.n
  const kept = await files()
  const refused = await send('没有存成的说明')
  expect([refused.status, refused.message]).toEqual([422, expect.stringContaining('现在用不了')])
  expect(await files()).toBe(kept)
  const unread = await get(id)
  expect([unread.status, unread.text]).toEqual([422, expect.stringContaining('已存的附件没有丢')])
  server = await started(port)
  expect(await get(id)).toMatchObject({ status: 200, text: '先存好的说明' })
})

test('an object that was changed or taken away is not handed out', async () => {
  const { id } = await send('原来的内容')
  const { rows } = await sql<{ key: string }>`select stored_key as key from files.content where file_id = ${id}`.execute(w.db)
  await bucket().put(rows[0]!.key, Buffer.from('换过的内容'))
  expect((await get(id)).text).toContain('和存入时不一样')
  await bucket().remove(rows[0]!.key)
  expect((await get(id)).text).toContain('登记还在')
  fileServices({ store: null })
  expect((await get(id)).text).toContain('没有设置对象存储')
  fileServices({ store: bucket() })
})

test('what no file points to is deleted from the bucket after some days, what one points to is not', async () => {
  const loose = await send('没有存入记录的说明')
  const held = await send('存入了记录的说明')
  await sql`update files.file set subject = 'test.record', subject_id = id, read_with = 'meetings.record', taken_at = ${NOW} where id = ${held.id}`.execute(
    w.db,
  )
  const objects = async () => (await readdir(join(folder, 'rongjian', 'files'))).filter((name) => name.endsWith('_object')).length
  const before = await objects()
  await sweepFiles(w.db, new Date(NOW.getTime() + 3600_000))
  expect(await objects()).toBe(before)
  await sweepFiles(w.db, new Date(NOW.getTime() + (LOOSE_DAYS + 1) * 86_400_000))
  expect(await objects()).toBeLessThan(before)
  expect((await get(held.id)).text).toBe('存入了记录的说明')
  expect((await get(loose.id)).status).toBe(404)
  expect(w.bugs).toEqual([])
})

test('settings name every fault; without them there is no bucket', async () => {
  const root = await mkdtemp(join(tmpdir(), 'rj-s3-set-'))
  const write = async (settings: object, keys = 'S3RVER\nS3RVER\n', mode = 0o600) => {
    await mkdir(join(root, 'config'), { recursive: true })
    await writeFile(join(root, 'config', 'files.json'), JSON.stringify(settings))
    await rm(join(root, 'config', 'files.keys'), { force: true })
    await writeFile(join(root, 'config', 'files.keys'), keys, { mode })
    return objectStoreOf({ root }).catch((error: Error) => error.message)
  }
  const good = { endpoint: `http://127.0.0.1:${port}`, bucket: 'rongjian', region: 'us-east-1', keys: 'files.keys' }
  expect(await objectStoreOf({ root })).toBeNull()
  expect(await write(good)).toMatchObject({ name: `http://127.0.0.1:${port}/rongjian` })
  expect(await write({ ...good, endpoint: 'ftp://x' })).toContain('endpoint')
  expect(await write({ ...good, bucket: 'A B' })).toContain('桶名')
  expect(await write({ ...good, keys: 'none' })).toContain('没有找到')
  expect(await write(good, 'one line')).toContain('两行')
  expect(await write(good, 'S3RVER\nS3RVER\n', 0o644)).toContain('chmod 600')
  expect(await write({ ...good, more: 'x' })).toContain('不认识的')
  await rm(root, { recursive: true, force: true })
})
