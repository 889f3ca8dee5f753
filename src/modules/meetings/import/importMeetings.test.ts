import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type TestFile, type World, world } from '#testing/world.ts'

const input = (name: string) => ({ name, data: readFileSync(join(import.meta.dirname, '../../../testing/inputs', name)) })
const ledger = input('三会一课台账2025.xlsx')

let w: World
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T09:00:00+08:00') })
  await w.done(OWNER, 'organisation.importOrgs', { dryRun: false }, { file: input('组织信息.xlsx') })
  await w.done(OWNER, 'members.importRoster', { dryRun: false }, { file: input('党员基本信息汇总表.xlsx') })
}, 120_000)
afterAll(() => w.close())

const importing = (dryRun: boolean, file: TestFile = ledger, as = OWNER) => w.call(as, 'meetings.importLedger', { dryRun }, { file })

test('a year’s ledger: a dry run writes nothing, the real one brings 144 meetings, again nothing changes', async () => {
  const dry = await importing(true)
  expect(dry.body).toMatchObject({ new: 144, changed: 0, unchanged: 0, wrong: 0, skipped: 0 })
  expect(dry.facts).toEqual([])
  expect((await w.done(OWNER, 'meetings.list', {})).items).toEqual([])

  const real = await importing(false)
  expect(real.body).toEqual(dry.body)
  expect(real.facts.filter((f) => f.kind === 'meeting.held')).toHaveLength(144)

  const again = await importing(false)
  expect(again.body).toMatchObject({ new: 0, changed: 0, unchanged: 144, wrong: 0 })
  expect(again.facts).toEqual([])
})

test('an imported record is 已归档（纸质）, with the file’s figure and the computed one, its people and its warnings', async () => {
  const { rows } = await w.pool.query(`select id from meetings.meeting where title = '第一季度党员大会' order by held_on, id`)
  const seen = await Promise.all(rows.map((r) => w.done(OWNER, 'meetings.get', { id: r.id })))
  const m = seen.find((s) => s.orgName === '机电队党支部')!
  expect(m).toMatchObject({
    state: 'archivedOnPaper',
    late: false,
    fileExpected: 23,
    filePresent: 22,
    expected: 23,
    present: 22,
    start: '15:00',
  })
  expect(m.rosterExpected).not.toBeNull()
  expect(m.chair).toMatchObject({ name: '孙某丙' })
  expect(m.chair.id).not.toBeNull()
  expect(m.submittedBy).toBeNull()
})

test('a ledger is history: what disagrees with the roster is a warning on the record, never a refusal', async () => {
  const all = await w.pool.query(
    `select count(*) filter (where jsonb_array_length(warnings) > 0)::int as warned, count(*)::int from meetings.meeting`,
  )
  const { body } = await importing(true)
  expect(all.rows[0]).toEqual({ warned: body.warned, count: 144 })
  expect(body.rows.every((r) => r.level === 'warning' && r.problem && r.remedy)).toBe(true)
})

const heads = ['党支部', '会议类别', '时间', '主持人', '记录人', '应到', '实到', '缺席人员及原因', '会议议题', '决议事项', '表决情况']
const fileOf = async (rows: string[][]) => ({
  name: '台账.xlsx',
  data: await xlsxBuffer([{ name: '台账', columns: heads.map((title) => ({ title })), rows }]),
})

test('a changed row replaces what it said; votes are judged; a record corrected since is kept', async () => {
  const b = await makeBranch(w, { full: 4, name: '洗煤队党支部' })
  const row = (present: string, votes: string) => [
    '洗煤队党支部',
    '党员大会',
    '2025-03-05 15:00',
    '某人',
    '某人',
    '4',
    present,
    '',
    '年度计划',
    '',
    votes,
  ]
  const first = await importing(false, await fileOf([row('4', '同意2票，反对2票，通过')]))
  expect(first.body).toMatchObject({ new: 1, warned: 1 })
  const { id } = (await w.done(OWNER, 'meetings.list', { orgId: b.id })).items[0]!
  expect((await w.done(OWNER, 'meetings.get', { id })).warnings.map((x) => x.code)).toContain('exactly-half')
  expect((await w.done(b.secretary, 'meetings.findings', { orgId: b.id, from: '2025-01-01', to: '2025-12-31' })).items).toMatchObject([
    { key: 'exactly-half' },
  ])

  const second = await importing(false, await fileOf([row('4', '同意3票，反对1票，通过')]))
  expect(second.body).toMatchObject({ new: 0, changed: 1 })
  expect(second.facts.map((f) => f.kind).sort()).toEqual(['fact.retracted', 'fact.retracted', 'meeting.held', 'vote.taken'])
  const { version } = await w.done(OWNER, 'meetings.get', { id })
  const change = {
    absent: [{ personId: b.members[0]!, reason: 'sickLeave' as const }],
    votes: [{ position: 0, rule: 'assembly' as const, inFavour: 3 }],
  }
  await w.done(b.commissioner, 'meetings.correct', { id, version, text: '核对签到册', change })
  const third = await importing(false, await fileOf([row('4', '同意4票')]))
  expect(third.body).toMatchObject({ changed: 0, unchanged: 1, warned: 1 })
  expect(third.facts).toEqual([])
})

test('a meeting recorded at work is not imported beside it; a short branch name is never guessed', async () => {
  const b = await makeBranch(w, { full: 3, name: '地测科党支部' })
  const { chairId, recorderId } = { chairId: b.secretary, recorderId: b.deputy }
  const live = { orgId: b.id, kinds: ['partyLecture' as const], title: '党课', heldOn: '2025-06-01', chairId, recorderId }
  await w.done(b.deputy, 'meetings.record', live)
  const { body, facts } = await importing(
    false,
    await fileOf([
      ['地测科党支部', '党课', '2025-06-01', '', '', '', '', '', '党课', '', ''],
      ['地测科', '党课', '2025-06-02', '', '', '', '', '', '党课', '', ''],
      ['地测科党支部', '党课', '2027-06-03', '', '', '', '', '', '党课', '', ''],
    ]),
  )
  expect(body).toMatchObject({ new: 0, unchanged: 1, wrong: 2 })
  expect(facts).toEqual([])
})

test('a file with a 密级 marking in one cell is refused whole, and nothing of it is kept or repeated', async () => {
  await makeBranch(w, { full: 3, name: '保运队党支部' })
  const { status, body, facts } = await importing(
    false,
    await fileOf([
      ['保运队党支部', '党课', '2025-06-01', '', '', '', '', '', '党课', '', ''],
      ['保运队党支部', '党课', '2025-06-03', '', '', '', '', '', '机密★三年', '', ''],
    ]),
  )
  expect([status, body]).toMatchObject([422, { code: 'secret-marking' }])
  expect(JSON.stringify(body)).not.toContain('★')
  expect(facts).toEqual([])
})

test('a proposed branch is taken once a person has confirmed it; what needs care can be downloaded', async () => {
  const b = await makeBranch(w, { full: 3, name: '通风队党支部' })
  const file = await fileOf([['通风队', '党课', '2025-06-02', '', '', '', '', '', '党课', '', '']])
  const jobId = '01990000-0000-7000-8000-000000000001'
  expect((await w.done(OWNER, 'meetings.importLedger', { dryRun: true, jobId }, { file })).wrong).toBe(1)
  const { done, asks } = await w.done(OWNER, 'meetings.importState', { jobId })
  expect(done).toBe(true)
  expect(asks).toMatchObject([{ key: 'org:通风队', kind: 'org', rows: 1, choices: [{ id: b.id, name: '通风队党支部' }] }])
  expect((await w.call(OWNER, 'meetings.importProblems', { jobId })).status).toBe(200)
  const answers = [{ key: asks[0]!.key, choice: b.id }]
  expect((await w.done(OWNER, 'meetings.importLedger', { dryRun: false, answers }, { file })).new).toBe(1)
})

test('only where one may import, rows are; for others their branch does not exist', async () => {
  const committee = await makeOrg(w, { kind: 'partyCommittee' })
  const b = await makeBranch(w, { full: 3, committeeId: committee, name: '机修队党支部' })
  const worker = await makeMember(w, b.id)
  await givePost(w, committee, worker, 'partyAffairsWorker')
  const rows = [
    ['机修队党支部', '党课', '2025-06-01', '', '', '', '', '', '党课', '', ''],
    ['机电队党支部', '党课', '2025-06-01', '', '', '', '', '', '党课', '', ''],
  ]
  expect((await importing(false, await fileOf(rows), worker)).body).toMatchObject({ new: 1, wrong: 1 })
  expect((await importing(false, await fileOf(rows), b.members[0] ?? b.deputy)).status).toBe(403)
  expect(w.bugs).toEqual([])
})
