import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { addedTo, OWN_AT_LEAST } from './contract.ts'
import { escalateTasks } from './escalate.ts'
import { taskMeasures } from './measures.ts'

const ORDER = '各单位要在九月底前排查全部井下电气设备的接地和绝缘情况，逐台登记，发现隐患当班处理，处理不了的停用。'

let w: World
let top: string
let general: string
let b: Branch
let c: Branch
let chief: string
let generalSecretary: string
beforeAll(async () => {
  w = await world()
  at('2026-09-01')
  top = await makeOrg(w, { kind: 'partyCommittee', name: '一矿党委' })
  general = await makeOrg(w, { kind: 'generalBranch', parentId: top, name: '机电总支' })
  b = await makeBranch(w, { committeeId: general, name: '机电队党支部' })
  c = await makeBranch(w, { committeeId: general, name: '检修队党支部' })
  chief = await makeMember(w, b.id)
  await givePost(w, top, chief, 'partySecretary')
  generalSecretary = await makeMember(w, c.id)
  await givePost(w, general, generalSecretary, 'partySecretary')
})
afterAll(() => w.close())

const at = (day: string) => w.setNow(new Date(`${day}T09:00:00+08:00`))

const deploy = (as: string, input: object) =>
  w.call(as, 'tasks.deploy', { title: '井下电气隐患排查', text: ORDER, to: 'children', dueOn: '2026-09-30', ...input } as never)

/** The deployment of the committee as the general branch received it. */
async function received() {
  const { status, body } = await deploy(chief, { orgId: top })
  expect(status, JSON.stringify(body)).toBe(200)
  const { items } = await w.done(generalSecretary, 'tasks.deployment', { id: body.id })
  return { deploymentId: body.id, taskId: items[0]!.id, version: 1 }
}

describe('adding something of one’s own', () => {
  test('a text passed on as it is, or with phrases around it, adds nothing', () => {
    expect(addedTo(ORDER, ORDER)).toBe(0)
    expect(addedTo(ORDER, `现将党委部署转发给你们，请认真贯彻落实。${ORDER}`)).toBeLessThan(OWN_AT_LEAST)
    expect(addedTo(ORDER, '请各支部高度重视，结合实际认真贯彻落实。')).toBeLessThan(OWN_AT_LEAST)
  })

  test('who does what by when is one’s own', () => {
    expect(addedTo(ORDER, '机电总支由张副书记带班，每周三下午抽查两个队，结果贴在区队公示栏')).toBeGreaterThanOrEqual(OWN_AT_LEAST)
  })

  test('no part of a text adds to that text, and marks and spaces add nothing', () => {
    const cut = fc.tuple(fc.nat(ORDER.length), fc.nat(ORDER.length))
    fc.assert(
      fc.property(cut, fc.constantFrom('', ' ', '。', '——'), ([i, j], mark) => {
        const part = ORDER.slice(Math.min(i, j), Math.max(i, j))
        expect(addedTo(ORDER, [...part].join(mark))).toBeLessThan(6)
      }),
    )
  })
})

describe('a deployment down the tree', () => {
  test('is received, planned, done and answered by each, and who gave it sees how all stand', async () => {
    const { body } = await deploy(chief, { orgId: top, to: 'branches' })
    const { id } = body
    expect(body).toMatchObject({ receivers: 2, dueOn: '2026-09-30' })
    const { items } = await w.done(b.secretary, 'tasks.deployment', { id })
    expect(items.map((t) => t.orgName)).toEqual(['机电队党支部'])
    const task = items[0]!.id
    expect((await w.call(b.secretary, 'tasks.submit', { id: task, version: 1, result: '查完了' })).body).toMatchObject({
      code: 'plan-first',
    })
    await w.done(b.secretary, 'tasks.receive', { id: task, version: 1 })
    await w.done(b.secretary, 'tasks.plan', { id: task, version: 2, text: '每班查三台，机长登记' })
    await w.done(b.secretary, 'tasks.submit', { id: task, version: 3, result: '查 42 台，处理 3 处' })
    await w.done(chief, 'tasks.verify', { id: task, version: 4 })
    const { counts } = await w.done(chief, 'tasks.deployment', { id })
    expect(counts).toEqual({ receivers: 2, received: 1, planned: 1, submitted: 1, closed: 1, overdue: 0 })
  })

  test('is split down with something added, and refused unchanged; a later term than above is refused too', async () => {
    const { taskId, deploymentId, version } = await received()
    const from = { taskId, version }
    const bare = await deploy(generalSecretary, { orgId: general, from })
    expect([bare.status, bare.facts]).toEqual([422, []])
    expect((bare.body as never as { code: string }).code).toBe('nothing-added')
    const own = '机电总支由张副书记带班，每周三下午抽查两个队，结果贴在区队公示栏'
    expect((await deploy(generalSecretary, { orgId: general, from, text: own, dueOn: '2026-10-10' })).body).toMatchObject({
      code: 'later-than-above',
    })
    const { status, body, facts } = await deploy(generalSecretary, { orgId: general, from, text: own, dueOn: '2026-09-20' })
    expect([status, facts.map((f) => f.kind)]).toEqual([200, ['deployment.given', 'task.given', 'task.given']])
    const view = await w.done(b.secretary, 'tasks.deployment', { id: body.id })
    expect(view).toMatchObject({ from: { id: deploymentId }, ownText: own, counts: null })
    expect(view.text).toContain(ORDER)
  })

  test('somebody who neither gave nor received it finds nothing', async () => {
    const far = await makeBranch(w, { committeeId: top })
    const { body } = await deploy(chief, { orgId: top, to: 'chosen', orgIds: [b.id] })
    expect((await w.call(far.secretary, 'tasks.deployment', { id: body.id })).status).toBe(404)
    expect((await deploy(generalSecretary, { orgId: general, to: 'chosen', orgIds: [far.id] })).status).toBe(422)
  })

  test('what was received and given out anew with the same words is found, with the facts of both', async () => {
    const { body } = await deploy(generalSecretary, { orgId: general, title: '电气隐患排查', dueOn: '2026-09-25' })
    const { items } = await w.done(chief, 'tasks.findings', { orgId: top, key: 'empty-forwarding' })
    const found = items.find((f) => f.open === `/deployments/${body.id}`)
    expect(found?.says).toContain('文字相同')
    expect(found?.factIds).toHaveLength(2)
  })

  test('whoever reads the committee alone, without what lies below it, is told nothing of the branches', async () => {
    const { id } = await w.done(b.secretary, 'tasks.give', { orgId: b.id, title: '修好暖气', lead: { orgId: b.id }, dueOn: '2026-09-30' })
    await w.pool.query("update tasks.task set source = 'resolution', due_on = '2026-08-01', hand_offs = 3 where id = $1", [id])
    const reader = await makeMember(w, top)
    await w.pool.query(
      `insert into organisation.assignment (id, person_id, role, org_id, subtree, valid, requested_at, approved_by, approved_at)
       values (gen_random_uuid(), $1, 'evaluator', $2, false, '[2026-01-01,2027-01-01)', now(), gen_random_uuid(), now())`,
      [reader, top],
    )
    const keysFor = async (as: string) => new Set((await w.done(as, 'tasks.findings', { orgId: top })).items.map((f) => f.key))
    expect([...(await keysFor(chief))].sort()).toEqual(['empty-forwarding', 'result-missing', 'third-hand-off'])
    expect([...(await keysFor(reader))]).toEqual([])
  })
})

describe('measures', () => {
  test('on time is by the day of the submission that stood; handed on it is expected of the next', async () => {
    const own = await makeBranch(w, { committeeId: general })
    const next = await makeBranch(w, { committeeId: general })
    const give = async (title: string, dueOn: string) =>
      (await w.done(own.secretary, 'tasks.give', { orgId: own.id, title, lead: { orgId: own.id }, dueOn })).id
    const [early, late, open, passed] = [
      await give('按时的', '2026-09-10'),
      await give('晚了的', '2026-09-10'),
      await give('没办的', '2026-09-10'),
      await give('转走的', '2026-09-10'),
    ]
    await w.done(own.deputy, 'tasks.handOff', { id: passed, version: 1, to: { orgId: next.id }, reason: '归它管' })
    at('2026-09-09')
    await w.done(own.deputy, 'tasks.submit', { id: early, version: 1, result: '办好了' })
    at('2026-09-12')
    await w.done(own.deputy, 'tasks.submit', { id: late, version: 1, result: '办好了' })
    at('2026-09-20')
    for (const id of [early, late]) await w.done(own.secretary, 'tasks.verify', { id, version: 2 })
    const cases = (key: string, orgId: string) =>
      taskMeasures
        .find((m) => m.key === key)!
        .cases({
          db: w.db,
          facts: ledgerAsOf(),
          orgIds: [orgId],
          from: '2026-09-01',
          to: '2026-09-30',
          asAt: '2026-09-20',
          filter: {},
          memo: new Map(),
        })
    const mine = await cases('tasks.on-time', own.id)
    expect(mine.map((c) => [c.met, c.due ?? true])).toEqual([
      [1, true],
      [0, true],
      [0, true],
    ])
    expect(mine[1]!.note).toContain('晚于时限')
    expect(mine.every((c) => c.facts.length > 0)).toBe(true)
    expect((await cases('tasks.on-time', next.id)).map((c) => c.met)).toEqual([0])
    expect(await cases('tasks.hand-offs', own.id)).toHaveLength(1)
    expect(open).not.toBe(passed)
    at('2026-09-01')
  })
})

test('the superior hears once of what has no result three working days past its term, and no more once there is one', async () => {
  const alone = await makeBranch(w, { committeeId: top, name: '救护队党支部' })
  const { id } = await w.done(alone.secretary, 'tasks.give', {
    orgId: alone.id,
    title: '检修呼吸器',
    lead: { orgId: alone.id },
    dueOn: '2026-09-04',
  })
  const told = async () =>
    (await w.done(chief, 'notifications.list', {})).items.filter((n) => n.text.includes('检修呼吸器')).map((n) => [n.text, n.read])
  await escalateTasks(w.db, new Date('2026-09-09T00:00:00Z'))
  expect(await told(), 'the third working day itself').toEqual([])
  for (const day of ['10', '11']) await escalateTasks(w.db, new Date(`2026-09-${day}T00:00:00Z`))
  expect(await told()).toEqual([['救护队党支部的“检修呼吸器”应在 2026-09-04 前办结，过了 3 个工作日还没有结果', false]])
  await w.done(alone.deputy, 'tasks.submit', { id, version: 1, result: '已经检修' })
  await escalateTasks(w.db, new Date('2026-09-12T00:00:00Z'))
  expect((await told()).map(([, read]) => read)).toEqual([true])
})
