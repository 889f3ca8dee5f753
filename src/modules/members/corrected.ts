import { conflict, invalid } from '#kernel/errors.ts'
import { isBefore } from '#kernel/spans.ts'
import type { Standing } from './contract.ts'
import { inferredStart, type LifeDate, type StandingFrom, standingsFrom } from './life.ts'
import type { Life, MemberFact, Stay } from './lives.ts'

/** What is put right of a person's life; what is left out was right. */
export interface Correction {
  memberships: { id: string; orgId?: string | undefined; from?: string | undefined; until?: string | null | undefined }[]
  /** What the person is now, or was last. */
  standing?: Standing | undefined
  joined?: LifeDate | undefined
  /** Null: never converted, or nobody knows when. */
  converted?: LifeDate | null | undefined
}

type Stays = (Stay & { id: string })[]

/**
 * The facts of the life as it should have been recorded. Where one roster was left for the next, both days move together; a start that
 * was derived (推定) is derived again from the right joining date. `foundedOn` answers for each organisation.
 */
export function correctedFacts(
  personId: string,
  life: Life,
  correction: Correction,
  known: { converted: LifeDate | null; foundedOn: (orgId: string) => string },
): MemberFact[] {
  const before = staysOf(life)
  const stays = correctedStays(before, correction, known.foundedOn)
  const steps = correctedSteps(life, before[0]?.from, stays[0]?.from, correction, known.converted)
  return factsOf(personId, stays, steps, life.suspensions)
}

const staysOf = ({ memberships }: Life): Stays =>
  [...memberships].map(([id, stay]) => ({ id, ...stay })).sort((a, b) => (a.from < b.from ? -1 : 1))

function correctedStays(before: Stays, { memberships, joined }: Correction, foundedOn: (orgId: string) => string): Stays {
  const stays = before.map((stay) => ({ ...stay }))
  for (const given of memberships) {
    const i = stays.findIndex(({ id }) => id === given.id)
    const [previous, stay, next] = [stays[i - 1], stays[i]!, stays[i + 1]]
    const came = previous?.reason === 'movedInside' && previous.until === stay.from ? previous : undefined
    const went = stay.reason === 'movedInside' && next?.from === stay.until ? next : undefined
    if (given.orgId !== undefined) stay.orgId = given.orgId
    if (given.from !== undefined) {
      if (came) came.until = given.from
      Object.assign(stay, { from: given.from, inferred: false })
    }
    if (given.until === undefined) continue
    if (stay.until === null) throw conflict('not-left', '还没有登记离开，要移出名册请办“移出名册”')
    if (given.until === null && next) throw conflict('went-on', '后面还有别的支部的登记，不能改成仍在这个支部；请改后一段')
    if (went && given.until !== null) went.from = given.until
    Object.assign(stay, { until: given.until, reason: given.until === null ? null : stay.reason })
  }
  const first = stays[0]
  const isDerived = first?.inferred && !memberships.some(({ id, from }) => id === first.id && from !== undefined)
  const moved = first && memberships.some(({ id, orgId }) => id === first.id && orgId !== undefined)
  if (first && isDerived && (joined || moved))
    first.from = inferredStart(joined ?? null, joined ? foundedOn(first.orgId) : later(first.from, foundedOn(first.orgId)))
  assertOneAfterAnother(stays)
  return stays
}

const later = (a: string, b: string) => (a > b ? a : b)

function assertOneAfterAnother(stays: Stays) {
  for (const [i, { from, until }] of stays.entries()) {
    if (until !== null && until <= from)
      throw invalid('left-before-entry', `离开的日期（${until}）应在编入（${from}）之后`, { memberships: ['离开应在编入之后'] })
    const next = stays[i + 1]
    if (next && (until === null || until > next.from))
      throw conflict('two-rosters', `改后 ${next.from} 那一天会同时在两个支部的名册上，请一并改前后两段的日期`)
  }
}

/** The course of standings; derived again only where entry, joining, conversion or standing itself was wrong. */
function correctedSteps(
  { standings }: Life,
  before: string | undefined,
  entry: string | undefined,
  { standing, joined, converted }: Correction,
  known: LifeDate | null,
): StandingFrom[] {
  const steps = standings.map(({ from, value }) => ({ from, ...value }))
  if (entry === undefined || (before === entry && !standing && !joined && converted === undefined)) return steps
  const last = standing ?? steps.at(-1)?.standing ?? 'fullMember'
  const coming = steps.filter((step) => !isMember(step.standing)).map((step, i) => (i === 0 ? { ...step, from: entry } : step))
  if (!isMember(last))
    return coming.length > 0 && coming.at(-1)!.standing === last ? coming : [{ from: entry, standing: last, precision: 'day' }]
  const was = steps.find((step) => isMember(step.standing))?.from
  const start = coming.length === 0 ? entry : later(entry, joined?.until ?? was ?? entry)
  const on = converted === undefined ? (known ?? conversionIn(steps)) : converted
  return [...coming.filter(({ from }) => from < start), ...standingsFrom(start, last, on)]
}

const isMember = (standing: Standing) => standing === 'fullMember' || standing === 'probationaryMember'

function conversionIn(steps: readonly StandingFrom[]): LifeDate | null {
  const i = steps.findIndex(({ standing }, n) => standing === 'fullMember' && steps[n - 1]?.standing === 'probationaryMember')
  return i < 0 ? null : { from: steps[i]!.from, until: steps[i]!.from, precision: steps[i]!.precision }
}

function factsOf(personId: string, stays: Stays, steps: readonly StandingFrom[], suspensions: Life['suspensions']): MemberFact[] {
  const rosterOn = (day: string) => stays.find(({ from, until }) => from <= day && isBefore(day, until))
  const standingOn = (day: string) => steps.findLast(({ from }) => from <= day)?.standing ?? steps[0]?.standing ?? 'fullMember'
  const fact = (kind: string, subject: string, orgId: string, happenedOn: string, body: MemberFact['body']): MemberFact => ({
    kind,
    subject,
    orgId,
    personId,
    happenedOn,
    body,
  })
  const entered = stays.flatMap((s) => [
    fact('membership.began', s.id, s.orgId, s.from, { standing: standingOn(s.from), inferred: s.inferred }),
    ...(s.until === null ? [] : [fact('membership.ended', s.id, s.orgId, s.until, { reason: s.reason ?? 'transferredOut' })]),
  ])
  const carried = new Set(stays.map(({ from }) => from))
  const changed = steps.flatMap(({ from, standing, precision }) => {
    const roster = rosterOn(from)
    return roster && !(carried.has(from) && precision === 'day')
      ? [fact('standing.changed', personId, roster.orgId, from, { standing, precision })]
      : []
  })
  const suspended = suspensions.flatMap(({ from, to, value }) => {
    const [begun, restored] = [rosterOn(from), to === null ? undefined : rosterOn(to)]
    return [
      ...(begun ? [fact('rights.suspended', personId, begun.orgId, from, { cause: value.cause })] : []),
      ...(begun && restored ? [fact('rights.restored', personId, restored.orgId, to!, { cause: value.cause })] : []),
    ]
  })
  return [...entered, ...changed, ...suspended].sort((a, b) =>
    a.happenedOn === b.happenedOn ? ORDER[a.kind]! - ORDER[b.kind]! : a.happenedOn < b.happenedOn ? -1 : 1,
  )
}

/** What happens on one day: the old roster is left before the new one is entered. */
const ORDER: Record<string, number> = {
  'membership.ended': 0,
  'membership.began': 1,
  'standing.changed': 2,
  'rights.restored': 3,
  'rights.suspended': 4,
}
