import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hourAt, isQuiet } from './quiet.ts'

const hour = fc.integer({ min: 0, max: 23 })

test('hours over midnight: 22 to 7 is quiet at 23 and at 6, not at 7 and at 21', () => {
  expect([23, 22, 0, 6, 7, 12, 21].map((h) => isQuiet({ from: 22, until: 7 }, h))).toEqual([true, true, true, true, false, false, false])
})

test('whatever the hours, as many are quiet as lie between, and the first after them is not', () => {
  fc.assert(
    fc.property(hour, hour, (from, until) => {
      fc.pre(from !== until)
      const quiet = Array.from({ length: 24 }, (_, h) => isQuiet({ from, until }, h)).filter(Boolean).length
      expect([quiet, isQuiet({ from, until }, from), isQuiet({ from, until }, until)]).toEqual([(until - from + 24) % 24, true, false])
    }),
  )
})

test('the hour is that of Shanghai, also at its midnight', () => {
  expect([hourAt(new Date('2026-09-18T16:00:00Z')), hourAt(new Date('2026-09-18T15:59:59Z'))]).toEqual([0, 23])
})
