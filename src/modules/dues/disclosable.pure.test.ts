import fc from 'fast-check'
import { expect, test } from 'vitest'
import { disclosable } from './disclosable.ts'

const month = fc.record({
  month: fc.constant('2026-01'),
  persons: fc.integer({ min: 1, max: 40 }),
  paidPersons: fc.integer({ min: 0, max: 40 }),
  owed: fc.integer({ min: 0, max: 900_000 }),
  paid: fc.integer({ min: 0, max: 900_000 }),
})

test('who keeps no lists sees no amount that few people make up, nor two whose difference few people make up', () => {
  fc.assert(
    fc.property(fc.array(month, { minLength: 1, maxLength: 12 }), (given) => {
      const months = given.map((m) => ({ ...m, paidPersons: Math.min(m.paidPersons, m.persons) }))
      const seen = disclosable(months, false)
      seen.months.forEach((m, i) => {
        if (m.owed !== null) expect(m.persons).toBeGreaterThanOrEqual(5)
        if (m.owed !== null && m.paid !== null) expect([1, 2, 3, 4]).not.toContain(m.persons - m.paidPersons)
        const before = months[i - 1]
        if (before && m.owed !== null) expect([1, 2, 3, 4]).not.toContain(Math.abs(m.persons - before.persons))
      })
      if (months.some(({ persons }) => persons < 5)) expect(seen.totals).toEqual({ owed: null, paid: null })
      expect(seen.hidden === null).toBe(seen.totals.paid !== null && seen.months.every(({ owed }) => owed !== null))
      expect(disclosable(months, true)).toMatchObject({ months, hidden: null })
    }),
  )
})
