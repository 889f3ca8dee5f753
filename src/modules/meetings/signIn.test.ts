import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
let id: string
let day = 0
const at = (moment: string) => w.setNow(new Date(`${moment}+08:00`))

beforeAll(async () => {
  w = await world({ now: new Date('2026-09-01T02:00:00Z') })
  b = await makeBranch(w, { full: 6, probationary: 1, name: '机电队党支部' })
})
afterAll(() => w.close())

let heldOn: string
beforeEach(async () => {
  heldOn = `2026-10-${String(++day).padStart(2, '0')}`
  at('2026-09-20T09:00:00')
  const plan = { kinds: ['memberAssembly' as const], title: '党员大会', heldOn, start: '15:00', end: '16:00', items: [{ topic: '学习' }] }
  id = (await w.done(b.commissioner, 'meetings.plan', { orgId: b.id, ...plan, chairId: b.secretary, recorderId: b.commissioner })).id
})

const code = async (as = b.secretary) => {
  const { address } = await w.done(as, 'meetings.signInCode', { id, origin: 'https://dj.example.cn' })
  return address.split('?t=')[1]!
}
const sign = (as: string, token: string) => w.call(as, 'meetings.signIn', { token })
const see = () => w.done(b.secretary, 'meetings.planned', { id })

test('a code on the screen signs in whoever is expected, once, however often it is sent', async () => {
  at(`${heldOn}T14:30:05`)
  const token = await code()
  const first = await sign(b.members[0]!, token)
  expect([first.status, first.body, first.facts]).toEqual([
    200,
    { planId: id, title: '党员大会', orgName: '机电队党支部', toConfirm: false, already: false },
    [],
  ])
  const again = await sign(b.members[0]!, token)
  expect(again.body.already).toBe(true)
  const seen = await see()
  expect(seen).toMatchObject({ signedIn: 1, quorum: { met: false, need: 3, have: 1, of: 6 } })
  expect(seen.invited.find((i) => i.personId === b.members[0])!.way).toBe('code')
})

test('the code turns: another is shown after twenty seconds, the last two are still taken, an older one waits to be confirmed', async () => {
  at(`${heldOn}T15:00:00`)
  const token = await code()
  at(`${heldOn}T15:00:20`)
  expect(await code()).not.toBe(token)
  at(`${heldOn}T15:00:59`)
  expect((await sign(b.members[0]!, token)).body.toConfirm).toBe(false)
  at(`${heldOn}T15:01:00`)
  expect((await sign(b.members[1]!, token)).body.toConfirm).toBe(true)
  expect((await see()).quorum!.have).toBe(1)
  await w.done(b.commissioner, 'meetings.tick', { id, people: [{ personId: b.members[1]!, present: true }] })
  const seen = await see()
  expect([seen.quorum!.have, seen.invited.find((i) => i.personId === b.members[1])!.way]).toEqual([2, 'ticked'])
})

test('what no server showed is not there, for whoever tries: altered, made up, of another plan', async () => {
  at(`${heldOn}T15:00:00`)
  const token = await code()
  const [planId, turn, mac] = token.split('.') as [string, string, string]
  const tries = [`${planId}.${Number(turn) + 5}.${mac}`, `${planId}.${turn}.${'A'.repeat(22)}`, `${b.id}.${turn}.${mac}`]
  for (const tried of tries) expect((await sign(b.members[0]!, tried)).status).toBe(404)
  expect((await see()).signedIn).toBe(0)
  expect((await w.call(b.members[0]!, 'meetings.signInCode', { id, origin: 'https://dj.example.cn' })).status).toBe(403)
  expect(JSON.stringify(await see())).not.toContain('code_key')
})

test('only those expected sign in: a stranger with a photo of the code does not, a newcomer on the roster does', async () => {
  const stranger = await makeMember(w, b.committeeId)
  const fresh = await makeMember(w, b.id, { name: '新某某' })
  at(`${heldOn}T15:00:00`)
  const token = await code()
  expect((await sign(stranger, token)).status).toBe(403)
  expect((await sign(fresh, token)).status).toBe(200)
  expect((await see()).invited.find((i) => i.personId === fresh)).toMatchObject({ part: 'expected', way: 'code' })
  const { memberships } = await w.done(OWNER, 'members.get', { personId: fresh })
  await w.done(OWNER, 'members.leave', { membershipId: memberships[0]!.id, on: '2026-09-21', reason: 'transferredOut' })
})

test.each([
  ['13:59:59', 'too-early'],
  ['18:00:01', 'too-late'],
])('at %s signing in is refused: %s', async (time, problem) => {
  at(`${heldOn}T${time}`)
  const { status, body } = await sign(b.members[0]!, await code())
  expect([status, (body as any).code]).toEqual([409, problem])
})

test('an hour before the meeting it opens, and ticks that come late from a phone without connection are taken', async () => {
  at(`${heldOn}T14:00:00`)
  expect((await sign(b.members[0]!, await code())).status).toBe(200)
  at(`${heldOn}T22:00:00`)
  const people = b.all.map((personId) => ({ personId, present: true }))
  const key = crypto.randomUUID()
  const [one, two] = [
    await w.call(b.commissioner, 'meetings.tick', { id, people }, { key }),
    await w.call(b.commissioner, 'meetings.tick', { id, people }, { key }),
  ]
  expect([one.body, two.body]).toEqual([
    { id, signedIn: 7 },
    { id, signedIn: 7 },
  ])
  expect((await see()).invited.find((i) => i.personId === b.members[0])!.way).toBe('code')
  await w.done(b.commissioner, 'meetings.tick', { id, people: [{ personId: b.members[0]!, present: false }] })
  expect((await see()).signedIn).toBe(6)
  expect((await w.call(b.members[1]!, 'meetings.tick', { id, people })).status).toBe(403)
})

test('all ways are equal in the record, which takes no more sign-ins once it is written', async () => {
  at(`${heldOn}T15:00:00`)
  const token = await code()
  await sign(b.members[0]!, token)
  await w.done(b.commissioner, 'meetings.tick', { id, people: b.all.slice(0, 5).map((personId) => ({ personId, present: true })) })
  at(`${heldOn}T16:30:00`)
  const seen = await see()
  const absent = seen.invited.filter((i) => !i.signedAt).map((i) => ({ personId: i.personId, reason: 'onDuty' as const, note: '' }))
  const record = { kinds: ['memberAssembly' as const], title: '党员大会', heldOn, chairId: b.secretary, recorderId: b.commissioner, absent }
  const { body } = await w.call(b.commissioner, 'meetings.record', { orgId: b.id, ...record, items: [{ topic: '学习' }], planId: id })
  const held = await w.done(b.secretary, 'meetings.get', { id: body.id })
  expect([held.expected, held.present]).toEqual([7, 7 - absent.length])
  expect((await sign(b.members[2]!, token)).status).toBe(409)
})

test('the sheet to sign on paper lists everybody expected, as Word and as a table', async () => {
  const word = await w.call(b.commissioner, 'meetings.signInSheet', { id })
  const table = await w.call(b.commissioner, 'meetings.signInTable', { id })
  expect([word.status, table.status]).toEqual([200, 200])
  expect((word.body as unknown as Buffer).subarray(0, 2).toString()).toBe('PK')
  expect((await w.call(b.members[0]!, 'meetings.signInSheet', { id })).status).toBe(403)
})
