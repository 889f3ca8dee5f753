import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Ctx } from '#kernel/operation.ts'

/** A record by its organisation and id, with the day of the meeting. */
export type MeetingRef = { id: string; org_id: string; held_on: string }

/** What a higher module does in the transaction that signs or cancels a record. */
export type WhenRecord = (ctx: Ctx, meeting: MeetingRef) => Promise<void>
const whenSigned: WhenRecord[] = []
const whenCancelled: WhenRecord[] = []

/** Called by a higher module when it is loaded: what follows from resolutions begins with the signature, or not at all. */
export const onMeetingSigned = (then: WhenRecord): void => void whenSigned.push(then)
/** The same for a record that is cancelled: what followed from its resolutions falls away with it. */
export const onMeetingCancelled = (then: WhenRecord): void => void whenCancelled.push(then)

/** A vote that a correction wrote anew: its id before, and its id now; null where the record has it no more. */
export interface VoteMoved {
  before: string
  after: string | null
}
const whenVotesMoved: ((ctx: Ctx, meeting: MeetingRef, moved: readonly VoteMoved[]) => Promise<void>)[] = []

/** Called by a higher module when it is loaded: what rests on a vote follows the record that is put right. */
export const onVotesMoved = (then: (typeof whenVotesMoved)[number]): void => void whenVotesMoved.push(then)

type At = { id: string; position: number }

/** Tells which vote stands for which now: the one on the same item. `placeOf`: where an item stands now, when items were moved too. */
export async function followVotes(
  ctx: Ctx,
  meeting: MeetingRef,
  before: readonly At[],
  after: readonly At[],
  placeOf: (position: number) => number | undefined = (position) => position,
): Promise<void> {
  const moved = before.map(({ id, position }) => ({ before: id, after: after.find((v) => v.position === placeOf(position))?.id ?? null }))
  for (const then of moved.length === 0 ? [] : whenVotesMoved) await then(ctx, meeting, moved)
}

export async function followSigning(ctx: Ctx, m: MeetingRef): Promise<void> {
  for (const then of whenSigned) await then(ctx, m)
}

export async function followCancelling(ctx: Ctx, m: MeetingRef): Promise<void> {
  for (const then of whenCancelled) await then(ctx, m)
}

export interface ActionRef {
  id: string
  text: string
  topic: string
  ownerId: string | null
  dueOn: string | null
}

/** What a meeting resolved to have done and is still open, in the order of its agenda. */
export async function openActionsIn(db: Db, orgId: string, meetingId: string): Promise<ActionRef[]> {
  const { rows } = await sql<ActionRef>`
    select a.id, a.text, i.topic, a.owner_id as "ownerId", a.due_on as "dueOn"
    from meetings.action a join meetings.item i on i.org_id = a.org_id and i.meeting_id = a.meeting_id and i.position = a.position
    where a.org_id = ${orgId} and a.meeting_id = ${meetingId} and a.settled_on is null order by a.position, a.id`.execute(db)
  return rows
}

/** Earlier actions that a meeting reported as done, with their results. */
export async function actionsSettledIn(db: Db, orgId: string, meetingId: string): Promise<{ id: string; result: string }[]> {
  const { rows } = await sql<{ id: string; result: string }>`
    select id, coalesce(result, '') as result from meetings.action where org_id = ${orgId} and settled_in = ${meetingId}`.execute(db)
  return rows
}

/** Marks an action as done outside a meeting, so that it comes back on no agenda; without `done` it is open again. */
export async function settleAction(db: Db, orgId: string, id: string, done: { on: string; result: string } | null): Promise<void> {
  await sql`update meetings.action set settled_on = ${done?.on ?? null}::date, settled_in = null, result = ${done?.result ?? null}
    where org_id = ${orgId} and id = ${id}`.execute(db)
}
