import { afterAll, beforeAll, expect, test } from 'vitest'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let from: Branch
let to: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  from = await makeBranch(w, { full: 4, name: '采煤一队党支部' })
  to = await makeBranch(w, { full: 4, committeeId: from.committeeId, name: '掘进二队党支部' })
})
afterAll(() => w.close())

const sending = (personId: string) => ({ orgId: from.id, personId, toOrgId: to.id, cause: 'job' as const, sentOn: '2026-11-10', days: 20 })

test('the way into the Party goes on in the branch that received, with its days; the branch that was left keeps what it did', async () => {
  const steps = [1, 3, 7, 15, 17].map((no, i) => ({ no, on: `202${i + 1}-12-05` }))
  const { id, personId } = await w.done(from.secretary, 'development.enter', { orgId: from.id, name: '预某某', steps })
  const sent = await w.done(from.secretary, 'transfers.send', sending(personId))
  const received = await w.call(to.secretary, 'transfers.receive', { id: sent.id, version: 1, on: '2026-11-18' })
  expect(received.status).toBe(200)
  const old = await w.done(from.secretary, 'development.get', { id })
  expect([old.state, old.stopReason]).toEqual(['stopped', 'left'])
  const { items } = await w.done(to.secretary, 'development.list', { orgId: to.id })
  expect(items.map((c) => [c.personId, c.state, c.stage])).toEqual([[personId, 'open', 4]])
  const now = await w.done(to.secretary, 'development.get', { id: items[0]!.id })
  expect(now.steps.flatMap((s) => s.records.map((r) => [s.no, r.on]))).toEqual(steps.map(({ no, on }) => [no, on]))
  const standings = (await w.done(to.secretary, 'members.get', { personId })).standings
  expect(standings.map((s) => s.standing)).toEqual(['applicant', 'activist', 'developmentTarget', 'probationaryMember'])
})

test('a roster that moves somebody with an open transfer says so at that row, and brings in the others', async () => {
  const moving = await makeMember(w, from.id, { name: '在途某', staffNo: 'YK9001' })
  await w.done(from.secretary, 'transfers.send', sending(moving))
  const heads = ['姓名', '工号', '所在支部', '人员类别', '入党日期', '转正日期']
  const row = (name: string, number: string) => [name, number, '掘进二队党支部', '正式党员', '2010-07-01', '2011-07-01']
  const data = await xlsxBuffer([
    { name: '花名册', columns: heads.map((title) => ({ title })), rows: [row('在途某', 'YK9001'), row('新来某', 'YK9002')] },
  ])
  const ask = (dryRun: boolean) => w.call(OWNER, 'members.importRoster', { dryRun }, { file: { name: '花名册.xlsx', data } })
  for (const dryRun of [true, false]) {
    const { status, body } = await ask(dryRun)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toMatchObject({ new: 1, wrong: 1 })
    expect(body.rows.filter((r) => r.level === 'wrong').map((r) => r.problem)).toEqual([expect.stringContaining('还没有办结')])
  }
  expect((await w.done(OWNER, 'members.get', { personId: moving })).memberships.map((m) => m.orgId)).toEqual([from.id])
})

test('two who look alike and are two are told apart once, with the reason, and are found no longer', async () => {
  const [one, other] = [await makeMember(w, from.id, { name: '同名某' }), await makeMember(w, to.id, { name: '同名某' })]
  for (const personId of [one, other]) {
    const { version } = await w.done(OWNER, 'members.get', { personId })
    await w.done(OWNER, 'members.edit', { personId, version, name: '同名某', staffNo: null, profile: { birth: '1988-03-02' } })
  }
  const found = async () => (await w.done(OWNER, 'transfers.clashes', {})).items.filter(({ name }) => name === '同名某')
  expect((await found()).map(({ kind }) => kind)).toEqual(['alike'])
  const said = { personId: other, otherId: one, reason: '身份证号后四位不同' }
  expect((await w.call(from.members[0]!, 'transfers.setApart', said)).status).toBe(404)
  await w.done(from.secretary, 'transfers.setApart', said)
  expect(await found()).toEqual([])
  expect((await w.call(to.secretary, 'transfers.setApart', said)).status).toBe(409)
})
