import fc from 'fast-check'
import { expect, test } from 'vitest'
import { combosOf, PAIRINGS, type Sharing } from './combos.ts'
import { DUTY_KINDS, type DutyKind } from './contract.ts'

const DAY = '2026-11-22'
const duty = (kind: DutyKind, given: Partial<Sharing> = {}): Sharing => ({
  duty: kind, state: 'open', from: '2026-10-01', dueOn: '2026-12-31', expected: 1, met: 0, mayShare: true, ...given,
}) // biome-ignore format: one duty
const kindsOf = (open: Sharing[]) => combosOf(open, DAY).map((c) => c.duties.map((d) => d.duty))

test('党课 within 主题党日 is proposed, and by the nearer of both terms', () => {
  const [combo] = combosOf([duty('themePartyDay', { dueOn: '2026-11-30' }), duty('partyLecture')], DAY)
  expect([combo!.duties.map((d) => d.duty).sort(), combo!.by]).toEqual([['partyLecture', 'themePartyDay'], '2026-11-30'])
})

test('党员大会, 组织生活会 and 民主评议 become one meeting; 支委会 and 党课 do not', () => {
  expect(kindsOf([duty('memberAssembly'), duty('orgLifeMeeting'), duty('democraticAppraisal')])[0]).toHaveLength(3)
  expect(kindsOf([duty('branchCommittee'), duty('partyLecture'), duty('groupMeeting')])).toEqual([])
})

test('what is not open, not begun, over or done is proposed with nothing', () => {
  for (const odd of [{ state: 'overdue' }, { state: 'exempt' }, { from: '2026-12-01' }, { dueOn: '2026-11-01' }, { met: 1 }])
    expect(kindsOf([duty('themePartyDay'), duty('partyLecture', odd)])).toEqual([])
})

test('a duty that may not share leads the meeting; two such are never one', () => {
  expect(kindsOf([duty('partyLecture'), duty('themePartyDay', { mayShare: false })])).toEqual([['themePartyDay', 'partyLecture']])
  expect(kindsOf([duty('partyLecture', { mayShare: false }), duty('themePartyDay', { mayShare: false })])).toEqual([])
})

test('whatever is open, each proposal is joined by named pairings, counts for all its duties, and no duty stands in two', () => {
  const any = fc.record({
    duty: fc.constantFrom(...(Object.keys(DUTY_KINDS) as DutyKind[])),
    state: fc.constantFrom('open', 'met', 'overdue'),
    mayShare: fc.boolean(),
    dueOn: fc.constantFrom('2026-11-30', '2026-12-31', '2026-10-31'),
    met: fc.constantFrom(0, 1),
  })
  fc.assert(
    fc.property(fc.uniqueArray(any, { selector: (d) => d.duty }), (given) => {
      const combos = combosOf(
        given.map((g) => duty(g.duty, g)),
        DAY,
      )
      const all = combos.flatMap((c) => c.duties)
      expect(new Set(all).size).toBe(all.length)
      for (const { duties, by } of combos) {
        expect(duties.length).toBeGreaterThan(1)
        expect(duties.slice(1).every((d) => d.mayShare)).toBe(true)
        expect(duties.every((d) => d.state === 'open' && by >= DAY && by <= d.dueOn)).toBe(true)
        for (const d of duties)
          expect(
            PAIRINGS.some((p) => duties.some((o) => o !== d && [p.carries, p.within].sort().join() === [d.duty, o.duty].sort().join())),
          ).toBe(true)
      }
    }),
  )
})
