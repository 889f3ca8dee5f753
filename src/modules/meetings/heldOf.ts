import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { MeetingKind } from './contract.ts'

export interface HeldMeeting {
  id: string
  title: string
  heldOn: string
  kinds: MeetingKind[]
  expected: number
  present: number
  signed: boolean
}

/** The meetings of a kind that an organisation held in a span of days, the newest first; cancelled ones are left out. */
export async function heldOf(db: Db, orgId: string, kind: MeetingKind, from: string, to: string): Promise<HeldMeeting[]> {
  const { rows } =
    await sql<HeldMeeting>`select ${columns} from meetings.meeting m where m.org_id = ${orgId} and m.kinds @> array[${kind}]::text[]
    and m.held_on between ${from}::date and ${to}::date and m.state <> 'cancelled' order by m.held_on desc, m.id limit 60`.execute(db)
  return rows
}

/** One meeting of an organisation as a list shows it; undefined if it held none of that id or cancelled it. */
export async function heldMeeting(db: Db, orgId: string, id: string): Promise<HeldMeeting | undefined> {
  const { rows } = await sql<HeldMeeting>`select ${columns} from meetings.meeting m
    where m.org_id = ${orgId} and m.id = ${id} and m.state <> 'cancelled'`.execute(db)
  return rows[0]
}

const columns = sql`m.id, m.title, m.held_on as "heldOn", m.kinds, m.expected, m.present, m.state <> 'submitted' as signed`
