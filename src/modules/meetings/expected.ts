import type { Db } from '#kernel/database.ts'
import { type RosterPerson, rosterOn } from '#modules/members/published.ts'
import { COMMITTEE_POSTS } from '#modules/organisation/contract.ts'
import { type PostHolder, postsOn } from '#modules/organisation/published.ts'
import { CHOSEN_KINDS, COMMITTEE_KINDS, type MeetingKind } from './contract.ts'

export interface ExpectedPerson {
  personId: string
  name: string
  entitled: boolean
  /** Why without a vote, in Chinese; empty when entitled. */
  why: string
}

/** Who was expected: by the roster, by the posts of the committee, or as the recorder chooses from the roster. */
export interface Expectation {
  basis: 'roster' | 'posts' | 'chosen'
  people: ExpectedPerson[]
  /** Everybody of the organisation that day, by id: chairs, recorders and owners of actions are found here. */
  known: Map<string, string>
}

/** 应到 of a meeting of these kinds on that day (YYYY-MM-DD), each with whether they may vote and why not. */
export async function expectedOn(db: Db, org: { id: string }, kinds: readonly MeetingKind[], day: string): Promise<Expectation> {
  return expectedOf(db, org, kinds, day, await rosterOn(db, org.id, day))
}

/** The same, of a roster of that day that was read already. */
export async function expectedOf(
  db: Db,
  org: { id: string },
  kinds: readonly MeetingKind[],
  day: string,
  roster: readonly RosterPerson[],
): Promise<Expectation> {
  const committee = kinds.every((k) => COMMITTEE_KINDS.includes(k))
  const posts = committee ? await committeeOn(db, org.id, day) : []
  const known = new Map([...roster, ...posts].map((p) => [p.personId, p.name]))
  if (committee && posts.length > 0) return { basis: 'posts', people: posts.map((p) => rightsOf(p, roster)), known }
  const chosen = committee || kinds.every((k) => CHOSEN_KINDS.includes(k))
  return { basis: chosen ? 'chosen' : 'roster', people: roster.map((p) => rightsOf(p, roster)), known }
}

/** The members of the committee that day, each once. */
async function committeeOn(db: Db, orgId: string, day: string): Promise<PostHolder[]> {
  const holders = (await postsOn(db, orgId, day)).filter((p) => COMMITTEE_POSTS.includes(p.role))
  return [...new Map(holders.map((p) => [p.personId, p])).values()]
}

// A member of the committee may stand on another organisation's roster: then the post alone tells.
function rightsOf({ personId, name }: { personId: string; name: string }, roster: readonly RosterPerson[]): ExpectedPerson {
  const row = roster.find((r) => r.personId === personId)
  return { personId, name, entitled: row?.entitled ?? true, why: row?.reason ?? '' }
}
