import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { openArchive } from '#runtime/sheets/zip.ts'
import { rowsOf, textsOf } from '#testing/handmadeSheets.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import type { Spots } from './contract.ts'
import { blankForm, PICTURE } from './testing.ts'

let w: World
let b: Branch
let officer: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-10-12T09:00:00+08:00') })
  b = await makeBranch(w, { full: 4, probationary: 1, name: '机电队党支部' })
  officer = await makeMember(w, b.committeeId)
  await givePost(w, b.committeeId, officer, 'partyAffairsWorker')
  await w.done(b.commissioner, 'meetings.record', meetingOf(b))
}, 120_000)
afterAll(() => w.close())

const upload = (name: string, data: Buffer) => ({ file: { name, data } })
const SHEET = '基本情况'
const spots = (): Spots => ({
  cells: [
    { sheet: SHEET, ref: 'B2', source: 'org.name' },
    { sheet: SHEET, ref: 'D2', source: 'people.members' },
    { sheet: SHEET, ref: 'B3', source: 'meetings.memberAssembly' },
    { sheet: SHEET, ref: 'A1', source: 'period.name' },
  ],
  lists: [
    {
      sheet: SHEET,
      list: 'roster',
      from: 5,
      to: 14,
      columns: [
        { column: 'A', field: 'no' },
        { column: 'B', field: 'name' },
        { column: 'C', field: 'standing' },
      ],
    },
  ],
})
const add = async (as = officer, orgId = b.committeeId) =>
  (await w.done(as, 'forms.add', { orgId, name: '基本情况统计表' }, upload('空表.xlsx', await blankForm()))).id
const filled = async (as: string, input: { id: string; orgId: string; period?: string }) => {
  const { status, body } = await w.call(as, 'forms.fill', { period: '2026-Q3', ...input })
  return { status, body: body as unknown as Buffer & { code?: string; message?: string } }
}

test('a blank mapped once is filled for a branch, and nothing else of the workbook changes', async () => {
  const id = await add()
  const { version } = await w.done(officer, 'forms.map', { id, version: 1, spots: spots() })
  expect(version).toBe(2)
  const { status, body } = await filled(b.secretary, { id, orgId: b.id })
  expect(status).toBe(200)
  const rows = (await rowsOf(await openSpreadsheet(body))).map((r) => textsOf(r))
  expect(rows[0]).toMatchObject({ A: '2026 年第三季度' })
  expect(rows[1]).toMatchObject({ A: '党组织', B: '机电队党支部', C: '党员人数', D: '5' })
  expect(rows[2]).toMatchObject({ B: '1' })
  expect(rows[4]).toMatchObject({ A: '1', C: '正式党员' })
  expect(
    rows
      .slice(4)
      .map((r) => r.C)
      .filter(Boolean),
  ).toHaveLength(5)
  const [before, after] = [openArchive(await blankForm()), openArchive(body)]
  expect(after.names).toEqual(before.names)
  for (const part of ['xl/styles.xml', '[Content_Types].xml']) expect(await after.text(part)).toBe(await before.text(part))
  const picture: Buffer[] = []
  for await (const piece of after.stream('xl/media/image1.png', 1000)) picture.push(piece)
  expect(Buffer.concat(picture).equals(PICTURE)).toBe(true)
  const sheet = await after.text('xl/worksheets/sheet1.xml')
  for (const kept of [
    '<mergeCell ref="A1:D1"/>',
    'orientation="landscape"',
    'ht="24"',
    '<drawing r:id="rId1"/>',
    '<f>B3+0</f></c>',
    '<c r="B2" s="2" t="inlineStr">',
  ])
    expect(sheet).toContain(kept)
  expect(await after.text('xl/workbook.xml')).toContain('fullCalcOnLoad="1"')
})

test('what cannot be mapped is refused at the place: formulas, inside of merged cells, unknown sources, twice the same', async () => {
  const id = await add()
  const refused = async (change: Partial<Spots>) =>
    (
      (await w.call(officer, 'forms.map', { id, version: 1, spots: { cells: [], lists: [], ...change } })).body as unknown as {
        message: string
      }
    ).message
  const at = (ref: string, source = 'people.full') => ({ sheet: SHEET, ref, source })
  expect(await refused({ cells: [at('D3')] })).toContain('D3 格是公式')
  expect(await refused({ cells: [at('C1')] })).toContain('左上角 A1')
  expect(await refused({ cells: [at('B2', 'people.idNumber')] })).toContain('不在可选的范围里')
  expect(await refused({ cells: [at('B2'), at('B2')] })).toContain('对应了两次')
  expect(await refused({ lists: [{ sheet: SHEET, list: 'roster', from: 2, to: 4, columns: [{ column: 'D', field: 'name' }] }] })).toContain(
    'D3 格是公式',
  )
  expect((await w.done(officer, 'forms.get', { id })).spots.cells).toEqual([])
})

test.each([
  ['旧表.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), '请上传 .xlsx'],
  ['改名.xlsx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), '旧格式'],
  ['不是表.xlsx', Buffer.from('PK'), '不是 Excel 表格'],
  ['太大.xlsx', Buffer.alloc(3 * 1024 * 1024 + 10, 1), '3 MB'],
])('%s is refused in words', async (name, data, says) => {
  const { status, body } = await w.call(officer, 'forms.add', { orgId: b.committeeId, name: '统计表' }, upload(name, data))
  expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining(says)])
})

test('a workbook with macros is refused', async () => {
  const { body } = await w.call(
    officer,
    'forms.add',
    { orgId: b.committeeId, name: '有宏的表' },
    upload('宏.xlsx', await blankForm({ macro: true })),
  )
  expect(JSON.stringify(body)).toContain('有宏')
})

test('in a new blank what moved is found and named, and nothing is filled until it is put right', async () => {
  const id = await add()
  await w.done(officer, 'forms.map', { id, version: 1, spots: spots() })
  const { problems, version } = await w.done(officer, 'forms.renew', { id, version: 2 }, upload('明年.xlsx', await blankForm({ moved: 2 })))
  expect(problems.find((p) => p.ref === 'D2')).toMatchObject({
    movedTo: 'D4',
    says: expect.stringContaining('“党员人数”在新表里从 D2 移到了 D4'),
  })
  expect(problems.find((p) => p.ref === 'B5')).toMatchObject({ movedTo: 'B7' })
  expect((await filled(officer, { id, orgId: b.id })).status).toBe(409)
  const moved = (ref: string) => ref.replace(/\d+/, (n) => String(Number(n) + 2))
  const { cells, lists } = spots()
  const mended = {
    cells: cells.map((c) => (c.ref === 'A1' ? c : { ...c, ref: moved(c.ref) })),
    lists: lists.map((l) => ({ ...l, from: 7, to: 16 })),
  }
  await w.done(officer, 'forms.map', { id, version, spots: mended })
  const { status, body } = await filled(officer, { id, orgId: b.id })
  expect(status).toBe(200)
  expect((await rowsOf(await openSpreadsheet(body))).map((r) => textsOf(r))[3]).toMatchObject({ B: '机电队党支部', D: '5' })
})

test('too many lines, a reader without the right, and a stranger get no file and no name', async () => {
  const id = await add()
  const short = { ...spots(), lists: [{ ...spots().lists[0]!, to: 7 }] }
  await w.done(officer, 'forms.map', { id, version: 1, spots: short })
  const { status, body } = await filled(officer, { id, orgId: b.id })
  expect([status, JSON.stringify(body)]).toEqual([409, expect.stringContaining('只有 3 行')])
  const dues = {
    cells: [
      { sheet: SHEET, ref: 'B2', source: 'dues.paid' },
      { sheet: SHEET, ref: 'B3', source: 'statistics:members||total' },
    ],
    lists: [],
  }
  await w.done(officer, 'forms.map', { id, version: 2, spots: dues })
  const publicity = b.members[0]!
  await givePost(w, b.id, publicity, 'publicityCommissioner')
  expect((await filled(publicity, { id, orgId: b.id })).status).toBe(403)
  expect((await filled(b.secretary, { id, orgId: b.committeeId })).status).toBe(404)
  expect((await filled(b.probationary[0]!, { id, orgId: b.id })).status).toBe(404)
  const look = await w.done(b.secretary, 'forms.look', { id, orgId: b.id, period: '2026-Q3' })
  expect(look.cells.map((c) => c.value)).toEqual([0, 5])
  expect((await w.call(b.secretary, 'forms.map', { id, version: 3, spots: dues })).status).toBe(403)
  await w.done(officer, 'forms.end', { id, version: 3 })
  expect((await w.done(b.secretary, 'forms.list', { orgId: b.id })).items.map((f) => f.id)).not.toContain(id)
  expect(w.bugs).toEqual([])
})
