import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

const ID = '140102197110201219'
const PHONE = '13900001001'

let w: World
let committee: string
let branch: string
let other: string
let secretary: string
let reader: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  other = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '综采一队党支部' })
  secretary = await makeMember(w, branch, { name: '王某某' })
  reader = await makeMember(w, branch, { name: '李某某' })
  await givePost(w, branch, secretary, 'partySecretary')
  await givePost(w, branch, reader, 'publicityCommissioner')
})
afterAll(() => w.close())

describe('the roster', () => {
  test('pages through everybody once, in the order of names, with the number of all on each page', async () => {
    const org = await makeOrg(w, { kind: 'partyBranch', parentId: committee })
    const made = []
    for (let i = 0; i < 7; i++) made.push(await makeMember(w, org, { name: `张${'丙丁甲乙己戊庚'[i]}` }))
    const seen: { name: string; personId: string }[] = []
    let after: string | undefined
    do {
      const page = await w.done(OWNER, 'members.roster', { orgId: org, limit: 3, ...(after ? { after } : {}) })
      expect(page.total).toBe(7)
      seen.push(...page.items)
      after = page.next ?? undefined
    } while (after)
    expect(new Set(seen.map((r) => r.personId))).toEqual(new Set(made))
    expect(seen).toHaveLength(7)
    expect(seen.map((r) => r.name)).toEqual([...seen.map((r) => r.name)].sort(new Intl.Collator('zh').compare))
  })

  test.each(['name', 'joined', 'since', 'staffNo'] as const)('sorted by %s it pages through everybody once, both ways', async (sort) => {
    for (const desc of [false, true]) {
      const whole = await w.done(OWNER, 'members.roster', { sort, desc, limit: 100 })
      const first = await w.done(OWNER, 'members.roster', { sort, desc, limit: 4 })
      const second = await w.done(OWNER, 'members.roster', { sort, desc, limit: 100, after: first.next! })
      expect([...first.items, ...second.items]).toEqual(whole.items)
    }
  })

  test('shows a secretary the own branch only, and of another nothing, not even that it is there', async () => {
    const stranger = await makeMember(w, other, { name: '赵某某' })
    const mine = await w.done(secretary, 'members.roster', {})
    expect(mine.items.every((r) => r.orgId === branch)).toBe(true)
    expect(mine.total).toBe(mine.items.length)
    expect((await w.call(secretary, 'members.roster', { orgId: other })).status).toBe(404)
    expect((await w.call(secretary, 'members.get', { personId: stranger })).status).toBe(404)
    expect((await w.done(secretary, 'search.find', { text: '赵某' })).items).toEqual([])
    expect((await w.done(OWNER, 'search.find', { text: '赵某' })).items.map((f) => f.id)).toEqual([stranger])
  })

  test('as at an earlier day shows who stood there then, with the standing of then', async () => {
    const org = await makeOrg(w, { kind: 'partyBranch', parentId: committee })
    const person = await makeMember(w, org, { joinedOn: '2020-07-01' })
    const [before, during, after] = await Promise.all(
      ['2020-06-30', '2021-06-30', '2021-07-01'].map((on) => w.done(OWNER, 'members.roster', { orgId: org, on })),
    )
    expect(before!.items).toEqual([])
    expect(during!.items.map((r) => [r.personId, r.standing])).toEqual([[person, 'probationaryMember']])
    expect(after!.items.map((r) => r.standing)).toEqual(['fullMember'])
  })

  test('percent signs and underscores are letters, not wildcards', async () => {
    expect((await w.done(OWNER, 'members.roster', { text: '%' })).items).toEqual([])
    expect((await w.done(OWNER, 'members.roster', { text: '_某' })).items).toEqual([])
    expect((await w.done(OWNER, 'members.roster', { text: '王某' })).items.length).toBeGreaterThan(0)
  })
})

describe('the sealed fields', () => {
  test('are masked for who manages, hidden from who reads, and shown with a reason that is kept', async () => {
    const { version } = await w.done(OWNER, 'members.get', { personId: reader })
    await w.done(secretary, 'members.edit', {
      personId: reader,
      version,
      name: '李某某',
      staffNo: null,
      profile: { idNumber: ID, phone: PHONE },
    })
    const managed = await w.done(secretary, 'members.get', { personId: reader })
    expect([managed.idNumber, managed.phone, managed.address]).toEqual(['140***********1219', '139****1001', null])
    const read = await w.done(reader, 'members.get', { personId: reader })
    expect([read.idNumber, read.phone]).toEqual([null, null])
    expect((await w.call(reader, 'members.reveal', { personId: reader, field: 'idNumber', reason: '核对档案' })).status).toBe(403)
    expect(await w.done(secretary, 'members.reveal', { personId: reader, field: 'idNumber', reason: '核对档案' })).toEqual({ value: ID })
    const { rows } = await sql<{ by: string; reason: string }>`select by_person_id as by, reason from members.reveal`.execute(w.db)
    expect(rows).toEqual([{ by: secretary, reason: '核对档案' }])
  })

  test('a person is found by the whole number only, and by who manages the roster only', async () => {
    expect((await w.done(secretary, 'members.findByIdNumber', { idNumber: ` ${ID}` })).personId).toBe(reader)
    expect((await w.done(secretary, 'members.findByIdNumber', { idNumber: ID.replace('1219', '1218') })).personId).toBeNull()
    expect((await w.call(reader, 'members.findByIdNumber', { idNumber: ID })).status).toBe(403)
  })

  test('after thirty of a day no more are shown', async () => {
    for (let i = 1; i < 30; i++) await w.done(secretary, 'members.reveal', { personId: reader, field: 'phone', reason: '联系本人' })
    const refused = await w.call(secretary, 'members.reveal', { personId: reader, field: 'phone', reason: '联系本人' })
    expect(refused.status).toBe(409)
    w.setNow(new Date('2026-11-22T16:30:00Z'))
    expect((await w.call(secretary, 'members.reveal', { personId: reader, field: 'phone', reason: '联系本人' })).status).toBe(200)
    w.setNow(new Date('2026-11-22T04:00:00Z'))
  })
})

test('an edit of an older version is refused and shows both', async () => {
  const { version } = await w.done(OWNER, 'members.get', { personId: reader })
  const input = { personId: reader, name: '李某某', staffNo: 'K-1', profile: {} }
  await w.done(secretary, 'members.edit', { ...input, version })
  const { status, body } = await w.call(secretary, 'members.edit', { ...input, version, staffNo: 'K-2' })
  expect(status).toBe(409)
  expect(JSON.stringify(body)).toContain('K-1')
})

test('a transfer changes both rosters exactly once, and nobody transfers out of a branch they do not manage', async () => {
  const person = await makeMember(w, other)
  const { memberships } = await w.done(OWNER, 'members.get', { personId: person })
  const input = { membershipId: memberships[0]!.id, on: '2026-03-01', toOrgId: branch }
  expect((await w.call(secretary, 'members.transfer', input)).status).toBe(404)
  const { facts } = await w.call(OWNER, 'members.transfer', input)
  expect(facts.map((f) => f.kind).sort()).toEqual(['membership.began', 'membership.ended'])
  const on = async (orgId: string, day: string) =>
    (await w.done(OWNER, 'members.roster', { orgId, on: day, limit: 100 })).items.filter((r) => r.personId === person).length
  expect([await on(other, '2026-02-28'), await on(branch, '2026-02-28')]).toEqual([1, 0])
  expect([await on(other, '2026-03-01'), await on(branch, '2026-03-01')]).toEqual([0, 1])
  expect((await w.call(OWNER, 'members.transfer', input)).status).toBe(409)
})

test('nobody stands on two rosters at a time', async () => {
  const { status, facts } = await w.call(OWNER, 'members.enrol', {
    orgId: other,
    personId: reader,
    name: '李某某',
    standing: 'fullMember',
    from: '2026-01-01',
    profile: { joined: '2010-07-01' },
  })
  expect([status, facts]).toEqual([409, []])
})
