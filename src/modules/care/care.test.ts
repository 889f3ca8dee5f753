import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { contactKept } from './measures.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  b = await makeBranch(w, { full: 6 })
})
afterAll(() => w.close())

const planOf = (personId: string, contactId: string | null = null) => ({
  personId,
  kind: 'floating' as const,
  since: '2026-09-01',
  place: '内蒙古某矿建项目',
  settled: false,
  abroad: false,
  contactId,
  everyDays: 30,
  arrangement: null,
})

const kept = async (orgId: string, to: string) => {
  const { sql } = await import('kysely')
  const ask = { db: w.db, facts: sql`ledger.fact`, orgIds: [orgId], from: '2026-01-01', to, asAt: to, filter: {}, memo: new Map() }
  return (await contactKept.cases(ask)).map(({ met, note }) => [met, note])
}

test('the one who keeps contact records it with one tap; the list orders by who waits longest, the roster is marked with it', async () => {
  const [far, keeper] = [b.members[0]!, b.members[1]!]
  const { id } = await w.done(b.secretary, 'care.open', planOf(far, keeper))
  expect((await w.done(OWNER, 'members.get', { personId: far })).mobile).toBe(true)
  const before = await w.done(b.secretary, 'care.list', { orgId: b.id })
  expect(before.items.map((r) => [r.personId, r.daysSince, r.overdue])).toEqual([[far, 80, true]])
  expect((await w.done(keeper, 'care.mine', {})).items.map((r) => r.id)).toEqual([id])
  const made = await w.call(keeper, 'care.contact', { id, on: '2026-11-20' })
  expect(made.facts.map((f) => f.kind)).toEqual(['contact.made'])
  expect((await w.call(keeper, 'care.contact', { id, on: '2026-11-20' })).status).toBe(409)
  expect((await w.call(keeper, 'care.contact', { id, on: '2026-11-21' })).status).toBe(422)
  expect((await w.call(b.members[2]!, 'care.contact', { id, on: '2026-11-19' })).status).toBe(404)
  expect((await w.call(keeper, 'care.end', { id, version: 1, on: '2026-11-20', why: 'returned' })).status).toBe(403)
  expect((await w.done(b.secretary, 'care.list', { orgId: b.id })).counts).toMatchObject({ floating: 1, overdue: 0 })
  expect(await kept(b.id, '2026-11-20')).toEqual([[1, '流动党员每 30 天联系一次，上次 2026-11-20，在计划内']])
  expect((await kept(b.id, '2026-12-31'))[0]![0]).toBe(0)
  await w.done(keeper, 'care.dropContact', { id, on: '2026-11-20' })
  expect((await w.done(b.secretary, 'care.list', { orgId: b.id })).counts.overdue).toBe(1)
  await w.done(b.secretary, 'care.end', { id, version: 1, on: '2026-11-20', why: 'returned' })
  expect((await w.done(OWNER, 'members.get', { personId: far })).mobile).toBe(false)
  expect((await w.done(b.secretary, 'care.list', { orgId: b.id })).items).toEqual([])
})

test('a change of the plan holds from its day: what was owed before stays a case, and the terms are told', async () => {
  w.setNow(new Date('2026-03-01T02:00:00Z'))
  const c = await makeBranch(w, { full: 4, committeeId: b.committeeId })
  const { id } = await w.done(c.secretary, 'care.open', { ...planOf(c.members[0]!), since: '2026-03-01' })
  w.setNow(new Date('2026-06-15T02:00:00Z'))
  const changed = { ...planOf(c.members[0]!), since: '2026-03-01', everyDays: 180 }
  const { personId: _, kind: __, ...plan } = changed
  const early = await w.call(c.secretary, 'care.change', { id, version: 1, ...plan, from: '2026-02-28' })
  expect([early.status, Object.keys((early.body as any).fields), early.facts]).toEqual([422, ['from'], []])
  const done = await w.call(c.secretary, 'care.change', { id, version: 1, ...plan, from: '2026-06-01' })
  expect(done.facts.map((f) => f.kind)).toEqual(['contact.planned'])
  expect(await kept(c.id, '2026-04-30')).toEqual([[0, '流动党员每 30 天联系一次，2026-03-01 定下以后还没有联系，应在 2026-03-31 前联系']])
  expect(await kept(c.id, '2026-06-15')).toEqual([[1, '流动党员每 180 天联系一次，2026-03-01 定下以后还没有联系，在计划内']])
  expect((await w.done(c.secretary, 'care.get', { id })).terms).toEqual([
    { from: '2026-06-01', everyDays: 180 },
    { from: '2026-03-01', everyDays: 30 },
  ])
  w.setNow(new Date('2026-11-20T02:00:00Z'))
})

test('who moves takes the plan along and who leaves has none: each branch owes the contact for its own days', async () => {
  const [from, to] = [
    await makeBranch(w, { full: 5, committeeId: b.committeeId }),
    await makeBranch(w, { full: 4, committeeId: b.committeeId }),
  ]
  const [who, keeper] = [from.members[0]!, from.members[1]!]
  const { id } = await w.done(from.secretary, 'care.open', planOf(who, keeper))
  const membershipOf = async (personId: string) => (await w.done(OWNER, 'members.get', { personId })).memberships.at(-1)!.id
  await w.done(OWNER, 'members.transfer', { membershipId: await membershipOf(who), on: '2026-11-20', toOrgId: to.id })
  expect((await w.done(from.secretary, 'care.list', { orgId: from.id })).items).toEqual([])
  expect(await kept(from.id, '2026-11-20')).toEqual([])
  const [row] = (await w.done(to.secretary, 'care.list', { orgId: to.id })).items
  expect(row).toMatchObject({ personId: who, since: '2026-09-01', contactId: null, everyDays: 30, daysSince: 0, overdue: false })
  expect(row!.id).not.toBe(id)
  expect((await kept(to.id, '2026-11-20')).map(([met]) => met)).toEqual([1])
  expect((await w.done(keeper, 'care.mine', {})).items).toEqual([])

  const { personId: _, kind: __, ...plan } = planOf(who, to.members[0]!)
  await w.done(to.secretary, 'care.change', { id: row!.id!, version: 1, ...plan })
  await w.done(OWNER, 'members.leave', { membershipId: await membershipOf(to.members[0]!), on: '2026-11-21', reason: 'transferredOut' })
  expect((await w.done(to.secretary, 'care.list', { orgId: to.id })).items.map((r) => r.contactId)).toEqual([null])
  await w.done(OWNER, 'members.leave', { membershipId: await membershipOf(who), on: '2026-11-21', reason: 'died' })
  expect((await w.done(to.secretary, 'care.list', { orgId: to.id, ended: true })).items.map((r) => r.endedWhy)).toEqual(['died'])
})

test('whom an imported roster marks as lost stands on the list before anybody has planned anything', async () => {
  const personId = await makeMember(w, b.id)
  const { version, name } = await w.done(OWNER, 'members.get', { personId })
  await w.done(OWNER, 'members.edit', { personId, version, name, staffNo: null, profile: { lost: true } })
  const { items } = await w.done(b.secretary, 'care.list', { orgId: b.id, overdue: true })
  expect(items.map((r) => [r.id, r.personId, r.kind])).toEqual([[null, personId, 'lost']])
  expect((await w.done(b.secretary, 'care.list', { limit: 1 })).can.manage).toBe(true)
})

test('who reaches fifty years by a day stands on one list, paged, and the medal is a 慰问 like any other', async () => {
  const old = await makeMember(w, b.id, { joinedOn: '1974-05', convertedOn: '1975-05' })
  const sure = await makeMember(w, b.id, { joinedOn: '1975-07-01', convertedOn: '1976-07-01' })
  const ask = { orgId: b.id, by: '2026-07-01' }
  const { items, rule } = await w.done(b.secretary, 'care.fifty', ask)
  expect(items.map((r) => [r.personId, r.certain, r.on])).toEqual([
    [old, true, '2025-05-01'],
    [sure, true, '2026-07-01'],
  ])
  expect(rule).toContain('转正之日')
  const first = await w.done(b.secretary, 'care.fifty', { ...ask, limit: 1 })
  expect((await w.done(b.secretary, 'care.fifty', { ...ask, after: first.next! })).items.map((r) => r.personId)).toEqual([sure])
  expect((await w.done(b.secretary, 'care.fifty', { ...ask, by: '2025-05-15' })).items.map((r) => r.certain)).toEqual([false])
  await w.done(b.secretary, 'care.condole', { personId: sure, on: '2026-07-01', occasion: 'fiftyYears', form: 'medal' })
  expect((await w.done(b.secretary, 'care.fifty', ask)).items.map((r) => r.medalOn)).toEqual([null, '2026-07-01'])
  const file = await w.call(b.secretary, 'care.fiftySheet', ask)
  expect((file.body as unknown as Buffer).subarray(0, 2).toString()).toBe('PK')
  expect((await w.call(b.members[2]!, 'care.fifty', ask)).status).toBe(404)
})
