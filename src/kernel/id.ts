import { randomUUIDv7 } from 'node:crypto'

let last = ''

/**
 * The id of something new: a UUIDv7, so that indexes grow at their end; each is greater than the one before in this process, so that
 * facts recorded at one moment keep their order. Never for ballots.
 */
export function newId(): string {
  const id = randomUUIDv7()
  last = id > last ? id : after(last)
  return last
}

const after = (id: string) => id.slice(0, 24) + (Number.parseInt(id.slice(24), 16) + 1).toString(16).padStart(12, '0')

/** Stands for the installation as a whole where a fact or grant belongs to no organisation. */
export const NOWHERE = '00000000-0000-0000-0000-000000000000'
