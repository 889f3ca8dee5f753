import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givePost, makeMember } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { disclosed, onTime } from './measures.ts'
import { type Paying, paying, payment } from './testing.ts'

let w: World
let committee: string
let officer: string
let unit: Paying
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
  unit = await paying(w)
  ;({ committee, officer } = unit)
})
afterAll(() => w.close())

describe('who sees what', () => {
  test('a base is seen by its 组织委员 and the person, by nobody else, and stands in no fact', async () => {
    const { orgId, keeper, people } = await unit.branchOf(765_432)
    const [who] = people as [string]
    const other = await unit.branchOf()
    const deputy = await makeMember(w, orgId)
    await givePost(w, orgId, deputy, 'publicityCommissioner')
    expect(await w.done(who, 'dues.revealBase', { personId: who })).toEqual({ cents: 765_432 })
    for (const as of [other.keeper, deputy, officer]) {
      expect((await w.call(as, 'dues.revealBase', { personId: who })).status).toBe(404)
      expect((await w.call(as, 'dues.month', { orgId, month: '2026-10' })).status).toBe(404)
    }
    await unit.list(keeper, orgId, '2026-10')
    expect(JSON.stringify(await w.done(keeper, 'dues.month', { orgId, month: '2026-10' }))).not.toContain('765')
    const { rows } = await w.pool.query(`select body::text from ledger.fact where person_id = $1`, [who])
    expect(JSON.stringify(rows)).not.toContain('765432')
    const { rows: kept } = await w.pool.query('select amount_sealed from dues.base where person_id = $1', [who])
    expect(kept[0].amount_sealed).toMatch(/^v1\./)
  })

  test('members see the sums of the year without names, as page, sheet and document', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000, 500_000)
    await unit.list(keeper, orgId, '2026-10')
    await w.done(keeper, 'dues.pay', payment(orgId, people[0]!, 1500))
    await w.done(keeper, 'dues.disclose', { orgId, year: 2026 })
    const year = await w.done(people[1]!, 'dues.year', { orgId, year: 2026 })
    expect(year).toMatchObject({
      months: [{ month: '2026-10', persons: 2, paidPersons: 1, owed: null, paid: null }], disclosedOn: '2026-11-22', can: { disclose: false },
    }) // biome-ignore format: one year
    expect(year.hidden).toContain('不足 5 人')
    const kept = await w.done(keeper, 'dues.year', { orgId, year: 2026 })
    expect(kept).toMatchObject({ months: [{ owed: 6500, paid: 1500 }], totals: { owed: 6500, paid: 1500 }, hidden: null })
    expect(JSON.stringify(year)).not.toContain('乙某')
    for (const name of ['dues.yearSheet', 'dues.yearWord'] as const) {
      const file = await w.call(people[1]!, name, { orgId, year: 2026 })
      expect([file.status, (file.body as unknown as Buffer).subarray(0, 2).toString()]).toEqual([200, 'PK'])
    }
    for (const format of ['word', 'excel'] as const) {
      const file = await w.call(keeper, 'dues.yearTable', { orgId, year: 2026, format })
      expect([file.status, (file.body as unknown as Buffer).subarray(0, 2).toString()]).toEqual([200, 'PK'])
    }
    expect((await w.call(keeper, 'dues.monthPaper', { orgId, month: '2026-10', format: 'pdf' })).status).toBe(200)
    expect((await w.call(people[1]!, 'dues.yearTable', { orgId, year: 2026 })).status).toBe(404)
    expect((await w.call(people[1]!, 'dues.monthPaper', { orgId, month: '2026-10' })).status).toBe(404)
    const over = await w.done(officer, 'dues.overview', { orgId: committee, month: '2026-10', limit: 100 })
    expect(over.items.find((o) => o.orgId === orgId)).toMatchObject({ persons: 2, open: 1, owed: 6500, paid: 1500 })
  })
})

describe('measures', () => {
  test('dues on time: who paid after the month counts as late; a month without a list counts once it has passed', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000, 300_000)
    await unit.list(keeper, orgId, '2026-08')
    await unit.list(keeper, orgId, '2026-11')
    await w.done(keeper, 'dues.pay', { ...payment(orgId, people[0]!, 1500), month: '2026-08', paidOn: '2026-08-31' })
    await w.done(keeper, 'dues.pay', { ...payment(orgId, people[1]!, 1500), month: '2026-08', paidOn: '2026-09-01' })
    const cases = await unit.casesOf(onTime, orgId, '2026-01-01', '2026-12-31')
    expect(cases.map((c) => [c.period, c.expected, c.met, c.due])).toEqual([
      ['2026-08', 2, 1, undefined],
      ['2026-11', 2, 0, false],
      ['2026-09', 1, 0, undefined],
      ['2026-10', 1, 0, undefined],
    ])
    expect(cases[0]!.note).toBe('2026-08 应交 2 人，月底前交足 1 人，1 人没有交足')
    expect(await unit.casesOf(disclosed, orgId, '2026-01-01', '2026-12-31')).toMatchObject([{ period: '2026', met: 0, due: false }])
  })
})
