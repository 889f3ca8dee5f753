import type { Db } from '#kernel/database.ts'
import { markAway } from '#modules/members/published.ts'
import type { Kind } from './contract.ts'

/** The roster shows the same mark as the plan. */
export async function mark({ db }: { db: Db }, personId: string, kind: Kind, is: boolean, place: string): Promise<void> {
  if (kind === 'retired') return
  await markAway(db, personId, kind === 'lost' ? { lost: is } : { mobile: is, outflow: is && place ? place : null })
}
