import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

const TODAY = '2026-11-22'
const TERM = '2024-03-15'
const HEADS = '姓名,支部,人员类别,入党日期,转正日期,工号,党内职务,工作单位'

let w: World
let branch: string
let worker: string
beforeAll(async () => {
  w = await world({ now: new Date(`${TODAY}T04:00:00Z`) })
  const committee = await makeOrg(w, { kind: 'partyCommittee' })
  worker = await makeMember(w, committee)
  await givePost(w, committee, worker, 'partyAffairsWorker')
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部', foundedOn: '2015-07-01' })
  await w.done(OWNER, 'organisation.beginTerm', { orgId: branch, from: TERM, until: '2027-03-15' })
  await w.done(OWNER, 'organisation.foundUnit', { orgId: branch, parentId: null, name: '机电队', foundedOn: '2015-07-01' })
})
afterAll(() => w.close())

let jobs = 0
/** Reads the rows, answers nothing but what is given, and says what was asked. */
async function importing(rows: string[], answers: { key: string; choice: string }[] = [], { dryRun = false, as = OWNER as string } = {}) {
  const file = { name: '花名册.csv', data: Buffer.from(`\ufeff${[HEADS, ...rows].join('\n')}`) }
  const jobId = `01990000-0000-7000-8000-${String(++jobs).padStart(12, '0')}`
  const { body, status, facts } = await w.call(as, 'members.importRoster', { dryRun, jobId, answers }, { file })
  expect(status, JSON.stringify(body)).toBe(200)
  const { asks } = await w.done(as, 'members.importState', { jobId })
  return { ...body, asks, facts, said: body.rows.map(({ row, problem }) => `${row} ${problem}`).join('；') }
}
const postsOf = async (staffNo: string) => {
  const { rows } = await sql<{ role: string; from: string }>`select t.role, lower(t.valid)::text as "from" from organisation.post t
    join organisation.person p on p.id = t.person_id where p.staff_no = ${staffNo} order by t.role`.execute(w.db)
  return rows.map(({ role, from }) => `${role} ${from}`)
}
const workOf = async (staffNo: string) => {
  const { rows } = await sql<{ name: string; valid: string }>`select u.name, e.valid::text as valid from organisation.employment e
    join organisation.unit u on u.id = e.unit_id join organisation.person p on p.id = e.person_id
    where p.staff_no = ${staffNo} order by e.valid`.execute(w.db)
  return rows.map(({ name, valid }) => `${name} ${valid}`)
}
const member = (name: string, staffNo: string, post = '', unit = '', standing = '正式党员') =>
  `${name},机电队党支部,${standing},2012-07-01,${standing === '正式党员' ? '2013-07-01' : ''},${staffNo},${post},${unit}`

test('a post in the roster is asked about with the day of the term, and registered only when a person confirms it', async () => {
  const rows = [member('甲某', 'P-1', '支部书记'), member('乙某', 'P-2', '副书记兼组织委员'), member('丙某', 'P-3', '普通党员')]
  const first = await importing(rows)
  expect(first.asks.map(({ key, choices }) => [key, choices.map(({ id }) => id)])).toEqual([
    ['post:2:partySecretary', [TERM, TODAY]],
    ['post:3:deputySecretary', [TERM, TODAY]],
    ['post:3:organizationCommissioner', [TERM, TODAY]],
  ])
  expect([first.new, first.warned, await postsOf('P-1')]).toEqual([3, 2, []])

  const answers = [
    { key: 'post:2:partySecretary', choice: TERM },
    { key: 'post:3:organizationCommissioner', choice: TODAY },
    { key: 'post:4:partySecretary', choice: TERM },
  ]
  const dry = await importing(rows, answers, { dryRun: true })
  expect([dry.changed, dry.unchanged, dry.facts]).toEqual([2, 1, []])
  const real = await importing(rows, answers)
  expect(real.facts.map(({ kind }) => kind)).toEqual(['post.began', 'post.began'])
  expect([await postsOf('P-1'), await postsOf('P-2'), await postsOf('P-3')]).toEqual([
    [`partySecretary ${TERM}`],
    [`organizationCommissioner ${TODAY}`],
    [],
  ])
  const again = await importing(rows, answers)
  expect([again.unchanged, again.facts, again.asks.map(({ key }) => key)]).toEqual([3, [], ['post:3:deputySecretary']])
})

test('nobody becomes a second secretary, nobody who cannot be elected a commissioner', async () => {
  const rows = [member('丁某', 'P-4', '书记'), member('戊某', 'P-5', '组织委员', '', '预备党员'), member('己某', 'P-6', '总支书记')]
  const answers = [4, 3, 2].map((row) => ({ key: `post:${row}:partySecretary`, choice: TODAY }))
  const { asks, said, facts } = await importing(rows, answers)
  expect(asks).toEqual([])
  expect(said).toContain('机电队党支部现任书记是甲某')
  expect(said).toContain('不是正式党员，没有被选举权')
  expect(said).toContain('“总支书记”不是这个支部的委员职务')
  expect(facts.map(({ kind }) => kind)).not.toContain('post.began')
})

test('a place of work with a known name is registered; another one is asked, founded below the branch’s unit, and followed', async () => {
  const rows = [member('庚某', 'P-7', '', '机电队'), member('辛某', 'P-8', '', '检修班'), member('壬某', 'P-9', '', '检修班')]
  const first = await importing(rows, [], { as: worker })
  const key = `unit:${branch}:检修班`
  expect(first.asks.map(({ key, rows, choices }) => [key, rows, choices.map(({ name }) => name)])).toEqual([
    [key, 2, ['新建，设在机电队下面']],
  ])
  expect(first.said.match(/没有找到“检修班”/g)).toHaveLength(1)
  expect([await workOf('P-7'), await workOf('P-8')]).toEqual([[`机电队 [${TODAY},)`], []])

  const second = await importing(rows, [{ key, choice: 'new' }], { as: worker })
  expect(second.facts.map(({ kind }) => kind)).toEqual(['unit.founded', 'coverage.began', 'employment.began', 'employment.began'])
  expect([await workOf('P-8'), await workOf('P-9')]).toEqual([[`检修班 [${TODAY},)`], [`检修班 [${TODAY},)`]])
  expect((await importing(rows)).facts).toEqual([])

  w.setNow(new Date('2026-12-02T04:00:00Z'))
  const moved = await importing([member('庚某', 'P-7', '', '检修班')])
  expect(moved.facts.map(({ kind }) => kind)).toEqual(['employment.ended', 'employment.began'])
  expect(await workOf('P-7')).toEqual([`机电队 [${TODAY},2026-12-02)`, '检修班 [2026-12-02,)'])
  w.setNow(new Date(`${TODAY}T04:00:00Z`))
})

test('a number that finds somebody of another name is said, with the office they hold', async () => {
  const { said } = await importing([member('癸某', 'P-1')], [], { dryRun: true })
  expect(said).toContain('姓名由“甲某”改为“癸某”，此人现任机电队党支部书记')
  expect((await importing([member('甲某', 'P-1')], [], { dryRun: true })).said).toBe('')
})
