import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { MeetingKind } from '../contract.ts'

export interface PlanLine {
  id: string
  title: string
  kinds: MeetingKind[]
  ownKind: string | null
  heldOn: string
  startsAt: Date
  endsAt: Date
  place: string
  orgName: string
  /** Where it was recorded. */
  meetingId: string | null
}

/** Planned meetings between two days that were not cancelled: those a person is called to or leads, or those of an organisation. */
export async function plansOf(db: Db, whose: { personId: string } | { orgId: string }, from: string, to: string): Promise<PlanLine[]> {
  const mine =
    'orgId' in whose
      ? sql`p.org_id = ${whose.orgId}`
      : sql`(p.chair_id = ${whose.personId} or p.recorder_id = ${whose.personId}
          or exists (select from meetings.invited i where i.org_id = p.org_id and i.plan_id = p.id and i.person_id = ${whose.personId}))`
  const { rows } = await sql<PlanLine>`
    select p.id, p.title, p.kinds, k.name as "ownKind", p.held_on as "heldOn", p.starts_at as "startsAt", p.ends_at as "endsAt", p.place,
      coalesce(o.short_name, o.name) as "orgName", p.meeting_id as "meetingId"
    from meetings.plan p join organisation.org o on o.id = p.org_id
    left join meetings.own_kind_name k on k.kind_id = p.own_kind_id and k.valid @> p.held_on
    where p.held_on between ${from}::date and ${to}::date and p.state <> 'cancelled' and ${mine}
    order by p.starts_at, p.id limit 500`.execute(db)
  return rows
}
