import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Module } from '#kernel/module.ts'
import { schemaOf } from '#kernel/openapi.ts'
import { OTHER_ROLES, POSTS } from '#modules/organisation/contract.ts'
import { sample } from '#testing/generate.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { modules as typed } from './platform.ts'

const modules: readonly Module[] = typed
const operations = modules.flatMap((m) => m.operations)

/** What every signed-in person may ask, whoever they are; answers are confined inside. Kept by hand: a new line is a decision. */
const FOR_ANYONE = [
  /^identity\./,
  /^search\.(find|text)$/,
  /^duties\.rules$/,
  /^calendar\./,
  /^notifications\.(list|count|read|mailbox|setMailbox|confirmMailbox|changeMailbox|quiet|setOwnQuiet)$/,
  /^workdays\.(year|after)$/,
  /^tasks\.(mine|mineCount|myDuties)$/,
  /^privacy\.(mine|viewers|ask|download|corrections)$/,
  /^chains\.mine$/,
  /^ledger\.(status|proof|heads)$/,
]

/** Commands that only look something up: sent by POST because what is asked may not stand in an address. */
const LOOKUPS = ['members.findByIdNumber']

/** Names that stand only in the other branch: nobody of ours may ever read them. */
const CANARY = '金丝雀'

let w: World
let ours: string
let theirs: string
let above: string
let group: string
let stranger: string
let secret: Record<string, string>
const people: Record<string, string> = {}

beforeAll(async () => {
  w = await world()
  above = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  ours = await makeOrg(w, { kind: 'partyBranch', parentId: above, name: '本支部' })
  theirs = await makeOrg(w, { kind: 'partyBranch', parentId: above, name: `${CANARY}支部` })
  group = await makeOrg(w, { kind: 'partyGroup', parentId: ours, name: '本支部第一小组' })
  for (const role of [
    'partySecretary',
    'organizationCommissioner',
    'disciplineCommissioner',
    'committeeMember',
    'partyAffairsWorker',
  ] as const) {
    people[role] = await makeMember(w, ours, { name: '王某某' })
    await givePost(w, ours, people[role]!, role)
  }
  people.partyMember = await makeMember(w, ours, { name: '李某某' })
  stranger = randomUUID()
  secret = await secretsOf(theirs)
})
afterAll(() => w.close())

async function secretsOf(orgId: string): Promise<Record<string, string>> {
  const personId = await makeMember(w, orgId, { name: `${CANARY}某` })
  const postId = await givePost(w, orgId, personId, 'partySecretary')
  return { orgId, personId, postId }
}

const known = (orgId: string, personId: string) => ({
  orgId,
  parentId: orgId,
  intoId: orgId,
  personId,
  chairId: personId,
  recorderId: personId,
  id: orgId,
})

async function call(as: string | null, name: string, input: unknown) {
  const op = operations.find((o) => o.name === name)!
  return w.call(as, name as never, input as never, op.upload ? { file: { name: '空.csv', data: Buffer.from('') } } : {})
}

const guarded = operations.filter((o) => !o.open && !FOR_ANYONE.some((r) => r.test(o.name)))

describe('nobody', () => {
  test.each(operations.filter((o) => !o.open).map((o) => o.name))('%s asks for signing in', async (name) => {
    const { status, facts } = await call(null, name, {})
    expect([status, facts]).toEqual([401, []])
  })
})

describe('a person without any role', () => {
  test.each(guarded.map((o) => o.name))('%s answers nothing', async (name) => {
    const op = operations.find((o) => o.name === name)!
    const { status, facts, body } = await call(stranger, name, sample(schemaOf(op.input, 'input'), known(ours, people.partyMember!)))
    if (status === 200) expect(JSON.stringify(body)).not.toMatch(/本支部|王某某|李某某|示例矿业/)
    else expect([403, 404, 422]).toContain(status)
    expect(facts).toEqual([])
  })
})

describe('people of one branch asking about the branch beside theirs', () => {
  const roles = ['partySecretary', 'organizationCommissioner', 'committeeMember', 'partyAffairsWorker', 'partyMember']
  test.each(guarded.flatMap((o) => roles.map((role) => [o.name, role] as const)))(
    '%s as %s learns and changes nothing',
    async (name, role) => {
      const op = operations.find((o) => o.name === name)!
      const input = sample(schemaOf(op.input, 'input'), { ...known(theirs, secret.personId!), postId: secret.postId })
      const { status, facts, body } = await call(people[role]!, name, input)
      expect(JSON.stringify(body)).not.toContain(CANARY)
      expect(facts).toEqual([])
      if (op.kind === 'command' && !LOOKUPS.includes(name)) expect(status).not.toBe(200)
      expect(status).toBeLessThan(500)
    },
  )

  test.each(guarded.filter((o) => o.kind === 'command').map((o) => o.name))(
    '%s does not take a person of the other branch in its body',
    async (name) => {
      const op = operations.find((o) => o.name === name)!
      const input = sample(schemaOf(op.input, 'input'), known(ours, secret.personId!))
      const { body } = await call(people.partyAffairsWorker!, name, input)
      expect(JSON.stringify(body)).not.toContain(CANARY)
    },
  )
})

test('a role of yesterday brings nothing today', async () => {
  const person = await makeMember(w, above, { name: '前任某' })
  const post = await givePost(w, ours, person, 'partySecretary', '2020-01-01')
  const before = await call(person, 'duties.now', { orgId: ours })
  await w.done(OWNER, 'organisation.endPost', { id: post, on: '2024-01-01', version: 1 } as never)
  const after = await call(person, 'duties.now', { orgId: ours })
  expect([before.status, after.status]).toEqual([200, 404])
})

test('the control: who holds the role here is answered, so the refusals above are not refusals of everything', async () => {
  const { status, body } = await call(people.partySecretary!, 'duties.now', { orgId: ours })
  expect(status, JSON.stringify(body)).toBe(200)
  expect((await call(people.partySecretary!, 'duties.now', { orgId: group })).status).toBe(200)
  expect((await call(people.partySecretary!, 'duties.now', { orgId: above })).status).toBe(404)
})

test('every role of the product stands in the table of roles', () => {
  expect(Object.keys({ ...POSTS, ...OTHER_ROLES }).length).toBeGreaterThan(10)
})
