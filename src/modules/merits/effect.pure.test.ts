import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths, addYears } from '#kernel/civilDate.ts'
import { effectOf, SANCTIONS, type Sanction } from './contract.ts'

const day = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('1990-01-01', n))
const plain = (Object.keys(SANCTIONS) as Sanction[]).filter((s) => s !== 'probation')

test('each sanction keeps its effect so many calendar months, whatever the length of the months', () => {
  const until = (what: Sanction, approvedOn: string) => effectOf({ what, approvedOn, years: null, restoredOn: null }).until
  expect(plain.map((what) => until(what, '2024-02-29'))).toEqual(['2025-02-28', '2025-08-29', '2026-02-28', '2029-02-28'])
  expect(until('seriousWarning', '2025-08-31')).toBe('2027-02-28')
})

test('only 留党察看 takes rights away, and its effect goes on two years from the day they are given back, never sooner', () => {
  fc.assert(
    fc.property(day, fc.constantFrom<1 | 2>(1, 2), fc.integer({ min: 0, max: 900 }), (approvedOn, years, late) => {
      const open = effectOf({ what: 'probation', approvedOn, years, restoredOn: null })
      expect(open.rightsUntil).toBe(addYears(approvedOn, years))
      const restoredOn = addDays(open.rightsUntil!, late)
      const restored = effectOf({ what: 'probation', approvedOn, years, restoredOn })
      expect(restored.until).toBe(addYears(restoredOn, 2))
      expect(restored.until >= open.until).toBe(true)
    }),
  )
  fc.assert(
    fc.property(day, fc.constantFrom(...plain), (approvedOn, what) => {
      const { rightsUntil, until } = effectOf({ what, approvedOn, years: null, restoredOn: null })
      expect(rightsUntil).toBeNull()
      expect(until >= addMonths(approvedOn, 12)).toBe(true)
    }),
  )
})
