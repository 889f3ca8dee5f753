import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hold, makeUnit, number, publishBasics, resolutionMeeting, type Unit } from '#modules/evaluation/testing.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let unit: Unit
let schemeId: string
let run: { id: string; version: number }
beforeAll(async () => {
  w = await world({ now: new Date('2025-01-02T02:00:00Z') })
  unit = await makeUnit(w, 2)
  for (const b of unit.branches) await hold(w, b, ['memberAssembly'], '2025-02-10')
  w.setNow(new Date('2026-02-20T02:00:00Z'))
  schemeId = await publishBasics(w, unit)
  await number(w)
})
afterAll(() => w.close())

const publish = (more: object = {}) => {
  const asked = { orgId: unit.committeeId, schemeId, period: '2025', appealsUntil: '2026-02-27' }
  return w.call(unit.officer, 'evaluation.publishRun', { ...asked, ...more })
}
const codeOf = ({ body }: { body: unknown }) => (body as { code?: string }).code
const first = () => unit.branches[0]!
const file = (as: string, orgId: string) =>
  w.call(as, 'evaluation.fileAppeal', { orgId, runId: run.id, path: '党员大会', reason: '九月开过大会，漏记了' })
const runNow = async () => (await w.done(OWNER, 'evaluation.runs', {})).items.find((r) => r.id === run.id)!

test('results are not frozen at a day on which the period still ran, nor at one to come, nor left open for years', async () => {
  expect([codeOf(await publish({ asAt: '2025-01-31' })), codeOf(await publish({ asAt: '2031-01-01' }))]).toEqual(['bad-as-at', 'bad-as-at'])
  expect(codeOf(await publish({ appealsUntil: '2031-01-01' }))).toBe('appeals-too-long')
  const { body } = await publish({ asAt: '2026-01-01' })
  run = { id: body.id, version: body.version }
})

describe('who decides an appeal', () => {
  let appeal: { orgId: string; id: string; version: number }
  beforeAll(async () => {
    const { body } = await file(first().secretary, first().id)
    appeal = { orgId: first().id, ...body }
  })
  const decide = (as: string) => w.call(as, 'evaluation.decideAppeal', { ...appeal, outcome: 'upheld', decision: '原始记录属实' })

  test('is not who holds a post in the branch that appeals and, beside it, one in some other place', async () => {
    const aside = await makeOrg(w, { kind: 'partyBranch', parentId: unit.committeeId, name: '旁边党支部' })
    const both = await makeMember(w, aside)
    await givePost(w, first().id, both, 'evaluator')
    await givePost(w, aside, both, 'evaluator')
    expect([(await decide(both)).status, (await w.done(both, 'evaluation.appeals', { orgId: first().id })).items[0]!.can.decide]).toEqual([
      403,
      expect.objectContaining({ code: 'own-unit' }),
    ])
  })

  test('is not a member of the committee that appeals, who also works above', async () => {
    const away = await makeMember(w, unit.committeeId)
    await givePost(w, unit.committeeId, away, 'organizer')
    await givePost(w, first().id, away, 'publicityCommissioner')
    expect([(await decide(away)).status, codeOf(await decide(away))]).toEqual([403, 'own-unit'])
  })

  test('the control: who works above and has no part in the branch', async () => {
    const above = await makeMember(w, unit.committeeId)
    await givePost(w, unit.committeeId, above, 'organizer')
    expect((await decide(above)).status).toBe(200)
  })
})

test('a corrected result is what the same arguments give for that organisation, whoever was renamed meanwhile', async () => {
  await hold(w, first(), ['memberAssembly'], '2025-09-10')
  w.setNow(new Date('2026-02-28T03:00:00Z'))
  await w.done(OWNER, 'organisation.rename', { id: unit.branches[1]!.id, version: 1, name: '改名以后的党支部', on: '2026-02-27' })
  await number(w)
  const { version } = await runNow()
  const done = await w.done(unit.officer, 'evaluation.recalculateRun', { id: run.id, version })
  expect(done.changes.map((c) => c.orgId)).toEqual([first().id])
  const { through, asAt } = await w.done(first().secretary, 'evaluation.result', { orgId: first().id, runId: run.id })
  const scheme = String((await w.call(unit.officer, 'evaluation.schemeYaml' as 'evaluation.scheme', { schemeId })).body)
  const again = await w.done(OWNER, 'evaluation.evaluateGiven', { scheme, period: '2025', asAt, through } as never)
  const { rows } = await w.pool.query('select body from evaluation.result where run_id = $1 and org_id = $2', [run.id, first().id])
  expect((again as { objects: { org: { id: string } }[] }).objects.find((o) => o.org.id === first().id)).toEqual(rows[0].body)
})

describe('the committee’s resolution', () => {
  const resolve = async (meetingId: string) => {
    const { version } = await runNow()
    return w.call(unit.officer, 'evaluation.resolveRun', { id: run.id, version, documentNo: '示例党发〔2026〕6号', meetingId })
  }

  test('is not taken in a meeting held before the result was as it is', async () => {
    const meetingId = await resolutionMeeting(w, unit, '2026-02-26')
    expect(codeOf(await resolve(meetingId))).toBe('meeting-before-result')
  })

  test('nor in one that was taken back', async () => {
    w.setNow(new Date('2026-03-02T03:00:00Z'))
    const meetingId = await resolutionMeeting(w, unit, '2026-03-01')
    const { version } = await w.done(OWNER, 'meetings.get', { id: meetingId })
    await w.done(OWNER, 'meetings.cancel', { id: meetingId, version, reason: 'notHeld', note: '没有开成' })
    expect(codeOf(await resolve(meetingId))).toBe('no-such-meeting')
  })

  test('the control: a later meeting that stands', async () => {
    expect((await resolve(await resolutionMeeting(w, unit, '2026-03-02'))).status).toBe(200)
  })
})

test('an appeal against one mark is decided once: asked again and again it does not hold up all others', async () => {
  const { version } = await runNow()
  expect(codeOf(await w.call(unit.officer, 'evaluation.announceRun', { id: run.id, version, until: '2099-01-01' }))).toBe(
    'announced-too-long',
  )
  const { orgId, secretary } = { orgId: unit.branches[1]!.id, secretary: unit.branches[1]!.secretary }
  run.version = (await w.done(unit.officer, 'evaluation.announceRun', { id: run.id, version, until: '2026-03-20' })).version
  const appeal = { orgId, ...(await file(secretary, orgId)).body }
  await w.done(unit.officer, 'evaluation.decideAppeal', { ...appeal, outcome: 'rejected', decision: '没有原始记录' })
  expect(codeOf(await file(secretary, orgId))).toBe('appeal-decided')
})

test('once it has been shown to all for long enough, nobody appeals any more, whenever it becomes final', async () => {
  w.setNow(new Date('2026-03-21T03:00:00Z'))
  expect(codeOf(await file(first().secretary, first().id))).toBe('appeals-over')
  const shown = await w.done(first().secretary, 'evaluation.result', { orgId: first().id, runId: run.id })
  expect(shown.appeal!.can).toMatchObject({ code: 'appeals-over' })
})

test('an appeal of the last minute, while it becomes final, either stops it or is refused, never lies forgotten', async () => {
  const holder = await w.pool.connect()
  await holder.query('begin')
  await holder.query('select from evaluation.run where id = $1 for update', [run.id])
  const waiting = () =>
    w.pool
      .query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
      .then(({ rows }) => rows.length)
  const final = w.call(unit.officer, 'evaluation.finaliseRun', { id: run.id, version: run.version })
  await expect.poll(waiting).toBe(1)
  let settled = false
  w.setNow(new Date('2026-03-20T15:59:00Z'))
  const appealed = file(first().secretary, first().id).finally(() => {
    settled = true
  })
  await expect.poll(async () => settled || (await waiting()) === 2).toBe(true)
  await holder.query('commit')
  holder.release()
  expect([(await final).status, (await appealed).status].sort()).toEqual([200, 409])
  const { state, openAppeals } = await runNow()
  expect(state === 'final' && openAppeals > 0).toBe(false)
})
