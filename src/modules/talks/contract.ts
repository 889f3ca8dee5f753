import { z } from 'zod'

/** subject is the talk, orgId the organisation that recorded it. That two talked and when: never what about. */
export const talkFacts = { 'talk.held': z.object({ aId: z.uuid(), bId: z.uuid() }) }

export const SOURCE = '《中国共产党支部工作条例（试行）》：支部委员之间、支部委员和党员之间、党员和党员之间，每年谈心谈话一般不少于 1 次'

/** Somebody of a branch (or of a committee above) on a day. */
export interface InCircle {
  personId: string
  committee: boolean
}

export interface Pair {
  aId: string
  bId: string
}

export interface Covered {
  /** Talks with members of the committee, and with the others. */
  withCommittee: number
  withPeers: number
  /** Members of the committee with whom a talk is still missing: for one of them every colleague, for a member anyone of them. */
  missing: string[]
  /** No talk with another member who is not of the committee, where there is one. */
  peerMissing: boolean
}

/**
 * What each person of the circle still lacks in a year, by its talks (支部工作条例: 委员之间、委员与党员、党员之间). The talks of people who have left
 * the circle do not count for those who stayed.
 */
export function coverage(circle: readonly InCircle[], talks: readonly Pair[]): Map<string, Covered> {
  const committee = new Set(circle.filter((p) => p.committee).map((p) => p.personId))
  const known = new Set(circle.map((p) => p.personId))
  const told = new Map<string, string[]>()
  for (const { aId, bId } of talks)
    for (const [one, other] of [
      [aId, bId],
      [bId, aId],
    ] as const)
      if (known.has(one) && known.has(other)) told.set(one, [...(told.get(one) ?? []), other])
  const peers = circle.length - committee.size
  return new Map(
    circle.map(({ personId, committee: sits }) => {
      const others = told.get(personId) ?? []
      const withCommittee = others.filter((p) => committee.has(p)).length
      const withPeers = others.length - withCommittee
      const colleagues = [...committee].filter((p) => p !== personId)
      const missing = sits ? colleagues.filter((p) => !others.includes(p)) : withCommittee > 0 ? [] : colleagues
      return [personId, { withCommittee, withPeers, missing, peerMissing: !sits && peers > 1 && withPeers === 0 }]
    }),
  )
}

/** How many of the circle lack a talk with the committee, and how many one among members. */
export function leftOf(covered: ReadonlyMap<string, Covered>): { left: number; peersLeft: number } {
  const all = [...covered.values()]
  return { left: all.filter((c) => c.missing.length > 0).length, peersLeft: all.filter((c) => c.peerMissing).length }
}

/** At most so many talks are recorded at once. */
export const TALKS_AT_ONCE = 100

export const PersonCoverage = z.object({
  personId: z.uuid(),
  name: z.string(),
  committee: z.boolean(),
  withCommittee: z.int(),
  withPeers: z.int(),
  missing: z.array(z.uuid()),
  peerMissing: z.boolean(),
  last: z.iso.date().nullable(),
})
export type PersonCoverage = z.output<typeof PersonCoverage>

export const CoverageView = z.object({
  orgId: z.uuid(),
  orgName: z.string(),
  year: z.int(),
  /** The day of the roster: today, or the last day of a year that is over. */
  on: z.iso.date(),
  people: z.array(PersonCoverage),
  /** Who talked with whom how often, and when last. */
  pairs: z.array(z.object({ aId: z.uuid(), bId: z.uuid(), times: z.int(), last: z.iso.date() })),
  left: z.int(),
  peersLeft: z.int(),
  can: z.object({ record: z.boolean() }),
})
export type CoverageView = z.output<typeof CoverageView>

export const BranchCoverage = z.object({
  orgId: z.uuid(),
  orgName: z.string(),
  people: z.int(),
  talks: z.int(),
  last: z.iso.date().nullable(),
  left: z.int(),
  peersLeft: z.int(),
})
export type BranchCoverage = z.output<typeof BranchCoverage>

export const TalkLine = z.object({
  id: z.uuid(),
  on: z.iso.date(),
  a: z.object({ id: z.uuid(), name: z.string() }),
  b: z.object({ id: z.uuid(), name: z.string() }),
  recordedBy: z.string().nullable(),
})
export type TalkLine = z.output<typeof TalkLine>
