import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import type { Api } from '../../platform.ts'
import type { DutyKind, DutyView } from './contract.ts'
import { dutiesMet } from './measures.ts'

let w: World
let above: string
let officer: string
let b: Branch

const NOW = new Date('2026-09-18T09:00:00+08:00')
beforeAll(async () => {
  w = await world({ now: NOW })
  above = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
  officer = await makeMember(w, above)
  await givePost(w, above, officer, 'partyAffairsWorker')
})
beforeEach(async () => {
  w.setNow(NOW)
  b = await makeBranch(w, { full: 9, committeeId: above })
})
afterAll(() => w.close())

type Given = NonNullable<Parameters<typeof meetingOf>[1]>
const hold = (kinds: NonNullable<Given['kinds']>, heldOn: string, branch = b) =>
  w.done(branch.commissioner, 'meetings.record', meetingOf(branch, { kinds, heldOn }))
type Body = Api['duties.adoptRule']['input']['body']
type Asking = Omit<Body, 'orgKinds' | 'minFullMembers' | 'mayShare'> & Partial<Body>
const ruleOf = (body: Asking, { orgId = b.id, from = '2026-01-01' } = {}) => ({
  orgId,
  from,
  body: { orgKinds: ['partyBranch' as const], minFullMembers: null, mayShare: true, ...body },
  wording: '本单位的规定',
  source: '本单位党建工作细则第八条',
})
const adopt = (body: Asking, at: { orgId?: string; from?: string } = {}) => w.done(OWNER, 'duties.adoptRule', ruleOf(body, at))
const casesOfMeasure = (orgId: string, filter: Record<string, string> = {}) =>
  dutiesMet.cases({
    db: w.db,
    facts: ledgerAsOf(),
    orgIds: [orgId],
    from: '2026-01-01',
    to: '2026-12-31',
    asAt: '2026-09-18',
    filter,
    memo: new Map(),
  })
const versionOf = async (id: string) => (await w.pool.query('select version from organisation.org where id = $1', [id])).rows[0].version
const yearOf = (orgId: string, year = 2026, asAt?: string) => w.done(OWNER, 'duties.year', { orgId, year, ...(asAt ? { asAt } : {}) })
const find = (duties: readonly DutyView[], duty: DutyKind, period: string) => duties.find((d) => d.duty === duty && d.period === period)
const stateAt = async (asAt: string, duty: DutyKind, period: string) => find((await yearOf(b.id, 2026, asAt)).duties, duty, period)?.state

describe('how a duty stood on a day', () => {
  test('open while there is time, met from the day of the meeting, overdue from the day after the term, for any past day', async () => {
    await hold(['memberAssembly'], '2026-06-20')
    const states = (day: string) => stateAt(day, 'memberAssembly', '2026-Q2')
    expect([await states('2026-04-01'), await states('2026-06-19'), await states('2026-06-20')]).toEqual(['open', 'open', 'met'])
    const q1 = (day: string) => stateAt(day, 'memberAssembly', '2026-Q1')
    expect([await q1('2026-03-31'), await q1('2026-04-01')]).toEqual(['open', 'overdue'])
  })

  test('a period to come is not due yet, and neither is a committee of next year', async () => {
    const { duties } = await yearOf(b.id, 2027)
    expect(new Set(duties.map((d) => d.state))).toEqual(new Set(['open']))
    expect(find(duties, 'committeeSetUp', '2027')?.note).toBe('')
  })

  test('党课 without a unit rule is shown for reference, with 核对原文, and never overdue', async () => {
    const { duties, rules } = await yearOf(b.id)
    const lectures = duties.filter((d) => d.duty === 'partyLecture')
    expect(lectures.map((d) => d.state)).toEqual(['hint', 'hint', 'open', 'open'])
    expect(rules.find((r) => r.id === lectures[0]!.ruleId)).toMatchObject({ toVerify: true, strength: 'may', layer: 'central' })
    const { overdue } = await w.done(OWNER, 'duties.now', { orgId: b.id })
    expect(overdue.map((d) => d.duty)).not.toContain('partyLecture')
  })
})

describe('what a meeting does', () => {
  test('one meeting of two kinds meets two duties, by the same fact and without another entry', async () => {
    const { id } = await hold(['themePartyDay', 'partyLecture'], '2026-08-10')
    const { duties } = await yearOf(b.id)
    const met = duties.filter((d) => d.meetings.includes(id))
    expect(met.map((d) => [d.duty, d.period, d.state, d.heldOn])).toEqual([
      ['partyLecture', '2026-Q3', 'met', ['2026-08-10']],
      ['themePartyDay', '2026-08', 'met', ['2026-08-10']],
    ])
    expect(met[0]!.facts).toEqual(met[1]!.facts)
  })

  test('where the unit’s rule forbids sharing, the second kind of a meeting meets nothing of it', async () => {
    await adopt({ duty: 'partyLecture', every: 'quarter', times: 1, strength: 'must', mayShare: false })
    await hold(['themePartyDay', 'partyLecture'], '2026-08-10')
    const shared = (await yearOf(b.id)).duties
    expect([find(shared, 'themePartyDay', '2026-08')?.state, find(shared, 'partyLecture', '2026-Q3')?.state]).toEqual(['met', 'open'])
    await hold(['partyLecture'], '2026-08-11')
    expect(find((await yearOf(b.id)).duties, 'partyLecture', '2026-Q3')?.state).toBe('met')
  })

  test('a correction of the day moves it to the other period at once, a cancellation takes it away', async () => {
    const { id } = await hold(['branchCommittee'], '2026-07-31')
    await w.done(b.secretary, 'meetings.sign', { id, version: 1 })
    const at = async (period: string) => find((await yearOf(b.id)).duties, 'branchCommittee', period)?.state
    expect([await at('2026-07'), await at('2026-08')]).toEqual(['met', 'overdue'])
    const text = '日期写错，应为八月一日'
    const { version } = await w.done(b.secretary, 'meetings.correct', { id, version: 2, text, change: { heldOn: '2026-08-01' } })
    expect([await at('2026-07'), await at('2026-08')]).toEqual(['overdue', 'met'])
    await w.done(b.secretary, 'meetings.cancel', { id, version, reason: 'notHeld', note: '会议没有召开' })
    expect([await at('2026-07'), await at('2026-08')]).toEqual(['overdue', 'overdue'])
  })

  test('no duty asks for a photo, a place or a face: a meeting without any of them meets it', async () => {
    const { id } = await w.done(b.commissioner, 'meetings.record', {
      ...meetingOf(b, { kinds: ['memberAssembly'], heldOn: '2026-09-01', place: '' }),
      start: null,
      end: null,
    })
    expect(find((await yearOf(b.id)).duties, 'memberAssembly', '2026-Q3')).toMatchObject({ state: 'met', meetings: [id] })
    const { items } = await w.done(OWNER, 'duties.rules', {})
    expect(items.map((r) => r.wording).join()).not.toMatch(/照片|拍照|定位|人脸|签到/)
  })
})

describe('structures that change', () => {
  test('a branch that moves in July follows the rules of its new committee from the third quarter', async () => {
    const other = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团二矿党委' })
    await adopt({ duty: 'memberAssembly', every: 'month', times: 1, strength: 'must' }, { orgId: other, from: '2026-01-01' })
    const version = await versionOf(b.id)
    await w.done(OWNER, 'organisation.move', { id: b.id, version, on: '2026-07-01', parentId: other })
    const periods = (await yearOf(b.id)).duties.filter((d) => d.duty === 'memberAssembly').map((d) => d.period)
    expect([...periods].sort()).toEqual(['2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2026-Q1', '2026-Q2'])
  })

  test('a merged branch owes what was complete before, and its meetings stay its own', async () => {
    const into = await makeBranch(w, { full: 9, committeeId: above })
    await hold(['memberAssembly'], '2026-02-10')
    const version = await versionOf(b.id)
    await w.done(OWNER, 'organisation.merge', { id: b.id, version, on: '2026-05-10', intoId: into.id })
    const mine = (await yearOf(b.id)).duties
    expect(mine.filter((d) => d.duty === 'themePartyDay').map((d) => d.period)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04'])
    expect(mine.filter((d) => d.duty === 'memberAssembly').map((d) => [d.period, d.state])).toEqual([['2026-Q1', 'met']])
    expect(find((await yearOf(into.id)).duties, 'memberAssembly', '2026-Q1')?.state).toBe('overdue')
  })

  test('the seventh full member brings the committee meeting from the month after, and 为什么 says the number', async () => {
    const small = await makeBranch(w, { full: 6, committeeId: above })
    await makeMember(w, small.id, { from: '2026-06-15' })
    const owed = (await yearOf(small.id)).duties.filter((d) => d.duty === 'branchCommittee').map((d) => d.period)
    expect(owed[0]).toBe('2026-07')
    const ask = (period: string) => w.done(OWNER, 'duties.why', { orgId: small.id, duty: 'branchCommittee', period })
    expect((await ask('2026-07')).fullMembers).toContain('最少时 7 人，达到 7 人')
    const before = await ask('2026-05')
    expect([before.says, before.fullMembers]).toEqual([
      expect.stringContaining('不承担'),
      expect.stringContaining('最少时 6 人，不到 7 人'),
    ])
    expect(before.rules.some((r) => r.chosen)).toBe(false)
  })
})

describe('rules of the unit', () => {
  test('adopted it holds from the next period, ended it holds no more, and what was owed before stays', async () => {
    const { id } = await adopt({ duty: 'memberAssembly', every: 'month', times: 1, strength: 'must' }, { from: '2026-01-01' })
    w.setNow(new Date('2026-09-19T09:00:00+08:00'))
    const { facts } = await w.call(officer, 'duties.endRule', { id, version: 1, on: '2026-07-01' })
    expect(facts.map((f) => f.kind)).toEqual(['rule.ended'])
    const periods = (await yearOf(b.id)).duties.filter((d) => d.duty === 'memberAssembly').map((d) => d.period)
    expect(new Set(periods)).toEqual(new Set(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-Q3', '2026-Q4']))
    const again = await w.call(officer, 'duties.endRule', { id, version: 2, on: '2026-08-01' })
    expect([again.status, (again.body as never as { code: string }).code, again.facts]).toEqual([409, 'already-ended', []])
  })

  test.each([
    ['less often', { every: 'quarter' as const, times: 1 }, '每季 1 次，少于每月 1 次'],
    ['as often in a year, but not in each month', { every: 'year' as const, times: 12 }, '每年 12 次，少于每月 1 次'],
    ['weaker', { every: 'month' as const, times: 1, strength: 'may' as const }, '弱于“一般应”'],
    ['of fewer branches', { every: 'month' as const, times: 1, minFullMembers: 20 }, '只要求正式党员 20 人以上'],
  ])('one below the central minimum (%s) is reported with both, and the minimum is followed', async (_case, body, says) => {
    const rule = await adopt({ duty: 'branchCommittee', strength: 'generally', minFullMembers: 7, ...body }, { orgId: b.id })
    expect(rule.belowCentral).toContain(says)
    const { items } = await w.done(OWNER, 'duties.rules', { orgId: b.id })
    expect(items.find((r) => r.id === rule.id)?.belowCentral).toContain('支委会一般每月召开 1 次')
    const owed = (await yearOf(b.id)).duties.filter((d) => d.duty === 'branchCommittee')
    expect(owed).toHaveLength(12)
    expect(new Set(owed.map((d) => d.strength))).toEqual(new Set(['generally']))
  })

  test('one above the minimum is followed and raises nothing', async () => {
    const rule = await adopt({ duty: 'branchCommittee', every: 'month', times: 2, strength: 'must', minFullMembers: 7 }, { orgId: b.id })
    expect(rule.belowCentral).toBeNull()
    expect(find((await yearOf(b.id)).duties, 'branchCommittee', '2026-09')).toMatchObject({
      expected: 2,
      ruleId: rule.id,
      strength: 'must',
    })
  })

  test('a unit’s half-yearly 党课 rules the branch, because the centre has only a practice', async () => {
    const rule = await adopt({ duty: 'partyLecture', every: 'half', times: 1, strength: 'must' }, { orgId: b.id })
    expect(rule.belowCentral).toBeNull()
    const owed = (await yearOf(b.id)).duties.filter((d) => d.duty === 'partyLecture')
    expect(owed.map((d) => [d.period, d.state])).toEqual([
      ['2026-H1', 'overdue'],
      ['2026-H2', 'open'],
    ])
  })

  test('a branch reads the rules from above that bind it, not those of the branch beside it', async () => {
    const sibling = await makeBranch(w, { full: 7, committeeId: above })
    const theirs = await adopt({ duty: 'memberAssembly', every: 'month', times: 1, strength: 'must' }, { orgId: sibling.id })
    const ours = await adopt({ duty: 'themePartyDay', every: 'month', times: 1, strength: 'must' }, { orgId: above })
    const seen = (await w.done(b.members[0]!, 'duties.rules', { orgId: b.id })).items
    expect(seen.map((r) => r.id)).toContain(ours.id)
    expect(seen.map((r) => r.id)).not.toContain(theirs.id)
    expect(seen.some((r) => r.canEnd)).toBe(false)
    const asked = await w.done(b.members[0]!, 'duties.rules', { orgId: sibling.id })
    expect(asked.items.every((r) => r.body.layer === 'central')).toBe(true)
  })

  test('原文 is compared once by whoever manages rules; a secretary cannot, and nothing is written', async () => {
    const { items } = await w.done(officer, 'duties.rules', { orgId: above })
    const practice = items.find((r) => r.body.toVerify)!
    const refused = await w.call(b.secretary, 'duties.verifyRule', { id: practice.id, version: practice.version })
    expect([refused.status, refused.facts]).toEqual([403, []])
    await w.done(officer, 'duties.verifyRule', { id: practice.id, version: practice.version })
    const after = (await w.done(officer, 'duties.rules', { orgId: above })).items.find((r) => r.id === practice.id)!
    expect([after.verifiedOn, after.version]).toEqual(['2026-09-18', practice.version + 1])
    const { rules } = await yearOf(b.id)
    expect(rules.find((r) => r.id === practice.id)?.toVerify).toBe(false)
    expect((await w.call(officer, 'duties.verifyRule', { id: practice.id, version: practice.version })).status).toBe(409)
  })

  test('a central rule cannot be ended by a unit, and a secretary cannot adopt one', async () => {
    const { items } = await w.done(OWNER, 'duties.rules', {})
    const central = items[0]!
    expect((await w.call(OWNER, 'duties.endRule', { id: central.id, version: central.version, on: '2026-09-01' })).status).toBe(409)
    const tried = await w.call(
      b.secretary,
      'duties.adoptRule',
      ruleOf({ duty: 'partyLecture', every: 'year', times: 1, strength: 'may' }, { orgId: b.id }),
    )
    expect([tried.status, tried.facts]).toEqual([403, []])
  })
})

describe('exemptions', () => {
  test('granted with approver and dates it is no longer overdue but stays in sight; withdrawn it counts again', async () => {
    const given = { orgId: b.id, duty: 'themePartyDay' as const, reason: '井下大修，全员顶岗', approvedBy: '一矿党委〔2026〕7号' }
    const { id } = await w.done(officer, 'duties.exempt', { ...given, from: '2026-07-01', until: '2026-07-31' })
    expect([await stateAt('2026-09-18', 'themePartyDay', '2026-07'), await stateAt('2026-09-18', 'themePartyDay', '2026-06')]).toEqual([
      'exempt',
      'overdue',
    ])
    expect((await casesOfMeasure(b.id, { duty: 'themePartyDay' })).map((c) => c.period)).not.toContain('2026-07')
    const { items } = await w.done(b.secretary, 'duties.exemptions', { orgId: b.id })
    expect(items).toMatchObject([{ id, approvedBy: given.approvedBy, withdrawn: false }])
    await w.done(officer, 'duties.withdrawExemption', { id, version: 1 })
    expect(await stateAt('2026-09-18', 'themePartyDay', '2026-07')).toBe('overdue')
    expect((await w.call(officer, 'duties.withdrawExemption', { id, version: 2 })).status).toBe(409)
  })

  test('a secretary cannot exempt the own branch, and a committee is nothing to exempt', async () => {
    const given = { duty: 'themePartyDay' as const, from: '2026-07-01', until: '2026-07-31', reason: '大修', approvedBy: '本支部' }
    const own = await w.call(b.secretary, 'duties.exempt', { ...given, orgId: b.id })
    expect([own.status, own.facts]).toEqual([403, []])
    const committee = await w.call(officer, 'duties.exempt', { ...given, orgId: above })
    expect([committee.status, committee.facts]).toEqual([409, []])
    const reversed = await w.call(officer, 'duties.exempt', { ...given, orgId: b.id, until: '2026-06-30' })
    expect([reversed.status, reversed.facts]).toEqual([422, []])
  })
})

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
  test('grid, overview, reminders and measure tell the same as the year of each branch; the order is that of the tree', async () => {
    const top = await makeOrg(w, { kind: 'partyCommittee' })
    const general = await makeOrg(w, { kind: 'generalBranch', parentId: top, name: '采掘党总支' })
    const branches = [await makeBranch(w, { full: 9, committeeId: general }), await makeBranch(w, { full: 7, committeeId: top })]
    await hold(['memberAssembly'], '2026-08-10', branches[1]!)
    const grid = await w.done(OWNER, 'duties.grid', { orgId: top, year: 2026, limit: 1 })
    const next = await w.done(OWNER, 'duties.grid', { orgId: top, year: 2026, limit: 1, after: grid.next! })
    expect([grid.items.length, next.items.length, next.next]).toEqual([1, 1, null])
    const overview = await w.done(OWNER, 'duties.overview', { orgId: top })
    expect(overview.groups.map((g) => [g.name, g.branches.length])).toEqual(
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
      const counted = duties.filter((d) => d.state === 'overdue' || d.met > 0 || d.state === 'hint')
      const cases = await casesOfMeasure(row.orgId)
      const sum = (of: readonly { expected: number; met: number }[]) => [
        of.length,
        ...of.reduce((n, c) => [n[0]! + c.expected, n[1]! + c.met], [0, 0]),
      ]
      expect(sum(cases)).toEqual(sum(counted))
      const quarter = overview.groups.flatMap((g) => g.branches).find((c) => c.orgId === row.orgId)!
      expect(row.quarter).toMatchObject({ done: quarter.done, expected: quarter.expected, overdue: quarter.overdue })
    }
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
