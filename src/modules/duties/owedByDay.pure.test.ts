import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween } from '#kernel/civilDate.ts'
import { type Period, type PeriodKind, periodsBetween } from '#kernel/period.ts'
import { CENTRAL_RULES } from './central.ts'
import type { DutyKind } from './contract.ts'
import { historiesOf, type OrgFact } from './history.ts'
import { dutiesOf, type Known, type Rule } from './owed.ts'

// Everything happens around these two years, so that most periods are cut by something.
const FIRST = '2024-07-01'
const [FROM, TO] = ['2025-01-01', '2026-12-31']
const [ORG, EVERYWHERE] = ['branch', '00000000-0000-0000-0000-000000000000']
const DUTIES: Partial<Record<DutyKind, { every: PeriodKind; from: number }>> = {
  memberAssembly: { every: 'quarter', from: 0 },
  branchCommittee: { every: 'month', from: 7 },
  themePartyDay: { every: 'month', from: 0 },
  orgLifeMeeting: { every: 'year', from: 0 },
}
const rules: Rule[] = CENTRAL_RULES.map((r) => ({ ...r.body, id: r.code, orgId: EVERYWHERE, from: r.from, until: null }))

const day = fc.integer({ min: 0, max: 1000 }).map((n) => addDays(FIRST, n))
const duty = fc.constantFrom(...(Object.keys(DUTIES) as DutyKind[]))
const life = fc.record({
  foundedOn: fc.oneof(fc.constant(FIRST), day),
  /** Gone into another or dissolved; which of the two makes no difference to what it owes. */
  ended: fc.option(fc.record({ on: day, how: fc.constantFrom('org.merged', 'org.dissolved') })),
  /** For a time no branch: it owes nothing as a general branch. */
  raised: fc.option(fc.record({ from: day, until: day })),
  members: fc.array(fc.record({ from: day, converted: fc.option(day), leaves: fc.option(day) }), { minLength: 4, maxLength: 11 }),
  meetings: fc.array(fc.record({ on: day, kind: duty }), { minLength: 10, maxLength: 60 }),
  exemptions: fc.array(fc.record({ duty, from: day, days: fc.integer({ min: 0, max: 200 }) }), { maxLength: 3 }),
  asAt: day,
})
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never

/** A member is on the roster from `from`, a full one from `converted` (or at once), and gone from `leaves`; by then or before: never was. */
const spanOf = ({ from, converted, leaves }: Life['members'][number]) => ({
  from,
  full: converted !== null && converted > from ? converted : from,
  leaves,
})
const endOf = ({ foundedOn, ended }: Life) => (ended && ended.on > foundedOn ? ended.on : null)
const raisedOf = ({ foundedOn, raised }: Life) => (raised && raised.from > foundedOn && raised.until > raised.from ? raised : null)

function knownOf(l: Life): Known {
  const fact = (kind: string, happenedOn: string, body: object, subject = ORG, personId: string | null = null): OrgFact => ({
    ...{ kind, orgId: ORG, subject, personId, happenedOn },
    body: body as Record<string, unknown>,
  })
  const raised = raisedOf(l)
  const end = endOf(l)
  const facts = [
    fact('org.founded', l.foundedOn, { kind: 'partyBranch', parentId: null }),
    ...(raised ? [fact('org.placed', raised.from, { kind: 'generalBranch', parentId: null })] : []),
    ...(raised ? [fact('org.placed', raised.until, { kind: 'partyBranch', parentId: null })] : []),
    ...(end ? [fact(l.ended!.how, end, {})] : []),
    ...l.members.flatMap((m, i) => {
      const { from, full, leaves } = spanOf(m)
      const of = (kind: string, on: string, body: object) => fact(kind, on, body, `m${i}`, `p${i}`)
      return [
        of('membership.began', from, { standing: full === from ? 'fullMember' : 'probationaryMember' }),
        ...(full > from && (leaves === null || full < leaves)
          ? [fact('standing.changed', full, { standing: 'fullMember' }, `p${i}`, `p${i}`)]
          : []),
        ...(leaves ? [of('membership.ended', leaves, { reason: 'died' })] : []),
      ]
    }),
  ].sort((a, b) => (a.happenedOn < b.happenedOn ? -1 : a.happenedOn > b.happenedOn ? 1 : 0))
  const meetings = l.meetings
    .map(({ on, kind }, i) => ({
      factId: `f${i}`,
      meetingId: `m${i}`,
      orgId: ORG,
      on,
      kinds: [kind],
      entitled: null,
      entitledPresent: null,
    }))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
  const exemptions = l.exemptions.map(({ duty, from, days }) => ({ orgId: ORG, duty, from, until: addDays(from, days) }))
  return { histories: historiesOf(facts), rules, exemptions, held: new Map([[ORG, meetings]]) }
}

/** The rules in plain words, asked of every day of the period. */
function expectedOf(l: Life, kind: DutyKind, period: Period): string | null {
  const end = endOf(l)
  const raised = raisedOf(l)
  const there = (on: string) => on >= l.foundedOn && (end === null || on < end)
  const isBranch = (on: string) => !raised || on < raised.from || on >= raised.until
  const fullOn = (on: string) =>
    l.members.map(spanOf).filter(({ from, full, leaves }) => full <= on && (leaves === null || (leaves > from && on < leaves))).length
  if (!there(period.to)) return null
  const first = period.from > l.foundedOn ? period.from : l.foundedOn
  if (!isBranch(first)) return null
  const days = Array.from({ length: daysBetween(first, period.to) + 1 }, (_, n) => addDays(first, n))
  if (!days.every((on) => fullOn(on) >= DUTIES[kind]!.from)) return null
  if (l.meetings.some((m) => m.kind === kind && m.on >= period.from && m.on <= period.to && m.on <= l.asAt)) return 'met'
  if (l.exemptions.some((e) => e.duty === kind && e.from <= period.to && addDays(e.from, e.days) >= period.to)) return 'exempt'
  return period.to >= l.asAt ? 'open' : 'overdue'
}

test('what is owed and how it stands is what the rules say of every single day, through founding, merger, conversion and exemption', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(life, (l) => {
      const cases = dutiesOf(knownOf(l), ORG, { from: FROM, to: TO, asAt: l.asAt })
      for (const kind of Object.keys(DUTIES) as DutyKind[]) {
        const told = new Map(cases.filter((c) => c.duty === kind).map((c) => [c.period.key, c.state]))
        for (const period of periodsBetween(DUTIES[kind]!.every, FROM, TO)) {
          const expected = expectedOf(l, kind, period)
          expect([kind, period.key, told.get(period.key) ?? null]).toEqual([kind, period.key, expected])
          seen.set(String(expected), (seen.get(String(expected)) ?? 0) + 1)
        }
      }
    }),
    { numRuns: 150 },
  )
  // The test itself sees every state, many times.
  for (const state of ['null', 'met', 'exempt', 'open', 'overdue']) expect(seen.get(state) ?? 0, state).toBeGreaterThan(20)
})

test('a branch founded on any day of August owes of the third quarter and the months from August on, and nothing of July', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 31 }), (n) => {
      const foundedOn = `2025-08-${String(n).padStart(2, '0')}`
      const l: Life = { foundedOn, ended: null, raised: null, members: [], meetings: [], exemptions: [], asAt: '2026-06-01' }
      const cases = dutiesOf(knownOf(l), ORG, { from: '2025-01-01', to: '2025-12-31', asAt: l.asAt })
      const keys = (kind: DutyKind) => cases.filter((c) => c.duty === kind).map((c) => c.period.key)
      expect(keys('themePartyDay')).toEqual(['2025-08', '2025-09', '2025-10', '2025-11', '2025-12'])
      expect(keys('memberAssembly')).toEqual(['2025-Q3', '2025-Q4'])
      expect(keys('orgLifeMeeting')).toEqual(['2025'])
    }),
  )
})
