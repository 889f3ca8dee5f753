import type { Db } from '#kernel/database.ts'
import { COMMITTEE_KINDS, type MeetingKind } from '../contract.ts'
import { type Expectation, expectedOn } from '../expected.ts'

/** Who was expected, read once for each organisation, day and sort of meeting: a ledger asks for the same ones again and again. */
export function rosters(db: Db) {
  const read = new Map<string, Promise<Expectation>>()
  return (org: { id: string }, kinds: readonly MeetingKind[], day: string): Promise<Expectation> => {
    const committee = kinds.every((k) => COMMITTEE_KINDS.includes(k))
    const key = `${org.id}|${day}|${committee ? 'committee' : kinds.join()}`
    const found = read.get(key) ?? expectedOn(db, org, kinds, day)
    read.set(key, found)
    return found
  }
}
