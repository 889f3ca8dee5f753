import { held, isBefore, type Span, spanOn, until } from '#kernel/spans.ts'
import type { Leaving, Precision, Standing, Suspension } from './contract.ts'

/** A fact of `memberFacts`, as the ledger gives it. */
export interface MemberFact {
  kind: string
  subject: string
  orgId: string
  personId: string
  happenedOn: string
  body: { standing?: Standing; precision?: Precision; inferred?: boolean; reason?: Leaving; cause?: Suspension }
}

export interface Stay {
  orgId: string
  from: string
  until: string | null
  inferred: boolean
  /** Why it ended; null while it has not. */
  reason: Leaving | null
}

export interface Life {
  memberships: Map<string, Stay>
  standings: Span<{ standing: Standing; precision: Precision }>[]
  /** Of one cause they follow each other; those of different causes may stand at the same time. */
  suspensions: Span<{ cause: Suspension }>[]
}

/** What the dated tables hold of one person, from that person's facts in the order they were recorded. */
export function lifeFrom(facts: readonly MemberFact[]): Life {
  const life: Life = { memberships: new Map(), standings: [], suspensions: [] }
  for (const fact of facts) APPLY[fact.kind]?.(life, fact)
  return life
}

const APPLY: Record<string, (life: Life, fact: MemberFact) => void> = {
  'membership.began': (life, { subject, orgId, happenedOn, body }) => {
    life.memberships.set(subject, { orgId, from: happenedOn, until: null, inferred: body.inferred!, reason: null })
    if (spanOn(life.standings, happenedOn)?.value.standing !== body.standing)
      life.standings = held(life.standings, happenedOn, { standing: body.standing!, precision: 'day' })
  },
  'membership.ended': (life, { subject, happenedOn, body }) => {
    const membership = life.memberships.get(subject)
    if (!membership) return
    if (happenedOn <= membership.from) life.memberships.delete(subject)
    else Object.assign(membership, { until: happenedOn, reason: body.reason })
    if (body.reason === 'movedInside' || [...life.memberships.values()].some((m) => isBefore(happenedOn, m.until))) return
    life.standings = until(life.standings, happenedOn)
    life.suspensions = until(life.suspensions, happenedOn)
  },
  'standing.changed': (life, { happenedOn, body }) => {
    life.standings = held(life.standings, happenedOn, { standing: body.standing!, precision: body.precision! })
  },
  'rights.suspended': (life, { happenedOn, body }) => {
    const cause = body.cause!
    ofCause(life, cause, (spans) => held(spans, happenedOn, { cause }))
  },
  'rights.restored': (life, { happenedOn, body }) => {
    ofCause(life, body.cause, (spans) => until(spans, happenedOn))
  },
}

/** Changes the suspensions of one cause, or of all where none is named; in the order of their days. */
function ofCause(life: Life, cause: Suspension | undefined, change: (spans: Life['suspensions']) => Life['suspensions']) {
  const [others, mine] = [
    life.suspensions.filter((s) => cause && s.value.cause !== cause),
    life.suspensions.filter((s) => !cause || s.value.cause === cause),
  ]
  const orderOf = (s: Life['suspensions'][number]) => `${s.from} ${s.value.cause}`
  life.suspensions = [...others, ...change(mine)].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}
