import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'

/** A vote on receiving or converting one person, as the record of the meeting tells it; votes in writing are counted in. */
export interface AdmissionVote {
  id: string
  meetingId: string
  topic: string
  heldOn: string
  entitled: number
  present: number
  inFavour: number
  against: number
  abstained: number
  quorate: boolean
  passed: boolean
}

/** The votes of an organisation by the rule for receiving and converting (V-05) since a day, the last first; not of cancelled meetings. */
export const admissionVotes = (db: Db, orgId: string, since: string, voteId?: string): Promise<AdmissionVote[]> =>
  sql<AdmissionVote>`select v.id, m.id as "meetingId", i.topic, m.held_on as "heldOn", v.base as entitled, v.present,
      v.in_favour + v.written_in_favour as "inFavour", v.against + v.written_against as against,
      v.abstained + v.written_abstained as abstained, v.quorate, v.passed
    from meetings.vote v join meetings.meeting m on m.org_id = v.org_id and m.id = v.meeting_id
    join meetings.item i on i.org_id = v.org_id and i.meeting_id = v.meeting_id and i.position = v.position
    where v.org_id = ${orgId} and v.rule = 'admission' and m.state <> 'cancelled' and m.held_on >= ${since}::date
      ${voteId === undefined ? sql`` : sql`and v.id = ${voteId}`}
    order by m.held_on desc, v.id desc limit 100`
    .execute(db)
    .then(({ rows }) => rows)
