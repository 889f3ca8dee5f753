import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '#testing/world.ts'
import { hold, makeUnit, number, publishBasics, resolutionMeeting, type Unit } from './testing.ts'

let w: World
let unit: Unit
let schemeId: string
let run: { id: string; version: number }
beforeAll(async () => {
  w = await world({ now: new Date('2025-01-02T02:00:00Z') })
  unit = await makeUnit(w, 3)
  for (const b of unit.branches) for (const on of ['2025-02-10', '2025-05-12', '2025-11-10']) await hold(w, b, ['memberAssembly'], on)
  w.setNow(new Date('2026-02-20T02:00:00Z'))
  schemeId = await publishBasics(w, unit)
  await number(w)
  const { id, version } = await w.done(unit.officer, 'evaluation.publishRun', {
    orgId: unit.committeeId,
    schemeId,
    period: '2025',
    appealsUntil: '2026-02-27',
  })
  run = { id, version }
})
afterAll(() => w.close())

const first = () => unit.branches[0]!
const own = () => ({ orgId: first().id, runId: run.id })
const path = () =>
  w
    .done(first().secretary, 'evaluation.result', own())
    .then((r) => r.dimensions.flatMap((d) => d.items).find((i) => i.name === '党员大会')!.path)
const file = async (reason = '9 月 10 日开过大会，漏记了') =>
  w.call(first().secretary, 'evaluation.fileAppeal', { ...own(), path: await path(), reason })
const cards = async () => (await w.done(unit.officer, 'evaluation.runs', {})).items[0]!
const step = (name: string, more: object = {}) => w.call(unit.officer, name as 'evaluation.finaliseRun', { ...run, ...more } as never)

describe('from checking to final', () => {
  let appeal: { orgId: string; id: string; version: number }

  test('an organisation appeals itself against one mark with a reason, once; nobody else does it for it', async () => {
    expect(
      (await w.call(unit.branches[1]!.secretary, 'evaluation.fileAppeal', { ...own(), path: await path(), reason: '替别的支部提出' }))
        .status,
    ).toBe(404)
    expect((await w.call(unit.officer, 'evaluation.fileAppeal', { ...own(), path: await path(), reason: '替支部提出' })).status).toBe(403)
    expect((await w.call(first().secretary, 'evaluation.fileAppeal', { ...own(), path: '没有这项', reason: '没有这一项' })).status).toBe(
      422,
    )
    const filed = await file()
    expect(filed.facts.map((f) => f.kind)).toEqual(['appeal.filed'])
    expect(JSON.stringify(filed.facts)).not.toContain('漏记')
    expect((await file()).status).toBe(409)
    appeal = { orgId: first().id, id: filed.body.id, version: filed.body.version }
    expect(await cards()).toMatchObject({ openAppeals: 1, state: 'checking' })
  })

  test('it is decided above by somebody else, with a reason; while it is open nothing goes on', async () => {
    const decide = (as: string, decision = '会议记录属实，准予补录') =>
      w.call(as, 'evaluation.decideAppeal', { ...appeal, outcome: 'upheld', decision })
    expect((await decide(first().secretary)).status).toBe(403)
    expect((await decide(unit.branches[1]!.secretary)).status).toBe(404)
    expect((await decide(unit.officer, '好')).status).toBe(422)
    w.setNow(new Date('2026-02-28T02:00:00Z'))
    expect(await cards()).toMatchObject({ can: { resolve: { code: 'appeals-open' } } })
    const decided = await decide(unit.officer)
    expect(decided.facts.map((f) => f.kind)).toEqual(['appeal.decided'])
    expect((await decide(unit.officer)).status).toBe(409)
    const card = await cards()
    expect([card.can.recalculate, card.can.resolve]).toEqual([true, { code: 'recalculation-due', message: expect.any(String) }])
  })

  test('the corrected record is counted by a recalculation that shows before and after, and changes nobody else', async () => {
    await hold(w, first(), ['memberAssembly'], '2025-09-10')
    await hold(w, unit.branches[1]!, ['memberAssembly'], '2025-09-11')
    w.setNow(new Date('2026-02-28T03:00:00Z'))
    await number(w)
    const shown = await w.done(unit.officer, 'evaluation.recalculation', { id: run.id })
    expect(shown.changes.map((c) => [c.orgId, c.items.map((i) => [i.name, i.before, i.after])])).toEqual([
      [first().id, [['党员大会', '4', '5']]],
    ])
    const before = await w.done(unit.branches[1]!.secretary, 'evaluation.result', { orgId: unit.branches[1]!.id, runId: run.id })
    const done = await step('evaluation.recalculateRun')
    expect([done.status, done.facts.map((f) => f.kind)]).toEqual([200, ['run.recalculated']])
    run = { id: run.id, version: (done.body as { version: number }).version }
    const result = await w.done(first().secretary, 'evaluation.result', own())
    expect(result.recalculated.map((r) => [r.scoreBefore, r.scoreAfter, r.items.map((i) => i.after)])).toEqual([
      [expect.any(String), result.score, ['5']],
    ])
    expect(result.through).toBe(shown.through)
    const after = await w.done(unit.branches[1]!.secretary, 'evaluation.result', { orgId: unit.branches[1]!.id, runId: run.id })
    expect(after).toEqual(before)
    const { items } = await w.done(first().secretary, 'evaluation.appeals', { orgId: first().id, runId: run.id })
    expect(items.map((a) => [a.stateName, a.decision, a.can])).toEqual([
      ['已更正重算', '会议记录属实，准予补录', { withdraw: expect.any(Object), decide: expect.any(Object) }],
    ])
    expect((await step('evaluation.recalculateRun')).status).toBe(409)
  })

  test('a resolution with its meeting and number, then a week of showing it to all, then final: never out of order', async () => {
    const meetingId = await resolutionMeeting(w, unit, '2026-02-28')
    const resolution = { documentNo: '示例党发〔2026〕6号', meetingId }
    expect((await step('evaluation.announceRun', { until: '2026-03-20' })).status).toBe(409)
    expect((await step('evaluation.finaliseRun')).status).toBe(409)
    expect((await step('evaluation.resolveRun', { ...resolution, meetingId: first().id })).status).toBe(422)
    const resolved = await step('evaluation.resolveRun', resolution)
    expect(resolved.facts.map((f) => f.kind)).toEqual(['run.resolved'])
    run.version = resolved.body.version
    expect((await step('evaluation.announceRun', { until: '2026-03-02' })).status).toBe(422)
    const announced = await step('evaluation.announceRun', { until: '2026-03-09' })
    expect([announced.body.state, announced.facts.map((f) => f.kind)]).toEqual(['announced', ['run.announced']])
    run.version = announced.body.version
    expect((await step('evaluation.finaliseRun')).body).toMatchObject({ code: 'still-announced' })
    w.setNow(new Date('2026-03-10T02:00:00Z'))
    const final = await step('evaluation.finaliseRun')
    expect([final.body.state, final.facts.map((f) => f.kind)]).toEqual(['final', ['run.finalised']])
    expect(await file()).toMatchObject({ status: 409 })
    expect((await w.done(first().secretary, 'evaluation.result', own())).appeal!.can).toMatchObject({ code: 'not-appealable' })
  })
})

test('while the data are frozen nobody tries another scheme on them; once final they serve the next year, and each trial is counted', async () => {
  const { content } = await w.done(unit.officer, 'evaluation.scheme', { schemeId })
  const asked = { orgId: unit.committeeId, schemeId, content }
  const first = await w.done(unit.officer, 'evaluation.whatIf', { ...asked, period: '2025' })
  const second = await w.done(unit.officer, 'evaluation.whatIf', { ...asked, period: '2025' })
  expect([first.trials, second.trials]).toEqual([1, 2])
  expect(first.stability).toMatchObject({ pairs: 3 })
  w.setNow(new Date('2027-01-20T02:00:00Z'))
  await number(w)
  await w.done(unit.officer, 'evaluation.publishRun', { orgId: unit.committeeId, schemeId, period: '2026' })
  const frozen = await w.call(unit.officer, 'evaluation.whatIf', { ...asked, period: '2026' })
  expect([frozen.status, (frozen.body as unknown as { code: string }).code]).toEqual([409, 'data-frozen'])
  const { rows } = await w.pool.query('select period, count(*)::int as n from evaluation.trial group by 1')
  expect(rows).toEqual([{ period: '2025', n: 2 }])
})
