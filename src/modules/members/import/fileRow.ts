import type { DatedValue } from '#kernel/civilDate.ts'
import { plainNumber } from '../profile.ts'
import { blindIndexOf, seal, unseal } from '../sealed.ts'
import type { StoredProfile } from './matchPeople.ts'
import type { RosterRow } from './parseRoster.ts'

/** The columns of `members.profile` with their types, for statements that store many at once. */
export const PROFILE_COLUMNS = {
  person_id: 'uuid',
  sex: 'text',
  nation: 'text',
  birth_from: 'date',
  birth_until: 'date',
  birth_precision: 'text',
  education: 'text',
  degree: 'text',
  job: 'text',
  position: 'text',
  title: 'text',
  native_place: 'text',
  party_group: 'text',
  mobile: 'boolean',
  lost: 'boolean',
  outflow: 'text',
  note: 'text',
  joined_from: 'date',
  joined_until: 'date',
  joined_precision: 'text',
  converted_from: 'date',
  converted_until: 'date',
  converted_precision: 'text',
  id_sealed: 'text',
  id_index: 'text',
  phone_sealed: 'text',
  phone_index: 'text',
  address_sealed: 'text',
} as const

/** The member's file after a row: what the row says, else what is stored. */
export function mergedProfile(personId: string, row: RosterRow, stored: StoredProfile): StoredProfile {
  const said = Object.fromEntries(Object.entries(saidBy(personId, row, stored)).filter(([, value]) => value !== null))
  const before = Object.fromEntries(Object.keys(PROFILE_COLUMNS).map((column) => [column, stored[column] ?? null]))
  return { ...before, ...said, person_id: personId }
}

/** Does the row say anything that is not stored? */
export const isOther = (merged: StoredProfile, stored: StoredProfile): boolean =>
  Object.keys(PROFILE_COLUMNS).some((column) => column !== 'person_id' && (merged[column] ?? null) !== (stored[column] ?? null))

function saidBy(personId: string, row: RosterRow, stored: StoredProfile): StoredProfile {
  const idIndex = blindIndexOf('idNumber', row.idNumber)
  const phone = row.phone === null ? null : plainNumber(row.phone)
  const phoneIndex = blindIndexOf('phone', phone)
  const address = row.address ?? null
  // A sealed text differs each time: one that says the same stays as it is.
  const same = address !== null && stored.address_sealed && unseal('address', personId, stored.address_sealed as string) === address
  return {
    sex: row.sex,
    nation: row.nation,
    ...life('birth', row.birth),
    education: row.education && (row.education.name || row.education.code),
    degree: row.degree,
    job: row.post && (row.post.name || row.post.code),
    position: row.position,
    title: row.professionalTitle,
    native_place: row.origin,
    party_group: row.group,
    mobile: row.mobile,
    lost: row.lost,
    outflow: row.outflow,
    note: row.note,
    ...life('joined', row.joined),
    ...life('converted', row.converted),
    id_sealed: idIndex === (stored.id_index ?? null) ? null : seal('idNumber', personId, row.idNumber),
    id_index: idIndex,
    phone_sealed: phoneIndex === (stored.phone_index ?? null) ? null : seal('phone', personId, phone),
    phone_index: phoneIndex,
    address_sealed: same ? null : seal('address', personId, address),
  }
}

const life = (name: string, date: DatedValue | null) => ({
  [`${name}_from`]: date?.from ?? null,
  [`${name}_until`]: date?.to ?? null,
  [`${name}_precision`]: date?.precision ?? null,
})
