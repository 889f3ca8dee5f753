import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '#kernel/civilDate.ts'
import { CENTRAL_RULES } from './central.ts'
import { type Demand, type DutyKind, lessThan, PER_YEAR } from './contract.ts'
import { historiesOf, type OrgFact } from './history.ts'
import { type DutyCase, dutiesOf, type Held, type Known, type Rule } from './owed.ts'

const EVERYWHERE = '00000000-0000-0000-0000-000000000000'
const branch = 'branch'
const rules: Rule[] = CENTRAL_RULES.map((r) => ({ ...r.body, id: r.code, orgId: EVERYWHERE, from: r.from, until: null }))
const fact = (kind: string, happenedOn: string, body: object, personId: string | null = null): OrgFact => ({
  kind,
  orgId: branch,
  subject: `${kind} ${happenedOn} ${personId}`,
  personId,
  happenedOn,
  body: body as Record<string, unknown>,
})
const founded = (on: string) => fact('org.founded', on, { kind: 'partyBranch', parentId: null })
const full = (n: number, from: string) =>
  Array.from({ length: n }, (_, i) => fact('membership.began', from, { standing: 'fullMember' }, `p${i}`))
const held = (on: string, ...kinds: DutyKind[]): Held => ({
  factId: `f ${on} ${kinds}`,
  meetingId: `m ${on} ${kinds}`,
  orgId: branch,
  on,
  kinds,
  entitled: null,
  entitledPresent: null,
})

function known(facts: OrgFact[], meetings: Held[] = [], more: Partial<Known> = {}): Known {
  const ordered = [...facts].sort((a, b) => (a.happenedOn < b.happenedOn ? -1 : a.happenedOn > b.happenedOn ? 1 : 0))
  return { histories: historiesOf(ordered), rules, exemptions: [], held: new Map([[branch, meetings]]), ...more }
}
const year2025 = { from: '2025-01-01', to: '2025-12-31', asAt: '2026-01-31' }
const of = (cases: DutyCase[], duty: DutyKind) => cases.filter((c) => c.duty === duty)

describe('who owes', () => {
  test('a branch of twenty owes four assemblies, twelve committees, twelve theme days and one meeting of the year', () => {
    const cases = dutiesOf(known([founded('2010-01-01'), ...full(20, '2015-01-01')]), branch, year2025)
    const count = (duty: DutyKind) => of(cases, duty).length
    expect([count('memberAssembly'), count('branchCommittee'), count('themePartyDay'), count('orgLifeMeeting')]).toEqual([4, 12, 12, 1])
    expect(count('groupMeeting')).toBe(0)
  })

  test('six full members owe no 支委会 and no committee, seven do', () => {
    const of6 = dutiesOf(known([founded('2010-01-01'), ...full(6, '2015-01-01')]), branch, year2025)
    const of7 = dutiesOf(known([founded('2010-01-01'), ...full(7, '2015-01-01')]), branch, year2025)
    expect([of(of6, 'branchCommittee').length, of(of6, 'committeeSetUp').length]).toEqual([0, 0])
    expect([of(of7, 'branchCommittee').length, of(of7, 'committeeSetUp').length]).toEqual([12, 1])
  })

  test('seven of whom one is 预备 owe no committee until the month after the conversion', () => {
    const probationer = fact('membership.began', '2025-01-01', { standing: 'probationaryMember' }, 'new')
    const converted = fact('standing.changed', '2025-06-15', { standing: 'fullMember' }, 'new')
    const facts = [founded('2010-01-01'), ...full(6, '2015-01-01'), probationer]
    expect(of(dutiesOf(known(facts), branch, year2025), 'branchCommittee')).toEqual([])
    const after = of(dutiesOf(known([...facts, converted]), branch, year2025), 'branchCommittee')
    expect(after.map((c) => c.period.key)[0]).toBe('2025-07')
  })

  test('a branch founded in August owes from August', () => {
    const cases = dutiesOf(known([founded('2025-08-11'), ...full(20, '2025-08-11')]), branch, year2025)
    expect(of(cases, 'themePartyDay').map((c) => c.period.key)).toEqual(['2025-08', '2025-09', '2025-10', '2025-11', '2025-12'])
    expect(of(cases, 'memberAssembly').map((c) => c.period.key)).toEqual(['2025-Q3', '2025-Q4'])
  })

  test('a branch dissolved in May owes what was complete before, and nothing of May', () => {
    const cases = dutiesOf(
      known([founded('2010-01-01'), ...full(20, '2015-01-01'), fact('org.dissolved', '2025-05-20', {})]),
      branch,
      year2025,
    )
    expect(of(cases, 'themePartyDay').map((c) => c.period.key)).toEqual(['2025-01', '2025-02', '2025-03', '2025-04'])
    expect(of(cases, 'orgLifeMeeting')).toEqual([])
  })

  test('nobody owes anything before the regulation took effect', () => {
    const before = dutiesOf(known([founded('2010-01-01'), ...full(20, '2010-01-01')]), branch, {
      from: '2017-01-01',
      to: '2017-12-31',
      asAt: '2026-01-01',
    })
    expect(before).toEqual([])
  })
})

describe('what meets it', () => {
  const facts = [founded('2010-01-01'), ...full(20, '2015-01-01')]

  test('a 党课 within a 主题党日 meets both, once each', () => {
    const cases = dutiesOf(known(facts, [held('2025-09-15', 'partyLecture', 'themePartyDay')]), branch, year2025)
    const met = cases.filter((c) => c.met > 0)
    expect(met.map((c) => [c.duty, c.period.key])).toEqual([
      ['partyLecture', '2025-Q3'],
      ['themePartyDay', '2025-09'],
    ])
  })

  test('a yearly duty done on 1 January and a monthly one on 28 February are met', () => {
    const cases = dutiesOf(known(facts, [held('2025-01-01', 'orgLifeMeeting'), held('2025-02-28', 'themePartyDay')]), branch, year2025)
    expect(
      cases
        .filter((c) => c.state === 'met')
        .map((c) => c.period.key)
        .sort(),
    ).toEqual(['2025', '2025-02'])
  })

  test('a meeting one day after the quarter does not mend the quarter', () => {
    const cases = of(dutiesOf(known(facts, [held('2025-10-01', 'memberAssembly')]), branch, year2025), 'memberAssembly')
    expect(cases.map((c) => c.state)).toEqual(['overdue', 'overdue', 'overdue', 'met'])
  })

  test('党课 without a unit rule is a hint, never overdue; with a half-year rule two are expected', () => {
    const hints = of(dutiesOf(known(facts), branch, year2025), 'partyLecture')
    expect(hints.map((c) => c.state)).toEqual(['hint', 'hint', 'hint', 'hint'])
    const unit: Rule = { ...rules.find((r) => r.duty === 'partyLecture')!, id: 'u', every: 'half', layer: 'unit', strength: 'must' }
    const owed = of(dutiesOf(known(facts, [], { rules: [...rules, unit] }), branch, year2025), 'partyLecture')
    expect(owed.map((c) => [c.period.key, c.state])).toEqual([
      ['2025-H1', 'overdue'],
      ['2025-H2', 'overdue'],
    ])
  })

  test('a unit rule below a central minimum does not lower what is owed', () => {
    const lower: Rule = { ...rules.find((r) => r.duty === 'branchCommittee')!, id: 'u', every: 'quarter', layer: 'unit' }
    const cases = of(dutiesOf(known(facts, [], { rules: [...rules, lower] }), branch, year2025), 'branchCommittee')
    expect(cases).toHaveLength(12)
  })

  test('whether a meeting below half counts as held is the asking scheme’s own rule, and the note says so', () => {
    const thin = { ...held('2025-02-10', 'memberAssembly'), entitled: 21, entitledPresent: 10 }
    const counted = of(dutiesOf(known(facts, [thin]), branch, year2025), 'memberAssembly')[0]!
    const strict = of(dutiesOf(known(facts, [thin]), branch, { ...year2025, quorate: true }), 'memberAssembly')[0]!
    expect([counted.met, strict.met]).toEqual([1, 0])
    expect(strict.note).toContain('不到应到 21 人的半数')
  })

  test('an exemption covers the period it reaches the end of, and no other', () => {
    const exemptions = [{ orgId: branch, duty: 'themePartyDay' as const, from: '2025-07-01', until: '2025-07-31' }]
    const states = of(dutiesOf(known(facts, [], { exemptions }), branch, year2025), 'themePartyDay').map((c) => c.state)
    expect(states.filter((s) => s === 'exempt')).toHaveLength(1)
  })
})

describe('a unit rule beside a central minimum', () => {
  const demand = fc.record({
    every: fc.constantFrom('month', 'quarter', 'half', 'year'),
    times: fc.integer({ min: 1, max: 14 }),
    strength: fc.constant('generally'),
    minFullMembers: fc.constant(null),
  }) as fc.Arbitrary<Demand>
  const months = (every: Demand['every']) => 12 / PER_YEAR[every]
  /** How many meetings fall into each period of the minimum when each period of the unit's rule has its meetings in one month of it. */
  const yearWith = (unit: Demand, month: number) =>
    Array.from({ length: 12 }, (_, m) => (m % months(unit.every) === month % months(unit.every) ? unit.times : 0))
  const meets = (year: number[], { every, times }: Demand) =>
    Array.from({ length: PER_YEAR[every] }, (_, p) => year.slice(p * months(every), (p + 1) * months(every))).every(
      (period) => period.reduce((a, b) => a + b, 0) >= times,
    )

  test('it is below exactly where a year that follows it can miss the minimum', () => {
    fc.assert(
      fc.property(demand, demand, (unit, central) => {
        const canMiss = Array.from({ length: 12 }, (_, month) => meets(yearWith(unit, month), central)).includes(false)
        expect(lessThan(unit, central).length > 0).toBe(canMiss)
      }),
      { numRuns: 500 },
    )
  })

  test('a unit rule for large branches only never takes the minimum away from small ones', () => {
    const central = rules.find((r) => r.duty === 'branchCommittee')!
    const large: Rule = { ...central, id: 'u', layer: 'unit', times: 2, minFullMembers: 20 }
    const facts = [founded('2010-01-01'), ...full(10, '2015-01-01')]
    const cases = of(dutiesOf(known(facts, [], { rules: [...rules, large] }), branch, year2025), 'branchCommittee')
    expect([cases.length, new Set(cases.map((c) => c.rule.id))]).toEqual([12, new Set([central.id])])
    expect(lessThan(large, central)).toEqual([])
  })
})

describe('over random structures and dates', () => {
  const day = fc.integer({ min: 0, max: 3650 }).map((n) => addDays('2019-01-01', n))
  const world = fc.record({
    foundedOn: day,
    members: fc.array(fc.record({ from: day, leaves: fc.option(day) }), { maxLength: 15 }),
    meetings: fc.array(
      fc.record({
        on: day,
        kinds: fc.uniqueArray(fc.constantFrom('memberAssembly', 'branchCommittee', 'themePartyDay', 'partyLecture'), { minLength: 1 }),
      }),
      { maxLength: 40 },
    ),
    asAt: day,
  })
  const build = (w: typeof world extends fc.Arbitrary<infer T> ? T : never) =>
    known(
      [
        founded(w.foundedOn),
        ...w.members.flatMap((m, i) => [
          fact('membership.began', m.from, { standing: 'fullMember' }, `p${i}`),
          ...(m.leaves && m.leaves > m.from ? [fact('membership.ended', m.leaves, { reason: 'died' }, `p${i}`)] : []),
        ]),
      ],
      w.meetings.map((m) => held(m.on, ...(m.kinds as DutyKind[]))),
    )

  test('no period is counted twice, none is owed before founding, and met never exceeds expected', () => {
    fc.assert(
      fc.property(world, (w) => {
        const cases = dutiesOf(build(w), branch, { from: '2019-01-01', to: '2028-12-31', asAt: w.asAt })
        expect(new Set(cases.map((c) => `${c.duty} ${c.period.key}`)).size).toBe(cases.length)
        for (const c of cases) {
          expect(c.period.to >= w.foundedOn).toBe(true)
          expect(c.met).toBeLessThanOrEqual(c.expected)
          expect(c.state === 'met').toBe(c.met === c.expected)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('a meeting more never makes anything worse, and a year asked in quarters is the year asked at once', () => {
    fc.assert(
      fc.property(world, day, (w, on) => {
        const asked = { from: '2019-01-01', to: '2028-12-31', asAt: '2029-01-01' }
        const before = dutiesOf(build(w), branch, asked)
        const after = dutiesOf(build({ ...w, meetings: [...w.meetings, { on, kinds: ['memberAssembly'] }] }), branch, asked)
        const metOf = (cases: DutyCase[]) => new Map(cases.map((c) => [`${c.duty} ${c.period.key}`, c.met]))
        for (const [key, met] of metOf(before)) expect(metOf(after).get(key)).toBeGreaterThanOrEqual(met)
        const quarters = ['2024-01-01:2024-03-31', '2024-04-01:2024-06-30', '2024-07-01:2024-09-30', '2024-10-01:2024-12-31']
        const parts = quarters.flatMap((q) => dutiesOf(build(w), branch, { ...asked, from: q.slice(0, 10), to: q.slice(11) }))
        const whole = dutiesOf(build(w), branch, { ...asked, from: '2024-01-01', to: '2024-12-31' })
        const monthly = (cases: DutyCase[]) =>
          cases
            .filter((c) => c.rule.every !== 'year')
            .map((c) => [c.duty, c.period.key, c.met, c.state].join())
            .sort()
        expect(monthly(parts)).toEqual(monthly(whole))
      }),
      { numRuns: 60 },
    )
  })
})
