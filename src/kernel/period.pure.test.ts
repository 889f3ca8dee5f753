import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from './civilDate.ts'
import { type PeriodKind, periodFromKey, periodOf, periodsBetween } from './period.ts'

test.each([
  ['month', '2024-02', '2024-02-01', '2024-02-29', '2 月', '2024 年 2 月'],
  ['quarter', '2024-Q1', '2024-01-01', '2024-03-31', '第一季度', '2024 年第一季度'],
  ['half', '2024-H1', '2024-01-01', '2024-06-30', '上半年', '2024 年上半年'],
  ['year', '2024', '2024-01-01', '2024-12-31', '2024 年', '2024 年'],
] as const)('a day falls in its %s', (kind, key, from, to, name, fullName) => {
  expect(periodOf(kind, '2024-02-29')).toEqual({ kind, key, from, to, name, fullName })
})

test('the last periods of a year have their names too', () => {
  expect((['month', 'quarter', 'half'] as const).map((kind) => periodOf(kind, '2025-12-31').fullName)).toEqual([
    '2025 年 12 月',
    '2025 年第四季度',
    '2025 年下半年',
  ])
})

test('the periods between two days follow on each other, cover both and are found by their keys', () => {
  const day = fc.integer({ min: 0, max: 53_000 }).map((days) => addDays('1949-01-01', days))
  const kind = fc.constantFrom<PeriodKind>('month', 'quarter', 'half', 'year')
  fc.assert(
    fc.property(kind, day, fc.integer({ min: 0, max: 2000 }), (of, from, length) => {
      const to = addDays(from, length)
      const periods = periodsBetween(of, from, to)
      expect(periods[0]!.from <= from && from <= periods[0]!.to).toBe(true)
      expect(periods.at(-1)!.from <= to && to <= periods.at(-1)!.to).toBe(true)
      periods.slice(1).forEach((period, index) => {
        expect(period.from).toBe(addDays(periods[index]!.to, 1))
      })
      for (const period of periods) expect(periodFromKey(period.key)).toEqual(period)
    }),
  )
})

test('a key that names no period gives none', () => {
  for (const key of ['2025-13', '2025-00', '2025-Q5', '2025-H3', '25', '2025-7', '', '2025-07-01']) expect(periodFromKey(key)).toBeNull()
})

test('no period lies between days in the wrong order', () => expect(periodsBetween('month', '2025-02-01', '2025-01-31')).toEqual([]))

test('a span to the last day of texts ends, and far years name no period', () => {
  expect(() => periodsBetween('month', '9999-10-01', '9999-12-31')).toThrow(RangeError)
  expect(['9999', '0001-Q1', '1899', '2101-01'].map(periodFromKey)).toEqual([null, null, null, null])
  expect(periodFromKey('2100-H2')).toMatchObject({ to: '2100-12-31' })
})
