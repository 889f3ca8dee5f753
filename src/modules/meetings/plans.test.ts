import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import type { Api } from '../../platform.ts'
import { calledInTime } from './measuresOfPeople.ts'

let w: World
let b: Branch
const at = (moment: string) => w.setNow(new Date(`${moment}:00+08:00`))

beforeAll(async () => {
  w = await world({ now: new Date('2026-09-18T02:00:00Z') })
  b = await makeBranch(w, { full: 9, probationary: 1, name: '机电队党支部' })
})
afterAll(() => w.close())

type Plan = Api['meetings.plan']['input']
const planOf = (given: Partial<Plan> = {}): Plan => ({
  orgId: b.id,
  kinds: ['memberAssembly'],
  title: '第三季度党员大会',
  heldOn: '2026-09-24',
  start: '15:00',
  end: '16:30',
  place: '党员活动室',
  chairId: b.secretary,
  recorderId: b.commissioner,
  items: [
    { topic: '听取支委会工作报告', papers: ['支委会工作报告'] },
    { topic: '讨论接收预备党员', presenterId: b.deputy },
  ],
  ...given,
})
const plan = (given: Partial<Plan> = {}) => w.done(b.commissioner, 'meetings.plan', planOf(given))
const see = (as: string, id: string) => w.done(as, 'meetings.planned', { id })

test('a plan calls everybody on the roster of its day, records one fact without texts, and gives a notice to copy', async () => {
  const { status, body, facts } = await w.call(b.commissioner, 'meetings.plan', planOf())
  expect(status).toBe(200)
  expect(facts.map((f) => f.kind)).toEqual(['plan.announced'])
  const seen = await see(b.secretary, body.id)
  expect(seen).toMatchObject({ state: 'announced', expected: 10, comes: 0, leave: 0, joined: [], clashes: [], overnight: false })
  expect(seen.invited.filter((i) => i.entitled)).toHaveLength(9)
  expect(seen.notice).toContain('定于 2026年9月24日（星期四）15:00–16:30，在党员活动室召开机电队党支部党员大会，请准时参加。')
  expect(seen.notice).toContain('1. 听取支委会工作报告（材料：支委会工作报告）')
  await w.done(b.secretary, 'meetings.cancelPlan', { id: body.id, version: 1, reason: '停产检修' })
  expect((await see(b.secretary, body.id)).notice).toContain('【会议取消】')
  expect((await w.call(b.commissioner, 'meetings.cancelPlan', { id: body.id, version: 2, reason: '再取消' })).status).toBe(409)
})

test('those called confirm or ask leave in one step; the chair grants it, nobody grants their own', async () => {
  const { id } = await plan({ heldOn: '2026-09-25' })
  const [one, two, three] = b.members as [string, string, string]
  const mine = (await w.done(one, 'meetings.mine', {})).items.find((p) => p.id === id)
  expect(mine).toMatchObject({ title: '第三季度党员大会', mine: { part: 'expected', answer: null } })
  await w.done(one, 'meetings.answer', { id, answer: 'comes' })
  const noReason = await w.call(two, 'meetings.answer', { id, answer: 'leave' })
  expect([noReason.status, (noReason.body as any).code]).toEqual([422, 'say-why'])
  await w.done(two, 'meetings.answer', { id, answer: 'leave', reason: 'onDuty' })
  await w.done(b.commissioner, 'meetings.answer', { id, answer: 'leave', reason: 'sickLeave', personId: three })
  expect((await w.call(one, 'meetings.answer', { id, answer: 'leave', reason: 'onDuty', personId: three })).status).toBe(403)
  expect((await w.call(two, 'meetings.excuse', { id, personId: two, excused: true })).status).toBe(403)
  expect((await w.call(b.commissioner, 'meetings.excuse', { id, personId: two, excused: true })).status).toBe(403)
  await w.done(b.secretary, 'meetings.excuse', { id, personId: two, excused: true })
  expect((await w.call(b.secretary, 'meetings.excuse', { id, personId: one, excused: true })).status).toBe(422)
  const seen = await see(b.secretary, id)
  expect([seen.comes, seen.leave]).toEqual([1, 2])
  expect(seen.invited.find((i) => i.personId === two)).toMatchObject({ answer: 'leave', reason: 'onDuty', excused: true })
  // Another answer is another question to whoever grants.
  await w.done(two, 'meetings.answer', { id, answer: 'comes' })
  expect((await see(b.secretary, id)).invited.find((i) => i.personId === two)).toMatchObject({ answer: 'comes', excused: null })
})

test('a stranger neither sees a plan nor answers it; a guest of another organisation sees the one they are asked to', async () => {
  const elsewhere = await makeBranch(w, { full: 3, committeeId: b.committeeId })
  const guest = elsewhere.secretary
  const { id } = await plan({ heldOn: '2026-09-26', kinds: ['branchCommittee'], title: '支委会', guestIds: [guest] })
  expect((await w.call(elsewhere.deputy, 'meetings.planned', { id })).status).toBe(404)
  expect((await w.call(elsewhere.deputy, 'meetings.answer', { id, answer: 'comes' })).status).toBe(404)
  const seen = await see(guest, id)
  expect(seen).toMatchObject({ hidden: false, mine: { part: 'guest' }, expected: 3 })
  expect(seen.can.change).not.toBe(true)
  // A member of the branch who is not in the committee knows that it is held, not what about.
  const member = await see(b.members[0]!, id)
  expect(member).toMatchObject({ hidden: true, items: [], invited: [], notice: '', title: '支委会' })
})

test('the same place or the same person at the same time is said before anybody is called, elsewhere without its topic', async () => {
  const other = await makeBranch(w, { full: 4, committeeId: b.committeeId, name: '综采队党支部' })
  await w.done(other.commissioner, 'meetings.plan', {
    ...planOf({ heldOn: '2026-09-28', start: '15:30', end: '17:00', title: '不该外传的题目' }),
    orgId: other.id,
    chairId: other.secretary,
    recorderId: other.commissioner,
    guestIds: [b.secretary],
    items: [{ topic: '内部事项' }],
  })
  const ask = (start: string, end: string) =>
    w.done(b.commissioner, 'meetings.preparePlan', {
      orgId: b.id,
      day: '2026-09-28',
      kinds: ['memberAssembly'],
      start,
      end,
      place: '党员活动室',
      chairId: b.secretary,
      recorderId: b.commissioner,
    })
  const { clashes } = await ask('15:00', '16:00')
  expect(clashes.map((c) => c.what)).toEqual(['place', 'chair'])
  expect(clashes[0]!.says).toBe('党员活动室这个时间已安排综采队党支部 15:30–17:00 的会，请换地点或换时间')
  expect(JSON.stringify(clashes)).not.toContain('不该外传')
  expect((await ask('13:00', '15:30')).clashes).toEqual([])
})

test('the plan becomes the record; what was not dealt with comes back on the next agenda, once', async () => {
  const { id } = await plan({ heldOn: '2026-09-29', items: [{ topic: '议题甲' }, { topic: '议题乙', papers: ['乙材料'] }] })
  at('2026-09-29T17:00')
  const record = meetingOf(b, {
    heldOn: '2026-09-29',
    start: '15:00',
    end: '16:30',
    items: [{ topic: '议题甲', actions: [{ text: '配齐保温箱' }] }],
  })
  const theirs = await w.call(b.commissioner, 'meetings.record', { ...record, planId: b.id, leftOver: [1] })
  expect([theirs.status, theirs.facts]).toEqual([422, []])
  const { body, facts } = await w.call(b.commissioner, 'meetings.record', { ...record, planId: id, leftOver: [1] })
  expect(facts.map((f) => f.kind)).toEqual(['meeting.held'])
  expect(await see(b.secretary, id)).toMatchObject({ state: 'held', meetingId: body.id })
  expect((await w.call(b.commissioner, 'meetings.record', { ...record, planId: id, another: true })).status).toBe(409)
  expect((await w.call(b.members[0]!, 'meetings.answer', { id, answer: 'comes' })).status).toBe(409)
  const next = () => w.done(b.commissioner, 'meetings.preparePlan', { orgId: b.id, day: '2026-12-10', kinds: ['memberAssembly'] })
  const first = await next()
  expect(first.agenda[0]).toMatchObject({
    topic: '议题乙',
    papers: ['乙材料'],
    back: { planId: id, position: 1 },
    because: '9月29日的会没有议完',
  })
  expect(first.agenda.map((i) => i.topic)).toContain('检查上次会议 1 件未办结事项的落实情况')
  const { because: _, ...back } = first.agenda[0]!
  const again = await plan({ heldOn: '2026-12-10', items: [back] })
  expect((await next()).agenda.map((i) => i.topic)).not.toContain('议题乙')
  await w.done(b.secretary, 'meetings.cancelPlan', { id: again.id, version: 1, reason: '改期' })
  expect((await next()).agenda[0]!.topic).toBe('议题乙')
  // The record cancelled, the plan stands again.
  await w.done(b.commissioner, 'meetings.cancel', { id: body.id, version: 1, reason: 'notHeld', note: '记错了' })
  expect(await see(b.secretary, id)).toMatchObject({ state: 'announced', meetingId: null })
})

test('a change of time asks everybody anew; a change of agenda keeps the answers; an old version shows both', async () => {
  at('2026-10-01T09:00')
  const { id } = await plan({ heldOn: '2026-10-20' })
  await w.done(b.members[0]!, 'meetings.answer', { id, answer: 'comes' })
  const { orgId: _, ...content } = planOf({ heldOn: '2026-10-20', items: [{ topic: '新议题' }] })
  await w.done(b.commissioner, 'meetings.changePlan', { id, version: 1, content })
  expect((await see(b.secretary, id)).comes).toBe(1)
  expect((await w.call(b.commissioner, 'meetings.changePlan', { id, version: 1, content })).status).toBe(409)
  await w.done(b.commissioner, 'meetings.changePlan', { id, version: 2, content: { ...content, start: '09:00', end: '10:00' } })
  expect(await see(b.secretary, id)).toMatchObject({ comes: 0, start: '09:00', version: 3, items: [{ topic: '新议题' }] })
})

test('a roster changed between call-up and meeting is shown and renewed; the record counts the roster of the day', async () => {
  const c = await makeBranch(w, { full: 4, committeeId: b.committeeId })
  const plan = {
    ...planOf({ heldOn: '2026-10-21' }),
    orgId: c.id,
    chairId: c.secretary,
    recorderId: c.commissioner,
    items: [{ topic: '学习' }],
  }
  const { id } = await w.done(c.commissioner, 'meetings.plan', plan)
  const fresh = await makeMember(w, c.id, { name: '新某某', from: '2026-10-02' })
  const { memberships } = await w.done(OWNER, 'members.get', { personId: c.members[0]! })
  await w.done(OWNER, 'members.transfer', { membershipId: memberships[0]!.id, on: '2026-10-01', toOrgId: b.id })
  const changed = await see(c.secretary, id)
  expect(changed.joined).toEqual([{ id: fresh, name: '新某某' }])
  expect(changed.invited.filter((i) => i.gone).map((i) => i.personId)).toEqual([c.members[0]])
  await w.done(c.commissioner, 'meetings.renewInvited', { id, version: 1 })
  const renewed = await see(c.secretary, id)
  expect([renewed.joined, renewed.invited.filter((i) => i.gone), renewed.expected]).toEqual([[], [], 4])
})

test('a meeting across midnight belongs to the day it begins and says that it ends the next', async () => {
  const { id } = await plan({ heldOn: '2026-10-22', start: '23:30', end: '00:40' })
  const seen = await see(b.secretary, id)
  expect(seen).toMatchObject({ heldOn: '2026-10-22', overnight: true })
  expect(seen.notice).toContain('23:30–次日 00:40')
  at('2026-10-23T00:20')
  await w.done(b.members[0]!, 'meetings.answer', { id, answer: 'comes' })
  at('2026-10-23T00:50')
  expect((await w.call(b.members[0]!, 'meetings.answer', { id, answer: 'comes' })).status).toBe(422)
})

test('an own template is used there and below, one above where there is none, else the shipped one', async () => {
  const worker = await makeMember(w, b.committeeId)
  await givePost(w, b.committeeId, worker, 'partyAffairsWorker')
  const template = (orgId: string) => w.done(worker, 'meetings.template', { orgId, kind: 'themePartyDay' })
  expect(await template(b.id)).toMatchObject({ from: 'shipped', version: 0 })
  await w.done(worker, 'meetings.setTemplate', { orgId: b.committeeId, kind: 'themePartyDay', version: 0, items: [{ topic: '交党费' }] })
  expect(await template(b.id)).toMatchObject({ from: 'above', version: 0, items: [{ topic: '交党费' }] })
  await w.done(b.commissioner, 'meetings.setTemplate', { orgId: b.id, kind: 'themePartyDay', version: 0, items: [{ topic: '义务检修' }] })
  expect(await template(b.id)).toMatchObject({ from: 'own', version: 1 })
  const stale = await w.call(b.commissioner, 'meetings.setTemplate', {
    orgId: b.id,
    kind: 'themePartyDay',
    version: 0,
    items: [{ topic: '旧' }],
  })
  expect(stale.status).toBe(409)
  expect((await w.call(b.members[0]!, 'meetings.template', { orgId: b.id, kind: 'themePartyDay' })).status).toBe(403)
})

test.each([
  ['a time that has passed', { heldOn: '2026-01-05' }, 'heldOn'],
  ['a chair who also records', { recorderId: 'chair' }, 'recorderId'],
  ['a chair of elsewhere', { chairId: 'stranger' }, 'chairId'],
  ['people picked where the roster decides', { expectedIds: ['chair'] }, 'expectedIds'],
  ['seventeen hours', { start: '08:00', end: '01:30' }, 'end'],
])('%s is refused at its field and calls nobody', async (_what, given, field) => {
  const stranger = await makeMember(w, b.committeeId)
  const who = { chair: b.secretary, stranger } as Record<string, string>
  const real = Object.fromEntries(
    Object.entries(given).map(([k, v]) => [k, Array.isArray(v) ? v.map((x) => who[x]!) : (who[v as string] ?? v)]),
  )
  const { status, body, facts } = await w.call(b.commissioner, 'meetings.plan', planOf({ heldOn: '2026-11-20', ...real }))
  expect([status, Object.keys((body as any).fields)]).toEqual([422, [field]])
  expect(facts).toEqual([])
})

test('a call counts from the day on which people were told of the day it is held on; a cancelled plan counts nowhere', async () => {
  const question = { db: w.db, facts: ledgerAsOf(), orgIds: [b.id], from: '2027-03-01', to: '2027-03-31', memo: new Map() }
  const ask = async (days: string) =>
    (await calledInTime.cases({ ...question, asAt: '2027-03-31', filter: { days } })).map((c) => [c.expected, c.met, c.note])
  at('2027-03-01T09:00')
  const moved = await plan({ heldOn: '2027-03-10' })
  const gone = await plan({ heldOn: '2027-03-11' })
  await w.done(b.secretary, 'meetings.cancelPlan', { id: gone.id, version: 1, reason: '停产检修' })
  expect(await ask('7')).toEqual([[1, 1, '2027-03-10 的党员大会 2027-03-01 通知，提前 9 天，要求 7 天']])
  at('2027-03-09T09:00')
  const { orgId: _, ...content } = planOf({ heldOn: '2027-03-12' })
  await w.done(b.commissioner, 'meetings.changePlan', { id: moved.id, version: 1, content })
  expect(await ask('7')).toEqual([[1, 0, '2027-03-12 的党员大会 2027-03-09 通知，提前 3 天，要求 7 天']])
  expect((await ask('3'))[0]![1]).toBe(1)
})

test('who is called hears of it, of another time and of a meeting called off, and who called it hears nothing', async () => {
  const heard = async (who: string) =>
    (await w.done(who, 'notifications.list', {})).items.filter((n) => n.open === `/meetings/plans/${id}`).map((n) => n.text)
  const { id } = await plan({ heldOn: '2027-04-15', title: '第二季度党员大会' })
  const [member] = b.members as [string]
  expect(await heard(member)).toEqual([expect.stringContaining('请参加「第二季度党员大会」：4月15日')])
  const view = await see(b.secretary, id)
  await w.done(b.commissioner, 'meetings.cancelPlan', { id, version: view.version, reason: '与检修冲突' })
  expect((await heard(member))[0]).toContain('取消了')
  expect(await heard(b.commissioner)).toEqual([])
})
