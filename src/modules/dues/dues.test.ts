import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { makeMember } from '#testing/people.ts'
import { sheetOf } from '#testing/sheet.ts'
import { OWNER, type World, world } from '#testing/world.ts'
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

const code = ({ status, body }: { status: number; body: unknown }) => [status, (body as { code?: string }).code]

describe('the list of a month', () => {
  test('says what each owes by base and table, is made once, and made again adds and corrects', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000, 300_001)
    expect(await unit.list(keeper, orgId, '2026-10')).toEqual({ added: 2, changed: 0, withoutBase: 1 })
    const rows = await unit.rowsOf(keeper, orgId, '2026-10')
    expect(people.map((p) => rows.get(p)!.owed)).toEqual([1500, 3000])
    expect(rows.get(keeper)!.state).toBe('noBase')
    expect(code(await w.call(keeper, 'dues.makeList', { orgId, month: '2026-10' }))).toEqual([409, 'list-unchanged'])

    await w.done(keeper, 'dues.setBase', { personId: people[0]!, payer: 'employed', cents: 600_000, month: '2026-10' })
    await w.done(keeper, 'dues.setBase', { personId: keeper, payer: 'retired', cents: 500_000, month: '2026-01' })
    expect((await w.done(keeper, 'dues.month', { orgId, month: '2026-10' })).totals).toMatchObject({ stale: 2, withoutBase: 0 })
    const { facts } = await w.call(keeper, 'dues.makeList', { orgId, month: '2026-10' })
    expect(facts.map((f) => f.kind).sort()).toEqual(['dues.owed', 'dues.owed', 'fact.retracted'])
    expect((await unit.rowsOf(keeper, orgId, '2026-10')).get(people[0]!)!.owed).toBe(9000)
    expect((await unit.rowsOf(keeper, orgId, '2026-09')).get(people[0]!)!.owed, 'the earlier base holds before').toBe(1500)
    expect(code(await w.call(keeper, 'dues.makeList', { orgId, month: '2026-12' }))).toEqual([422, 'month-to-come'])
  })

  test('made by two at once, each owes it once', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000, 400_000)
    await Promise.all([1, 2, 3, 4].map(() => w.call(keeper, 'dues.makeList', { orgId, month: '2026-10' })))
    const { rows } = await w.pool.query(`select person_id from ledger.fact where kind = 'dues.owed' and org_id = $1`, [orgId])
    expect(rows.map((r) => r.person_id).sort()).toEqual([...people].sort())
  })

  test('whoever moves in the middle of a month owes it once, where it was listed first', async () => {
    const [old, fresh] = [await unit.branchOf(300_000), await unit.branchOf()]
    const personId = old.people[0]!
    await unit.list(old.keeper, old.orgId, '2026-11')
    const { id } = await w.done(old.keeper, 'transfers.send', {
      orgId: old.orgId, personId, toOrgId: fresh.orgId, cause: 'job', sentOn: '2026-11-12', days: 10,
    }) // biome-ignore format: one letter
    await w.done(fresh.keeper, 'transfers.receive', { id, version: 1, on: '2026-11-15' })
    await unit.list(fresh.keeper, fresh.orgId, '2026-11')
    expect((await unit.rowsOf(fresh.keeper, fresh.orgId, '2026-11')).get(personId)).toMatchObject({ state: 'elsewhere', owed: null })
    expect((await unit.rowsOf(old.keeper, old.orgId, '2026-11')).get(personId)).toMatchObject({ state: 'open', owed: 1500 })
    const { rows } = await w.pool.query('select org_id from dues.owed where person_id = $1', [personId])
    expect(rows).toEqual([{ org_id: old.orgId }])
    w.setNow(new Date('2026-12-05T04:00:00Z'))
    await unit.list(fresh.keeper, fresh.orgId, '2026-12')
    expect((await unit.rowsOf(fresh.keeper, fresh.orgId, '2026-12')).get(personId)!.state).toBe('open')
    w.setNow(new Date('2026-11-22T04:00:00Z'))
  })

  test('a probationary member owes from the month of the assembly that admitted them', async () => {
    const { orgId, keeper } = await unit.branchOf()
    const personId = await makeMember(w, orgId, { joinedOn: '2026-10-20', convertedOn: null, from: '2026-10-20' })
    await w.done(keeper, 'dues.setBase', { personId, payer: 'employed', cents: 300_000, month: '2026-01' })
    await unit.list(keeper, orgId, '2026-09')
    await unit.list(keeper, orgId, '2026-10')
    expect((await unit.rowsOf(keeper, orgId, '2026-09')).has(personId)).toBe(false)
    expect((await unit.rowsOf(keeper, orgId, '2026-10')).get(personId)!.owed).toBe(1500)
  })

  test('a unit that rounds to 角 owes whole 角, from the month it chose so', async () => {
    const { orgId, keeper, people } = await unit.branchOf(333_333)
    await w.done(officer, 'dues.chooseRounding', { orgId, mode: 'jiao', month: '2026-10' })
    const owedIn = async (month: string) => (await unit.rowsOf(keeper, orgId, month)).get(people[0]!)!.owed
    expect([await owedIn('2026-09'), await owedIn('2026-10')]).toEqual([3333, 3330])
    expect((await w.call(keeper, 'dues.chooseRounding', { orgId: committee, mode: 'down', month: '2026-10' })).status).toBe(404)
  })
})

describe('payments', () => {
  test('are entered up to what is open, never more, never for a day to come, and taken back visibly', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_001)
    const [who] = people as [string]
    expect(code(await w.call(keeper, 'dues.pay', payment(orgId, who, 1500)))).toEqual([409, 'not-listed'])
    await unit.list(keeper, orgId, '2026-10')
    await w.done(keeper, 'dues.pay', payment(orgId, who, 1500))
    expect((await unit.rowsOf(keeper, orgId, '2026-10')).get(who)).toMatchObject({ state: 'short', paid: 1500 })
    expect(code(await w.call(keeper, 'dues.pay', payment(orgId, who, 1501)))).toEqual([409, 'too-much'])
    expect(code(await w.call(keeper, 'dues.pay', payment(orgId, who, 100, { paidOn: '2026-11-23' })))).toEqual([422, 'ahead'])
    const [first] = (await unit.rowsOf(keeper, orgId, '2026-10')).get(who)!.payments
    const { facts } = await w.call(keeper, 'dues.takeBackPayment', { id: first!.id, version: 1 })
    expect(facts.map((f) => f.kind)).toEqual(['fact.retracted'])
    await w.done(keeper, 'dues.pay', payment(orgId, who, 3000))
    expect((await unit.rowsOf(keeper, orgId, '2026-10')).get(who)!.state).toBe('paid')
  })

  test('entered twice at the same moment, one counts', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000)
    await unit.list(keeper, orgId, '2026-10')
    const answers = await Promise.all([1, 2, 3, 4].map(() => w.call(keeper, 'dues.pay', payment(orgId, people[0]!, 1500))))
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409, 409])
  })

  test('of many, one wrong keeps all out', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000, 300_000)
    await unit.list(keeper, orgId, '2026-10')
    const items = [
      { personId: people[0]!, cents: 1500 },
      { personId: people[1]!, cents: 1501 },
    ]
    const { status, facts } = await w.call(keeper, 'dues.pay', { ...payment(orgId, people[0]!, 1), items })
    expect([status, facts]).toEqual([409, []])
  })

  test('3,000.01 paid as half a percent is found, with its rule; 3,000.00 is not', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_001, 300_000)
    await unit.list(keeper, orgId, '2026-10')
    for (const who of people) await w.done(keeper, 'dues.pay', payment(orgId, who, 1500))
    const { items } = await w.done(keeper, 'dues.findings', { orgId })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ personId: people[0], month: '2026-10' })
    expect(items[0]!.says).toContain('交 15.00 元，应交 30.00 元，差 15.00 元；交的是 0.5%，但基数 3,000.01 元超过 3,000.00 元')
    expect(items[0]!.facts).toHaveLength(2)
  })

  test('a large gift is counted apart and leaves what is owed as it is', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000)
    await unit.list(keeper, orgId, '2026-10')
    await w.done(keeper, 'dues.donate', { orgId, personId: people[0]!, cents: 99_999, paidOn: '2026-10-01' })
    const { id } = await w.done(keeper, 'dues.donate', { orgId, personId: people[0]!, cents: 100_000, paidOn: '2026-10-01' })
    const year = () => w.done(keeper, 'dues.year', { orgId, year: 2026 })
    expect(await year()).toMatchObject({
      large: { count: 1, cents: 100_000 },
      small: { count: 1, cents: 99_999 },
      totals: { owed: 1500, paid: 0 },
    })
    await w.done(keeper, 'dues.takeBackDonation', { id, version: 1 })
    expect((await year()).large).toEqual({ count: 0, cents: 0 })
  })
})

describe('a file', () => {
  const heads = ['姓名', '工号', '月份', '交纳金额', '交纳日期', '交纳方式']

  test('of the members own payments is checked row by row, stored, and the same again changes nothing', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000, 300_000, 300_000)
    await unit.list(keeper, orgId, '2026-10')
    const who = await Promise.all(people.map((personId) => w.done(OWNER, 'members.get', { personId })))
    const row = (i: number, month: string, amount: string) => [who[i]!.name, who[i]!.staffNo!, month, amount, '2026-10-20', '微信']
    const rows = [row(0, '2026年10月', '15'), row(1, '2026-10', '10.00'), row(2, '2026-10', '15.01'), row(2, '2026-09', '15')]
    const all = [...rows, ['张某丙', 'X-9', '2026-10', '15', '2026-10-20', '现金']]
    const file = {
      name: '交纳明细.xlsx',
      data: await xlsxBuffer([{ name: '明细', columns: heads.map((title) => ({ title })), rows: all }]),
    }
    const dry = await w.done(keeper, 'dues.importFile', { dryRun: true }, { file })
    expect(dry).toMatchObject({ new: 2, wrong: 3, warned: 1 })
    expect(dry.rows.map((r) => r.problem)).toEqual([
      '比应交少 5.00 元（应交 15.00 元）',
      '交 15.01 元，2026-10 还应交 15.00 元',
      `2026-09 的名单里没有${who[2]!.name}`,
      '你管理的名册上没有张某丙',
    ])
    expect((await w.done(keeper, 'dues.month', { orgId, month: '2026-10' })).totals.paid).toBe(0)
    expect(await w.done(keeper, 'dues.importFile', { dryRun: false }, { file })).toMatchObject({ new: 2, wrong: 3 })
    expect(await w.done(keeper, 'dues.importFile', { dryRun: false }, { file })).toMatchObject({ new: 0, unchanged: 2 })
    expect((await w.done(keeper, 'dues.month', { orgId, month: '2026-10' })).totals.paid).toBe(2500)
  })

  test('of bases sets them, also to the cent', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000)
    const { name, staffNo } = await w.done(OWNER, 'members.get', { personId: people[0]! })
    const file = await sheetOf(['姓名', '工号', '起始月份', '月基数', '交纳类别'], [name, staffNo!, '2026-10', '3000.01', '在职'])
    expect(await w.done(keeper, 'dues.importFile', { dryRun: false }, { file })).toMatchObject({ changed: 1 })
    expect((await unit.rowsOf(keeper, orgId, '2026-10')).get(people[0]!)!.owed).toBe(3000)
    expect(await w.done(keeper, 'dues.revealBase', { personId: people[0]! })).toEqual({ cents: 300_001 })
  })

  test.each([
    ['head', ['姓名', '月份', '工资代扣金额'], ['王某', '2026-10', '15']],
    ['method', ['姓名', '月份', '交纳金额', '交纳日期', '交纳方式'], ['王某', '2026-10', '15', '2026-10-20', '工资代扣']],
  ])('of a payroll deduction is refused whole with its clause, known by its %s', async (_what, head, row) => {
    const { keeper } = await unit.branchOf()
    const { status, body, facts } = await w.call(keeper, 'dues.importFile', { dryRun: false }, { file: await sheetOf(head, row) })
    expect([status, (body as any).code, facts]).toEqual([422, 'payroll-deduction', []])
    expect((body as any).message).toContain('中组发〔2008〕3号')
    expect((body as any).message).toContain('不得垫交或扣缴')
  })
})

describe('paying less', () => {
  test('is planned by the branch, approved by the superior by a request, and ends', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000)
    const [who] = people as [string]
    const letter = { orgId, kind: 'duesReduction' as const, aboutId: who, title: '关于少交党费的请示', body: '请批示。' }
    expect(code(await w.call(keeper, 'requests.send', letter))).toEqual([422, 'nothing-planned'])
    const plan = { orgId, personId: who, from: '2026-10', until: '2027-03', cents: 20, reason: '本人患病' }
    const { id } = await w.done(keeper, 'dues.askReduction', plan)
    expect((await unit.rowsOf(keeper, orgId, '2026-10')).get(who)!.owed, 'not before the answer').toBe(1500)
    expect((await w.done(keeper, 'requests.compose', { orgId, kind: 'duesReduction', aboutId: who })).body).toContain(
      '自2026年10月起每月交纳0.20元',
    )
    const sent = await w.done(keeper, 'requests.send', letter)
    await w.done(officer, 'requests.answer', { id: sent.id, version: 1, decision: 'agreed', docNo: '示例党〔2026〕9号' })
    await unit.list(keeper, orgId, '2026-10')
    expect((await unit.rowsOf(keeper, orgId, '2026-10')).get(who)).toMatchObject({ owed: 20, reduced: true })
    expect((await unit.rowsOf(keeper, orgId, '2026-09')).get(who)!.owed).toBe(1500)
    await w.done(keeper, 'dues.endReduction', { id, version: 2, month: '2026-11' })
    expect((await unit.rowsOf(keeper, orgId, '2026-11')).get(who)!.owed).toBe(1500)
    expect((await unit.rowsOf(keeper, orgId, '2026-10')).get(who)!.owed).toBe(20)
  })
})

describe('arrears', () => {
  test('six months in a row without paying stand with their date and rule, five do not; nothing is judged', async () => {
    const { orgId, keeper, people } = await unit.branchOf(300_000, 300_000)
    for (const month of ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11']) await unit.list(keeper, orgId, month)
    const [six, five] = people as [string, string]
    await w.done(keeper, 'dues.pay', { ...payment(orgId, five, 1500), month: '2026-05' })
    const { items, rule } = await w.done(keeper, 'dues.arrears', { orgId })
    const of = (id: string) => items.find((a) => a.personId === id)!
    expect(of(six)).toMatchObject({ run: 6, sixSince: '2026-11-01', open: 9000 })
    expect(of(five)).toMatchObject({ run: 5, sixSince: null })
    expect(rule).toContain('先由支部核实')
    expect(JSON.stringify(items)).not.toMatch(/脱党|除名/)
  })
})
