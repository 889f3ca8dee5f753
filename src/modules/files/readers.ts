import type { Ctx } from '#kernel/operation.ts'

/** A file that is asked for, and the record that holds it; path is the place of the record's organisation today. */
export interface Held {
  fileId: string
  orgId: string
  path: string
  subjectId: string
}

type Reads = (ctx: Ctx, file: Held) => Promise<boolean>

const readers = new Map<string, Reads>()

/** Lets the module of a record say who reads its files besides those with the capability there. Once for each kind of record. */
export const readersOf = (subject: string, reads: Reads): void => void readers.set(subject, reads)

export const readsToo = async (ctx: Ctx, subject: string, file: Held): Promise<boolean> =>
  (await readers.get(subject)?.(ctx, file)) ?? false
