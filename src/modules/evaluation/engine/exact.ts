/** An exact number: n ÷ d, d > 0. Decimals with up to six places always carry d = 1 000 000, so that most sums need no reduction. */
export interface Exact {
  readonly n: bigint
  readonly d: bigint
}

export type RoundingMode = 'half-up' | 'half-even' | 'down' | 'up'

const MICRO = 1_000_000n

export const ZERO: Exact = { n: 0n, d: MICRO }
export const ONE: Exact = { n: MICRO, d: MICRO }
export const HUNDRED: Exact = { n: 100n * MICRO, d: MICRO }

/** Reads a decimal text ("-3.25", at most six places) or a whole JavaScript number; throws on anything else. */
export const exact = (value: string | number): Exact => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { n: BigInt(value) * MICRO, d: MICRO }
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(String(value))
  if (!match) throw new RangeError(`「${value}」不是最多六位小数的十进制数`)
  const n = BigInt(match[2]!) * MICRO + BigInt((match[3] ?? '').padEnd(6, '0'))
  return { n: match[1] ? -n : n, d: MICRO }
}

export const add = (a: Exact, b: Exact): Exact => (a.d === b.d ? { n: a.n + b.n, d: a.d } : tidy(a.n * b.d + b.n * a.d, a.d * b.d))

export const subtract = (a: Exact, b: Exact): Exact => (a.d === b.d ? { n: a.n - b.n, d: a.d } : tidy(a.n * b.d - b.n * a.d, a.d * b.d))

export const multiply = (a: Exact, b: Exact): Exact => tidy(a.n * b.n, a.d * b.d)

/** Throws RangeError on division by zero: the caller decides what an empty denominator means. */
export const divide = (a: Exact, b: Exact): Exact => {
  if (b.n === 0n) throw new RangeError('除数为 0')
  return b.n > 0n ? tidy(a.n * b.d, a.d * b.n) : tidy(-a.n * b.d, -a.d * b.n)
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export const compare = (a: Exact, b: Exact): number => {
  const difference = a.d === b.d ? a.n - b.n : a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const isZero = (a: Exact): boolean => a.n === 0n
export const least = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b)
export const greatest = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b)
export const sum = (all: readonly Exact[]): Exact => all.reduce(add, ZERO)

/** Rounds to so many decimal places; half-up goes away from zero, as 四舍五入 does; down and up go towards and away from zero. */
export const round = (a: Exact, digits: number, mode: RoundingMode): Exact => {
  const scale = 10n ** BigInt(digits)
  const magnitude = (a.n < 0n ? -a.n : a.n) * scale
  const whole = magnitude / a.d
  const rest = magnitude % a.d
  const up = roundsUp(whole, rest, a.d, mode)
  const units = up ? whole + 1n : whole
  return tidy(a.n < 0n ? -units : units, scale)
}

const roundsUp = (whole: bigint, rest: bigint, d: bigint, mode: RoundingMode): boolean => {
  if (rest === 0n || mode === 'down') return false
  if (mode === 'up') return true
  if (rest * 2n !== d) return rest * 2n > d
  return mode === 'half-up' || whole % 2n === 1n
}

/** Decimal text without trailing zeros; a number that never ends is shown to `digits` places, half-up. */
export const textOf = (a: Exact, digits = 4): string => {
  const shown = MICRO % a.d === 0n || a.d === MICRO ? a : round(a, digits, 'half-up')
  const micro = (shown.n * MICRO) / shown.d
  const magnitude = micro < 0n ? -micro : micro
  const fraction = (magnitude % MICRO).toString().padStart(6, '0').replace(/0+$/, '')
  return `${micro < 0n ? '-' : ''}${magnitude / MICRO}${fraction && `.${fraction}`}`
}

const tidy = (n: bigint, d: bigint): Exact => {
  if (d === MICRO) return { n, d }
  if ((n * MICRO) % d === 0n) return { n: (n * MICRO) / d, d: MICRO }
  const common = divisor(n < 0n ? -n : n, d)
  return { n: n / common, d: d / common }
}

const divisor = (a: bigint, b: bigint): bigint => {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
