import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf, voteOn } from '#testing/meetings.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-03-02T02:00:00Z') })
  b = await makeBranch(w, { full: 7 })
})
afterAll(() => w.close())

const on = (day: string) => w.setNow(new Date(`${day}T02:00:00Z`))
const said = (answer: { body: unknown }) => answer.body as { code: string; message: string; fields?: object }
let made = 0
const bodies = async (facts: readonly { id: string }[]) =>
  (await w.pool.query('select body from ledger.fact where id = any($1)', [facts.map(({ id }) => id)])).rows.map((r) => r.body)

/** Somebody whose papers say that the way is gone up to the step before the assembly. */
const atAssembly = () =>
  w.done(b.secretary, 'development.enter', {
    orgId: b.id,
    name: `临某${++made}`,
    steps: [1, 3, 7, 13, 14].map((no, i) => ({ no, on: `202${i + 1}-02-10` })),
  })
const get = (id: string) => w.done(b.secretary, 'development.get', { id })
const version = async (id: string) => (await get(id)).version
const papers = ['支部大会会议记录', '表决票和票决情况']

async function voted(day: string, inFavour: number) {
  on(day)
  const counts = { rule: 'admission', method: 'ballot', inFavour, against: 7 - inFavour, abstained: 0 } as const
  const tellers = { tellerId: b.members[0]!, scrutineerId: b.members[1]! }
  const meeting = await w.done(b.commissioner, 'meetings.record', {
    ...meetingOf(b, { heldOn: day, start: `0${8 + (made % 2)}:00`, end: '09:50', ...tellers, items: [voteOn('讨论接收', counts)] }),
  })
  return meeting.id
}
const voteOf = async (id: string, meetingId: string) =>
  (await w.done(b.secretary, 'development.votes', { id })).items.find((v) => v.meetingId === meetingId)!.id

test('a 公示 lasts five working days by the calendar of holidays, and its result is refused before it is over', async () => {
  const { id } = await atAssembly()
  on('2026-10-09')
  const post = { id, about: 'admission' as const, from: '2026-09-28', place: '支部公示栏' }
  const short = await w.call(b.secretary, 'development.postNotice', { ...post, version: await version(id), until: '2026-10-08' })
  expect([short.status, Object.keys(said(short).fields!), short.facts]).toEqual([422, ['until'], []])
  const posted = await w.call(b.secretary, 'development.postNotice', { ...post, version: await version(id) })
  const { until } = posted.body
  expect(until > '2026-10-08').toBe(true)
  expect(await bodies(posted.facts)).toEqual([{ about: 'admission', until, workingDays: 5 }])
  const [notice] = (await get(id)).notices
  const close = { id, noticeId: notice!.id, result: 'none' as const }
  on(until)
  const early = await w.call(b.secretary, 'development.closeNotice', { ...close, version: await version(id), on: until })
  expect([early.status, Object.keys(said(early).fields!), early.facts]).toEqual([422, ['on'], []])
  on('2026-11-01')
  const closed = await w.call(b.secretary, 'development.closeNotice', { ...close, version: await version(id), on: '2026-10-20' })
  expect(await bodies(closed.facts)).toEqual([{ about: 'admission', result: 'none' }])
  expect((await get(id)).notices.map((n) => [n.result, n.resultOn, n.canClose])).toEqual([['none', '2026-10-20', false]])
})

test('where the unit asks for a 公示 the assembly waits for its result; where it does not, nothing waits', async () => {
  const { id } = await atAssembly()
  const meeting = await voted('2026-11-02', 7)
  const take = async () =>
    w.call(b.secretary, 'development.take', { id, version: await version(id), no: 15, voteId: await voteOf(id, meeting), papers })
  const rule = { orgId: b.committeeId, rule: 'notice' as const, days: 5, source: '示例党委发展党员公示办法' }
  const set = await w.done(OWNER, 'development.setLocalRule', { ...rule, version: 0, isOn: true })
  const own = await w.call(b.secretary, 'development.setLocalRule', { ...rule, orgId: b.id, version: 0, isOn: false })
  expect([own.status, said(own).code]).toEqual([403, 'own-branch'])
  const refused = await take()
  expect([refused.status, said(refused).code, refused.facts]).toEqual([409, 'notice-missing', []])
  expect(said(refused).message).toContain('示例党委发展党员公示办法')
  const step = (await get(id)).steps[14]!
  expect([step.can, step.notes.some(({ level }) => level === 'block')]).toEqual([false, true])
  await w.done(OWNER, 'development.setLocalRule', { ...rule, version: set.version, isOn: false })
  expect((await take()).status).toBe(200)
})

test('whose vote failed is voted on again at once, or after half a year where the unit says so, and the failure stays visible', async () => {
  const { id } = await atAssembly()
  const first = await voted('2026-03-10', 2)
  const failed = await w.call(b.secretary, 'development.fail', { id, version: await version(id), no: 15, voteId: await voteOf(id, first) })
  expect(failed.facts.map((f) => f.kind)).toEqual(['development.voteFailed'])
  const rule = { orgId: b.committeeId, rule: 'again' as const, months: 6, source: '示例党委发展党员实施细则' }
  const { version: set } = await w.done(OWNER, 'development.setLocalRule', { ...rule, version: 0, isOn: true })
  const early = await voted('2026-09-09', 6)
  const take = async (meeting: string) =>
    w.call(b.secretary, 'development.take', { id, version: await version(id), no: 15, voteId: await voteOf(id, meeting), papers })
  const refused = await take(early)
  expect([refused.status, said(refused).code, refused.facts]).toEqual([409, 'failed-lately', []])
  expect(said(refused).message).toContain('2026-09-10')
  const again = await w.call(b.secretary, 'development.fail', { id, version: await version(id), no: 15, voteId: await voteOf(id, early) })
  expect([again.status, said(again).code]).toEqual([409, 'passed'])
  const late = await voted('2026-09-10', 6)
  expect((await take(late)).status).toBe(200)
  expect((await get(id)).failures).toMatchObject([{ no: 15, on: '2026-03-10', inFavour: 2 }])
  await w.done(OWNER, 'development.setLocalRule', { ...rule, version: set, isOn: false })
})

test('who leaves within three months is received only with a reason, which stands beside the step', async () => {
  const { id } = await atAssembly()
  const meeting = await voted('2026-04-10', 7)
  const take = async (more: object) =>
    w.call(b.secretary, 'development.take', { id, version: await version(id), no: 15, voteId: await voteOf(id, meeting), papers, ...more })
  const bare = await take({ leavesOn: '2026-07-10' })
  expect([bare.status, Object.keys(said(bare).fields!), bare.facts]).toEqual([422, ['leavingReason'], []])
  const done = await take({ leavesOn: '2026-07-10', leavingReason: '两地党委已商定由新单位继续考察' })
  expect(done.status).toBe(200)
  expect(done.body.hints.some((hint) => hint.includes('三个月内将离开'))).toBe(true)
  const [record] = (await get(id)).steps[14]!.records
  expect(record).toMatchObject({ leavesOn: '2026-07-10', leavingReason: '两地党委已商定由新单位继续考察' })
  expect(JSON.stringify(done.facts)).not.toContain('商定')
})

test('a corrected vote in the minutes flows into the step that used it, and a failure that was none is gone', async () => {
  const [one, two] = [await atAssembly(), await atAssembly()]
  const passed = await voted('2026-05-11', 7)
  await w.done(b.secretary, 'development.take', {
    id: one.id, version: await version(one.id), no: 15, voteId: await voteOf(one.id, passed), papers,
  }) // biome-ignore format: one call
  const sign = async (id: string) => {
    const { version: v } = await w.done(b.secretary, 'meetings.get', { id })
    await w.done(b.secretary, 'meetings.sign', { id, version: v })
  }
  await sign(passed)
  const correct = async (id: string, inFavour: number) => {
    const { version: v, items } = await w.done(b.secretary, 'meetings.get', { id })
    const vote = { rule: 'admission' as const, method: 'ballot' as const, inFavour, against: 7 - inFavour, abstained: 0 }
    return w.call(b.secretary, 'meetings.correct', {
      id,
      version: v,
      text: '票数抄错',
      change: { votes: [{ position: items[0]!.position, ...vote }] },
    })
  }
  const corrected = await correct(passed, 6)
  expect(corrected.status, JSON.stringify(corrected.body)).toBe(200)
  expect(corrected.facts.map((f) => f.kind)).toContain('development.stepTaken')
  const [record] = (await get(one.id)).steps[14]!.records
  expect([record!.votes!.inFavour, record!.on]).toEqual([6, '2026-05-11'])

  const failed = await voted('2026-05-12', 2)
  await w.done(b.secretary, 'development.fail', {
    id: two.id,
    version: await version(two.id),
    no: 15,
    voteId: await voteOf(two.id, failed),
  })
  await sign(failed)
  expect((await correct(failed, 5)).status).toBe(200)
  expect((await get(two.id)).failures).toEqual([])
})
