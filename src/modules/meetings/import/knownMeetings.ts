import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { MeetingRow } from './parseMeetings.ts'

/** A meeting that is recorded already, from an earlier file (`source_key`) or by somebody at work. */
export interface KnownMeeting {
  org_id: string
  id: string
  held_on: string
  kinds: string[]
  state: string
  version: number
  held_fact: string
  source_key: string | null
  source_hash: string | null
  recorded_at: Date
  vote_facts: string[]
  corrected: boolean
}

/** What is recorded for the organisations and days of these rows. */
export async function knownMeetings(db: Db, rows: readonly MeetingRow[]): Promise<KnownMeeting[]> {
  if (rows.length === 0) return []
  const days = rows.map((r) => r.date!).sort()
  const orgIds = [...new Set(rows.map((r) => r.org.id!))]
  const found = await sql<KnownMeeting>`
    select m.org_id, m.id, m.held_on, m.kinds, m.state, m.version, m.held_fact, m.source_key, m.source_hash, m.recorded_at,
      coalesce(v.facts, '{}') as vote_facts, a.meeting_id is not null as corrected
    from meetings.meeting m
    left join (select org_id, meeting_id, array_agg(fact_id) as facts from meetings.vote where org_id = any(${orgIds}::uuid[]) group by 1, 2) v
      on v.org_id = m.org_id and v.meeting_id = m.id
    left join (select distinct org_id, meeting_id from meetings.addendum where org_id = any(${orgIds}::uuid[]) and corrected is not null) a
      on a.org_id = m.org_id and a.meeting_id = m.id
    where m.org_id = any(${orgIds}::uuid[]) and m.held_on between ${days[0]}::date and ${days.at(-1)}::date`.execute(db)
  return found.rows
}
