import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

const NOW = new Date('2026-09-18T09:00:00+08:00')
let w: World
let b: Branch
let other: Branch

beforeAll(async () => {
  w = await world({ now: NOW })
  b = await makeBranch(w, { full: 9 })
  other = await makeBranch(w, { full: 9 })
  await planned(b, '讨论接收孙某某', '2026-09-24')
  await planned(other, '别的支部的会', '2026-09-24')
})
beforeEach(() => w.setNow(NOW))
afterAll(() => w.close())

const planned = (of: Branch, title: string, day: string) =>
  w.done(of.secretary, 'meetings.plan', {
    orgId: of.id, kinds: ['memberAssembly'], title, heldOn: day, start: '15:00', end: '16:30', place: '三楼会议室', chairId: of.secretary,
    recorderId: of.commissioner, guestIds: [], observers: [], note: '', items: [{ topic: '学习文件', presenterId: null, papers: [], back: null }],
  } as never) // biome-ignore format: one meeting

const monthOf = async (as: string, orgId?: string) =>
  (await w.done(as, 'calendar.month', { month: '2026-09', ...(orgId ? { orgId } : {}) })).items
const read = (path: string, headers: Record<string, string> = {}) => w.app.inject({ method: 'GET', url: path, headers })

test('one’s own month holds the meetings one is called to and, for who sits in the committee, what the branch owes; nothing of others', async () => {
  const member = await monthOf(b.members.at(-1)!)
  expect(member.filter((i) => i.kind !== 'rest').map((i) => [i.kind, i.day, i.start])).toEqual([['meeting', '2026-09-24', '15:00']])
  const secretary = await monthOf(b.secretary)
  expect(secretary.filter((i) => i.kind === 'duty').map((i) => i.title)).toContain('第三季度党员大会到期')
  expect(JSON.stringify([member, secretary])).not.toContain('别的支部')
})

test('the month of a branch is for those who may read its meetings; of another it is not there', async () => {
  expect((await monthOf(b.secretary, b.id)).some((i) => i.kind === 'meeting')).toBe(true)
  expect((await w.call(b.secretary, 'calendar.month', { month: '2026-09', orgId: other.id })).status).toBe(404)
  expect((await w.call(b.secretary, 'calendar.makeFeed', { orgId: other.id })).status).toBe(404)
})

test('a secret link is read without signing in and names no person; the database keeps its hash only', async () => {
  const { path } = await w.done(b.secretary, 'calendar.makeFeed', {})
  const { statusCode, headers, body } = await read(path)
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8'])
  expect(body).toContain('SUMMARY:党员大会')
  expect(body).toContain('DTSTART:20260924T070000Z')
  expect(body).not.toMatch(/孙某某|接收|三楼/)
  const { rows } = await w.pool.query('select token_hash from calendar.feed')
  expect(rows.every((r) => !path.includes(r.token_hash))).toBe(true)
  const again = await read(path, { 'if-none-match': String(headers.etag) })
  expect([again.statusCode, again.body]).toEqual([304, ''])
})

test('a link that never was, one shut off, and one whose owner left are not there', async () => {
  expect((await read(`/calendar/feed/${'A'.repeat(43)}.ics`)).statusCode).toBe(404)
  expect((await read('/calendar/feed/short.ics')).statusCode).toBe(404)
  const { id, path } = await w.done(b.secretary, 'calendar.makeFeed', { orgId: b.id })
  expect((await read(path)).statusCode).toBe(200)
  expect((await w.call(b.commissioner, 'calendar.revokeFeed', { id })).status).toBe(404)
  await w.done(b.secretary, 'calendar.revokeFeed', { id })
  expect((await read(path)).statusCode).toBe(404)

  const guest = await makeMember(w, b.id)
  const seen = await w.done(guest, 'calendar.makeFeed', { orgId: b.id })
  const { items } = await w.done(OWNER, 'members.roster', { orgId: b.id, limit: 100 })
  expect(items.some((p) => p.personId === guest)).toBe(true)
  await w.pool.query(`update members.membership set valid = daterange(lower(valid), '2026-09-01') where person_id = $1`, [guest])
  expect((await read(seen.path)).statusCode).toBe(404)
})

test('what was recorded stands as done; and nobody keeps more than five links or reads one without end', async () => {
  const person = b.members[3]!
  const made = []
  for (let n = 0; n < 5; n++) made.push(await w.done(person, 'calendar.makeFeed', {}))
  expect((await w.call(person, 'calendar.makeFeed', {})).status).toBe(409)
  const { path } = made[0]!
  const codes = new Set<number>()
  for (let n = 0; n < 61; n++) codes.add((await read(path)).statusCode)
  expect([...codes]).toEqual([200, 429])
  w.setNow(new Date('2026-09-18T10:00:00+08:00'))
  expect((await read(path)).statusCode).toBe(200)
  await w.done(b.commissioner, 'meetings.record', meetingOf(b, { kinds: ['memberAssembly'], heldOn: '2026-09-17' }))
  const duty = (await monthOf(b.secretary)).find((i) => i.kind === 'duty' && i.title.includes('党员大会'))
  // The state is said beside it; saying it in the note as well would say it twice.
  expect([duty!.state, duty!.note]).toEqual(['done', (await w.done(b.secretary, 'organisation.get', { id: b.id })).name])
})
