import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { MeetingKind } from './contract.ts'

export interface Attended {
  personId: string
  meetingId: string
  kinds: MeetingKind[]
  heldOn: string
}

/** The meetings that these people came to from `from` to `to`, in whatever organisation, oldest first; cancelled ones left out. */
export async function meetingsAttended(db: Db, personIds: readonly string[], from: string, to: string): Promise<Attended[]> {
  if (personIds.length === 0) return []
  const { rows } = await sql<Attended>`
    select a.person_id as "personId", m.id as "meetingId", m.kinds, m.held_on as "heldOn"
    from meetings.attendance a join meetings.meeting m on m.org_id = a.org_id and m.id = a.meeting_id
    where a.person_id = any(${[...personIds]}::uuid[]) and a.present and m.state <> 'cancelled'
      and m.held_on between ${from}::date and ${to}::date order by m.held_on, m.id limit 5000`.execute(db)
  return rows
}
