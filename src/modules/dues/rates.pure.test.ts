import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centsOf, yuan } from './contract.ts'
import { bracketOf, dueOf, RATES, ratesOn } from './rates.ts'

const [table] = RATES
const due = (payer: 'employed' | 'retired', base: number) => dueOf(table!, payer, base, 'halfUp')

describe('the boundaries of 中组发〔2008〕3号 belong to the lower bracket, and the whole base is counted', () => {
  test.each([
    [3000_00, 15_00],
    [3000_01, 30_00],
    [5000_00, 50_00],
    [5000_01, 75_00],
    [10_000_00, 150_00],
    [10_000_01, 200_00],
    [1, 0],
    [100, 1],
  ])('在职 %i 分 pays %i 分', (base, cents) => expect(due('employed', base)).toBe(cents))
  test.each([
    [5000_00, 25_00],
    [5000_01, 50_00],
  ])('离退休 %i 分 pays %i 分', (base, cents) => expect(due('retired', base)).toBe(cents))
  test('农民 keeps within 0.2 and 1 元, 学生、低保 pays 0.2 元', () => {
    expect([10, 20, 55, 100, 300].map((base) => dueOf(table!, 'farmer', base, 'halfUp'))).toEqual([20, 20, 55, 100, 100])
    expect(dueOf(table!, 'minimal', 500_000, 'halfUp')).toBe(20)
  })
})

const bases = fc.integer({ min: 1, max: 100_000_000 })
const payers = fc.constantFrom('employed' as const, 'retired' as const)

describe('of any base', () => {
  test('the amount is whole cents, within half a cent of base × rate, and never less for a higher base', () => {
    fc.assert(
      fc.property(payers, bases, bases, (payer, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a]
        const { perMille } = bracketOf(table![payer], less)
        expect(Number.isSafeInteger(due(payer, less))).toBe(true)
        expect(Math.abs(due(payer, less) * 1000 - less * perMille)).toBeLessThanOrEqual(500)
        expect(due(payer, less)).toBeLessThanOrEqual(due(payer, more))
      }),
    )
  })

  test('rounded down it is at most a cent less, rounded to 角 a whole number of 角 within five 分', () => {
    fc.assert(
      fc.property(payers, bases, (payer, base) => {
        const exact = base * bracketOf(table![payer], base).perMille
        const [down, jiao] = [dueOf(table!, payer, base, 'down'), dueOf(table!, payer, base, 'jiao')]
        expect(exact - down * 1000).toBeGreaterThanOrEqual(0)
        expect(exact - down * 1000).toBeLessThan(1000)
        expect(jiao % 10).toBe(0)
        expect(Math.abs(exact - jiao * 1000)).toBeLessThanOrEqual(5000)
      }),
    )
  })

  test('each base lies in exactly one bracket', () => {
    fc.assert(
      fc.property(payers, bases, (payer, base) => {
        const brackets = table![payer]
        const holding = brackets.filter(({ upTo }, i) => (upTo === null || base <= upTo) && base > (brackets[i - 1]?.upTo ?? 0))
        expect(holding).toEqual([bracketOf(brackets, base)])
      }),
    )
  })

  test('money is read as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
        expect(centsOf(yuan(cents))).toBe(cents)
      }),
    )
    expect(['3000', '3,000.01', '¥15', '15.5元', '０.2'].map(centsOf)).toEqual([300_000, 300_001, 1500, 1550, 20])
    expect(['', '-15', '15.005', '1,50', '十五', '1e3'].map(centsOf)).toEqual([null, null, null, null, null, null])
  })
})

test('before the first table there is none; from its month on there is', () => {
  expect(ratesOn('2008-03-01')).toBeUndefined()
  expect(ratesOn('2008-04-01')).toBe(table)
  expect(ratesOn('2026-09-01')).toBe(table)
})
