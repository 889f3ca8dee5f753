import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { addMonths, addYears, dateAt, daysBetween } from '#kernel/civilDate.ts'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { COMMITTEE_POSTS, type OrgKind, POSTS, PostRole } from '#modules/organisation/contract.ts'
import { orgSeen, postsOn, termOn } from '#modules/organisation/published.ts'
import { neededFor, RULES, STATES, State, votesToElect, yearsOf } from '../contract.ts'
import { outcomeOf } from '../counting.ts'
import { plannedExtension } from '../follow.ts'
import { candidatesOf, electionSeen, entitledOf } from '../store.ts'
import { lastRound, typingsOf } from './count.ts'

const Term = z.object({
  orgId: z.string(),
  orgName: z.string(),
  until: z.string(),
  /** Negative: the term ended so many days ago. */
  daysLeft: z.int(),
  /** At six, three and one month before the end, and after it. */
  level: z.enum(['over', 'one', 'three', 'six']),
  electionId: z.string().nullable(),
  stateName: z.string().nullable(),
  says: z.string(),
  facts: z.array(z.string()),
})

export const terms = query('elections.terms', {
  title: '任期届满和快要届满的党组织',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(Term).extend({ source: z.string() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'elections.read'),
  may: (actor, org) => actor.holds('elections.read', org.path),
  run: async (ctx, { after, limit }, org) => {
    const today = dateAt(ctx.now)
    const order: OrderBy[] = [{ by: sql`t.until` }, { by: sql`t."orgId"` }]
    const { rows } = await sql<TermRow>`select t.*, e.id as "electionId", e.state from (
        select distinct on (o.id) o.id as "orgId", o.name as "orgName", o.kind, upper(m.valid) as until
        from organisation.org o join organisation.term m on m.org_id = o.id
        where o.dissolved_on is null and o.path >= ${org.path} and o.path < ${beyond(org.path)} and ${ctx.actor.within('elections.read', 'o.path')}
        order by o.id, lower(m.valid) desc) t
      left join elections.election e on e.org_id = t."orgId" and e.state not in ('completed', 'cancelled')
      where t.until <= ${addMonths(today, 6)}::date and ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(
      ctx.db,
    )
    const page = cut(rows, limit, (row) => [row.until, row.orgId])
    const { rows: facts } = await sql<{ id: string; orgId: string }>`select id, org_id as "orgId" from ${ledgerAsOf()} f
      where org_id = any(${page.items.map(({ orgId }) => orgId)}::uuid[]) and kind in ('term.began', 'term.extended')
      order by happened_on, id`.execute(ctx.db)
    return {
      items: page.items.map((row) => saidOf(row, today, facts)),
      next: page.next,
      source: `${RULES.term}；${RULES.extension}`,
    }
  },
})

interface TermRow {
  orgId: string
  orgName: string
  kind: OrgKind
  until: string
  electionId: string | null
  state: State | null
}

function saidOf({ orgId, orgName, kind, until, electionId, state }: TermRow, today: string, facts: { id: string; orgId: string }[]) {
  const daysLeft = daysBetween(today, until)
  const level = until <= today ? 'over' : until <= addMonths(today, 1) ? 'one' : until <= addMonths(today, 3) ? 'three' : 'six'
  const over = `${orgName}本届任期 ${until} 届满，已过 ${-daysLeft} 天，没有批准的延期`
  const says = level === 'over' ? over : `${orgName}本届任期 ${until} 届满，剩 ${daysLeft} 天`
  const next = state ? `；换届在办：${STATES[state]}` : level === 'over' ? '；请尽快报送换届请示' : `；每届 ${yearsOf(kind)} 年，请准备换届`
  return {
    orgId, orgName, until, daysLeft, level: level as 'over', electionId, stateName: state && STATES[state], says: `${says}${next}`,
    facts: facts.filter((f) => f.orgId === orgId).map(({ id }) => id),
  } // biome-ignore format: one term
}

const Vacancy = z.object({ orgId: z.string(), orgName: z.string(), role: PostRole, roleName: z.string(), since: z.string(), days: z.int() })

export const vacancies = query('elections.vacancies', {
  title: '班子缺额',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(Vacancy),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'elections.read'),
  may: (actor, org) => actor.holds('elections.read', org.path),
  run: async (ctx, { after, limit }, org) => {
    const today = dateAt(ctx.now)
    const order: OrderBy[] = [{ by: sql`t.since` }, { by: sql`t."orgId"` }, { by: sql`t.role` }]
    const { rows } = await sql<{ orgId: string; orgName: string; role: PostRole; since: string }>`select * from (
        select t.org_id as "orgId", o.name as "orgName", t.role, max(upper(t.valid)) as since
        from organisation.post t join organisation.org o on o.id = t.org_id
        join organisation.term m on m.org_id = o.id and m.valid @> ${today}::date
        where o.dissolved_on is null and o.path >= ${org.path} and o.path < ${beyond(org.path)} and ${ctx.actor.within('elections.read', 'o.path')}
          and t.role = any(${COMMITTEE_POSTS.filter((role) => role !== 'committeeMember')})
          and upper(t.valid) <= ${today}::date and upper(t.valid) > lower(m.valid)
          and not exists (select from organisation.post n where n.org_id = t.org_id and n.role = t.role
            and (upper(n.valid) is null or upper(n.valid) > ${today}::date))
        group by t.org_id, o.name, t.role) t
      where ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.since, row.orgId, row.role])
    return {
      items: page.items.map((row) => ({ ...row, roleName: POSTS[row.role], days: daysBetween(row.since, today) })),
      next: page.next,
    }
  },
})

export const current = query('elections.current', {
  title: '一个党组织的换届',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({
    term: z.object({ from: z.string(), until: z.string(), daysLeft: z.int() }).nullable(),
    years: z.int(),
    committee: z.array(z.object({ personId: z.string(), name: z.string(), role: PostRole })),
    fullMembers: z.int(),
    /** Under seven full members the assembly elects the 书记. */
    direct: z.boolean(),
    electionId: z.string().nullable(),
    past: z.array(z.object({ id: z.string(), state: State, heldOn: z.string().nullable() })),
    extension: z.object({ until: z.string(), reason: z.string() }).nullable(),
    latestExtension: z.string().nullable(),
    can: z.object({ manage: z.boolean() }),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'elections.read'),
  may: (actor, org) => actor.holds('elections.read', org.path),
  run: async (ctx, { orgId }, org) => {
    const today = dateAt(ctx.now)
    const term = (await termOn(ctx.db, orgId, today)) ?? null
    const voters = await entitledOf(ctx, orgId, today)
    const { rows } = await sql<{ id: string; state: State; heldOn: string | null }>`select id, state, held_on as "heldOn"
      from elections.election where org_id = ${orgId} order by id desc limit 10`.execute(ctx.db)
    const posts = (await postsOn(ctx.db, orgId, today)).filter(({ role }) => COMMITTEE_POSTS.includes(role))
    const extension = await plannedExtension(ctx, orgId)
    return {
      term: term && { ...term, daysLeft: daysBetween(today, term.until) },
      years: yearsOf(org.kind),
      committee: posts,
      fullMembers: voters.size,
      direct: voters.size < 7 && yearsOf(org.kind) === 3 && org.kind !== 'generalBranch',
      electionId: rows.find(({ state }) => state !== 'completed' && state !== 'cancelled')?.id ?? null,
      past: rows.filter(({ state }) => state === 'completed' || state === 'cancelled'),
      extension: extension ? { until: extension.until, reason: extension.reason } : null,
      latestExtension: term && term.until > today ? addYears(term.until, 1) : null,
      can: { manage: ctx.actor.holds('elections.manage', org.path) === true },
    }
  },
})

const Person = z.object({ personId: z.string(), name: z.string() })
const Counted = z.object({ personId: z.string(), inFavour: z.int(), against: z.int(), abstained: z.int() })

export const get = query('elections.get', {
  title: '看一次换届',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.string(),
    orgId: z.string(),
    orgName: z.string(),
    state: State,
    plannedOn: z.string(),
    seats: z.int(),
    direct: z.boolean(),
    needed: z.int(),
    version: z.int(),
    candidates: z.array(Person.extend({ electedVotes: z.int().nullable(), role: PostRole.nullable() })),
    heldOn: z.string().nullable(),
    entitled: z.int().nullable(),
    present: z.int().nullable(),
    /** Votes that elect. */
    enough: z.int().nullable(),
    rounds: z.array(
      z.object({
        n: z.int(),
        seats: z.int(),
        issued: z.int(),
        version: z.int(),
        settled: z.boolean(),
        candidates: z.array(Person),
        /** Who has typed; the figures only once both agree, or to oneself. */
        typed: z.array(z.enum(['monitor', 'counter'])),
        different: z.boolean(),
        returned: z.int().nullable(),
        invalid: z.int().nullable(),
        votes: z.array(Counted),
      }),
    ),
    /** What the last counted ballot leaves to do. */
    left: z.object({ seats: z.int(), names: z.array(z.string()), tied: z.boolean() }).nullable(),
    monitor: Person.nullable(),
    counter: Person.nullable(),
    can: z.object({ manage: z.boolean(), count: z.boolean() }),
  }),
  load: (ctx, { id }) => electionSeen(ctx, id),
  may: anyone,
  run: async (ctx, _input, e) => {
    const candidates = await candidatesOf(ctx, e.id)
    const names = await namesOf(ctx, [...candidates.map(({ personId }) => personId), e.monitorId, e.counterId])
    const person = (id: string | null) => (id === null ? null : { personId: id, name: names.get(id)! })
    const mySide =
      ctx.actor.personId === null
        ? null
        : ctx.actor.personId === e.monitorId
          ? 'monitor'
          : ctx.actor.personId === e.counterId
            ? 'counter'
            : null
    const rounds = await roundsOf(ctx, e.id, mySide, (id) => ({ personId: id, name: names.get(id)! }))
    const last = await lastRound(ctx, e.id)
    const [typed] = e.state === 'voting' && last?.settled ? await typingsOf(ctx, last.id) : []
    const outcome = typed && outcomeOf(typed.votes, last!.seats, e.present!)
    const { fullMembers: _, path, monitorId: _m, counterId: _c, ...rest } = e
    return {
      ...rest,
      needed: neededFor(e.seats, e.direct),
      candidates,
      enough: e.present === null ? null : votesToElect(e.present),
      rounds,
      left: outcome ? { seats: outcome.left, names: outcome.next.map((id) => names.get(id)!), tied: outcome.tied } : null,
      monitor: person(e.monitorId),
      counter: person(e.counterId),
      can: {
        manage: ctx.actor.holds('elections.manage', path) === true,
        count: mySide !== null && e.state === 'voting' && last?.settled === false,
      },
    }
  },
})

async function roundsOf(ctx: Ctx, electionId: string, mySide: string | null, person: (id: string) => z.output<typeof Person>) {
  const { rows } = await sql<{
    id: string
    n: number
    seats: number
    issued: number
    version: number
    settled: boolean
    candidates: string[]
  }>`
    select id, n, seats, issued, version, settled, candidates from elections.round where election_id = ${electionId} order by n`.execute(
    ctx.db,
  )
  const rounds = []
  for (const { id, candidates, ...round } of rows) {
    const typed = await typingsOf(ctx, id)
    const shown = round.settled ? typed[0] : typed.find(({ side }) => side === mySide)
    rounds.push({
      ...round,
      candidates: candidates.map(person),
      typed: typed.map(({ side }) => side),
      different: !round.settled && typed.length === 2,
      returned: shown?.returned ?? null,
      invalid: shown?.invalid ?? null,
      votes: shown?.votes ?? [],
    })
  }
  return rounds
}

async function namesOf(ctx: Ctx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from organisation.person
    where id = any(${ids.filter((id) => id !== null)}::uuid[])`.execute(ctx.db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export const toCount = query('elections.toCount', {
  title: '等我录入的计票',
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ id: z.string(), orgName: z.string(), round: z.int() })) }),
  may: anyone,
  run: async (ctx) => {
    const { personId } = ctx.actor
    if (!personId) return { items: [] }
    const { rows } = await sql<{ id: string; orgName: string; round: number }>`select e.id, o.name as "orgName", r.n as round
      from elections.election e join organisation.org o on o.id = e.org_id
      join elections.round r on r.election_id = e.id and not r.settled
      where e.state = 'voting' and (e.monitor_id = ${personId} or e.counter_id = ${personId}) order by e.id limit 20`.execute(ctx.db)
    return { items: rows }
  },
})
