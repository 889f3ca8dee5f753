/**
 * An exact number: n ÷ d, d > 0. Small ones are plain integers, which is what nearly every mark is;
 * where an integer would no longer be safe, both are bigints. Nothing is ever rounded but by `round`.
 */
export type Exact = { readonly n: number; readonly d: number } | { readonly n: bigint; readonly d: bigint }

export type RoundingMode = 'half-up' | 'half-even' | 'down' | 'up'

export const ZERO: Exact = { n: 0, d: 1 }
export const ONE: Exact = { n: 1, d: 1 }
export const HUNDRED: Exact = { n: 100, d: 1 }

/** Reads a decimal text ("-3.25", at most six places) or a whole JavaScript number; throws on anything else. */
export const exact = (value: string | number): Exact => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { n: value, d: 1 }
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(String(value))
  if (!match) throw new RangeError(`「${value}」不是最多六位小数的十进制数`)
  const places = match[3]?.replace(/0+$/, '') ?? ''
  return fraction(BigInt(`${match[1]}${match[2]}${places}`), 10n ** BigInt(places.length))
}

export const add = (a: Exact, b: Exact): Exact => {
  if (isZero(b)) return a
  if (isZero(a)) return b
  if (isSmall(a) && isSmall(b)) {
    if (a.d === b.d && Number.isSafeInteger(a.n + b.n)) return { n: a.n + b.n, d: a.d }
    const [left, right, d] = [a.n * b.d, b.n * a.d, a.d * b.d]
    if (isSafe(left) && isSafe(right) && isSafe(d) && isSafe(left + right)) return reduced(left + right, d)
  }
  return fraction(BigInt(a.n) * BigInt(b.d) + BigInt(b.n) * BigInt(a.d), BigInt(a.d) * BigInt(b.d))
}

export const negate = (a: Exact): Exact => (isSmall(a) ? { n: 0 - a.n, d: a.d } : { n: -a.n, d: a.d })

export const subtract = (a: Exact, b: Exact): Exact => add(a, negate(b))

export const multiply = (a: Exact, b: Exact): Exact => {
  if (isSmall(a) && isSmall(b)) {
    const [n, d] = [a.n * b.n, a.d * b.d]
    if (isSafe(n) && isSafe(d)) return d === 1 ? { n, d } : reduced(n, d)
  }
  return fraction(BigInt(a.n) * BigInt(b.n), BigInt(a.d) * BigInt(b.d))
}

/** Throws RangeError on division by zero: the caller decides what an empty denominator means. */
export const divide = (a: Exact, b: Exact): Exact => {
  if (isZero(b)) throw new RangeError('除数为 0')
  return multiply(a, inverse(b))
}

const inverse = (a: Exact): Exact => {
  if (isSmall(a)) return a.n > 0 ? { n: a.d, d: a.n } : { n: -a.d, d: -a.n }
  return a.n > 0n ? { n: a.d, d: a.n } : { n: -a.d, d: -a.n }
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export const compare = (a: Exact, b: Exact): number => {
  if (isSmall(a) && isSmall(b)) {
    const [left, right] = [a.n * b.d, b.n * a.d]
    if (isSafe(left) && isSafe(right)) return Math.sign(left - right)
  }
  const difference = BigInt(a.n) * BigInt(b.d) - BigInt(b.n) * BigInt(a.d)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const sign = (a: Exact): number => (a.n < 0 ? -1 : a.n > 0 ? 1 : 0)
export const isZero = (a: Exact): boolean => a.n === 0 || a.n === 0n
export const least = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b)
export const greatest = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b)
export const sum = (all: readonly Exact[]): Exact => all.reduce(add, ZERO)

/** Rounds to so many decimal places; half-up goes away from zero, as 四舍五入 does; down and up go towards and away from zero. */
export const round = (a: Exact, digits: number, mode: RoundingMode): Exact => {
  const scale = 10n ** BigInt(digits)
  if (scale % BigInt(a.d) === 0n) return a
  const [n, d] = [BigInt(a.n), BigInt(a.d)]
  const magnitude = (n < 0n ? -n : n) * scale
  const units = magnitude / d + (roundsUp(magnitude / d, magnitude % d, d, mode) ? 1n : 0n)
  return fraction(n < 0n ? -units : units, scale)
}

const roundsUp = (whole: bigint, rest: bigint, d: bigint, mode: RoundingMode): boolean => {
  if (rest === 0n || mode === 'down') return false
  if (mode === 'up') return true
  if (rest * 2n !== d) return rest * 2n > d
  return mode === 'half-up' || whole % 2n === 1n
}

/** Decimal text without trailing zeros; a number that does not end within six places is shown to `digits` places, half-up. */
export const textOf = (a: Exact, digits = 4): string => {
  if (a.d === 1) return String(a.n)
  const { n, d } = MICRO % BigInt(a.d) === 0n ? a : round(a, digits, 'half-up')
  const micro = (BigInt(n) * MICRO) / BigInt(d)
  const magnitude = micro < 0n ? -micro : micro
  const places = (magnitude % MICRO).toString().padStart(6, '0').replace(/0+$/, '')
  return `${micro < 0n ? '-' : ''}${magnitude / MICRO}${places && `.${places}`}`
}

const MICRO = 1_000_000n

type Small = { readonly n: number; readonly d: number }
const isSmall = (a: Exact): a is Small => typeof a.n === 'number'
const isSafe = (n: number): boolean => n <= Number.MAX_SAFE_INTEGER && n >= -Number.MAX_SAFE_INTEGER

const reduced = (n: number, d: number): Small => {
  let [a, b] = [n < 0 ? -n : n, d]
  while (b !== 0) [a, b] = [b, a % b]
  return { n: n / a, d: d / a }
}

const fraction = (n: bigint, d: bigint): Exact => {
  let [a, b] = [n < 0n ? -n : n, d]
  while (b !== 0n) [a, b] = [b, a % b]
  const [top, bottom] = [n / a, d / a]
  const small = isSafe(Number(top)) && isSafe(Number(bottom))
  return small ? { n: Number(top), d: Number(bottom) } : { n: top, d: bottom }
}
