import { createHash, randomBytes, randomInt } from 'node:crypto'
import { services } from './services.ts'

/** 256 random bits for a cookie or ticket; the database keeps its hash only. */
export const newToken = () => randomBytes(32).toString('base64url')

export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

// Without 0, 1, I, L, O and U: what a person reads from paper cannot be misread, and no words arise.
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A one-time code for paper: twelve characters in three groups, 58 bits. */
export function newCode(): string {
  const letters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)])
  return [0, 4, 8].map((at) => letters.slice(at, at + 4).join('')).join('-')
}

/** What is kept of a one-time code: keyed with a key outside the database, so that a stolen table opens nothing. */
export const codeIndex = (code: string) => services().cipher.blindIndex(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''), 'identity.code')
