import { randomUUIDv7 } from 'node:crypto'

/** The id of something new: a UUIDv7, so that indexes grow at their end. Never for ballots. */
export const newId = (): string => randomUUIDv7()

/** Stands for the installation as a whole where a fact or grant belongs to no organisation. */
export const NOWHERE = '00000000-0000-0000-0000-000000000000'
