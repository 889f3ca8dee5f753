import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, compare, divide, exact, multiply, round, subtract, sum, textOf, ZERO } from './exact.ts'

const decimal = fc.tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat({ max: 999_999 })).map(([whole, places]) => {
  return textOf(exact(`${whole}.${String(places).padStart(6, '0')}`))
})

test('reads and writes decimals without passing through binary fractions', () => {
  expect(textOf(sum(Array.from({ length: 10 }, () => exact('0.1'))))).toBe('1')
  expect(textOf(add(exact('0.1'), exact('0.2')))).toBe('0.3')
  expect(textOf(exact('-0.50'))).toBe('-0.5')
  expect(() => exact('1e3')).toThrow(RangeError)
  expect(() => exact(0.5)).not.toThrow()
  expect(() => exact('0.1234567')).toThrow(RangeError)
})

test('adds thirds back to a whole, so that a half is still a half when it is rounded', () => {
  const third = divide(exact(1), exact(3))
  const half = add(third, divide(exact(1), exact(6)))
  expect(textOf(sum([third, third, third]))).toBe('1')
  expect(textOf(round(half, 0, 'half-up'))).toBe('1')
  expect(textOf(round(half, 0, 'half-even'))).toBe('0')
})

test.each([
  ['2.5', 0, 'half-up', '3'],
  ['2.5', 0, 'half-even', '2'],
  ['3.5', 0, 'half-even', '4'],
  ['-2.5', 0, 'half-up', '-3'],
  ['0.045', 2, 'half-up', '0.05'],
  ['0.045', 2, 'half-even', '0.04'],
  ['89.995', 2, 'half-up', '90'],
  ['89.994999', 2, 'half-up', '89.99'],
  ['2.9', 0, 'down', '2'],
  ['2.1', 0, 'up', '3'],
  ['2', 0, 'up', '2'],
] as const)('rounds %s to %i digits %s as %s', (value, digits, mode, expected) => {
  expect(textOf(round(exact(value), digits, mode))).toBe(expected)
})

test('refuses to divide by nought', () => {
  expect(() => divide(exact(1), ZERO)).toThrow(RangeError)
})

test('text and number are the same thing', () => {
  fc.assert(fc.property(decimal, (text) => textOf(exact(text)) === text))
})

test('adding and taking away, multiplying and dividing undo each other, however large the numbers grow', () => {
  fc.assert(
    fc.property(decimal, decimal, decimal, (a, b, c) => {
      const [x, y, z] = [exact(a), exact(b), exact(c)]
      expect(compare(subtract(add(x, y), y), x)).toBe(0)
      expect(compare(multiply(x, add(y, z)), add(multiply(x, y), multiply(x, z)))).toBe(0)
      if (compare(y, ZERO) !== 0) expect(compare(multiply(divide(x, y), y), x)).toBe(0)
    }),
  )
})

test('rounding half-up is never more than half a unit away', () => {
  fc.assert(
    fc.property(decimal, fc.integer({ min: 1, max: 97 }), fc.integer({ min: 0, max: 4 }), (text, divisor, digits) => {
      const value = divide(exact(text), exact(divisor))
      const off = subtract(round(value, digits, 'half-up'), value)
      const twice = multiply(off, exact(2 * 10 ** digits))
      expect(compare(twice, exact(1))).toBeLessThanOrEqual(0)
      expect(compare(twice, exact(-1))).toBeGreaterThanOrEqual(0)
    }),
  )
})
