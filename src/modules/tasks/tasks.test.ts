import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import type { Api } from '../../platform.ts'

let w: World
let b: Branch
let other: Branch
let third: Branch
/** 党委的党务干部 and its 纪检委员. */
let officer: string
let discipline: string
beforeAll(async () => {
  w = await world()
  at('2026-09-01')
  b = await makeBranch(w, { name: '机电队党支部' })
  other = await makeBranch(w, { committeeId: b.committeeId, name: '运输队党支部' })
  third = await makeBranch(w, { committeeId: b.committeeId, name: '通风队党支部' })
  const office = await makeOrg(w, { kind: 'partyBranch', parentId: b.committeeId, name: '机关党支部' })
  officer = await makeMember(w, office)
  await givePost(w, b.committeeId, officer, 'partyAffairsWorker')
  discipline = await makeMember(w, office)
  await givePost(w, b.committeeId, discipline, 'disciplineCommissioner')
})
afterAll(() => w.close())

const at = (day: string) => w.setNow(new Date(`${day}T09:00:00+08:00`))
const get = (id: string, as = b.secretary) => w.done(as, 'tasks.get', { id })

async function give(more: Partial<Api['tasks.give']['input']> = {}): Promise<string> {
  const input = { orgId: b.id, title: '配齐班中餐保温箱', lead: { orgId: b.id }, dueOn: '2026-09-30', ...more }
  return (await w.done(b.secretary, 'tasks.give', input)).id
}

type StepName = Extract<keyof Api, `tasks.${string}`>

/** Takes a step at the version as it is now. */
async function step(as: string, name: StepName, id: string, input: object = {}) {
  const { version } = await get(id, OWNER)
  return w.call(as, name as 'tasks.receive', { id, version, ...input } as never)
}

async function stepped(as: string, name: StepName, id: string, input: object = {}) {
  const { status, body, facts } = await step(as, name, id, input)
  expect(status, JSON.stringify(body)).toBe(200)
  return { ...body, facts: facts.map((f) => f.kind) }
}

describe('from giving to closing', () => {
  test('who did it cannot verify it; another one closes it, and each step leaves its fact', async () => {
    const id = await give({ lead: { orgId: b.id, personId: b.members[0]! } })
    expect((await stepped(b.members[0]!, 'tasks.plan', id, { text: '本周内采购到位' })).facts).toEqual(['task.received', 'task.planned'])
    expect((await stepped(b.members[0]!, 'tasks.submit', id, { result: '已经配齐' })).facts).toEqual(['task.submitted'])
    expect((await step(b.members[0]!, 'tasks.verify', id)).status).toBe(403)
    expect((await stepped(b.secretary, 'tasks.return', id, { reason: '还差两只' })).state).toBe('planned')
    await stepped(b.deputy, 'tasks.submit', id, { result: '补齐两只' })
    const own = await step(b.deputy, 'tasks.verify', id)
    expect([own.status, own.facts]).toEqual([403, []])
    expect((await stepped(b.secretary, 'tasks.verify', id)).facts).toEqual(['task.closed'])
    const { state, chain, returns, can } = await get(id)
    expect([state, returns, chain.map((s) => s.step)]).toEqual(['closed', 1, ['plan', 'submit', 'return', 'submit', 'verify']])
    expect(can.submit).toMatchObject({ code: 'not-submit-from-closed' })
  })

  test('a term in working days is counted by the table of holidays; one in the past is refused at its field', async () => {
    at('2026-09-30')
    const input = { orgId: b.id, title: '国庆值班安排', lead: { orgId: b.id } }
    expect(await w.done(b.secretary, 'tasks.give', { ...input, workingDays: 3 })).toMatchObject({ dueOn: '2026-10-10' })
    const { status, body } = await w.call(b.secretary, 'tasks.give', { ...input, dueOn: '2026-09-29' })
    expect([status, Object.keys((body as never as { fields: object }).fields)]).toEqual([422, ['dueOn']])
    at('2026-09-01')
  })

  test('a step taken on an older version is refused and shows the newer one', async () => {
    const id = await give()
    await stepped(b.deputy, 'tasks.receive', id)
    const { status, facts } = await w.call(b.deputy, 'tasks.plan', { id, version: 1, text: '另有安排' })
    expect([status, facts]).toEqual([409, []])
  })

  test('a person of another branch sees nothing of it, a member of the same branch only what is theirs', async () => {
    const id = await give({ lead: { orgId: b.id, personId: b.members[0]! } })
    for (const who of [other.secretary, b.members[1]!]) expect((await w.call(who, 'tasks.get', { id })).status).toBe(404)
    expect((await w.call(b.members[0]!, 'tasks.get', { id })).status).toBe(200)
    expect((await w.call(officer, 'tasks.get', { id })).status).toBe(200)
  })

  test('nobody gives to an organisation beside their own', async () => {
    const input = { orgId: b.id, title: '替我们办一件事', lead: { orgId: other.id } }
    const { status, facts } = await w.call(b.secretary, 'tasks.give', input)
    expect([status, facts]).toEqual([422, []])
  })
})

describe('co-owners', () => {
  test('each answers for itself; until all have, it cannot be reported done', async () => {
    const id = await give({ coOwners: [{ orgId: other.id }, { orgId: third.id }] })
    const { coOwners } = await get(id)
    expect(coOwners.map((c) => [c.name, c.state])).toEqual([
      ['运输队党支部', 'asked'],
      ['通风队党支部', 'asked'],
    ])
    const answer = (as: string, i: number, accept: boolean, reason = '') =>
      w.call(as, 'tasks.answer', { taskId: id, id: coOwners[i]!.id, version: 1, accept, reason })
    expect((await answer(third.secretary, 0, true)).status).toBe(403)
    expect((await answer(other.secretary, 0, true)).facts.map((f) => f.kind)).toEqual(['coOwner.answered'])
    expect((await step(b.deputy, 'tasks.submit', id, { result: '已经配齐' })).body).toMatchObject({ code: 'co-owners-open' })
    expect((await answer(third.secretary, 1, false)).status).toBe(422)
    expect((await answer(third.secretary, 1, false, '本队没有这项业务')).status).toBe(200)
    await stepped(b.deputy, 'tasks.submit', id, { result: '已经配齐' })
    expect((await answer(third.secretary, 1, true)).status).toBe(409)
  })
})

describe('extension', () => {
  test('asked with a reason, decided by who gave it and not by who asked', async () => {
    const id = await give()
    await stepped(b.secretary, 'tasks.askExtension', id, { dueOn: '2026-10-20', reason: '等供货' })
    expect((await step(b.secretary, 'tasks.decideExtension', id, { agree: true })).status).toBe(403)
    expect((await stepped(b.deputy, 'tasks.decideExtension', id, { agree: true })).facts).toEqual(['task.extended'])
    expect(await get(id)).toMatchObject({ dueOn: '2026-10-20', asked: null })
  })

  test('refused, the term stays and the reason stands in the chain', async () => {
    const id = await give()
    await stepped(b.deputy, 'tasks.askExtension', id, { dueOn: '2026-10-20', reason: '等供货' })
    expect((await step(b.secretary, 'tasks.decideExtension', id, { agree: false })).status).toBe(422)
    await stepped(b.secretary, 'tasks.decideExtension', id, { agree: false, reason: '库里有现货' })
    const { dueOn, chain } = await get(id)
    expect([dueOn, chain.at(-1)!.text]).toEqual(['2026-09-30', '库里有现货'])
  })
})

describe('handing on', () => {
  test('the third hand-off puts it before the superior with the whole chain, who settles whose it is', async () => {
    const id = await give()
    const reason = '不归我们管'
    expect((await stepped(b.deputy, 'tasks.handOff', id, { to: { orgId: other.id }, reason })).facts).toEqual([
      'task.handedOff',
      'task.given',
    ])
    expect((await step(b.deputy, 'tasks.handOff', id, { to: { orgId: third.id }, reason })).status).toBe(403)
    await stepped(other.deputy, 'tasks.handOff', id, { to: { orgId: third.id }, reason })
    const last = await stepped(third.deputy, 'tasks.handOff', id, { to: { orgId: b.id }, reason })
    expect([last.state, last.facts]).toEqual(['above', ['task.handedOff', 'task.passedUp']])
    const { chain, above, handOffs, label } = await get(id, officer)
    expect([handOffs, above !== null, label]).toEqual([3, true, null])
    expect(chain.filter((s) => s.step === 'handOff').map((s) => [s.from, s.to])).toEqual([
      ['机电队党支部', '运输队党支部'],
      ['运输队党支部', '通风队党支部'],
      ['通风队党支部', '机电队党支部'],
    ])
    expect((await step(b.deputy, 'tasks.handOff', id, { to: { orgId: other.id }, reason })).status).toBe(409)
    expect((await step(b.secretary, 'tasks.settle', id, { lead: { orgId: other.id }, text: '归它管' })).status).toBe(403)
    const { items } = await w.done(officer, 'tasks.mine', {})
    expect(items.map((i) => [i.id, i.act])).toContainEqual([id, 'settle'])
    await stepped(officer, 'tasks.settle', id, { lead: { orgId: other.id }, text: '设备在运输队' })
    expect(await get(id, officer)).toMatchObject({ state: 'given', orgName: '运输队党支部', above: null })
  })

  test('only a person of the 纪委 above calls it by a name; nothing computes one', async () => {
    const id = await give()
    const input = { label: 'passingOn', basis: '查阅转办记录并约谈三个队后认定' }
    for (const who of [b.secretary, officer]) expect((await step(who, 'tasks.label', id, input)).status).toBe(403)
    expect((await stepped(discipline, 'tasks.label', id, input)).facts).toEqual(['task.labelled'])
    expect((await get(id)).label).toEqual({ label: 'passingOn', on: '2026-09-01' })
  })

  test('who found it takes it back with a reason, nobody else; the chain keeps both', async () => {
    const id = await give()
    const back = { reason: '复核后是客观原因' }
    expect((await step(discipline, 'tasks.withdrawLabel', id, back)).status, 'nothing to take back').toBe(409)
    await stepped(discipline, 'tasks.label', id, { label: 'slowAction', basis: '约谈后认定' })
    expect((await step(b.secretary, 'tasks.withdrawLabel', id, back)).status).toBe(403)
    expect((await stepped(discipline, 'tasks.withdrawLabel', id, back)).facts).toEqual(['task.labelWithdrawn'])
    const { label, labelBasis, chain } = await get(id)
    expect([label, labelBasis, chain.slice(-2).map((s) => s.step)]).toEqual([null, null, ['label', 'withdrawLabel']])
  })

  test('an organisation to hand on to is found under the same 党委 and above it, never elsewhere in the group', async () => {
    const group = await makeOrg(w, { kind: 'partyCommittee', name: '甲集团党委' })
    const [mine, far] = await Promise.all(
      ['甲矿党委', '乙矿党委'].map((name) => makeOrg(w, { kind: 'partyCommittee', name, parentId: group })),
    )
    const here = await makeBranch(w, { committeeId: mine!, name: '甲矿机电队党支部' })
    await makeBranch(w, { committeeId: mine!, name: '甲矿通风队党支部' })
    await makeBranch(w, { committeeId: far!, name: '乙矿通风队党支部' })
    const found = async (text: string) => (await w.done(here.secretary, 'tasks.parties', { text })).items.map((o) => o.name)
    expect(await found('通风队')).toEqual(['甲矿通风队党支部'])
    expect(await found('集团党委')).toEqual(['甲集团党委'])
    expect(await found('乙矿')).toEqual([])
  })
})

describe('after closing', () => {
  test('the effect is looked at after the days agreed; what comes back is opened again in the same chain', async () => {
    const id = await give()
    await stepped(b.deputy, 'tasks.submit', id, { result: '已经配齐' })
    await stepped(b.secretary, 'tasks.verify', id, { effectAfterDays: 30 })
    const acts = async () => (await w.done(b.secretary, 'tasks.mine', {})).items.filter((i) => i.id === id).map((i) => i.act)
    expect(await acts()).toEqual([])
    at('2026-10-01')
    expect(await acts()).toEqual(['effect'])
    await stepped(b.secretary, 'tasks.checkEffect', id, { holds: false, note: '又少了三只' })
    expect(await acts()).toEqual([])
    await stepped(b.secretary, 'tasks.reopen', id, { note: '又少了三只', dueOn: '2026-10-15' })
    const { state, recurrences, dueOn, chain } = await get(id)
    expect([state, recurrences, dueOn]).toEqual(['given', 1, '2026-10-15'])
    expect(chain.map((s) => s.step)).toEqual(['submit', 'verify', 'effectFails', 'reopen'])
    at('2026-09-01')
  })
})

describe('what was resolved', () => {
  async function resolved(dueOn: string) {
    const items = [
      { topic: '班中餐', discussion: '', resolution: '同意', actions: [{ text: '采购保温箱', ownerId: b.members[2]!, dueOn }] },
    ]
    const meeting = meetingOf(b, { heldOn: '2026-08-31', kinds: ['branchCommittee'], items, another: true, expectedIds: undefined })
    const { id, version } = await w.done(b.commissioner, 'meetings.record', meeting)
    return { id, version, actionId: (await w.done(b.secretary, 'meetings.get', { id })).items[0]!.actions[0]!.id }
  }

  test('becomes a task with the signature and not before; its state shows in the minutes, and done there it returns on no agenda', async () => {
    const m = await resolved('2026-09-20')
    expect(await w.done(b.secretary, 'tasks.ofAction', { actionId: m.actionId })).toEqual({ task: null })
    const { facts } = await w.call(b.secretary, 'meetings.sign', { id: m.id, version: m.version })
    expect(facts.map((f) => f.kind).sort()).toEqual(['meeting.signed', 'task.given'])
    const { task } = await w.done(b.secretary, 'tasks.ofAction', { actionId: m.actionId })
    expect(task).toMatchObject({ state: 'given', source: 'resolution', lead: { id: b.members[2]! }, dueOn: '2026-09-20' })
    const agenda = async () => {
      const { openActions } = await w.done(b.secretary, 'meetings.prepare', { orgId: b.id, day: '2026-09-01', kinds: ['branchCommittee'] })
      return openActions.map((a) => a.id)
    }
    expect(await agenda()).toContain(m.actionId)
    await stepped(b.members[2]!, 'tasks.submit', task!.id, { result: '已经买到' })
    await stepped(b.secretary, 'tasks.verify', task!.id)
    expect(await agenda()).not.toContain(m.actionId)
    await stepped(b.secretary, 'tasks.reopen', task!.id, { note: '又坏了', dueOn: '2026-09-25' })
    expect(await agenda()).toContain(m.actionId)
  })

  test('a result reported at a later meeting closes the task with the signature of that meeting', async () => {
    const m = await resolved('2026-09-20')
    await w.done(b.secretary, 'meetings.sign', { id: m.id, version: 1 })
    const { task } = await w.done(b.secretary, 'tasks.ofAction', { actionId: m.actionId })
    const settled = [{ actionId: m.actionId, result: '已经买到并发放' }]
    const later = meetingOf(b, { heldOn: '2026-09-01', start: '08:00', end: '08:30', kinds: ['branchCommittee'], settled, another: true })
    const { id } = await w.done(b.commissioner, 'meetings.record', later)
    expect((await get(task!.id)).state).toBe('given')
    const { facts } = await w.call(b.secretary, 'meetings.sign', { id, version: 1 })
    expect(facts.map((f) => f.kind).sort()).toEqual(['meeting.signed', 'task.closed'])
    expect(await get(task!.id)).toMatchObject({ state: 'closed', result: '已经买到并发放' })
  })

  test('a record that is cancelled takes its open tasks with it', async () => {
    const m = await resolved('2026-09-20')
    await w.done(b.secretary, 'meetings.sign', { id: m.id, version: 1 })
    const { task } = await w.done(b.secretary, 'tasks.ofAction', { actionId: m.actionId })
    await w.done(b.commissioner, 'meetings.cancel', { id: m.id, version: 2, reason: 'notHeld', note: '会没有开成' })
    expect((await get(task!.id)).state).toBe('cancelled')
  })
})

describe('one list for a person', () => {
  test('late first, then what others wait for, then by term; with nothing to do it is empty', async () => {
    const me = await makeMember(w, third.id)
    expect(await w.done(me, 'tasks.mine', {})).toEqual({ items: [], next: null })
    const lead = { orgId: third.id, personId: me }
    const given = (title: string, dueOn: string | null) => w.done(third.secretary, 'tasks.give', { orgId: third.id, title, lead, dueOn })
    await given('没有时限的事', null)
    await given('月底的事', '2026-09-30')
    await given('已经过期的事', '2026-09-02')
    const asked = await w.done(third.secretary, 'tasks.give', {
      orgId: third.id, title: '请协办的事', lead: { orgId: third.id }, coOwners: [{ orgId: third.id, personId: me }],
    }) // biome-ignore format: one task
    at('2026-09-10')
    const { items, next } = await w.done(me, 'tasks.mine', { limit: 3 })
    expect(items.map((i) => [i.title, i.act, i.overdueDays])).toEqual([
      ['已经过期的事', 'do', 8],
      ['请协办的事', 'answer', 0],
      ['月底的事', 'do', 0],
    ])
    expect(items[1]!.id).toBe(asked.id)
    expect((await w.done(me, 'tasks.mine', { limit: 3, after: next! })).items.map((i) => i.title)).toEqual(['没有时限的事'])
    expect(await w.done(me, 'tasks.mineCount', {})).toEqual({ open: 4, overdue: 1 })
    at('2026-09-01')
  })
})
