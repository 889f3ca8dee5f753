import { held, isBefore, type Span, spanOn, until } from '#kernel/spans.ts'
import type { Leaving, Precision, Standing } from './contract.ts'

/** A fact of `memberFacts`, as the ledger gives it. */
export interface MemberFact {
  kind: string
  subject: string
  orgId: string
  personId: string
  happenedOn: string
  body: { standing?: Standing; precision?: Precision; inferred?: boolean; reason?: Leaving; cause?: string }
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
  suspensions: Span<{ cause: string }>[]
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
    life.suspensions = held(life.suspensions, happenedOn, { cause: body.cause! })
  },
  'rights.restored': (life, { happenedOn }) => {
    life.suspensions = until(life.suspensions, happenedOn)
  },
}
