import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './civilDate.ts'
import { checkDigit, checkIdNumber, isCheckedId, maskIdNumber, maskPhone } from './idNumber.ts'

const numbers = fc
  .tuple(fc.constantFrom('11', '14', '46', '65', '81'), fc.nat(9999), fc.integer({ min: 0, max: 40_000 }), fc.nat(999))
  .map(([province, county, days, order]) => {
    const body =
      province + String(county).padStart(4, '0') + addDays('1900-01-01', days).replaceAll('-', '') + String(order).padStart(3, '0')
    return body + checkDigit(body)
  })

describe('a number of GB 11643', () => {
  test('tells birthday and sex, in any case and with blanks', () => {
    expect(checkIdNumber(' 140103 19950724 321x ')).toEqual({ number: '14010319950724321X', birthday: '1995-07-24', sex: 'male' })
    expect(checkIdNumber('１４０１０３１９６６１０１５１４２４')).toMatchObject({ birthday: '1966-10-15', sex: 'female' })
  })

  test('is accepted whatever person it belongs to, and refused when any one character changes', () => {
    fc.assert(
      fc.property(numbers, fc.nat(17), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        expect(isCheckedId(checkIdNumber(number))).toBe(true)
        const digit = number[at] === 'X' ? 10 : Number(number[at])
        const changed = number.slice(0, at) + ((digit + shift) % 10) + number.slice(at + 1)
        expect(isCheckedId(checkIdNumber(changed))).toBe(changed === number)
      }),
    )
  })

  test.each([
    ['110101800101123', /15 位的旧号码/],
    ['14010319950724321', /17 位/],
    ['1401031995072432Y5', /数字/],
    ['990103199507243211', /省份/],
    ['140101198513400012', /日历上有的日期/],
    ['140103199507243211', /校验位/],
    ['', /0 位/],
  ])('%s is refused with a reason', (number, reason) => {
    expect(checkIdNumber(number)).toMatchObject({ problem: expect.stringMatching(reason), remedy: expect.stringMatching(/./) })
  })

  test('a number without a birth date before today is not our question: the future is left to the caller', () => {
    const body = '140103209901011'.padEnd(17, '1')
    expect(isCheckedId(checkIdNumber(body + checkDigit(body)))).toBe(true)
  })
})

test('masks hide the middle and show no more of a short text', () => {
  expect(maskIdNumber('110101199001014477')).toBe('110***********4477')
  expect(maskPhone('13812341234')).toBe('138****1234')
  expect(maskPhone('2023456')).toBe('*****56')
  expect(maskIdNumber('1234')).toBe('****')
})
