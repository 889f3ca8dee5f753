import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, missing, stale } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type RosterPerson, rosterOn } from '#modules/members/published.ts'
import type { PostRole } from '#modules/organisation/contract.ts'
import { STATES, type State } from './contract.ts'

export interface Election {
  id: string
  orgId: string
  orgName: string
  path: string
  state: State
  plannedOn: string
  seats: number
  /** Under seven full members the assembly elects the 书记 itself. */
  direct: boolean
  fullMembers: number
  heldOn: string | null
  entitled: number | null
  present: number | null
  monitorId: string | null
  counterId: string | null
  version: number
}

const rows = sql`select e.id, e.org_id as "orgId", o.name as "orgName", o.path, e.state, e.planned_on as "plannedOn", e.seats, e.direct,
    e.full_members as "fullMembers", e.held_on as "heldOn", e.entitled, e.present, e.monitor_id as "monitorId",
    e.counter_id as "counterId", e.version
  from elections.election e join organisation.org o on o.id = e.org_id`

/** The election, held for a change; undefined where the actor reads nothing and does not count its ballots. */
export async function lockElection(ctx: Pick<Ctx, 'db' | 'actor'>, id: string): Promise<Election | undefined> {
  await sql`select from elections.election where id = ${id} for update`.execute(ctx.db)
  return electionSeen(ctx, id)
}

export async function electionSeen(ctx: Pick<Ctx, 'db' | 'actor'>, id: string): Promise<Election | undefined> {
  const found = (await sql<Election>`${rows} where e.id = ${id}`.execute(ctx.db)).rows[0]
  if (!found) return undefined
  const counts = ctx.actor.personId !== null && [found.monitorId, found.counterId].includes(ctx.actor.personId)
  return counts || ctx.actor.holds('elections.read', found.path) === true ? found : undefined
}

/** The election that a request is about, whoever asks. */
export async function electionAbout(ctx: Pick<Ctx, 'db'>, id: string | null): Promise<Election | undefined> {
  if (id === null) return undefined
  await sql`select from elections.election where id = ${id} for update`.execute(ctx.db)
  return (await sql<Election>`${rows} where e.id = ${id}`.execute(ctx.db)).rows[0]
}

export interface Candidate {
  personId: string
  name: string
  /** Votes that elected; null: not elected, or not yet. */
  electedVotes: number | null
  role: PostRole | null
}

export async function candidatesOf(ctx: Pick<Ctx, 'db'>, id: string): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`select c.person_id as "personId", p.name, c.elected_votes as "electedVotes", c.role
    from elections.candidate c join organisation.person p on p.id = c.person_id where c.election_id = ${id} order by c.place`.execute(
    ctx.db,
  )
  return rows
}

/** Moves the election on; everything it then says belongs to the same transaction. */
export const moveTo = (ctx: Pick<Ctx, 'db'>, { id }: Election, state: State) =>
  sql`update elections.election set state = ${state}, version = version + 1 where id = ${id}`.execute(ctx.db)

export function assertStep(e: Election, { version }: { version: number }, ...states: State[]): void {
  if (version !== e.version) throw stale({ version }, { state: STATES[e.state], version: e.version })
  if (!states.includes(e.state)) throw conflict('not-this-step', `现在的一步是：${STATES[e.state]}。请刷新后再看`)
}

export function assertPast(ctx: Pick<Ctx, 'now'>, on: string, field = 'heldOn'): void {
  if (on > dateAt(ctx.now)) throw invalid('ahead', '这一天还没有到，请填已经办了的日期', { [field]: ['不能晚于今天'] })
}

/** The people who may vote and be elected on a day; others are refused by name where the actor can see them, else as not there. */
export async function entitledOf(ctx: Pick<Ctx, 'db'>, orgId: string, day: string): Promise<Map<string, RosterPerson>> {
  const roster = await rosterOn(ctx.db, orgId, day)
  return new Map(roster.filter(({ entitled }) => entitled).map((person) => [person.personId, person]))
}

export async function assertEntitled(
  ctx: Pick<Ctx, 'db'>,
  orgId: string,
  day: string,
  ids: readonly string[],
  field: string,
): Promise<void> {
  const roster = new Map((await rosterOn(ctx.db, orgId, day)).map((person) => [person.personId, person]))
  for (const id of ids) {
    const person = roster.get(id)
    if (!person) throw missing()
    if (!person.entitled)
      throw invalid('not-eligible', `${person.name}不能作候选人或选举人：${person.reason}`, { [field]: [person.reason] })
  }
}
