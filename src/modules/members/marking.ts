import type { Db } from '#kernel/database.ts'
import { saveProfile } from './profile.ts'

/** Puts into the member's file that somebody is away or out of contact, or no longer; what is left out stays. */
export const markAway = (db: Db, personId: string, marks: { mobile?: boolean; lost?: boolean; outflow?: string | null }): Promise<void> =>
  saveProfile(db, personId, marks)
