import { sql } from 'kysely'
import { z } from 'zod'
import { json } from '#kernel/database.ts'
import { conflict, forbidden, invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { outcomeOf, type Tally } from '../counting.ts'
import { record } from '../record.ts'
import { assertStep, type Election, lockElection, moveTo } from '../store.ts'
import { addRound } from './steps.ts'

const Votes = z.int().min(0).max(5000)
const Typed = z.strictObject({ personId: z.uuid(), inFavour: Votes, against: Votes, abstained: Votes })

export interface Round {
  id: string
  electionId: string
  n: number
  seats: number
  candidates: string[]
  issued: number
  settled: boolean
  version: number
}

/** The last ballot of an election. */
export async function lastRound(ctx: Pick<Ctx, 'db'>, electionId: string): Promise<Round | undefined> {
  const { rows } = await sql<Round>`select id, election_id as "electionId", n, seats, candidates, issued, settled, version
    from elections.round where election_id = ${electionId} order by n desc limit 1`.execute(ctx.db)
  return rows[0]
}

interface Typing {
  side: 'monitor' | 'counter'
  returned: number
  invalid: number
  votes: z.output<typeof Typed>[]
}

export const typingsOf = async (ctx: Pick<Ctx, 'db'>, roundId: string): Promise<Typing[]> =>
  (await sql<Typing>`select side, returned, invalid, votes from elections.count where round_id = ${roundId} order by side`.execute(ctx.db))
    .rows

export const count = command('elections.count', {
  title: '录入计票结果',
  input: z.object({
    id: z.uuid(),
    /** The ballot, by its number, and its version as shown. */
    round: z.int().min(1).max(20),
    version: z.int(),
    returned: Votes,
    invalid: Votes,
    votes: z.array(Typed).min(1).max(60),
  }),
  output: z.object({ state: z.enum(['waiting', 'different', 'settled']) }),
  load: (ctx, { id }) => lockElection(ctx, id),
  may: (actor, e) =>
    (actor.personId !== null && [e.monitorId, e.counterId].includes(actor.personId)) ||
    forbidden('not-counting', '票数由大会选定的监票人和计票人各自录入'),
  run: async (ctx, { round: n, version, returned, invalid: bad, votes }, e) => {
    const round = await lastRound(ctx, e.id)
    if (e.state !== 'voting' || !round || round.n !== n || round.settled) throw conflict('round-settled', '这一轮已经计完，请刷新后再看')
    if (version !== round.version) throw stale({ version }, { version: round.version })
    assertSums(round, returned, bad, votes)
    const side = ctx.actor.personId === e.monitorId ? 'monitor' : 'counter'
    const ordered = round.candidates.map((id) => votes.find(({ personId }) => personId === id)!)
    await assertOther(ctx, round.id, side, { returned, invalid: bad, votes: ordered })
    await sql`insert into elections.count (round_id, side, person_id, returned, invalid, votes)
      values (${round.id}, ${side}, ${ctx.actor.personId}, ${returned}, ${bad}, ${json(ordered)})
      on conflict (round_id, side) do update set returned = excluded.returned, invalid = excluded.invalid, votes = excluded.votes`.execute(
      ctx.db,
    )
    const typed = await typingsOf(ctx, round.id)
    if (typed.length < 2) return { state: 'waiting' as const }
    if (plain(typed[0]!) !== plain(typed[1]!)) return { state: 'different' as const }
    await settle(ctx, e, round, typed[0]!)
    return { state: 'settled' as const }
  },
})

/** The same figures twice, from a page sent again or two at once, are one typing. */
async function assertOther(ctx: Ctx, roundId: string, side: Typing['side'], typed: Omit<Typing, 'side'>) {
  const own = (await typingsOf(ctx, roundId)).find((t) => t.side === side)
  if (own && plain(own) === plain(typed)) throw conflict('typed-already', '这一份已经录入过，不用再录；要改请改了数再存')
}

const plain = ({ returned, invalid, votes }: Omit<Typing, 'side'>) =>
  JSON.stringify([returned, invalid, votes.map((v) => [v.personId, v.inFavour, v.against, v.abstained])])

/** Each ballot gives each candidate one mark, and favours no more than there are seats (选两项或多选的为无效票). */
function assertSums({ candidates, issued, seats }: Round, returned: number, bad: number, votes: z.output<typeof Typed>[]) {
  if (returned > issued)
    throw invalid('returned-more', `收回 ${returned} 张多于发出 ${issued} 张，这次选举无效，应当重新选举；是录错的请改正`, {
      returned: [`不多于 ${issued}`],
    })
  if (bad > returned) throw invalid('invalid-more', '废票不能多于收回的票', { invalid: ['不多于收回的票'] })
  const named = votes.map(({ personId }) => personId)
  if (named.length !== candidates.length || candidates.some((id) => !named.includes(id)))
    throw invalid('other-candidates', '每名候选人填一行，不多不少', { votes: ['每名候选人一行'] })
  const valid = returned - bad
  const off = votes.findIndex((v) => v.inFavour + v.against + v.abstained !== valid)
  if (off >= 0)
    throw invalid('sum', `每名候选人的赞成、反对、弃权合计应等于有效票 ${valid} 张`, {
      [`votes.${off}.inFavour`]: [`三项合计应为 ${valid}`],
    })
  const favours = votes.reduce((sum, v) => sum + v.inFavour, 0)
  if (favours > seats * valid)
    throw invalid('favours', `每张票最多选 ${seats} 人，赞成票合计不能多于 ${seats * valid}，现在是 ${favours}`, {
      votes: [`合计不多于 ${seats * valid}`],
    })
}

async function settle(ctx: Ctx, e: Election, round: Round, typed: Typing): Promise<void> {
  await sql`update elections.round set settled = true, version = version + 1 where id = ${round.id}`.execute(ctx.db)
  const { n, issued } = round
  const { returned, invalid: bad } = typed
  record(ctx, 'election.counted', {
    subject: e.id,
    orgId: e.orgId,
    happenedOn: e.heldOn!,
    body: { round: n, issued, returned, invalid: bad },
  })
  const { elected, left, next } = outcomeOf(typed.votes as Tally[], round.seats, e.present!)
  for (const { personId, inFavour } of elected) {
    await sql`update elections.candidate set elected_votes = ${inFavour} where election_id = ${e.id} and person_id = ${personId}`.execute(
      ctx.db,
    )
    record(ctx, 'election.elected', { subject: e.id, orgId: e.orgId, personId, happenedOn: e.heldOn!, body: { votes: inFavour } })
  }
  if (left === 0 || next.length === 0) await moveTo(ctx, e, e.direct ? 'officers' : 'elected')
}

const Step = z.object({ id: z.uuid(), version: z.int() })

/** The last ballot that has been counted and left seats open. */
async function unfinished(ctx: Ctx, e: Election) {
  const round = await lastRound(ctx, e.id)
  if (!round?.settled) throw conflict('round-open', '这一轮票还没有计完')
  const [typed] = await typingsOf(ctx, round.id)
  return { round, ...outcomeOf(typed!.votes, round.seats, e.present!) }
}

export const nextBallot = command('elections.nextBallot', {
  title: '再投一轮',
  input: Step.extend({ issued: z.int().min(1).max(5000) }),
  output: Step,
  load: (ctx, { id }) => lockElection(ctx, id),
  may: (actor, e) => actor.holds('elections.manage', e.path),
  run: async (ctx, { issued, ...step }, e) => {
    assertStep(e, step, 'voting')
    const { round, left, next } = await unfinished(ctx, e)
    if (issued > e.present!)
      throw invalid('too-many-ballots', `实到会 ${e.present} 人，发出选票不能多于这个数`, { issued: [`不多于 ${e.present}`] })
    await addRound(ctx, e.id, round.n + 1, left, next, issued)
    await moveTo(ctx, e, 'voting')
    return { id: e.id, version: e.version + 1 }
  },
})

export const leaveVacant = command('elections.leaveVacant', {
  title: '名额暂缺，结束选举',
  input: Step,
  output: Step,
  load: (ctx, { id }) => lockElection(ctx, id),
  may: (actor, e) => actor.holds('elections.manage', e.path),
  run: async (ctx, step, e) => {
    assertStep(e, step, 'voting')
    const { tied } = await unfinished(ctx, e)
    if (tied) throw conflict('tied', '票数相等的应当再投一轮，不能留空')
    const { rows } = await sql`select from elections.candidate where election_id = ${e.id} and elected_votes is not null`.execute(ctx.db)
    if (rows.length === 0) throw conflict('nobody-elected', '没有人当选，不能结束，请再投一轮')
    await moveTo(ctx, e, e.direct ? 'officers' : 'elected')
    return { id: e.id, version: e.version + 1 }
  },
})
