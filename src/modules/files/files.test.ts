import { randomUUID } from 'node:crypto'
import { Document, Packer, Paragraph } from 'docx'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { LOOSE_DAYS, LOOSE_LIMIT } from './contract.ts'
import { attachFiles, filesOf, removeFile, sweepFiles } from './published.ts'
import { withoutPlace } from './withoutPlace.ts'

const NOW = new Date('2026-11-20T02:00:00Z')
let w: World
let ours: string
let theirs: string
let secretary: string
let member: string
let stranger: string

beforeAll(async () => {
  w = await world({ now: NOW })
  const above = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  ours = await makeOrg(w, { kind: 'partyBranch', parentId: above, name: '机电队党支部' })
  theirs = await makeOrg(w, { kind: 'partyBranch', parentId: above, name: '通风队党支部' })
  member = await makeMember(w, ours, { name: '王某某' })
  secretary = await makeMember(w, ours, { name: '李某某' })
  await givePost(w, ours, secretary, 'partySecretary')
  stranger = await makeMember(w, theirs, { name: '赵某某' })
})
afterAll(() => w.close())

const word = async (...lines: string[]) =>
  Packer.toBuffer(new Document({ sections: [{ children: lines.map((text) => new Paragraph(text)) }] }))

type Answer = { id: string; code: string; message: string }

async function send(as: string, name: string, data: Buffer) {
  const { status, body } = await w.call(as, 'files.send', { orgId: ours }, { file: { name, data } })
  return { status, body: body as any as Answer }
}
const sent = async (as: string, name = '附件.txt', text = '附件内容') => (await send(as, name, Buffer.from(text))).body.id
const get = (as: string, id: string) => w.call(as, 'files.get', { id }) as Promise<{ status: number; body: any }>

/** A context as an operation of this person would have it. */
const ctxOf = (personId: string) => ({ db: w.db, now: NOW, actor: { personId, accountId: null } }) as never
const holder = (subjectId: string) => ({ orgId: ours, subject: 'test.record', subjectId, readWith: 'meetings.record' })

test('a file is told by its content: the name of a picture, a program or an empty file does not pass', async () => {
  const refusedAs = async (name: string, data: Buffer) => (await send(secretary, name, data)).body.message
  expect(await refusedAs('照片.png', Buffer.from('纯文本'))).toBe(
    '文件名以 .png 结尾，内容却是文本文件。请把后缀改成 .txt 再传，或另选文件',
  )
  expect(await refusedAs('工具.txt', Buffer.from('MZ\0\0\u0001\u0002'))).toContain('不能存这种文件')
  expect(await refusedAs('空.txt', Buffer.alloc(0))).toContain('空的')
  expect(await refusedAs('没有后缀', Buffer.from('文本'))).toContain('没有后缀')
  const sheet = await xlsxBuffer([{ name: '表', columns: [{ title: '姓名' }], rows: [['王某某']] }])
  expect((await send(secretary, '名单.xlsx', sheet)).body).toMatchObject({ name: '名单.xlsx', kind: 'xlsx' })
  expect((await send(secretary, '方案.docx', await word('工作方案'))).body).toMatchObject({ kind: 'docx' })
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from files.file where name = '工具.txt'`.execute(w.db)
  expect(rows[0]!.n).toBe(0)
})

const pdf = (text: string) =>
  Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length ${text.length + 28}>>stream
BT /F1 12 Tf 20 200 Td (${text}) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF`)

test('the words of a PDF are kept to be found by; one that cannot be read is kept without', async () => {
  const words = async (data: Buffer) => {
    const { status, body } = await send(secretary, '通报.pdf', data)
    expect([status, body]).toMatchObject([200, { kind: 'pdf', thumbnail: false }])
    return (await sql<{ words: string }>`select words from files.content where file_id = ${body.id}`.execute(w.db)).rows[0]!.words
  }
  expect(await words(pdf('Belt gallery B-12 drained'))).toContain('Belt gallery B-12 drained')
  expect(await words(Buffer.concat([pdf('x').subarray(0, 60), Buffer.alloc(2000, 7)]))).toBe('')
})

test('a picture is shown in small, the way up it was held, to who may read it; what unpacks to nothing has none', async () => {
  const photo = await sharp({ create: { width: 600, height: 300, channels: 3, background: '#993300' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const { body } = await send(secretary, '现场.jpg', photo)
  expect(body).toMatchObject({ kind: 'jpg', thumbnail: true })
  const small = await w.call(secretary, 'files.thumbnail', { id: body.id })
  expect(small.status).toBe(200)
  const { width, height, format, exif } = await sharp(small.body as never).metadata()
  expect([width, height, format, exif]).toEqual([120, 240, 'webp', undefined])
  expect((await w.call(stranger, 'files.thumbnail', { id: body.id })).status).toBe(404)
  const broken = await send(secretary, '坏图.jpg', Buffer.concat([photo.subarray(0, 200), Buffer.alloc(50)]))
  expect(broken.body).toMatchObject({ thumbnail: false })
  expect((await w.call(secretary, 'files.thumbnail', { id: broken.body.id })).status).toBe(404)
})

test('a 密级 marking inside a Word or text file is refused and nothing of it is kept', async () => {
  const { status, body } = await send(secretary, '通知.docx', await word('机密★1年', '示例矿业集团', '关于某事的通知'))
  expect([status, body.code]).toEqual([422, 'file-refused'])
  expect(body.message).toContain('涉密信息不得存入本系统')
  expect((await send(secretary, '通知.txt', Buffer.from('绝密★长期\n某通知'))).status).toBe(422)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from files.content where words like '%某事%'`.execute(w.db)
  expect(rows[0]!.n).toBe(0)
})

test('what nobody’s record holds is read by its sender only; a record’s files by who reads the record', async () => {
  const id = await sent(secretary)
  expect((await get(secretary, id)).status).toBe(200)
  expect((await get(member, id)).status).toBe(404)
  expect((await get(OWNER, id)).status).toBe(404)

  const record = randomUUID()
  await attachFiles(ctxOf(secretary), [id], { ...holder(record), aboutId: member })
  expect((await get(secretary, id)).status).toBe(200)
  expect((await get(member, id)).status, 'whom the record is about').toBe(200)
  expect((await get(stranger, id)).status).toBe(404)
  expect((await filesOf(w.db, 'test.record', [record])).get(record)).toMatchObject([{ id, name: '附件.txt', by: '李某某' }])
})

test('a file is taken once, by its sender and in its own organisation; else the record is refused at the field', async () => {
  const id = await sent(secretary)
  const why = { code: 'file-gone', more: { fields: { papers: [expect.stringContaining('请重新上传')] } } }
  await expect(attachFiles(ctxOf(member), [id], holder(randomUUID()), 'papers')).rejects.toMatchObject(why)
  await expect(attachFiles(ctxOf(secretary), [id], { ...holder(randomUUID()), orgId: theirs }, 'papers')).rejects.toMatchObject(why)
  await attachFiles(ctxOf(secretary), [id, id], holder(randomUUID()))
  await expect(attachFiles(ctxOf(secretary), [id], holder(randomUUID()), 'papers')).rejects.toMatchObject(why)
})

test('a file taken out of its record leaves its name and the reason, and not its content', async () => {
  const id = await sent(secretary)
  const record = randomUUID()
  await attachFiles(ctxOf(secretary), [id], holder(record))
  expect(await removeFile(ctxOf(secretary), id, holder(randomUUID()), '错传')).toBe(false)
  expect(await removeFile(ctxOf(secretary), id, holder(record), '传错了文件')).toBe(true)
  const { status, body } = await get(secretary, id)
  expect([status, body.message]).toEqual([409, '「附件.txt」已于 2026-11-20 移除：传错了文件'])
  const { rows } = await sql`select 1 from files.content where file_id = ${id}`.execute(w.db)
  expect(rows).toEqual([])
})

test('files that no record took are few and go after some days; those of records stay', async () => {
  const person = await makeMember(w, ours, { name: '钱某某' })
  const ids = []
  for (let n = 0; n < LOOSE_LIMIT; n++) ids.push(await sent(person))
  expect((await send(person, '再一个.txt', Buffer.from('内容'))).body.code).toBe('too-many-loose')
  await attachFiles(ctxOf(person), [ids[0]!], holder(randomUUID()))
  await sweepFiles(w.db, new Date(NOW.getTime() + (LOOSE_DAYS + 1) * 86_400_000))
  const { rows } = await sql<{ id: string }>`select id from files.file where sent_by = ${person}`.execute(w.db)
  expect(rows.map((r) => r.id)).toEqual([ids[0]])
})

test('a picture keeps which way up it was held and loses place, time and device', () => {
  const exif = Buffer.concat([
    Buffer.from('45786966000049492a0008000000', 'hex'),
    Buffer.from('0200', 'hex'),
    Buffer.from('120103000100000006000000', 'hex'),
    Buffer.from('2588040001000000ff000000', 'hex'),
    Buffer.from('GPS 37.87N 112.53E'),
  ])
  const segment = (marker: number, body: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(body.length + 2, 2)
    return Buffer.concat([head, body])
  }
  const scan = Buffer.from('ffda0004aabb1122ffd9', 'hex')
  const photo = Buffer.concat([Buffer.from('ffd8', 'hex'), segment(0xe1, exif), segment(0xfe, Buffer.from('device')), scan])
  const clean = withoutPlace('jpg', photo)
  expect(clean.toString('latin1')).not.toMatch(/GPS|device/)
  expect(clean.subarray(-scan.length)).toEqual(scan)
  expect(clean.toString('hex')).toContain('0112000300000001000600')
  expect(withoutPlace('jpg', clean)).toEqual(clean)
})
