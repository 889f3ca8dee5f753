import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { away, type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-12T09:00:00+08:00') })
  b = await makeBranch(w, { full: 9, probationary: 1, name: '机电队党支部' })
  await w.done(b.commissioner, 'meetings.record', meetingOf(b, { title: '学习中央精神', absent: away(b.members.slice(0, 1), 'sickLeave') }))
  await w.done(b.commissioner, 'meetings.record', meetingOf(b, { kinds: ['branchCommittee'], title: '研究发展对象人选' }))
}, 120_000)
afterAll(() => w.close())

const asked = () => ({ orgId: b.id, period: '2026' })
const bytes = (body: unknown) => body as unknown as Buffer

async function pdfText(as: string, more: object = {}) {
  const { body, status, headers } = await w.call(as, 'handbook.print', { ...asked(), format: 'pdf', ...more })
  expect([status, headers['content-type']]).toEqual([200, 'application/pdf'])
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes(body))), { mergePages: true })
  return text.replace(/\s/g, '')
}

test('the book says what is in it: the roster, the meetings by kind with 应到 and 实到, and that the rest has no record', async () => {
  const { chapters, name } = await w.done(b.secretary, 'handbook.look', asked())
  expect(name).toBe('2026 年')
  const says = Object.fromEntries(chapters.map((c) => [c.key, c.says]))
  expect(says).toMatchObject({ meetings: '召开 2 次', memberAssembly: '1 次的记录', themePartyDay: '没有记录', tasks: '没有任务' })
  expect(says.roster).toMatch(/党员 10 名，其中正式党员 9 名、预备党员 1 名/)
  const { blocks } = await w.done(b.secretary, 'handbook.chapter', { ...asked(), key: 'meetings' })
  expect(JSON.stringify(blocks)).toContain('"党员大会","1","10","9","90.0%"')
  const earlier = await w.done(b.secretary, 'handbook.look', { ...asked(), period: '2026-Q1' })
  expect(earlier.chapters.find((c) => c.key === 'meetings')).toMatchObject({ empty: true, says: '没有会议记录' })
})

test('the PDF holds the chosen chapters and no other, with contents, minutes and the line about the font', async () => {
  const all = await pdfText(b.secretary)
  for (const said of ['党支部工作手册', '机电队党支部', '目录', '学习中央精神', '研究发展对象人选', '病假', '思源黑体', '账本'])
    expect(all, said).toContain(said)
  const some = await pdfText(b.secretary, { keys: ['roster'] })
  expect(some).toContain('党员名册')
  expect(some).not.toContain('学习中央精神')
})

test('Excel holds the tables; Word is a Word file', async () => {
  const { body } = await w.call(b.secretary, 'handbook.print', { ...asked(), format: 'excel' })
  const { sheets } = await openSpreadsheet(bytes(body))
  expect(sheets.map((s) => s.name)).toEqual(expect.arrayContaining(['支部委员会', '党员名册', '会议一览']))
  const word = await w.call(b.secretary, 'handbook.print', asked())
  expect(bytes(word.body).subarray(0, 2).toString()).toBe('PK')
})

test('a plain member has no book, another branch’s secretary finds none, and a committee has none of its own', async () => {
  expect((await w.call(b.members[0]!, 'handbook.look', asked())).status).toBe(404)
  const other = await makeBranch(w, { full: 3, committeeId: b.committeeId })
  for (const name of ['handbook.look', 'handbook.print'] as const) expect((await w.call(other.secretary, name, asked())).status).toBe(404)
  expect((await w.call(OWNER, 'handbook.look', { ...asked(), orgId: b.committeeId })).status).toBe(404)
  expect((await w.call(b.secretary, 'handbook.look', { ...asked(), period: '2026-13' })).status).toBe(422)
  expect(w.bugs).toEqual([])
})
