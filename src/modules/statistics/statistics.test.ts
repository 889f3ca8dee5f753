import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { rowsOf, textsOf } from '#testing/handmadeSheets.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
let officer: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-12-20T09:00:00+08:00') })
  b = await makeBranch(w, { full: 4, probationary: 1, name: '机电队党支部' })
  officer = await makeMember(w, b.committeeId)
  await givePost(w, b.committeeId, officer, 'partyAffairsWorker')
}, 120_000)
afterAll(() => w.close())

const YEAR = 2026
const of = () => ({ orgId: b.committeeId, year: YEAR })
const sheet = async (key: string) => {
  const view = await w.done(officer, 'statistics.sheet', { ...of(), sheet: key })
  return { ...view, at: (row: string, column: string) => view.cells.find((c) => c.row === row && c.column === column)! }
}
const records = (key: string, row: string, column: string, as = officer) =>
  w.done(as, 'statistics.records', { ...of(), sheet: key, row, column })
const say = async (personId: string, profile: object) => {
  const { name, staffNo, version } = await w.done(OWNER, 'members.get', { personId })
  await w.done(OWNER, 'members.edit', { personId, name, staffNo, version, profile })
}

test('the table counts who stands on the rosters below, each number opens exactly them, and what is not filled in is named', async () => {
  await say(b.secretary, { job: '企业管理人员', sex: 'female', nation: '回族', birth: '1990-05', title: '高级工程师' })
  await say(b.deputy, { job: '采煤工', sex: 'male', nation: '汉族', birth: '1996', title: '技师' })
  const members = await sheet('members')
  expect(members.at('', 'total').value).toBe(6)
  expect(members.at('', 'probationary').value).toBe(1)
  expect(members.at('014', 'total').value).toBe(1)
  expect(members.at('', 'women').value).toBe(1)
  expect(members.at('014', 'minority').value).toBe(1)
  expect(members.at('', 'to40').value).toBe(1)
  expect(members.at('', 'to30').value).toBe(1)
  const unsorted = members.findings.find((f) => f.open?.row === '?')!
  expect([unsorted.at, unsorted.difference, unsorted.sort]).toEqual(['总计 · 总数', 5, 'job'])
  expect((await records('members', '?', 'total')).items).toHaveLength(5)
  expect((await records('members', '014', 'total')).items.map((r) => r.id)).toEqual([b.secretary])
  expect((await records('members', '', 'noBirth')).items).toHaveLength(4)
  const titles = await sheet('titles')
  expect([titles.at('high', 'women').value, titles.findings[0]?.difference]).toEqual([1, 1])
  expect((await records('titles', '?', 'total')).items.map((r) => r.id)).toEqual([b.deputy])
})

test('a way of writing is sorted once for all below, and the sum agrees by as many more', async () => {
  await w.done(officer, 'statistics.sort', { orgId: b.committeeId, kind: 'job', text: '采煤工', code: '016', version: 0 })
  const again = { orgId: b.committeeId, kind: 'job' as const, text: '采煤工', code: '015', version: 0 }
  expect((await w.call(officer, 'statistics.sort', again)).status).toBe(409)
  expect((await sheet('members')).at('016', 'total').value).toBe(1)
  const own = await w.done(b.secretary, 'statistics.sheet', { orgId: b.id, year: YEAR, sheet: 'members' })
  expect(own.cells.find((c) => c.row === '016' && c.column === 'total')?.value).toBe(1)
  const { items, empty } = await w.done(officer, 'statistics.texts', { ...of(), kind: 'job' })
  expect(items.map((t) => [t.text, t.code])).toEqual([
    ['企业管理人员', '014'],
    ['采煤工', '016'],
  ])
  expect(empty).toBe(4)
})

test('what no record says is entered with its source, a superior’s own number stands for those below, and counted cells cannot be entered', async () => {
  const cell = { sheet: 'fees', row: 'unable', column: 'total', source: '困难党员台账', version: 0 }
  await w.done(b.secretary, 'statistics.enter', { ...cell, orgId: b.id, year: YEAR, value: 2 })
  expect((await sheet('fees')).at('unable', 'total')).toMatchObject({ kind: 'hand', value: 2 })
  await w.done(officer, 'statistics.enter', { ...cell, ...of(), value: 3 })
  expect((await sheet('fees')).at('unable', 'total').value).toBe(3)
  expect((await records('fees', 'unable', 'total')).items).toMatchObject([
    { title: expect.stringContaining('3'), note: expect.stringContaining('困难党员台账') },
  ])
  await w.done(officer, 'statistics.enter', { ...cell, ...of(), value: null, version: 1 })
  expect((await sheet('fees')).at('unable', 'total').value).toBe(2)
  const counted = { ...cell, ...of(), sheet: 'members', row: '', value: 9 }
  expect((await w.call(officer, 'statistics.enter', counted)).body).toMatchObject({ code: 'counted' })
  const more = { ...cell, ...of(), sheet: 'reviews', row: 'corrected', column: 'total', value: 1 }
  await w.done(officer, 'statistics.enter', more)
  expect((await sheet('reviews')).findings.map((f) => f.says)).toContain('组织处置应等于限期改正、劝退、除名各项之和')
})

test('a kept edition stays as it was, later changes stand beside it, and a difference must be explained', async () => {
  expect((await w.call(officer, 'statistics.submit', { ...of(), number: 1 })).body).toMatchObject({ code: 'explain' })
  const kept = await w.done(officer, 'statistics.submit', { ...of(), number: 1, note: '岗位还没有填全' })
  expect(kept.number).toBe(1)
  expect((await w.call(officer, 'statistics.submit', { ...of(), number: 1, note: '再定一次' })).status).toBe(409)
  const all = () =>
    w.done(OWNER, 'members.enrol', {
      orgId: b.id,
      name: '王某新',
      standing: 'fullMember',
      profile: { joined: '2011-07-01', converted: '2012-07-01' },
    })
  await all()
  expect((await sheet('members')).at('', 'total')).toMatchObject({ value: 7, was: 6 })
  expect((await sheet('members')).at('014', 'total').was).toBeUndefined()
})

test('the workbook has two rows of heads, merged, and a kept edition prints what it was', async () => {
  const file = async (edition?: number) =>
    (await w.call(officer, 'statistics.print', { ...of(), format: 'excel', ...(edition ? { edition } : {}) })).body as unknown as Buffer
  const book = await openSpreadsheet(await file())
  const rows = (await rowsOf(book)).map((r) => textsOf(r))
  expect(rows[1]).toMatchObject({ A: '项目', G: '年龄', P: '年龄' })
  expect(rows[2]).toMatchObject({ G: '30岁及以下', P: '71岁及以上' })
  expect(rows[3]).toMatchObject({ A: '总计', B: '7' })
  const before = (await rowsOf(await openSpreadsheet(await file(1)))).map((r) => textsOf(r))
  expect(before[3]).toMatchObject({ A: '总计', B: '6' })
  for (const format of ['word', 'pdf'] as const) expect((await w.call(officer, 'statistics.print', { ...of(), format })).status).toBe(200)
})

test('who may not see a table or the organisation gets no number of it', async () => {
  const publicity = b.members[0]!
  await givePost(w, b.id, publicity, 'publicityCommissioner')
  const own = { orgId: b.id, year: YEAR }
  expect((await w.done(publicity, 'statistics.year', own)).closed).toEqual(['党员补充资料：交纳党费'])
  expect((await w.call(publicity, 'statistics.sheet', { ...own, sheet: 'fees' })).status).toBe(403)
  expect((await w.call(publicity, 'statistics.records', { ...own, sheet: 'fees', row: 'standard', column: 'total' })).status).toBe(403)
  expect((await w.call(publicity, 'statistics.submit', { ...own, number: 1, note: '定稿' })).status).toBe(403)
  expect((await w.call(b.secretary, 'statistics.year', of())).status).toBe(404)
  expect((await w.call(b.probationary[0]!, 'statistics.year', own)).status).toBe(404)
  // Somebody whose grant is on the committee alone sees nothing of what stands below it, not even a sum.
  await w.pool.query(
    `insert into organisation.assignment (id, person_id, role, org_id, subtree, valid, requested_at, approved_at)
      values (gen_random_uuid(), $1, 'partyAffairsWorker', $2, false, '[2026-01-01,)', now(), now())`,
    [b.members[0], b.committeeId],
  )
  expect((await w.call(b.members[0]!, 'statistics.year', of())).status).toBe(403)
  expect((await w.call(officer, 'statistics.year', { ...of(), year: 2031 })).body).toMatchObject({ code: 'year-to-come' })
  expect(w.bugs).toEqual([])
})
