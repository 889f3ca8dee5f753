import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { away, type Branch, makeBranch, meetingOf, voteOn } from '#testing/meetings.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-09-12T09:00:00+08:00') })
  b = await makeBranch(w, { full: 9, probationary: 1, name: '机电队党支部' })
}, 120_000)
afterAll(() => w.close())

const bytes = (body: unknown) => body as unknown as Buffer

/** The text of one file in a zip, found through its central directory. */
function partOf(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const length = zip.readUInt16LE(at + 28)
    if (zip.toString('utf8', at + 46, at + 46 + length) !== name) continue
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8')
  }
  throw new Error(`no ${name}`)
}

test('minutes are a Word file on the page of GB/T 9704 with every part of the record', async () => {
  const { id } = await w.done(
    b.commissioner,
    'meetings.record',
    meetingOf(b, {
      absent: away(b.members.slice(0, 1), 'sickLeave'),
      items: [
        {
          topic: '学习上级精神',
          discussion: '发言六人',
          resolution: '配齐保温箱',
          actions: [{ text: '配齐', ownerId: b.deputy, dueOn: '2026-09-30' }],
        },
        voteOn('年度计划', { rule: 'assembly', inFavour: 8 }),
      ],
    }),
  )
  const { status, body, headers } = await w.call(b.members[1]!, 'meetings.minutes', { id })
  expect([status, headers['content-type']]).toEqual([200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'])
  const xml = partOf(bytes(body), 'word/document.xml')
  expect(xml).toMatch(/w:pgSz w:w="11906" w:h="16838"/)
  expect(xml).toMatch(/w:top="2098"/)
  expect(xml).toMatch(/w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/)
  for (const said of [
    '机电队党支部党员大会记录',
    '方正小标宋简体',
    '仿宋_GB2312',
    '病假',
    '半数',
    '配齐保温箱',
    '2026年9月30日前',
    '替代字体',
  ])
    expect(xml, said).toContain(said)
})

test('the minutes of a committee are for the committee and those above', async () => {
  const { id } = await w.done(b.commissioner, 'meetings.record', meetingOf(b, { kinds: ['branchCommittee'], title: '研究人选' }))
  expect((await w.call(b.deputy, 'meetings.minutes', { id })).status).toBe(200)
  const refused = await w.call(b.members[0]!, 'meetings.minutes', { id })
  expect([refused.status, refused.body]).toMatchObject([403, { code: 'committee-only' }])
})

test('the year’s register is a workbook that says its scope, hides what a reader may not see, and can be read again', async () => {
  const cells = async (as: string) => {
    const { body } = await w.call(as, 'meetings.register', { orgId: b.id, year: 2026 })
    const [sheet] = (await openSpreadsheet(bytes(body))).sheets
    const texts: string[] = []
    for await (const row of sheet!.rows()) texts.push(...row.cells.map((c) => c.text))
    return texts
  }
  const all = await cells(b.secretary)
  expect(all).toContain('会议类别')
  expect(all.join()).toContain('研究人选')
  expect(all.join()).toMatch(/口径：2026 年召开、没有作废的会议，共 2 次/)
  expect((await cells(b.members[0]!)).join()).not.toContain('研究人选')
  expect((await w.call(b.secretary, 'meetings.register', { orgId: b.committeeId, year: 2026 })).status).toBe(404)

  const { body } = await w.call(OWNER, 'meetings.register', { orgId: b.id, year: 2026 })
  const again = await w.done(OWNER, 'meetings.importLedger', { dryRun: true }, { file: { name: '台账.xlsx', data: bytes(body) } })
  expect(again).toMatchObject({ new: 0, unchanged: 2, wrong: 0 })
  expect(w.bugs).toEqual([])
})

test('the short form says what was decided and who was there, without what was said', async () => {
  const { id } = await w.done(
    b.commissioner,
    'meetings.record',
    meetingOf(b, {
      heldOn: '2026-09-11',
      observers: ['指导员赵某'],
      items: [
        {
          topic: '保温箱',
          discussion: '发言六人',
          resolution: '配齐保温箱',
          actions: [{ text: '配齐', ownerId: b.deputy, dueOn: '2026-09-30' }],
        },
      ],
    }),
  )
  const { status, body } = await w.call(b.members[1]!, 'meetings.summary', { id })
  expect(status).toBe(200)
  const xml = partOf(bytes(body), 'word/document.xml')
  for (const said of ['会议纪要', '配齐保温箱', '2026年9月30日前完成', '指导员赵某', '还没有签字']) expect(xml, said).toContain(said)
  expect(xml).not.toContain('发言六人')
  const committee = await w.done(
    b.commissioner,
    'meetings.record',
    meetingOf(b, { kinds: ['branchCommittee'], title: '研究分工', heldOn: '2026-09-09' }),
  )
  expect((await w.call(b.members[0]!, 'meetings.summary', { id: committee.id })).status).toBe(403)
})
