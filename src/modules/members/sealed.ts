import type { FieldCipher, Place } from '#runtime/fieldCipher.ts'

/** The fields of a member's file that lie sealed in the database. */
export const SEALED = ['idNumber', 'phone', 'address'] as const
export type SealedField = (typeof SEALED)[number]

const COLUMN: Record<SealedField, string> = { idNumber: 'id_sealed', phone: 'phone_sealed', address: 'address_sealed' }

let cipher: FieldCipher | undefined

/** Sets, once at start, what seals with the keys of this installation; they lie outside the database. */
export function memberServices(services: { cipher: FieldCipher }): void {
  cipher = services.cipher
}

/** The field sealed for its place; null stays null. */
export const seal = (field: SealedField, personId: string, plain: string | null): string | null =>
  plain === null ? null : keys().seal(plain, placeOf(field, personId))

export const unseal = (field: SealedField, personId: string, sealed: string | null): string | null =>
  sealed === null ? null : keys().open(sealed, placeOf(field, personId))

/** For an exact search without opening; the same value always gives the same index. */
export const blindIndexOf = (field: 'idNumber' | 'phone', plain: string | null): string | null =>
  plain === null ? null : keys().blindIndex(plain, `members.${field}`)

const placeOf = (field: SealedField, personId: string): Place => ({ table: 'members.profile', column: COLUMN[field], row: personId })

/** Seals a text of another module for its place, with the same keys. */
export const sealText = (place: Place, plain: string): string => keys().seal(plain, place)

export const openText = (place: Place, sealed: string): string => keys().open(sealed, place)

function keys(): FieldCipher {
  if (!cipher) throw new Error('memberServices was not called at start')
  return cipher
}
