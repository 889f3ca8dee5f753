import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  dateAt,
  dateName,
  daysBetween,
  isCivilDate,
  isDated,
  onDay,
  readDate,
  weekday,
  weekdayName,
} from './civilDate.ts'

const read = (text: string, date1904 = false) => {
  const value = readDate(text, date1904)
  return isDated(value) ? `${value.precision} ${value.from}` : `no: ${value.problem}`
}

describe('a date is read with the precision it was written with', () => {
  test.each([
    ['1949-10-01', 'day 1949-10-01'],
    ['1949/10/1', 'day 1949-10-01'],
    ['1949.10.1', 'day 1949-10-01'],
    ['1949年10月1日', 'day 1949-10-01'],
    ['1949年10月1号', 'day 1949-10-01'],
    ['19491001', 'day 1949-10-01'],
    [' 1949 年 10 月 1 日 ', 'day 1949-10-01'],
    ['１９４９．１０．０１', 'day 1949-10-01'],
    ['1949—10—01', 'day 1949-10-01'],
    ['一九四九年十月一日', 'day 1949-10-01'],
    ['二〇二五年十二月三十一日', 'day 2025-12-31'],
    ['1990-09-26 00:00:00', 'day 1990-09-26'],
    ['2025年1月20日 15:00-16:30', 'day 2025-01-20'],
    ['2024-02-29', 'day 2024-02-29'],
    ['30843', 'day 1984-06-10'],
    ['45767.625', 'day 2025-04-20'],
    ['1949.10', 'month 1949-10-01'],
    ['1949-01', 'month 1949-01-01'],
    ['1949年1月', 'month 1949-01-01'],
    ['194910', 'month 1949-10-01'],
    ['1949', 'year 1949-01-01'],
    ['1949年', 'year 1949-01-01'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected))

  test('a month ends on its last day and a year on 31 December, and the text is kept', () => {
    expect(readDate('2024.02')).toEqual({ from: '2024-02-01', to: '2024-02-29', precision: 'month', text: '2024.02' })
    expect(readDate('1949年')).toMatchObject({ from: '1949-01-01', to: '1949-12-31', precision: 'year' })
  })

  test('a serial number follows the day count of its file', () => expect(read('30843', true)).toBe('day 1988-06-11'))
})

describe('what is no date, or more than one, is refused with a remedy', () => {
  test.each([
    '',
    '   ',
    '1985-13-40',
    '2023-02-29',
    '1949-00-01',
    '49.10.1',
    '10/1/1949',
    '农历八月十五',
    '1990年腊月初八',
    '1949年正月',
    '1949.1',
    '1850-01-01',
    '2201-01-01',
    '00060',
    '不详',
    '-',
    '2025-06-31',
    '1990-09-25T16:00:00.000Z',
    '1990-09-25 16:00:00+00:00',
    '1949-1-1-1',
    '3e5',
  ])('%j', (text) => {
    const value = readDate(text)
    expect(isDated(value)).toBe(false)
    expect(value).toMatchObject({ problem: expect.stringMatching(/./), remedy: expect.stringMatching(/./) })
  })

  test('no text at all makes it fail, and what it gives are real days in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-./年月日 十一〇:T') }), (text) => {
        const value = readDate(text)
        if (!isDated(value)) return
        expect(isCivilDate(value.from) && isCivilDate(value.to) && value.from <= value.to).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

const anyDay = fc.integer({ min: 0, max: 73_000 }).map((days) => addDays('1900-01-01', days))

describe('calendar arithmetic', () => {
  test('a month or a year is never 30 or 365 days', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29')
    expect(addMonths('2025-03-31', -1)).toBe('2025-02-28')
    expect(addMonths('2025-11-30', 3)).toBe('2026-02-28')
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
    expect(addMonths('2025-01-15', -13)).toBe('2023-12-15')
  })

  test('months added stay in the right month, and days come back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (day, count) => {
        const there = addMonths(day, count)
        expect(isCivilDate(there)).toBe(true)
        expect(Number(there.slice(0, 4)) * 12 + Number(there.slice(5, 7))).toBe(
          Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) + count,
        )
        expect(there.slice(8) <= day.slice(8)).toBe(true)
        expect(addDays(addDays(day, count), -count)).toBe(day)
        expect(daysBetween(day, addDays(day, count))).toBe(count)
      }),
    )
  })

  test('days of the week and names', () => {
    expect([weekday('2026-11-22'), weekdayName('2026-11-22'), weekdayName('2026-11-23')]).toEqual([7, '星期日', '星期一'])
    expect(dateName(onDay('2025-07-01'))).toBe('2025年7月1日')
  })

  test('the day in Shanghai begins at four in the afternoon of Greenwich, also in the summers of the clock change', () => {
    expect(dateAt(new Date('2026-06-30T15:59:59Z'))).toBe('2026-06-30')
    expect(dateAt(new Date('2026-06-30T16:00:00Z'))).toBe('2026-07-01')
    expect(dateAt(new Date('1988-07-01T15:00:00Z'))).toBe('1988-07-02')
  })
})

test.each(['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Apia'])(
  'every day from 1949 to 2050 survives all forms and a spreadsheet in a process of %s',
  async (zone) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['src/testing/everyDay.ts'], { env: { ...process.env, TZ: zone } })
    expect(JSON.parse(stdout)).toMatchObject({ zone, days: 37_255, changed: [] })
  },
)
