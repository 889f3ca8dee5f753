import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { all, forbidden, type Verdict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { countOf } from '#modules/meetings/published.ts'
import { excellentCap, type RoundCard, type RoundStep, type RoundView, roundLife } from './contract.ts'
import type { Member, Round } from './tables.ts'

export type SeenRound = Round & {
  path: string
  org_name: string
  tally: { members: number; reviewed: number; told: number }
  is_mine: boolean
}

/** Is the reader a member of the round? For a condition beside `roundsWhere`. */
export const isMine = sql<boolean>`(i.person_id is not null)`

const tally = sql`(select jsonb_build_object('members', count(*), 'reviewed', count(m.self_at), 'told', count(m.told_on))
  from appraisals.member m where m.org_id = r.org_id and m.round_id = r.id)`

/** Rounds the condition finds, with how far each has come. */
export async function roundsWhere(ctx: Ctx, condition: RawBuilder<unknown>, order = sql`r.year desc, r.id desc`, limit = 200) {
  const { rows } = await sql<SeenRound>`select r.*, o.path, o.name as org_name, ${tally} as tally, ${isMine} as is_mine
    from appraisals.round r join organisation.org o on o.id = r.org_id
    left join appraisals.member i on i.org_id = r.org_id and i.round_id = r.id and i.person_id = ${ctx.actor.personId}::uuid
    where ${condition} order by ${order} limit ${limit}`.execute(ctx.db)
  return rows
}

/** The round if the actor is in it or works for the organisation's committee. */
export async function seenRound(ctx: Ctx, { id }: { id: string }): Promise<SeenRound | undefined> {
  const [round] = await roundsWhere(ctx, sql`r.id = ${id}`, undefined, 1)
  return round && (round.is_mine || leads(ctx.actor, round) === true) ? round : undefined
}

/** The same, locked for a step. */
export async function lockedRound(ctx: Ctx, { id }: { id: string }): Promise<SeenRound | undefined> {
  const round = await seenRound(ctx, { id })
  if (!round) return undefined
  const { rows } = await sql<Round>`select * from appraisals.round where org_id = ${round.org_id} and id = ${id} for update`.execute(ctx.db)
  return rows[0] && { ...round, ...rows[0] }
}

const leads = (a: Actor, r: { path: string }): Verdict => a.holds('appraisals.lead', r.path)

/** Who may take which step, and when. */
export const roundPolicy: Record<RoundStep, (a: Actor, r: SeenRound) => Verdict> = {
  review: (_a, r) => all(r.is_mine || forbidden('not-in-round', '你不在这次评议的名单里'), roundLife.allows(r.state, 'review')),
  mutual: (a, r) => all(leads(a, r), roundLife.allows(r.state, 'mutual')),
  openBallot: (a, r) => all(leads(a, r), roundLife.allows(r.state, 'openBallot')),
  opinions: (a, r) => all(leads(a, r), roundLife.allows(r.state, 'opinions')),
  tell: (a, r) => all(leads(a, r), roundLife.allows(r.state, 'tell')),
  drop: (a, r) => all(leads(a, r), roundLife.allows(r.state, 'drop')),
}

export const membersOf = async (ctx: Pick<Ctx, 'db'>, r: Pick<Round, 'org_id' | 'id'>): Promise<(Member & { name: string })[]> =>
  (
    await sql<Member & { name: string }>`select m.*, p.name from appraisals.member m join organisation.person p on p.id = m.person_id
      where m.org_id = ${r.org_id} and m.round_id = ${r.id} order by p.name collate "zh-x-icu", p.id`.execute(ctx.db)
  ).rows

export const roundCard = (r: SeenRound): RoundCard => ({
  id: r.id,
  orgId: r.org_id,
  orgName: r.org_name,
  year: r.year,
  title: r.title,
  state: r.state,
  ...r.tally,
})

/** A round as this reader may see it: the committee sees everybody, a member only themselves, and a grade once they were told. */
export async function roundView(ctx: Ctx, r: SeenRound): Promise<RoundView> {
  const committee = leads(ctx.actor, r) === true
  // What members wrote of themselves is for their own committee, not for those above.
  const reads = ctx.actor.grantsOf('appraisals.lead').some((g) => g.orgId === r.org_id)
  const members = await membersOf(ctx, r)
  const count = r.count_id ? await countOf(ctx, r.org_id, r.count_id) : undefined
  const votesOn = (personId: string) => {
    const figures = count?.lines.find((l) => l.personId === personId)?.figures
    return figures ? ['excellent', 'qualified', 'basic', 'unqualified', 'abstained'].map((option) => figures.votes[option] ?? 0) : null
  }
  const view = (m: (typeof members)[number], own: boolean) => ({
    personId: m.person_id,
    name: m.name,
    graded: m.graded,
    reviewed: m.self_at !== null,
    selfReview: own || reads ? m.self_review : null,
    votes: own ? null : votesOn(m.person_id),
    grade: own && !m.told_on ? null : m.grade,
    toldOn: m.told_on,
  })
  const me = members.find((m) => m.person_id === ctx.actor.personId)
  const graded = members.filter((m) => m.graded).length
  return {
    ...roundCard(r),
    openedAt: r.opened_at.toISOString(),
    mutualOn: r.mutual_on,
    countId: committee ? r.count_id : null,
    countState: committee ? (count?.state ?? null) : null,
    opinionOn: r.opinion_on,
    cap: excellentCap(graded),
    graded,
    excellent: committee ? members.filter((m) => m.grade === 'excellent').length : 0,
    overCap: committee ? r.over_cap : null,
    droppedReason: r.dropped_reason,
    people: committee ? members.map((m) => view(m, false)) : [],
    mine: me ? view(me, true) : null,
    version: r.version,
    can: Object.fromEntries(
      Object.entries(roundPolicy).map(([step, may]) => {
        const verdict = may(ctx.actor, r)
        return [step, verdict === true ? (true as const) : { code: verdict.code, message: verdict.message }]
      }),
    ),
  }
}
