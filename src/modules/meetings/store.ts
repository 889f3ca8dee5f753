import { type RawBuilder, sql } from 'kysely'
import { type Db, json } from '#kernel/database.ts'
import type { Record } from './compose.ts'
import type { Attendance, Meeting, Vote } from './tables.ts'

const partOf = (table: string, part: string) =>
  sql`select * from jsonb_populate_recordset(null::${sql.table(`meetings.${table}`)}, (select doc -> ${sql.lit(part)} from given))`

/** A record of which the meeting itself may be stored already. */
type Stored = Omit<Record, 'meeting' | 'settled'> & { meeting: Meeting | null }

/** Stores whole meetings in one statement. */
export async function store(db: Db, records: readonly Stored[]): Promise<void> {
  await sql`with ${rowsOf(records)} select 1`.execute(db)
}

/** The same as clauses of a statement that does more: recording a meeting with its attendances and its fact is one round trip. */
export function rowsOf(records: readonly Stored[]): RawBuilder<unknown> {
  const doc = {
    meeting: records.flatMap((r) => r.meeting ?? []),
    attendance: records.flatMap((r) => r.attendance),
    item: records.flatMap((r) => r.items),
    vote: records.flatMap((r) => r.votes),
    action: records.flatMap((r) => r.actions),
  }
  return sql`given as (select ${json(doc)} as doc),
    meeting as (insert into meetings.meeting ${partOf('meeting', 'meeting')}),
    attendance as (insert into meetings.attendance ${partOf('attendance', 'attendance')}),
    item as (insert into meetings.item ${partOf('item', 'item')}),
    vote as (insert into meetings.vote ${partOf('vote', 'vote')}),
    action as (insert into meetings.action ${partOf('action', 'action')})`
}

/** Puts a changed record in the place of the one with its id; addenda stay. */
export async function replace(db: Db, record: Record): Promise<void> {
  const { org_id: orgId, id, ...changed } = record.meeting
  for (const table of ['action', 'vote', 'item', 'attendance'])
    await sql`delete from ${sql.table(`meetings.${table}`)} where org_id = ${orgId} and meeting_id = ${id}`.execute(db)
  await sql`update meetings.action set settled_on = null, settled_in = null, result = null
    where org_id = ${orgId} and settled_in = ${id}`.execute(db)
  const columns = sql.join(Object.keys(changed).map((c) => sql`${sql.ref(c)} = ${sql.ref(`r.${c}`)}`))
  await sql`update meetings.meeting m set ${columns} from jsonb_populate_record(null::meetings.meeting, ${json(record.meeting)}) r
    where m.org_id = ${orgId} and m.id = ${id}`.execute(db)
  await store(db, [{ ...record, meeting: null }])
}

/** Marks earlier actions of the organisation as settled by this meeting; tells which of them were not open. */
export async function settle(db: Db, { meeting, settled }: Record): Promise<string[]> {
  if (settled.length === 0) return []
  const { rows } = await sql<{ id: string }>`update meetings.action a set settled_on = ${meeting.held_on}::date, settled_in = ${meeting.id},
      result = s.result
    from jsonb_to_recordset(${json(settled)}) as s("actionId" uuid, result text)
    where a.org_id = ${meeting.org_id} and a.id = s."actionId" and a.settled_on is null returning a.id`.execute(db)
  return settled.map((s) => s.actionId).filter((id) => !rows.some((r) => r.id === id))
}

/** Writes the figures that a correction changed: counts, who was expected, votes. The text of the record is not touched. */
export async function recount(db: Db, m: Meeting, attendance: readonly Attendance[], votes: readonly Vote[]): Promise<void> {
  for (const table of ['vote', 'attendance'])
    await sql`delete from ${sql.table(`meetings.${table}`)} where org_id = ${m.org_id} and meeting_id = ${m.id}`.execute(db)
  await sql`with given as (select ${json({ attendance, vote: votes })} as doc),
    attendance as (insert into meetings.attendance ${partOf('attendance', 'attendance')})
    insert into meetings.vote ${partOf('vote', 'vote')}`.execute(db)
  await sql`update meetings.meeting set kinds = ${m.kinds}::text[], own_kind_id = ${m.own_kind_id}::uuid, held_on = ${m.held_on}::date, expected = ${m.expected},
      present = ${m.present}, entitled = ${m.entitled}, entitled_present = ${m.entitled_present},
      roster_expected = ${m.roster_expected}, late = ${m.late}, warnings = ${json(m.warnings)}
    where org_id = ${m.org_id} and id = ${m.id}`.execute(db)
}
