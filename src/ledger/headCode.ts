import type { TreeHead } from './proof.ts'

/**
 * A head for paper: 24 signs in six groups that survive handwriting, capitals and O for 0. They hold the size (35 bits),
 * the first 75 bits of the root and a checksum (10 bits), so nobody can build another history with the same code.
 */
export function headCode({ size, root }: TreeHead): string {
  if (!(size >= 0 && size < 2 ** 35)) throw new RangeError(`no code for a ledger of ${size} facts`)
  const value = (BigInt(size) << 75n) | (BigInt(`0x${root.slice(0, 20)}`) >> 5n)
  return inGroups(written((value << 10n) | checksum(value)))
}

/** What a code says: the size, and the root's first 75 bits. Undefined when it was mistyped. */
export function readHeadCode(code: string): { size: number; matches: (root: string) => boolean } | undefined {
  const signs = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{24}$/.test(signs)) return undefined
  const whole = [...signs].reduce((sum, sign) => sum * 32n + BigInt(ALPHABET.indexOf(sign)), 0n)
  const value = whole >> 10n
  if (checksum(value) !== (whole & 1023n)) return undefined
  const start = value & (2n ** 75n - 1n)
  return { size: Number(value >> 75n), matches: (root) => BigInt(`0x${root.slice(0, 20)}`) >> 5n === start }
}

// Crockford's base 32: no I, L, O, U.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function written(value: bigint): string {
  let text = ''
  for (let rest = value; text.length < 24; rest >>= 5n) text = ALPHABET[Number(rest & 31n)] + text
  return text
}

const inGroups = (text: string) => text.match(/.{4}/g)!.join('-')

// 1021 is the largest prime below 2^10: every single wrong sign and every swap of two neighbours shows.
const checksum = (value: bigint) => value % 1021n
