import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { orgOn, postsOn } from './published.ts'

let w: World
let committee: string
let east: string
let west: string

beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委', foundedOn: '2010-01-01' })
  east = await makeOrg(w, { kind: 'generalBranch', parentId: committee, name: '东区党总支', foundedOn: '2011-01-01' })
  west = await makeOrg(w, { kind: 'generalBranch', parentId: committee, name: '西区党总支', foundedOn: '2011-01-01' })
})
afterAll(() => w.close())

test('an organisation moved from a day on takes all below it along, and the days before keep the old place', async () => {
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: east, name: '机电队党支部', foundedOn: '2012-01-01' })
  const group = await makeOrg(w, { kind: 'partyGroup', parentId: branch, name: '第一党小组', foundedOn: '2012-01-01' })
  const { status, facts } = await w.call(OWNER, 'organisation.move', { id: branch, version: 1, on: '2025-07-01', parentId: west })
  expect(status).toBe(200)
  expect(facts.map((f) => f.kind)).toEqual(['org.placed'])
  const [before, after] = [await orgOn(w.db, group, '2025-06-30'), await orgOn(w.db, group, '2025-07-01')]
  expect(before?.path).not.toBe(after?.path)
  expect(after?.path.startsWith((await orgOn(w.db, west, '2025-07-01'))!.path)).toBe(true)
  const { rows } = await sql<{ path: string }>`select path from organisation.org where id = ${group}`.execute(w.db)
  expect(rows[0]?.path).toBe(after?.path)
})

test('nothing is placed below itself, and the tree stays as it was', async () => {
  const a = await makeOrg(w, { kind: 'generalBranch', parentId: committee })
  const b = await makeOrg(w, { kind: 'partyBranch', parentId: a })
  const { status, body, facts } = await w.call(OWNER, 'organisation.move', { id: a, version: 1, on: '2025-01-01', parentId: b })
  expect([status, (body as unknown as { code: string }).code]).toEqual([409, 'circle'])
  expect(facts).toEqual([])
  expect((await orgOn(w.db, a, '2025-01-01'))?.parentId).toBe(committee)
})

test('a merger moves groups, members and posts end, and the place of the merged one is where it went', async () => {
  const from = await makeOrg(w, { kind: 'partyBranch', parentId: east, name: '运输一队党支部' })
  const into = await makeOrg(w, { kind: 'partyBranch', parentId: west, name: '运输二队党支部' })
  const group = await makeOrg(w, { kind: 'partyGroup', parentId: from })
  const member = await makeMember(w, from)
  await givePost(w, from, member, 'partySecretary')
  await w.done(OWNER, 'organisation.merge', { id: from, version: 1, on: '2026-01-01', intoId: into })
  expect(await orgOn(w.db, from, '2026-01-01')).toBeUndefined()
  expect((await orgOn(w.db, from, '2025-12-31'))?.name).toBe('运输一队党支部')
  expect((await orgOn(w.db, group, '2026-01-01'))?.parentId).toBe(into)
  expect(await postsOn(w.db, from, '2026-01-01')).toEqual([])
  expect(await postsOn(w.db, from, '2025-12-31')).toHaveLength(1)
  const { rows } = await sql<{ org_id: string; from: string }>`select org_id, lower(valid) as "from" from members.membership
    where person_id = ${member} order by valid`.execute(w.db)
  expect(rows.map((r) => r.org_id)).toEqual([from, into])
  const { rows: paths } = await sql<{
    path: string
  }>`select path from organisation.org where id in (${from}, ${into}) order by length(path)`.execute(w.db)
  expect(paths[1]!.path.startsWith(paths[0]!.path)).toBe(true)
})

test('a term that has ended is not extended any more, unless the superior had approved before its end', async () => {
  const orgId = await makeOrg(w, { kind: 'partyBranch', parentId: west })
  await w.done(OWNER, 'organisation.beginTerm', { orgId, from: '2023-09-01', until: '2026-09-01' })
  const late = await w.call(OWNER, 'organisation.extendTerm', { orgId, until: '2027-03-01' })
  expect([late.status, (late.body as unknown as { code: string }).code, late.facts]).toEqual([409, 'term-over', []])
  const ahead = await w.call(OWNER, 'organisation.extendTerm', { orgId, until: '2027-03-01', approvedOn: '2026-12-01' })
  expect(ahead.status).toBe(422)
  const then = await w.call(OWNER, 'organisation.extendTerm', { orgId, until: '2027-03-01', approvedOn: '2026-08-20' })
  expect(then.facts.map((f) => f.kind)).toEqual(['term.extended'])
})
