import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, addMonths } from '#kernel/civilDate.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { overhaulsDone } from './measures.ts'
import { type Known, type Reason, situationsOf } from './weak.ts'

const calm: Known = {
  full: 9,
  committee: 3,
  metAsCommittee: true,
  foundedOn: '2010-01-01',
  vacantSince: null,
  missed: [],
  receivedOn: '2026-01-01',
}
const rule = { reasons: ['committee', 'vacant', 'life', 'development'] as Reason[], vacantMonths: 3, undevelopedMonths: 24 }
const keys = (known: Partial<Known>, day: string, of = rule) => situationsOf({ ...calm, ...known }, of, day).map((f) => f.reason)

test('each situation begins on its calendar day, and only those that the unit named are looked at', () => {
  const anyDay = fc.integer({ min: 0, max: 5_000 }).map((n) => addDays('2015-01-01', n))
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 24 }), (since, vacantMonths) => {
      const of = { ...rule, reasons: ['vacant'] as Reason[], vacantMonths }
      const full = addMonths(since, vacantMonths)
      expect(keys({ vacantSince: since }, addDays(full, -1), of)).toEqual([])
      expect(keys({ vacantSince: since }, full, of)).toEqual(['vacant'])
      expect(keys({ vacantSince: since, missed: ['一', '二'] }, full, { ...of, reasons: [] })).toEqual([])
    }),
  )
  expect(keys({ receivedOn: '2024-09-18' }, '2026-09-17')).toEqual([])
  expect(keys({ receivedOn: '2024-09-18' }, '2026-09-18')).toEqual(['development'])
  expect([keys({ missed: ['2026 年第一季度'] }, '2026-09-18'), keys({ committee: 2, metAsCommittee: false }, '2026-09-18')]).toEqual([
    [],
    ['committee'],
  ])
})

describe('a branch is put in order', () => {
  let w: World
  let above: string
  let officer: string
  let b: Branch
  let weak: string
  let member: string
  beforeAll(async () => {
    w = await world({ now: new Date('2026-09-18T02:00:00Z') })
    above = await makeOrg(w, { kind: 'partyCommittee', name: '一矿党委' })
    officer = await makeMember(w, above)
    await givePost(w, above, officer, 'partyAffairsWorker')
    b = await makeBranch(w, { full: 5, committeeId: above })
    weak = await makeOrg(w, { kind: 'partyBranch', parentId: above, name: '运输队党支部' })
    member = await makeMember(w, weak)
    for (let i = 0; i < 2; i++) await makeMember(w, weak)
    await givePost(w, weak, member, 'organizationCommissioner')
  })
  afterAll(() => w.close())

  const found = async () => (await w.done(officer, 'standards.weakFound', { orgId: above })).items
  const set = { reasons: ['vacant' as const], source: '一矿党委整顿办法第四条' }

  test('off until the unit names its rule; then the branch is found with what the records show, and nothing happens by itself', async () => {
    expect(await found()).toEqual([])
    const begin = { orgId: weak, reasons: ['vacant' as const], helperId: b.secretary, untilOn: '2026-12-31', plan: '三个月内配齐书记' }
    const off = await w.call(officer, 'standards.beginOverhaul', begin)
    expect([off.status, (off.body as any).code, off.facts]).toEqual([409, 'rule-off', []])
    await w.done(officer, 'standards.setWeakRule', { orgId: above, version: 0, isOn: true, ...set })
    expect((await found()).map((f) => [f.orgId, f.situations.map((s) => s.reason)])).toEqual([[weak, ['vacant']]])
    expect((await w.done(officer, 'standards.overhauls', { orgId: above })).items).toEqual([])
    const other = await w.call(officer, 'standards.beginOverhaul', { ...begin, reasons: ['life'] })
    expect([other.status, (other.body as any).code, other.facts]).toEqual([409, 'not-shown', []])
    const own = await w.call(b.secretary, 'standards.beginOverhaul', { ...begin, orgId: b.id })
    expect([own.status, own.facts]).toEqual([403, []])
    const excused = await w.call(b.secretary, 'standards.setWeakRule', { orgId: b.id, version: 0, isOn: false, ...set })
    expect([excused.status, (excused.body as any).code]).toEqual([403, 'own-branch'])
  })

  test('the branch and the helper see it and speak, others do not; it ends when its measures are done and somebody else accepted', async () => {
    const begin = { orgId: weak, reasons: ['vacant' as const], helperId: b.secretary, untilOn: '2026-12-31', plan: '三个月内配齐书记' }
    const begun = await w.call(officer, 'standards.beginOverhaul', begin)
    expect(begun.facts.map((f) => f.kind)).toEqual(['overhaul.begun'])
    const { id } = begun.body
    expect(await found()).toEqual([])
    const seen = async (who: string) => (await w.call(who, 'standards.overhaulOf', { id })).status
    expect([await seen(member), await seen(b.secretary), await seen(officer), await seen(b.commissioner)]).toEqual([200, 200, 200, 404])
    expect((await w.done(b.commissioner, 'standards.overhauls', {})).items).toEqual([])
    await w.done(member, 'standards.sayOverhaul', { id, version: 1, text: '原书记调离，人选正在酝酿' })
    const measure = { title: '补选书记', text: '报批后召开党员大会', leadId: member, dueOn: '2026-11-30' }
    await w.done(officer, 'standards.giveMeasure', { id, version: 2, ...measure })
    const early = await w.call(officer, 'standards.passOverhaul', { id, version: 3, text: '已经整改' })
    expect([early.status, (early.body as any).code, early.facts]).toEqual([409, 'measures-open', []])
    const { steps } = await w.done(member, 'standards.overhaulOf', { id })
    expect(steps.map((s) => [s.step, s.text])).toEqual([
      ['begun', '三个月内配齐书记'],
      ['said', '原书记调离，人选正在酝酿'],
      ['measure', '补选书记'],
    ])
    const taskId = steps[2]!.task!.id
    const { version, origin } = await w.done(member, 'tasks.get', { id: taskId })
    expect(origin).toEqual({ says: '整顿措施', open: `/overhauls/${id}` })
    const submitted = await w.done(member, 'tasks.submit', { id: taskId, version, result: '已选出书记' })
    await w.done(officer, 'tasks.verify', { id: taskId, version: submitted.version })
    const passed = await w.call(officer, 'standards.passOverhaul', { id, version: 3, text: '班子齐全' })
    expect([passed.status, passed.facts.map((f) => f.kind)]).toEqual([200, ['overhaul.ended']])
    expect((await w.done(member, 'standards.overhauls', { orgId: weak })).items.map((v) => [v.state, v.endedOn])).toEqual([
      ['passed', '2026-09-18'],
    ])
    const ask = {
      db: w.db,
      facts: ledgerAsOf(),
      orgIds: [weak],
      from: '2026-01-01',
      to: '2026-12-31',
      asAt: '2026-12-31',
      filter: {},
      memo: new Map(),
    }
    expect((await overhaulsDone.cases(ask)).map((c) => [c.period, c.met])).toEqual([['2026-12', 1]])
    expect((await w.done(OWNER, 'standards.weakRule', { orgId: weak })).rule).toMatchObject({ orgName: '一矿党委', isOn: true })
  })
})
