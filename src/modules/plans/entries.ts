import { sql } from 'kysely'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { conflict, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { MEETING_KINDS, type MeetingKind } from '#modules/meetings/contract.ts'
import { TASK_STATES, type TaskState } from '#modules/tasks/contract.ts'
import { type Entry, stateOf } from './contract.ts'
import { type EntryRow, record, tables } from './tables.ts'

type Named = EntryRow & { lead_name: string | null }

/** The entries of an organisation's year with what counts for each, by term; at most 500. Ended ones stand with their state. */
export async function entriesOf(ctx: Pick<Ctx, 'db' | 'now'>, orgId: string, year: number): Promise<Entry[]> {
  const { rows } = await sql<Named>`select e.*, p.name as lead_name from plans.entry e left join organisation.person p on p.id = e.lead_id
    where e.org_id = ${orgId} and e.year = ${year} order by e.due_on, e.id limit 500`.execute(ctx.db)
  const ids = rows.map((e) => e.id)
  const held = await heldIn(ctx.db, orgId, year)
  const given = await tasksOf(ctx.db, ids)
  const pairs = await pairsOf(ctx.db, orgId, ids)
  const today = dateAt(ctx.now)
  const entries = rows.map((e): Entry => {
    const meetings = held.filter((m) => e.meeting_kind !== null && m.kinds.includes(e.meeting_kind))
    const tasks = given.filter((t) => t.source_id === e.id)
    const count =
      e.counted === 'meetings'
        ? meetings.length
        : e.counted === 'task'
          ? tasks.filter((t) => t.state === 'closed').length
          : e.done_on
            ? e.target
            : 0
    const records =
      e.counted === 'meetings'
        ? meetings.map((m) => ({
            id: m.id,
            says: `${dateName(onDay(m.held_on))} ${MEETING_KINDS[e.meeting_kind!]}`,
            open: `/meetings/${m.id}`,
          }))
        : tasks.map((t) => ({ id: t.id, says: `${t.title}（${TASK_STATES[t.state]}）`, open: `/todo/${t.id}` }))
    return {
      id: e.id,
      orgId: e.org_id,
      year: e.year,
      side: e.side,
      beside: [],
      title: e.title,
      text: e.text,
      dueOn: e.due_on,
      lead: e.lead_id && e.lead_name ? { id: e.lead_id, name: e.lead_name } : null,
      counted: e.counted,
      meetingKind: e.meeting_kind,
      target: e.target,
      count,
      records,
      doneOn: e.done_on,
      doneNote: e.done_note,
      state: stateOf({ target: e.target, count, dueOn: e.due_on, ended: e.ended_on !== null }, today),
      version: e.version,
    }
  })
  return withPairs(entries, pairs)
}

interface Pair {
  task_id: string
  measure_id: string
}

async function pairsOf(db: Db, orgId: string, ids: readonly string[]): Promise<Pair[]> {
  const { rows } = await sql<Pair>`select task_id, measure_id from plans.pair
    where org_id = ${orgId} and task_id = any(${[...ids]}::uuid[])`.execute(db)
  return rows
}

function withPairs(entries: readonly Entry[], pairs: readonly Pair[]): Entry[] {
  const standing = entries.filter((e) => e.state !== 'ended')
  return entries.map((e) => {
    const ids = new Set(pairs.flatMap((p) => (p.task_id === e.id ? [p.measure_id] : p.measure_id === e.id ? [p.task_id] : [])))
    return { ...e, beside: standing.filter((o) => ids.has(o.id)).map(({ id, title, state }) => ({ id, title, state })) }
  })
}

async function heldIn(db: Db, orgId: string, year: number) {
  const { rows } = await sql<{ id: string; kinds: MeetingKind[]; held_on: string }>`select id, kinds, held_on from meetings.meeting
    where org_id = ${orgId} and held_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date and state <> 'cancelled'
    order by held_on, id limit 2000`.execute(db)
  return rows
}

async function tasksOf(db: Db, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; source_id: string; title: string; state: TaskState }>`select id, source_id, title, state
    from tasks.task where source = 'plan' and source_id = any(${[...ids]}::uuid[]) and state <> 'cancelled'
    order by given_at, id limit 2000`.execute(db)
  return rows
}

export type NewEntry = Pick<EntryRow, 'side' | 'title' | 'text' | 'due_on' | 'lead_id' | 'counted' | 'meeting_kind' | 'target'>

/** Puts an entry on the plan of an organisation's year, with its fact; returns its id. The caller has asked `plans.manage`. */
export async function adoptEntry(ctx: Ctx, orgId: string, year: number, entry: NewEntry): Promise<string> {
  const id = newId()
  const adopted = { adopted_on: dateAt(ctx.now), adopted_by: ctx.actor.personId }
  const row: EntryRow = { org_id: orgId, id, year, ...entry, done_on: null, done_note: null, ended_on: null, ...adopted, version: 1 }
  await tables(ctx).insertInto('plans.entry').values(row).execute()
  const { due_on: dueOn, counted, meeting_kind: meetingKind, target, side } = entry
  record(ctx, 'planEntry.adopted', { subject: id, orgId, body: { year, dueOn, counted, meetingKind, target, side } })
  return id
}

export type SeenEntry = EntryRow & { path: string; org_name: string }

/** The entry where the actor reads plans; `lock` holds it for a change. */
export async function entrySeen(ctx: Pick<Ctx, 'db' | 'actor'>, id: string, lock = false): Promise<SeenEntry | undefined> {
  const find = async () => {
    const { rows } =
      await sql<SeenEntry>`select e.*, o.path, o.name as org_name from plans.entry e join organisation.org o on o.id = e.org_id
      where e.id = ${id} and ${ctx.actor.within('plans.read', 'o.path')}`.execute(ctx.db)
    return rows[0]
  }
  const found = await find()
  if (!found || !lock) return found
  await sql`select from plans.entry where org_id = ${found.org_id} and id = ${id} for update`.execute(ctx.db)
  return find()
}

export const locked = (ctx: Ctx, { id }: { id: string }) => entrySeen(ctx, id, true)
export const mayManage = (actor: Ctx['actor'], e: SeenEntry) => actor.holds('plans.manage', e.path)

/** Refuses a step on an entry that changed since it was read, or that was cancelled. */
export function assertOpen(e: SeenEntry, version: number): void {
  if (e.version !== version) throw stale({}, { version: e.version })
  if (e.ended_on) throw conflict('entry-ended', '这一项已经取消')
}
