import { afterAll, beforeAll, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { linkedChain } from '#testing/commandsOfLife.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { visitMeasures } from './measures.ts'

let w: World
let above: string
let guide: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  above = await makeOrg(w, { kind: 'partyCommittee' })
  guide = await makeMember(w, above)
  await givePost(w, above, guide, 'partyAffairsWorker')
})
afterAll(() => w.close())

test('a guide leaves comments and asks for something, which is the branch’s task and verified from above', async () => {
  const c = await linkedChain(w, above)
  const input = {
    orgId: c.b.id,
    meetingId: c.meetingId,
    comment: '批评要点到具体事。',
    followUps: [{ text: '补开一次征求意见座谈会', dueOn: '2026-12-10' }],
  }
  for (const one of [c.b.secretary, c.b.members[0]!]) expect((await w.call(one, 'visits.make', input)).facts).toEqual([])
  const past = await w.call(guide, 'visits.make', { ...input, followUps: [{ text: '补开座谈会', dueOn: '2026-11-01' }] })
  expect([past.status, past.facts]).toEqual([422, []])
  const made = await w.call(guide, 'visits.make', input)
  expect(made.facts.map((f) => f.kind)).toEqual(['visit.made', 'task.given'])
  expect((await w.call(guide, 'visits.make', input)).status).toBe(409)
  const view = await w.done(c.b.secretary, 'visits.get', { id: made.body.id })
  expect([view.comment, view.items[0]!.taskState, view.can.withdraw]).toEqual([
    '批评要点到具体事。',
    '待接收',
    expect.objectContaining({ code: 'not-guide' }),
  ])
  const task = await w.done(c.b.secretary, 'tasks.get', { id: view.items[0]!.taskId! })
  expect([task.giverOrgId, task.orgId, task.origin]).toEqual([above, c.b.id, { says: '督导意见', open: `/visits/${made.body.id}` }])
  expect((await w.done(c.b.secretary, 'notifications.list', {})).items.map((n) => n.open)).toContain(`/visits/${made.body.id}`)
  const ask = { db: w.db, facts: ledgerAsOf(), orgIds: [c.b.id], from: '2026-01-01', to: '2026-12-31', asAt: '2026-11-20' }
  const met = async () => (await visitMeasures[0]!.cases({ ...ask, filter: {}, memo: new Map() })).map((k) => [k.expected, k.met])
  expect(await met()).toEqual([[1, 1]])
  const back = await w.call(guide, 'visits.withdraw', { id: made.body.id, version: 1, reason: '写错了会' })
  expect([back.facts.map((f) => f.kind), await met()]).toEqual([['fact.retracted', 'task.cancelled'], [[1, 0]]])
  const after = await w.done(c.b.secretary, 'tasks.get', { id: task.id })
  expect([after.state, after.chain.at(-1)!.text]).toEqual(['cancelled', '督导意见已撤回：写错了会'])
})

test('the branch beside and an ordinary member see none of it', async () => {
  const [c, beside] = [await linkedChain(w, above), await linkedChain(w, above)]
  const { id } = await w.done(guide, 'visits.make', { orgId: c.b.id, meetingId: c.meetingId, comment: '会开得实。', followUps: [] })
  expect((await w.call(beside.b.secretary, 'visits.get', { id })).status).toBe(404)
  expect((await w.call(c.b.members[0]!, 'visits.get', { id })).status).toBe(404)
  expect((await w.done(beside.b.secretary, 'visits.list', { orgId: beside.b.id, year: 2026 })).items).toEqual([])
  expect((await w.done(guide, 'visits.list', { orgId: above, year: 2026 })).items.map((v) => v.id)).toContain(id)
})
