import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addMonths, addYears } from '#kernel/civilDate.ts'
import { fiftyOn } from './fifty.ts'
import { daysSince, dueOn, hintsFor } from './hints.ts'
import { keptUntil } from './measures.ts'

const plan = {
  kind: 'floating' as const,
  since: '2026-01-31',
  beginsOn: '2026-01-31',
  settled: true,
  abroad: false,
  everyDays: 30,
  lastOn: null as string | null,
}
const codes = (k: Parameters<typeof hintsFor>[0], day: string) => hintsFor(k, day).map(({ code }) => code)

test('six calendar months away in one place asks for a transfer, not a day earlier, and not abroad', () => {
  expect(codes(plan, '2026-07-30')).toEqual([])
  expect(codes(plan, '2026-07-31')).toEqual(['should-transfer'])
  expect(codes({ ...plan, settled: false, lastOn: '2026-07-01' }, '2026-07-31')).toEqual([])
  expect(codes({ ...plan, abroad: true, lastOn: '2031-01-01' }, '2031-01-31')).toEqual(['abroad-five-years'])
})

test('out of contact: first the search, after thirty months the removal; each hint names where it comes from', () => {
  const lost = { ...plan, kind: 'lost' as const, since: '2023-05-20' }
  expect([codes(lost, '2023-11-19'), codes(lost, '2023-11-20'), codes(lost, '2025-11-20')]).toEqual([
    [],
    ['lost-six-months'],
    ['lost-thirty-months'],
  ])
  expect(hintsFor(lost, '2024-01-01').every(({ source }) => source.length > 10)).toBe(true)
})

test('a contact moves the next one on by exactly the days planned; one from before the plan does not count', () => {
  const day = fc.integer({ min: 0, max: 5_000 }).map((n) => addDays('2020-01-01', n))
  fc.assert(
    fc.property(day, day, fc.integer({ min: 1, max: 400 }), (since, lastOn, everyDays) => {
      const begin = lastOn > since ? lastOn : since
      expect(dueOn({ beginsOn: since, lastOn, everyDays })).toBe(addDays(begin, everyDays))
      expect(daysSince({ beginsOn: since, lastOn }, addDays(begin, 7))).toBe(7)
    }),
  )
})

test('a stricter plan makes nobody late before its own day, and a looser one gives at least as long as before', () => {
  const day = fc.integer({ min: 0, max: 2_000 }).map((n) => addDays('2024-01-01', n))
  const days = fc.integer({ min: 1, max: 400 })
  fc.assert(
    fc.property(day, days, days, fc.nat(600), (firstOn, before, everyDays, later) => {
      const plannedOn = addDays(firstOn, later)
      const until = keptUntil({ everyDays, plannedOn, firstOn, lastOn: null })
      expect(until >= plannedOn).toBe(true)
      if (everyDays >= before) expect(until >= keptUntil({ everyDays: before, plannedOn: firstOn, firstOn, lastOn: null })).toBe(true)
      expect(until === addDays(firstOn, everyDays) || until === plannedOn).toBe(true)
    }),
  )
})

test('fifty years count from conversion; a month, or only the joining, is to be looked up', () => {
  const at = (from: string, until = from) => ({ from, until })
  expect(fiftyOn(at('1976-07-01'), at('1975-07-01'), '2026-06-30')).toBeUndefined()
  expect(fiftyOn(at('1976-07-01'), at('1975-07-01'), '2026-07-01')).toMatchObject({ certain: true, on: '2026-07-01', why: '' })
  expect(fiftyOn(at('1976-07-01', '1976-07-31'), null, '2026-07-15')?.certain).toBe(false)
  expect(fiftyOn(null, at('1975-07-01'), '2026-07-01')?.certain).toBe(false)
  expect(fiftyOn(null, null, '2026-07-01')).toBeUndefined()
  const months = fc.integer({ min: 0, max: 600 }).map((n) => addMonths('1950-01-31', n))
  fc.assert(
    fc.property(months, (on) => {
      expect(fiftyOn(at(on), null, addDays(addYears(on, 50), -1))).toBeUndefined()
    }),
  )
})
