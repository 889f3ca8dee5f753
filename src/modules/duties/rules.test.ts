import { describe, expect, test } from 'vitest'
import { makeBranch } from '#testing/meetings.ts'
import { givePost, makeMember } from '#testing/people.ts'
import { OWNER } from '#testing/world.ts'
import { above, adopt, b, casesOfMeasure, dutiesGround, find, officer, ruleOf, stateAt, w, yearOf } from './testing.ts'

dutiesGround()

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

  test('an office of the branch itself does not remit what the branch owes; the office above does', async () => {
    const office = await makeMember(w, b.id)
    await givePost(w, b.id, office, 'partyAffairsWorker')
    const given = {
      orgId: b.id,
      duty: 'themePartyDay' as const,
      from: '2026-07-01',
      until: '2026-07-31',
      reason: '大修',
      approvedBy: '本支部',
    }
    const own = await w.call(office, 'duties.exempt', given)
    expect([own.status, (own.body as { code?: string }).code, own.facts]).toEqual([403, 'not-above', []])
    expect((await w.done(office, 'duties.exemptions', { orgId: b.id })).can).toEqual({ grant: false, ask: true })
    expect(await stateAt('2026-09-18', 'themePartyDay', '2026-07')).toBe('overdue')
    await w.done(officer, 'duties.exempt', given)
    expect(await stateAt('2026-09-18', 'themePartyDay', '2026-07')).toBe('exempt')
  })

  test('asked for by the branch and decided above; neither the asker nor the branch decides, and a refusal needs its reason', async () => {
    const wanted = { orgId: b.id, duty: 'themePartyDay' as const, from: '2026-07-01', until: '2026-07-31', reason: '井下大修' }
    const { id } = await w.done(b.secretary, 'duties.askExemption', wanted)
    expect(await stateAt('2026-09-18', 'themePartyDay', '2026-07')).toBe('overdue')
    const waiting = (await w.done(officer, 'duties.exemptionRequests', { orgId: above })).items.find((r) => r.id === id)!
    expect(waiting).toMatchObject({ state: 'asked', canDecide: true })
    const own = await w.call(b.secretary, 'duties.decideExemption', { id, version: 1, grant: true })
    expect([own.status, own.facts]).toEqual([403, []])
    const bare = await w.call(officer, 'duties.decideExemption', { id, version: 1, grant: false })
    expect([bare.status, bare.facts]).toEqual([422, []])
    await w.done(officer, 'duties.decideExemption', { id, version: 1, grant: true, answer: '一矿党委〔2026〕7号' })
    expect(await stateAt('2026-09-18', 'themePartyDay', '2026-07')).toBe('exempt')
    const { items } = await w.done(b.secretary, 'duties.exemptions', { orgId: b.id })
    expect(items[0]!.approvedBy).toMatch(/一矿党委.* 一矿党委〔2026〕7号/)
    expect((await w.call(officer, 'duties.decideExemption', { id, version: 2, grant: true })).status).toBe(409)
    const told = (await w.done(b.secretary, 'notifications.list', {})).items.map((n) => n.text)
    expect(told.some((t) => t.includes('豁免已批准'))).toBe(true)
  })

  test('refused it stays owed; and nobody is exempt for longer than a year', async () => {
    const wanted = { orgId: b.id, duty: 'themePartyDay' as const, from: '2026-07-01', until: '2026-07-31', reason: '井下大修' }
    const { id } = await w.done(b.secretary, 'duties.askExemption', wanted)
    const { facts } = await w.call(officer, 'duties.decideExemption', { id, version: 1, grant: false, answer: '可以分批开' })
    expect([facts, await stateAt('2026-09-18', 'themePartyDay', '2026-07')]).toEqual([[], 'overdue'])
    const long = await w.call(b.secretary, 'duties.askExemption', { ...wanted, until: '2027-08-01' })
    expect(long.status).toBe(422)
  })
})

describe('before a rule is stored', () => {
  test('it is shown who would owe what; nothing is written, and what is then stored does just that', async () => {
    const written = ruleOf({ duty: 'memberAssembly', every: 'month', times: 1, strength: 'must' }, { orgId: above, from: '2027-01-01' })
    const small = await makeBranch(w, { full: 4, committeeId: above })
    const { wording: _, source: _s, ...asked } = written
    const preview = await w.call(officer, 'duties.previewRule', { ...asked, limit: 200 })
    expect([preview.status, preview.facts]).toEqual([200, []])
    const seen = (await w.done(officer, 'duties.previewRule', { ...asked, limit: 200 }))!
    expect(seen.items.find((i) => i.orgId === b.id)).toMatchObject({
      change: 'more',
      fullMembers: 9,
      before: { times: 4, layer: 'central' },
      after: { times: 12, layer: 'unit' },
    })
    expect(seen.after.times - seen.before.times).toBe(seen.changed * 8)
    const larger = { ...asked, body: { ...asked.body, minFullMembers: 7 } }
    const onlyLarger = await w.done(officer, 'duties.previewRule', { ...larger, limit: 200 })
    expect(onlyLarger.items.map((i) => i.orgId)).not.toContain(small.id)
    expect((await w.call(b.secretary, 'duties.previewRule', { ...asked, orgId: b.id })).status).toBe(403)
    await w.done(officer, 'duties.adoptRule', written)
    expect((await yearOf(b.id)).duties.filter((d) => d.duty === 'memberAssembly')).toHaveLength(4)
    expect((await yearOf(b.id, 2027)).duties.filter((d) => d.duty === 'memberAssembly')).toHaveLength(12)
  })

  test('a new version ends the old one on its first day, both in one step; of another organisation it replaces nothing', async () => {
    const { id } = await adopt({ duty: 'memberAssembly', every: 'month', times: 1, strength: 'must' }, { from: '2026-01-01' })
    const next = ruleOf({ duty: 'memberAssembly', every: 'month', times: 2, strength: 'must' }, { from: '2026-07-01' })
    const foreign = await w.call(officer, 'duties.adoptRule', { ...next, orgId: above, replaces: { id, version: 1 } })
    expect([foreign.status, foreign.facts]).toEqual([422, []])
    const { facts } = await w.call(officer, 'duties.adoptRule', { ...next, replaces: { id, version: 1 } })
    expect(facts.map((f) => f.kind)).toEqual(['rule.ended', 'rule.adopted'])
    const owed = (await yearOf(b.id)).duties.filter((d) => d.duty === 'memberAssembly')
    expect(owed.map((d) => d.expected)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2])
    const again = await w.call(officer, 'duties.adoptRule', { ...next, from: '2026-08-01', replaces: { id, version: 2 } })
    expect([again.status, again.facts]).toEqual([409, []])
  })
})
