import { describe, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { makeBranch } from '#testing/meetings.ts'
import { makeOrg } from '#testing/people.ts'
import { OWNER } from '#testing/world.ts'
import { above, b, casesOfMeasure, dutiesGround, hold, officer, w, yearOf } from './testing.ts'

dutiesGround()

describe('who sees what', () => {
  test('a member sees the own branch, and neither the branch beside it nor the committee above', async () => {
    const sibling = await makeBranch(w, { full: 7, committeeId: above })
    const member = b.members[0]!
    expect((await w.call(member, 'duties.now', { orgId: b.id })).status).toBe(200)
    for (const orgId of [sibling.id, above]) {
      expect((await w.call(member, 'duties.now', { orgId })).status).toBe(404)
      expect((await w.call(member, 'duties.year', { orgId, year: 2026 })).status).toBe(404)
      expect((await w.call(member, 'duties.grid', { orgId, year: 2026 })).status).toBe(404)
      expect((await w.call(member, 'duties.overview', { orgId })).status).toBe(404)
      expect((await w.call(member, 'duties.gridExport', { orgId, year: 2026 })).status).toBe(404)
      expect((await w.call(member, 'duties.reminders', { orgId, day: '2026-09-18' })).status).toBe(404)
    }
    const { can, isBranch } = await w.done(member, 'duties.now', { orgId: b.id })
    expect([can, isBranch]).toEqual([{ record: false, manage: false }, true])
  })
})

describe('a committee over its branches', () => {
  test('an overview that was looked at before tells what has happened since: a meeting, a rule above, a new branch', async () => {
    const top = await makeOrg(w, { kind: 'partyCommittee' })
    const branch = await makeBranch(w, { full: 9, committeeId: top })
    const look = async () => {
      const { branches, groups } = await w.done(OWNER, 'duties.overview', { orgId: top })
      return { branches, of: groups.flatMap((g) => g.cells).find((c) => c.orgId === branch.id)! }
    }
    const before = await look()
    expect(await look()).toEqual(before)
    await hold(['memberAssembly'], '2026-08-11', branch)
    const after = await look()
    expect(after.of.done).toBe(before.of.done + 1)
    await w.done(OWNER, 'duties.exempt', {
      orgId: branch.id, duty: 'branchCommittee', from: '2026-07-01', until: '2026-12-31', reason: '停产检修', approvedBy: '党委',
    }) // biome-ignore format: one exemption
    expect((await look()).of.expected).toBe(after.of.expected - 3)
    await makeBranch(w, { full: 7, committeeId: top })
    expect((await look()).branches).toBe(2)
  })

  test('grid, overview, reminders and measure tell the same as the year of each branch; the order is that of the tree', async () => {
    const top = await makeOrg(w, { kind: 'partyCommittee' })
    const general = await makeOrg(w, { kind: 'generalBranch', parentId: top, name: '采掘党总支' })
    const branches = [await makeBranch(w, { full: 9, committeeId: general }), await makeBranch(w, { full: 7, committeeId: top })]
    await hold(['memberAssembly'], '2026-08-10', branches[1]!)
    const grid = await w.done(OWNER, 'duties.grid', { orgId: top, year: 2026, limit: 1 })
    const next = await w.done(OWNER, 'duties.grid', { orgId: top, year: 2026, limit: 1, after: grid.next! })
    expect([grid.items.length, next.items.length, next.next]).toEqual([1, 1, null])
    const overview = await w.done(OWNER, 'duties.overview', { orgId: top })
    expect(overview.groups.map((g) => [g.name, g.total])).toEqual(
      expect.arrayContaining([
        ['采掘党总支', 1],
        ['直属支部', 1],
      ]),
    )
    expect([overview.branches, overview.help + overview.soon + overview.onTime]).toEqual([2, 2])
    for (const row of [...grid.items, ...next.items]) {
      const { duties } = await yearOf(row.orgId)
      expect(row.duties.flatMap((d) => d.cells.map((c) => [d.duty, c.period, c.state, c.met]))).toEqual(
        duties.map((d) => [d.duty, d.period, d.state, d.met]),
      )
      expect(row.overdue).toBe(duties.filter((d) => d.state === 'overdue').length)
      const counted = duties.filter((d) => d.state === 'overdue' || d.state === 'met' || d.state === 'hint')
      const cases = (await casesOfMeasure(row.orgId)).filter((c) => (c as { due?: boolean }).due !== false || c.met > 0)
      const sum = (of: readonly { expected: number; met: number }[]) => [
        of.length,
        ...of.reduce((n, c) => [n[0]! + c.expected, n[1]! + c.met], [0, 0]),
      ]
      expect(sum(cases.filter((c) => c.due !== false))).toEqual(sum(counted))
      const quarter = overview.groups.flatMap((g) => g.cells).find((c) => c.orgId === row.orgId)!
      expect(row.quarter).toMatchObject({ done: quarter.done, expected: quarter.expected, overdue: quarter.overdue })
    }
  })

  test('tree, grid, overview, reminders and export read in one order: the higher kind, then code, then name with 二 before 十一', async () => {
    const top = await makeOrg(w, { kind: 'partyCommittee' })
    const names = ['综采十一队党支部', '综采二队党支部', '综采一队党支部', '掘进三队党支部', '机电队党支部']
    for (const name of names) await makeOrg(w, { kind: 'partyBranch', parentId: top, name })
    await w.pool.query("update organisation.org set code = '001' where name = '机电队党支部' and parent_id = $1", [top])
    const general = await makeOrg(w, { kind: 'generalBranch', parentId: top, name: '选煤厂党总支' })
    await makeOrg(w, { kind: 'partyBranch', parentId: general, name: '选煤厂二党支部' })
    await makeOrg(w, { kind: 'partyBranch', parentId: general, name: '选煤厂一党支部' })
    const own = ['机电队党支部', '掘进三队党支部', '综采一队党支部', '综采二队党支部', '综采十一队党支部']
    const order = ['选煤厂一党支部', '选煤厂二党支部', ...own]

    const first = await w.done(OWNER, 'duties.grid', { orgId: top, year: 2026, limit: 3 })
    const rest = await w.done(OWNER, 'duties.grid', { orgId: top, year: 2026, after: first.next! })
    expect([...first.items, ...rest.items].map((r) => r.name)).toEqual(order)
    expect([first.branches, rest.branches, rest.next]).toEqual([7, 7, null])
    const { groups } = await w.done(OWNER, 'duties.overview', { orgId: top })
    expect(groups.flatMap((g) => g.cells.map((c) => c.name))).toEqual(order)
    const { items } = await w.done(OWNER, 'organisation.tree', { under: top })
    expect(items.filter((o) => o.parentId === top).map((o) => o.name)).toEqual(['选煤厂党总支', ...own])
    const { items: reminded } = await w.done(OWNER, 'duties.reminders', { orgId: top, day: '2026-12-30' })
    expect([...new Set(reminded.map((r) => r.orgName))]).toEqual(order)
    const { body } = await w.call(OWNER, 'duties.gridExport', { orgId: top, year: 2026 })
    const cells = []
    for await (const row of (await openSpreadsheet(body as unknown as Buffer)).sheets[0]!.rows()) cells.push(row.cells[0]?.text)
    expect(cells.filter((text) => order.includes(text ?? ''))).toEqual(order)
  })

  test('the heads count all branches and all reminders, not a page of them', async () => {
    const top = await makeOrg(w, { kind: 'partyCommittee' })
    const branches = [await makeBranch(w, { full: 7, committeeId: top }), await makeBranch(w, { full: 9, committeeId: top })]
    const count = await w.done(OWNER, 'duties.gridCount', { orgId: top, year: 2026 })
    const { items } = await w.done(OWNER, 'duties.grid', { orgId: top, year: 2026 })
    expect(count).toEqual({ branches: 2, late: items.filter((r) => r.overdue > 0).length })
    const day = '2026-08-25'
    const all = await w.done(OWNER, 'duties.reminders', { orgId: top, day })
    const page = await w.done(OWNER, 'duties.reminders', { orgId: top, day, limit: 1 })
    expect(page.items.length).toBeLessThan(all.items.length)
    expect(await w.done(OWNER, 'duties.reminderCount', { orgId: top, day })).toEqual({ day, count: all.items.length, more: false })
    // The first branch has done it all; the page goes on to the one that has not.
    const [first, second] = [...new Set((await w.done(OWNER, 'duties.grid', { orgId: top, year: 2026 })).items.map((r) => r.orgId))]
    for (const kind of ['branchCommittee', 'themePartyDay'] as const)
      await hold([kind], '2026-08-20', branches.find(({ id }) => id === first)!)
    const passed = await w.done(OWNER, 'duties.reminders', { orgId: top, day, limit: 1 })
    expect([new Set(passed.items.map((r) => r.orgId)), passed.next]).toEqual([new Set([second]), null])
    const mine = await w.done(branches[1]!.secretary, 'duties.reminders', { orgId: branches[1]!.id, day: '2026-07-25' })
    expect(mine.items[0]!.to.map((t) => [t.post, t.you])).toEqual([
      ['书记', true],
      ['副书记', false],
      ['组织委员', false],
    ])
  })

  test('a page of thirty branches takes as many statements as a page of one', async () => {
    const top = await makeOrg(w, { kind: 'partyCommittee' })
    await makeOrg(w, { kind: 'partyBranch', parentId: top })
    // Outside a transaction every statement takes a connection of the pool.
    const statements = async () => {
      let sent = 0
      const count = () => sent++
      w.pool.on('acquire', count)
      const query = { orgId: top, year: '2026' }
      const { statusCode } = await w.app.inject({ method: 'GET', url: '/api/duties.grid', cookies: { '__Host-as': OWNER }, query })
      w.pool.off('acquire', count)
      expect(statusCode).toBe(200)
      return sent
    }
    const few = await statements()
    for (let i = 0; i < 12; i++) await makeOrg(w, { kind: 'partyBranch', parentId: top })
    expect(few).toBeGreaterThan(3)
    expect(await statements()).toBe(few)
  })

  test('whoever has done it is not reminded, whoever has not is, from ten days before the end of the month', async () => {
    const on = async (day: string) => (await w.done(officer, 'duties.reminders', { orgId: b.id, day })).items
    expect((await on('2026-08-20')).map((r) => r.duty.duty)).not.toContain('branchCommittee')
    const open = (await on('2026-08-22')).find((r) => r.duty.duty === 'branchCommittee')!
    expect([open.daysLeft, open.to.map((t) => t.post)]).toEqual([9, ['书记', '副书记', '组织委员']])
    await hold(['branchCommittee'], '2026-08-21')
    expect((await on('2026-08-22')).map((r) => r.duty.duty)).not.toContain('branchCommittee')
  })

  test('the export is a workbook that says what was counted, when, and up to which height', async () => {
    const { status, headers, body } = await w.call(officer, 'duties.gridExport', { orgId: above, year: 2026 })
    expect([status, String(headers['content-type'])]).toEqual([200, expect.stringContaining('spreadsheetml')])
    const book = await openSpreadsheet(body as unknown as Buffer)
    const rows = []
    for await (const row of book.sheets[0]!.rows()) rows.push(row)
    const text = JSON.stringify(rows)
    for (const word of ['口径', '账本高度', '截至 2026-09-18', '党员大会', '逾期未办']) expect(text).toContain(word)
    expect(text).not.toMatch(/名次为|第 1 名/)
  })
})
