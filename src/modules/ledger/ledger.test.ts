import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendHeads } from '#ledger/headsFolder.ts'
import { headIsSigned, leafOf, provesInclusion } from '#ledger/proof.ts'
import { signHead } from '#ledger/signing.ts'
import { officers } from '#modules/identity/testing.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { modules } from '../../platform.ts'
import { titledKinds } from './titles.ts'

let w: World
let committee: string
let ours: string
let theirs: string
let secretary: string
let member: string
let officerOf: Awaited<ReturnType<typeof officers>>

beforeAll(async () => {
  w = await world()
  officerOf = await officers(w)
  committee = await makeOrg(w, { kind: 'partyCommittee' })
  ours = await makeOrg(w, { kind: 'partyBranch', parentId: committee })
  theirs = await makeOrg(w, { kind: 'partyBranch', parentId: committee })
  secretary = await makeMember(w, ours, { name: '王某某' })
  member = await makeMember(w, ours, { name: '李某某' })
  await makeMember(w, theirs, { name: '赵某某' })
  await givePost(w, ours, secretary, 'partySecretary')
  await w.ledger.number()
})
afterAll(() => w.close())

test('every kind of fact has a name in the words of the menus, and no other', () => {
  const declared = modules.flatMap((m) => Object.keys(('facts' in m && m.facts) || {}))
  expect([...titledKinds].sort()).toEqual(declared.sort())
})

test('a secretary reads the facts of the own branch only, without names, page by page', async () => {
  const page = await w.done(secretary, 'ledger.facts', { orgId: ours, limit: 2 })
  expect(page.items.length).toBe(2)
  expect(page.items[0]).toMatchObject({ title: '任职', orgId: ours, retracted: false })
  const rest = await w.done(secretary, 'ledger.facts', { orgId: ours, limit: 100, after: page.next! })
  const all = [...page.items, ...rest.items]
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all.map(({ title }) => title)).toContain('进入名册')
  expect(JSON.stringify(all)).not.toMatch(/王某某|李某某/)

  expect((await w.call(secretary, 'ledger.facts', { orgId: theirs })).status).toBe(404)
  expect((await w.call(secretary, 'ledger.facts', { orgId: committee })).status).toBe(404)
  expect((await w.call(secretary, 'ledger.facts', {})).status).toBe(422)
  expect((await w.call(member, 'ledger.facts', { orgId: ours })).status).toBe(404)
})

test('facts about a subject are confined to where the reader may read', async () => {
  const foreign = (await w.done(OWNER, 'ledger.facts', { orgId: theirs })).items.find(({ kind }) => kind === 'membership.began')!
  expect((await w.done(OWNER, 'ledger.facts', { subject: foreign.subject })).items.length).toBeGreaterThan(0)
  expect((await w.done(secretary, 'ledger.facts', { subject: foreign.subject })).items).toEqual([])
})

test('a fact is proven with nothing but its text, its way up and a public key; any change shows', async () => {
  const { items } = await w.done(secretary, 'ledger.facts', { orgId: ours })
  const { publicKeys } = await w.done(member, 'ledger.status', {})
  for (const { id, n } of items) {
    const { proof } = await w.done(secretary, 'ledger.proof', { n: n! })
    expect(JSON.parse(proof!.fact).id).toBe(id)
    expect(await leafOf(proof!.fact)).toBe(proof!.leaf)
    expect(await provesInclusion(proof!)).toBe(true)
    expect(await headIsSigned(proof!.head, publicKeys[0]!)).toBe(true)
    expect(await provesInclusion({ ...proof!, leaf: await leafOf(proof!.fact.replace('2', '3')) })).toBe(false)
  }
})

test('a proof of another organisation is not there; of oneself it is', async () => {
  const foreign = (await w.done(OWNER, 'ledger.facts', { orgId: theirs })).items[0]!
  const own = (await w.done(OWNER, 'ledger.facts', { orgId: ours, limit: 100 })).items
  const began = await Promise.all(own.map(async ({ id }) => (await w.call(member, 'ledger.proof', { id })).status))
  expect((await w.call(secretary, 'ledger.proof', { id: foreign.id })).status).toBe(404)
  expect((await w.call(secretary, 'ledger.proof', { n: foreign.n! })).status).toBe(404)
  expect((await w.call(secretary, 'ledger.proof', { id: randomUUID() })).status).toBe(404)
  expect((await w.call(secretary, 'ledger.proof', {})).status).toBe(422)
  expect(began).toContain(200)
  expect(began).toContain(404)
})

test('a fact that waits for its number is shown as that, and has no proof yet', async () => {
  await givePost(w, ours, member, 'organizationCommissioner')
  const [waiting] = (await w.done(secretary, 'ledger.facts', { orgId: ours, limit: 1 })).items
  expect(waiting).toMatchObject({ title: '任职', n: null })
  expect((await w.done(secretary, 'ledger.proof', { id: waiting!.id })).proof).toBeNull()
  expect((await w.done(member, 'ledger.status', {})).waiting).toBeGreaterThan(0)
  await w.ledger.number()
  expect((await w.done(secretary, 'ledger.proof', { id: waiting!.id })).proof).not.toBeNull()
})

test('heads are listed newest first, each with its code', async () => {
  const { code, head, size } = await w.done(member, 'ledger.status', {})
  const { items, next } = await w.done(member, 'ledger.heads', { limit: 1 })
  expect(items[0]).toMatchObject({ code, size, root: head!.root })
  expect((await w.done(member, 'ledger.heads', { limit: 1, after: next! })).items[0]!.size).toBeLessThan(size)
})

test('the audit officer verifies the whole ledger beside the service; nobody else may', async () => {
  const { audit, system } = officerOf
  expect((await system.call('ledger.verify', {})).status).toBe(403)
  expect((await w.call(secretary, 'ledger.verification', {})).status).toBe(403)
  await audit.done('ledger.verify', {})
  await expect.poll(async () => (await audit.done('ledger.verification', {})).state, { timeout: 20_000 }).toBe('done')
  expect((await audit.done('ledger.verification', {})).report).toMatchObject({ ok: true, findings: [] })
  expect((await audit.done('ledger.facts', { orgId: ours })).items.length).toBeGreaterThan(0)
})

test('while the database is behind nothing is written but a new epoch, asked by one officer and signed by another', async () => {
  const { audit, system, security } = officerOf
  const before = await w.done(member, 'ledger.status', {})
  const refused = await system.call('ledger.openEpoch', { fromSize: before.size, knownSize: before.size })
  expect(refused.body.code).toBe('not-behind')

  // What a restored older database meets: the folder remembers five facts more than it holds.
  const known = { epoch: 1, size: before.size + 5, root: 'ab'.repeat(32), signedAt: new Date().toISOString() }
  await appendHeads(w.ledger.heads, [signHead(w.ledger.signer, known)])
  await w.ledger.look()
  const { behind, readOnly } = await audit.done('ledger.status', {})
  expect(readOnly).toContain('较早的数据库')
  expect(behind).toMatchObject({ fromSize: before.size, knownSize: known.size, asked: null, can: true })
  expect((await w.done(secretary, 'ledger.status', {})).behind).toBeNull()
  const blocked = await w.call(OWNER, 'organisation.rename', { id: ours } as never)
  expect(blocked.body).toMatchObject({ code: 'read-only' })

  const seen = { fromSize: behind!.fromSize, knownSize: behind!.knownSize }
  expect((await w.call(secretary, 'ledger.openEpoch', seen)).status).toBe(403)
  expect((await audit.call('ledger.openEpoch', { ...seen, fromSize: seen.fromSize - 1 })).body.code).toBe('ledger-moved')
  expect(await audit.done('ledger.openEpoch', seen)).toEqual({ opened: false })
  expect((await audit.call('ledger.openEpoch', seen)).body.code).toBe('another-officer')
  expect((await system.done('ledger.status', {})).readOnly).not.toBeNull()
  expect(await security.done('ledger.openEpoch', seen)).toEqual({ opened: true })
  expect(await system.done('ledger.status', {})).toMatchObject({ readOnly: null, behind: null, epoch: 2 })
  await givePost(w, ours, member, 'disciplineCommissioner')
  await w.ledger.number()
  await audit.done('ledger.verify', {})
  await expect.poll(async () => (await audit.done('ledger.verification', {})).state, { timeout: 20_000 }).toBe('done')
  expect((await audit.done('ledger.verification', {})).report).toMatchObject({ ok: true })
})
