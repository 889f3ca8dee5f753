import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

/** Stands only outside what the attacker may see. */
const CANARY = '金丝雀'

let w: World
let root: string
let ours: string
let branch: string
let theirs: string
let theirBranch: string
/** 党务干部 of our committee, and organisation commissioner of one branch of it. */
let worker: string
let commissioner: string

beforeAll(async () => {
  w = await world()
  root = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  ours = await makeOrg(w, { kind: 'partyCommittee', parentId: root, name: '一矿党委' })
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: ours, name: '综采党支部' })
  theirs = await makeOrg(w, { kind: 'partyCommittee', parentId: root, name: `${CANARY}矿党委` })
  theirBranch = await makeOrg(w, { kind: 'partyBranch', parentId: theirs, name: `${CANARY}矿机电党支部` })
  worker = await makeMember(w, branch, { name: '王某某' })
  await givePost(w, ours, worker, 'partyAffairsWorker')
  commissioner = await makeMember(w, branch, { name: '李某某' })
  await givePost(w, branch, commissioner, 'organizationCommissioner')
  await makeMember(w, theirBranch, { name: `${CANARY}某`, staffNo: 'T001' })
})
afterAll(() => w.close())

const csv = (...lines: string[]) => ({ name: '表.csv', data: Buffer.from(`${lines.join('\r\n')}\r\n`) })
const placeOf = async (id: string) =>
  (await w.pool.query<{ parent_id: string }>('select parent_id from organisation.org where id = $1', [id])).rows[0]!.parent_id

describe('a list of organisations for import', () => {
  test('tells no names from outside what the importer sees', async () => {
    const file = csv(
      '组织名称,上级组织,组织类别,成立日期',
      '机电党支部,矿党委,党支部,2020-01-01',
      `${CANARY}矿党委,一矿党委,党委,2020-01-01`,
    )
    const jobId = randomUUID()
    const { body } = await w.call(worker, 'organisation.importOrgs', { dryRun: true, jobId }, { file })
    expect(JSON.stringify(body)).not.toContain(theirs)
    expect(JSON.stringify(body).replaceAll(`“${CANARY}矿党委”`, '')).not.toContain(CANARY)
  })

  test('does not move an organisation under a superior that the importer does not manage', async () => {
    const file = csv('组织名称,上级组织,组织类别,成立日期', `综采党支部,${CANARY}矿党委,党支部,2010-01-01`)
    const { facts } = await w.call(worker, 'organisation.importOrgs', { dryRun: false }, { file })
    expect([await placeOf(branch), facts]).toEqual([ours, []])
  })

  test('the control: under a superior of one’s own it is moved', async () => {
    const other = await makeOrg(w, { kind: 'generalBranch', parentId: ours, name: '采煤党总支' })
    const moved = await makeOrg(w, { kind: 'partyBranch', parentId: ours, name: '掘进党支部' })
    const file = csv('组织名称,上级组织,组织类别,成立日期', '掘进党支部,采煤党总支,党支部,2010-01-01')
    await w.done(worker, 'organisation.importOrgs', { dryRun: false }, { file })
    expect(await placeOf(moved)).toBe(other)
  })
})

test('a 工号 of somebody elsewhere does not tell whose it is', async () => {
  const profile = { joined: '2010-07-01' }
  const attempt = { orgId: branch, name: '猜的人', staffNo: 'T001', standing: 'fullMember' as const, profile }
  const { body, facts } = await w.call(commissioner, 'members.enrol', attempt)
  expect(body).toMatchObject({ code: expect.any(String) })
  expect([JSON.stringify(body).includes(CANARY), facts]).toEqual([false, []])
})

describe('somebody who left a roster elsewhere', () => {
  let gone: string
  beforeAll(async () => {
    gone = await makeMember(w, theirBranch, { name: `${CANARY}旧人`, staffNo: 'T002' })
    const { rows } = await w.pool.query('select id from members.membership where person_id = $1', [gone])
    await w.done(OWNER, 'members.leave', { membershipId: rows[0].id, on: '2020-01-01', reason: 'transferredOut' } as never)
  })

  test('is not renamed or enrolled by an import here', async () => {
    const file = csv('姓名,工号,所在党支部,人员类别,加入党组织日期', '改名某,T002,综采党支部,正式党员,2010-07-01')
    const { facts, body } = await w.call(commissioner, 'members.importRoster', { dryRun: false }, { file })
    const { rows } = await w.pool.query('select name from organisation.person where id = $1', [gone])
    expect([rows[0].name, facts, JSON.stringify(body).includes(CANARY)]).toEqual([`${CANARY}旧人`, [], false])
  })
})

test('nobody gives himself a post', async () => {
  const wanted = { orgId: ours, personId: worker, role: 'partySecretary' as const, from: '2026-01-01' }
  const { status, facts } = await w.call(worker, 'organisation.appoint', wanted)
  expect([status, facts]).toEqual([403, []])
})

test('a grant is not asked for somebody elsewhere, whose name the list of requests would tell', async () => {
  const { rows } = await w.pool.query('select id from organisation.person where staff_no = $1', ['T001'])
  const wanted = { orgId: ours, personId: rows[0].id, role: 'evaluator' as const, subtree: true }
  const { facts } = await w.call(worker, 'identity.requestAssignment', wanted)
  const { body } = await w.call(worker, 'identity.assignments', { state: 'waiting' })
  expect([JSON.stringify(body).includes(CANARY), facts]).toEqual([false, []])
})

test('a cursor that was written by hand is refused, whatever stands in it', async () => {
  const cursors = [['x', 'y'], [1, 2], [true, false], ['2020-13-45', 'no-uuid'], ['王某某', { a: 1 }], 'x', [], ['x', 'y', 'z']]
  const asked: [string, Record<string, unknown>][] = [
    ['members.roster', { sort: 'joined' }],
    ['members.roster', { sort: 'since' }],
    ['members.roster', { sort: 'name' }],
    ['meetings.list', {}],
    ['evaluation.runs', {}],
    ['ledger.facts', { orgId: branch }],
    ['identity.assignments', { state: 'waiting' }],
  ]
  for (const [name, input] of asked)
    for (const cursor of cursors) {
      const after = Buffer.from(JSON.stringify(cursor)).toString('base64url')
      const { status, body } = await w.call(worker, name as never, { ...input, after } as never)
      expect([200, 422], `${name} ${JSON.stringify(cursor)} ${JSON.stringify(body)}`).toContain(status)
    }
  expect(w.bugs).toEqual([])
})

test('no day of the calendar makes a query fail', async () => {
  const asked: [string, Record<string, unknown>][] = [
    ['members.roster', { on: '' }],
    ['members.headcounts', { on: '' }],
    ['members.setupHints', { orgId: branch, on: '' }],
    ['organisation.tree', { on: '' }],
    ['duties.now', { orgId: branch, day: '' }],
    ['duties.year', { orgId: branch, year: 2026, asAt: '' }],
    ['duties.overview', { orgId: ours, day: '' }],
    ['duties.reminders', { orgId: ours, day: '' }],
    ['meetings.unsigned', { orgId: branch, day: '' }],
    ['meetings.findings', { orgId: branch, from: '', to: '' }],
    ['duties.findings', { orgId: ours, from: '', to: '' }],
    ['meetings.prepare', { orgId: branch, day: '', kinds: ['memberAssembly'] }],
  ]
  for (const [name, input] of asked)
    for (const day of ['0000-01-01', '0001-01-01', '9999-12-31']) {
      const given = Object.fromEntries(Object.entries(input).map(([k, v]) => [k, v === '' ? day : v]))
      const { status, body } = await w.call(worker, name as never, given as never)
      expect(status, `${name} ${day} ${JSON.stringify(body)}`).toBeLessThan(500)
    }
  expect(w.bugs).toEqual([])
})
