import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rebuildMembers } from '#modules/members/published.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { orgOn, rebuildOrganisation } from './published.ts'

const TODAY = '2026-11-22'
let w: World
let committee: string

beforeAll(async () => {
  w = await world({ now: new Date(`${TODAY}T04:00:00Z`) })
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委', foundedOn: '2010-01-01' })
})
afterAll(() => w.close())

const detail = (id: string) => w.done(OWNER, 'organisation.get', { id })
const kinds = (facts: readonly { kind: string }[]) => facts.map(({ kind }) => kind).sort()
const TABLES = ['placement', 'post', 'term', 'coverage', 'unit_placement'].map((name) => `organisation.${name}`)
async function dated() {
  const all: Record<string, string[]> = {}
  for (const table of [...TABLES, 'members.membership', 'members.standing']) {
    const { rows } = await sql<{
      row: string
    }>`select (to_jsonb(t) - 'version')::text as row from ${sql.table(table)} t order by 1`.execute(w.db)
    all[table] = rows.map(({ row }) => row)
  }
  return all
}
async function followsFromFacts() {
  const before = await dated()
  await w.db.transaction().execute(async (db) => {
    await rebuildOrganisation(db, TODAY)
    await rebuildMembers(db)
  })
  expect(await dated()).toEqual(before)
}

test('a founding corrected to a later day: nothing was owed before it, derived starts follow, and what was recorded stays visible', async () => {
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, foundedOn: '2020-01-01' })
  for (let i = 0; i < 3; i++) await makeMember(w, branch)
  const owed = async () => (await w.done(OWNER, 'duties.year', { orgId: branch, year: 2025 })).duties.length
  const before = await owed()
  const answer = await w.call(OWNER, 'organisation.correctFounding', { id: branch, version: 1, reason: 'mistake', foundedOn: '2025-08-01' })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  expect(kinds(answer.facts)).toEqual([...Array(4).fill('fact.retracted'), ...Array(3).fill('membership.began'), 'org.founded'])
  expect(await owed()).toBeLessThan(before)
  expect(await orgOn(w.db, branch, '2025-07-31')).toBeUndefined()
  const { items } = await w.done(OWNER, 'members.roster', { orgId: branch })
  expect(items.map(({ since, inferred }) => [since, inferred])).toEqual(Array(3).fill(['2025-08-01', true]))
  expect((await detail(branch)).corrections).toMatchObject([{ kind: 'org.founded', happenedOn: '2020-01-01', reason: 'mistake' }])
  await followsFromFacts()
  await w.ledger.number()
  expect((await w.ledger.services.verify(() => {})).findings).toEqual([])
})

test('founded before its superior it stood by itself until then', async () => {
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, foundedOn: '2012-01-01' })
  await w.done(OWNER, 'organisation.correctFounding', { id: branch, version: 1, reason: 'mistake', foundedOn: '2005-05-01' })
  expect((await orgOn(w.db, branch, '2009-12-31'))?.parentId).toBeNull()
  expect((await orgOn(w.db, branch, '2010-01-01'))?.parentId).toBe(committee)
  await followsFromFacts()
})

test('a founding is not put after what is on record since; of two at a time the second is told', async () => {
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, foundedOn: '2012-01-01' })
  await givePost(w, branch, await makeMember(w, branch), 'partySecretary', '2015-01-01')
  const late = { id: branch, version: 1, reason: 'mistake' as const, foundedOn: '2016-01-01' }
  const refused = await w.call(OWNER, 'organisation.correctFounding', late)
  expect([refused.status, refused.facts]).toEqual([409, []])
  await w.done(OWNER, 'organisation.correctFounding', { ...late, foundedOn: '2013-01-01' })
  expect((await w.call(OWNER, 'organisation.correctFounding', { ...late, foundedOn: '2014-01-01' })).status).toBe(409)
})

test('a move and a rename take effect on the right day, or never were', async () => {
  const east = await makeOrg(w, { kind: 'generalBranch', parentId: committee, foundedOn: '2011-01-01' })
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '旧名党支部', foundedOn: '2012-01-01' })
  await w.done(OWNER, 'organisation.move', { id: branch, version: 1, on: '2025-07-01', parentId: east })
  await w.done(OWNER, 'organisation.rename', { id: branch, version: 2, on: '2025-07-01', name: '新名党支部' })
  const change = { id: branch, reason: 'ordered' as const, from: '2025-07-01' }
  await w.done(OWNER, 'organisation.correctChange', { ...change, version: 3, what: 'place', on: '2025-09-01' })
  expect([(await orgOn(w.db, branch, '2025-08-31'))?.parentId, (await orgOn(w.db, branch, '2025-09-01'))?.parentId]).toEqual([
    committee,
    east,
  ])
  await w.done(OWNER, 'organisation.correctChange', { ...change, version: 4, what: 'name', on: '2025-06-01' })
  expect([(await orgOn(w.db, branch, '2025-05-31'))?.name, (await orgOn(w.db, branch, '2025-06-01'))?.name]).toEqual([
    '旧名党支部',
    '新名党支部',
  ])
  await followsFromFacts()
  await w.done(OWNER, 'organisation.correctChange', { ...change, from: '2025-09-01', version: 5, what: 'place', on: null })
  expect((await orgOn(w.db, branch, TODAY))?.parentId).toBe(committee)
  await followsFromFacts()
})

test('posts and terms are put right or taken back, with the rights that hang on them', async () => {
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, foundedOn: '2012-01-01' })
  const person = await makeMember(w, branch)
  const id = await givePost(w, branch, person, 'partySecretary', '2015-01-01')
  const seen = async () => (await w.call(person, 'members.headcounts', {})).status
  expect(await seen()).toBe(200)
  const as = { role: 'partySecretary' as const, from: '2016-01-01', until: '2024-01-01' }
  await w.done(OWNER, 'organisation.correctPost', { id, version: 1, reason: 'mistake', as })
  expect(await seen()).toBe(403)
  expect((await detail(branch)).posts).toMatchObject([{ from: '2016-01-01', until: '2024-01-01', version: 2 }])
  const gone = await w.call(OWNER, 'organisation.correctPost', { id, version: 2, reason: 'mistake', as: null })
  expect(kinds(gone.facts)).toEqual(['fact.retracted', 'fact.retracted'])
  expect((await detail(branch)).posts).toEqual([])

  await w.done(OWNER, 'organisation.beginTerm', { orgId: branch, from: '2020-01-01', until: '2023-01-01' })
  await w.done(OWNER, 'organisation.beginTerm', { orgId: branch, from: '2022-06-01', until: '2025-06-01' })
  const term = { from: '2022-06-01', until: '2025-06-01' }
  await w.done(OWNER, 'organisation.correctTerm', {
    orgId: branch,
    reason: 'mistake',
    term,
    as: { from: '2023-01-01', until: '2026-01-01' },
  })
  expect((await detail(branch)).terms).toEqual([
    { from: '2020-01-01', until: '2023-01-01' },
    { from: '2023-01-01', until: '2026-01-01' },
  ])
  expect((await w.call(OWNER, 'organisation.correctTerm', { orgId: branch, reason: 'mistake', term, as: null })).status).toBe(409)
  await followsFromFacts()
})

test('a secretary sees by name who stands above, the posts in the order they are read out, and corrects nothing', async () => {
  const general = await makeOrg(w, { kind: 'generalBranch', parentId: committee, name: '机关党总支', foundedOn: '2011-01-01' })
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: general, foundedOn: '2012-01-01' })
  const people = []
  for (const role of ['committeeMember', 'disciplineCommissioner', 'organizationCommissioner', 'partySecretary'] as const) {
    people.push(await makeMember(w, branch))
    await givePost(w, branch, people.at(-1)!, role)
  }
  const seen = await w.done(people[3]!, 'organisation.get', { id: branch })
  expect(seen.superiors.map(({ name }) => name)).toEqual(['示例矿业集团党委', '机关党总支'])
  const order = ['partySecretary', 'organizationCommissioner', 'disciplineCommissioner', 'committeeMember']
  expect(seen.posts.map(({ role }) => role)).toEqual(order)
  const input = { id: branch, version: 1, reason: 'mistake' as const, foundedOn: '2011-06-01' }
  expect((await w.call(people[3]!, 'organisation.correctFounding', input)).status).toBe(403)
})

test('below one superior committees stand before general branches, and these before branches', async () => {
  const top = await makeOrg(w, { kind: 'partyCommittee', foundedOn: '2010-01-01' })
  for (const [kind, name] of [
    ['partyBranch', '安全党支部'],
    ['generalBranch', '保卫党总支'],
    ['partyCommittee', '综采党委'],
    ['partyBranch', '财务党支部'],
  ] as const)
    await makeOrg(w, { kind, name, parentId: top })
  const { items } = await w.done(OWNER, 'organisation.tree', { under: top })
  expect(items.slice(1).map(({ name }) => name)).toEqual(['综采党委', '保卫党总支', '安全党支部', '财务党支部'])
})
