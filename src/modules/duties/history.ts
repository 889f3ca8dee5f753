import type { OrgKind } from '#modules/organisation/contract.ts'

/** A value that holds from a day until the next step. */
export type Step<T> = { from: string; value: T }

/** What the facts say about one organisation over time, as far as duties depend on it. */
export interface OrgHistory {
  orgId: string
  foundedOn: string
  /** First day no longer there; null while it stands. */
  endedOn: string | null
  places: Step<{ kind: OrgKind; parentId: string | null }>[]
  /** Days on which the number of full members changed, and by how much; in order of days. */
  fullMemberChanges: { on: string; by: number }[]
  /** Terms of committee posts: [first day, first day without). */
  committeePosts: { from: string; until: string | null }[]
}

export interface OrgFact {
  kind: string
  orgId: string
  subject: string
  personId: string | null
  happenedOn: string
  body: Record<string, unknown>
}

/**
 * Folds structure, membership and post facts, in order of happening, into one history per organisation. Foundings come first: one that
 * was corrected is recorded after what happened on its day.
 */
export function historiesOf(facts: readonly OrgFact[]): Map<string, OrgHistory> {
  const histories = new Map(facts.filter(({ kind }) => kind === 'org.founded').map((fact) => [fact.orgId, foundedBy(fact)]))
  const standings = new Map<string, { standing: string; on: boolean }>()
  const posts = new Map<string, { from: string; until: string | null }>()
  const neverWere = membershipsTakenBack(facts)
  for (const fact of facts) {
    const history = histories.get(fact.orgId)
    if (!history || neverWere.has(fact.subject)) continue
    if (fact.kind === 'org.placed') {
      const { kind, parentId } = fact.body as { kind: OrgKind; parentId: string | null }
      history.places.push({ from: fact.happenedOn, value: { kind, parentId } })
    } else if (fact.kind === 'org.dissolved' || fact.kind === 'org.merged') history.endedOn = fact.happenedOn
    else if (fact.kind === 'post.began') {
      const term = { from: fact.happenedOn, until: null }
      posts.set(fact.subject, term)
      history.committeePosts.push(term)
    } else if (fact.kind === 'post.ended') {
      const term = posts.get(fact.subject)
      if (term) term.until = fact.happenedOn
    } else countMember(history, standings, fact)
  }
  return histories
}

/** Memberships that ended on the day they began or before: registered by mistake, they never were. */
function membershipsTakenBack(facts: readonly OrgFact[]): Set<string> {
  const began = new Map(facts.filter(({ kind }) => kind === 'membership.began').map((f) => [f.subject, f.happenedOn]))
  const ended = facts.filter(({ kind, subject, happenedOn }) => kind === 'membership.ended' && happenedOn <= (began.get(subject) ?? ''))
  return new Set(ended.map(({ subject }) => subject))
}

function foundedBy({ orgId, happenedOn, body }: OrgFact): OrgHistory {
  const { kind, parentId } = body as { kind: OrgKind; parentId: string | null }
  const places = [{ from: happenedOn, value: { kind, parentId } }]
  return { orgId, foundedOn: happenedOn, endedOn: null, places, fullMemberChanges: [], committeePosts: [] }
}

function countMember(history: OrgHistory, standings: Map<string, { standing: string; on: boolean }>, fact: OrgFact) {
  const key = `${fact.orgId} ${fact.personId}`
  const before = standings.get(key) ?? { standing: '', on: false }
  const after =
    fact.kind === 'membership.began'
      ? { standing: String(fact.body.standing), on: true }
      : fact.kind === 'membership.ended'
        ? { ...before, on: false }
        : fact.kind === 'standing.changed'
          ? { ...before, standing: String(fact.body.standing) }
          : before
  standings.set(key, after)
  const by = Number(after.on && after.standing === 'fullMember') - Number(before.on && before.standing === 'fullMember')
  if (by !== 0) history.fullMemberChanges.push({ on: fact.happenedOn, by })
}

/** The value on a day, or undefined before the first step. */
export function at<T>(steps: readonly Step<T>[], day: string): T | undefined {
  let value: T | undefined
  for (const step of steps) {
    if (step.from > day) break
    value = step.value
  }
  return value
}

export const existsOn = (history: OrgHistory, day: string): boolean =>
  history.foundedOn <= day && (history.endedOn === null || day < history.endedOn)

/** The fewest full members on any day from `from` to `to`: a branch that reaches seven within a month owes from the next. */
export function fewestFullMembers(history: OrgHistory, from: string, to: string): number {
  let now = 0
  let fewest: number | undefined
  for (const { on, by } of history.fullMemberChanges) {
    if (on > to) break
    if (on > from) fewest = Math.min(fewest ?? now, now)
    now += by
  }
  return Math.min(fewest ?? now, now)
}

/** Committee posts held on a day. */
export const committeeSizeOn = (history: OrgHistory, day: string): number =>
  history.committeePosts.filter((t) => t.from <= day && (t.until === null || day < t.until)).length
