import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { rebuildMembers } from './published.ts'

let w: World
let committee: string
let east: string
let west: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  east = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '东区党支部', foundedOn: '2012-01-01' })
  west = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '西区党支部', foundedOn: '2012-01-01' })
})
afterAll(() => w.close())

const file = (personId: string) => w.done(OWNER, 'members.get', { personId })
const standsOn = async (orgId: string, on: string, personId: string) =>
  (await w.done(OWNER, 'members.roster', { orgId, on, limit: 100 })).items.find((row) => row.personId === personId)
const kinds = (facts: readonly { kind: string }[]) => facts.map(({ kind }) => kind).sort()
const dated = async () =>
  (
    await sql<{ row: string }>`select (to_jsonb(t) - 'version')::text as row from members.membership t
      union all select to_jsonb(t)::text from members.standing t union all select to_jsonb(t)::text from members.suspension t
      order by 1`.execute(w.db)
  ).rows
/** What the dated tables hold is what the ledger alone would give. */
async function followsFromFacts() {
  const before = await dated()
  await w.db.transaction().execute((db) => rebuildMembers(db))
  expect(await dated()).toEqual(before)
}

test('a wrong start moves the past at once: headcount and duties of then follow, what was recorded stays visible as taken back', async () => {
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, foundedOn: '2012-01-01' })
  const people = []
  for (let i = 0; i < 7; i++) people.push(await makeMember(w, branch))
  const asked = async () =>
    (await w.done(OWNER, 'duties.year', { orgId: branch, year: 2026 })).duties.filter((d) => d.duty === 'branchCommittee').length
  const before = await asked()
  expect(before).toBeGreaterThan(6)
  const { version, memberships } = await file(people[6]!)
  const wrong = { personId: people[6]!, version, reason: 'mistake' as const, memberships: [{ id: memberships[0]!.id, from: '2026-07-01' }] }
  const { status, facts, body } = await w.call(OWNER, 'members.correct', wrong)
  expect(status, JSON.stringify(body)).toBe(200)
  expect(kinds(facts)).toEqual(['fact.retracted', 'membership.began'])

  expect(await asked()).toBeLessThan(before)
  const count = async (on: string) => (await w.done(OWNER, 'members.headcounts', { on })).items.find((c) => c.orgId === branch)?.full
  expect([await count('2026-06-30'), await count('2026-07-01')]).toEqual([6, 7])
  const after = await file(people[6]!)
  expect(after.memberships).toMatchObject([{ from: '2026-07-01', until: null, inferred: false }])
  expect(after.corrections).toMatchObject([{ on: '2026-11-22', reason: 'mistake', kind: 'membership.began', happenedOn: '2012-01-01' }])
  await followsFromFacts()
  await w.ledger.number()
  expect((await w.ledger.services.verify(() => {})).findings).toEqual([])

  const again = await w.call(OWNER, 'members.correct', wrong)
  expect([again.status, again.facts]).toEqual([409, []])
})

test('somebody put on the wrong roster stood on the right one all along, and of a transfer both days move together', async () => {
  const person = await makeMember(w, east)
  const { version, memberships } = await file(person)
  const moved = [{ id: memberships[0]!.id, orgId: west }]
  await w.done(OWNER, 'members.correct', { personId: person, version, reason: 'mistake', memberships: moved })
  expect(await standsOn(east, '2020-01-01', person)).toBeUndefined()
  expect(await standsOn(west, '2020-01-01', person)).toMatchObject({ standing: 'fullMember' })

  await w.done(OWNER, 'members.transfer', { membershipId: memberships[0]!.id, on: '2026-03-01', toOrgId: east })
  const now = await file(person)
  const late = [{ id: now.memberships[1]!.id, from: '2026-05-01' }]
  const answer = await w.call(OWNER, 'members.correct', { personId: person, version: now.version, reason: 'mistake', memberships: late })
  expect(kinds(answer.facts)).toEqual(['fact.retracted', 'fact.retracted', 'membership.began', 'membership.ended'])
  expect([await standsOn(west, '2026-04-30', person), await standsOn(east, '2026-04-30', person)]).toMatchObject([{}, undefined])
  expect([await standsOn(west, '2026-05-01', person), await standsOn(east, '2026-05-01', person)]).toMatchObject([undefined, {}])
  await followsFromFacts()
})

test('a wrong conversion date moves the day of full rights; a wrong joining date the derived start', async () => {
  const person = await makeMember(w, east, { joinedOn: '2020-07-01' })
  const { version } = await file(person)
  await w.done(OWNER, 'members.correct', { personId: person, version, reason: 'mistake', converted: '2022-01-15' })
  expect(await standsOn(east, '2021-12-31', person)).toMatchObject({ standing: 'probationaryMember' })
  expect(await standsOn(east, '2022-01-15', person)).toMatchObject({ standing: 'fullMember' })
  const now = await file(person)
  expect(now.converted).toBe('2022-01-15')
  await w.done(OWNER, 'members.correct', { personId: person, version: now.version, reason: 'mistake', joined: '2021-01' })
  expect(await standsOn(east, '2021-01-30', person)).toBeUndefined()
  expect(await standsOn(east, '2021-01-31', person)).toMatchObject({ standing: 'probationaryMember', inferred: true, joined: '2021-01' })
  await followsFromFacts()
})

test('who was taken for a full member and was not never had the vote; a leaving that was none is undone', async () => {
  const person = await makeMember(w, east)
  const { version, memberships } = await file(person)
  await w.done(OWNER, 'members.correct', { personId: person, version, reason: 'mistake', standing: 'probationaryMember', converted: null })
  expect(await standsOn(east, '2026-11-01', person)).toMatchObject({ standing: 'probationaryMember' })
  await w.done(OWNER, 'members.leave', { membershipId: memberships[0]!.id, on: '2026-06-01', reason: 'transferredOut' })
  const gone = await file(person)
  const never = [{ id: memberships[0]!.id, until: null }]
  await w.done(OWNER, 'members.correct', { personId: person, version: gone.version, reason: 'mistake', memberships: never })
  expect(await standsOn(east, '2026-11-01', person)).toMatchObject({ standing: 'probationaryMember' })
  const { corrections, memberships: now } = await file(person)
  expect(corrections.map(({ kind }) => kind)).toContain('membership.ended')
  expect(now).toMatchObject([{ until: null, left: null }])
  await followsFromFacts()
})

test('nothing is corrected that would put somebody on two rosters, before the branch, beyond what one manages, or that is right already', async () => {
  const person = await makeMember(w, east)
  const { memberships } = await file(person)
  await w.done(OWNER, 'members.transfer', { membershipId: memberships[0]!.id, on: '2026-03-01', toOrgId: west })
  const secretary = await makeMember(w, west)
  await givePost(w, west, secretary, 'partySecretary')
  const { version, memberships: two } = await file(person)
  const before = await dated()
  const refused = async (as: string, more: object) => {
    const { status, facts, body } = await w.call(as, 'members.correct', { personId: person, version, reason: 'mistake', ...more })
    expect(facts).toEqual([])
    return [status, (body as unknown as { code: string }).code]
  }
  expect(await refused(OWNER, { memberships: [{ id: two[0]!.id, until: null }] })).toEqual([409, 'went-on'])
  expect(await refused(OWNER, { memberships: [{ id: two[0]!.id, until: '2011-01-01' }] })).toEqual([422, 'left-before-entry'])
  expect(await refused(OWNER, { memberships: [{ id: two[0]!.id, from: '2011-06-01' }] })).toEqual([422, 'before-founding'])
  expect(await refused(OWNER, {})).toEqual([409, 'nothing-wrong'])
  expect(await refused(secretary, { memberships: [{ id: two[0]!.id, from: '2015-01-01' }] })).toEqual([404, 'not-found'])
  expect(await refused(secretary, { memberships: [{ id: two[1]!.id, orgId: east }] })).toEqual([404, 'not-found'])
  expect(await dated()).toEqual(before)
})
