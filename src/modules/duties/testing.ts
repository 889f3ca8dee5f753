import { afterAll, beforeAll, beforeEach } from 'vitest'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import type { Api } from '../../platform.ts'
import type { DutyKind, DutyView } from './contract.ts'
import { dutiesMet } from './measures.ts'

export const NOW = new Date('2026-09-18T09:00:00+08:00')

export let w: World
export let above: string
export let officer: string
export let b: Branch

/** A committee with its officer, and for each test a new branch of nine full members with a committee of its own. */
export function dutiesGround() {
  beforeAll(async () => {
    w = await world({ now: NOW })
    above = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
    officer = await makeMember(w, above)
    await givePost(w, above, officer, 'partyAffairsWorker')
  })
  beforeEach(async () => {
    w.setNow(NOW)
    b = await makeBranch(w, { full: 9, committeeId: above })
  })
  afterAll(() => w.close())
}

type Given = NonNullable<Parameters<typeof meetingOf>[1]>
/** A meeting of the branch that its commissioner records. */
export const hold = (kinds: NonNullable<Given['kinds']>, heldOn: string, branch = b) =>
  w.done(branch.commissioner, 'meetings.record', meetingOf(branch, { kinds, heldOn }))
type Body = Api['duties.adoptRule']['input']['body']
type Asking = Omit<Body, 'orgKinds' | 'minFullMembers' | 'mayShare'> & Partial<Body>
/** A rule of the unit to adopt. */
export const ruleOf = (body: Asking, { orgId = b.id, from = '2026-01-01' } = {}) => ({
  orgId,
  from,
  body: { orgKinds: ['partyBranch' as const], minFullMembers: null, mayShare: true, ...body },
  wording: '本单位的规定',
  source: '本单位党建工作细则第八条',
})
/** Adopts a rule of the unit, for the branch when nothing else is said. */
export const adopt = (body: Asking, at: { orgId?: string; from?: string } = {}) => w.done(OWNER, 'duties.adoptRule', ruleOf(body, at))
/** The cases of 2026 as evaluations see them. */
export const casesOfMeasure = (orgId: string, filter: Record<string, string> = {}) =>
  dutiesMet.cases({
    db: w.db,
    facts: ledgerAsOf(),
    orgIds: [orgId],
    from: '2026-01-01',
    to: '2026-12-31',
    asAt: '2026-09-18',
    filter,
    memo: new Map(),
  })
/** The version of an organisation, for an edit. */
export const versionOf = async (id: string) =>
  (await w.pool.query('select version from organisation.org where id = $1', [id])).rows[0].version
/** The duties of a year, as at the day. */
export const yearOf = (orgId: string, year = 2026, asAt?: string) =>
  w.done(OWNER, 'duties.year', { orgId, year, ...(asAt ? { asAt } : {}) })
/** The duty of a period. */
export const find = (duties: readonly DutyView[], duty: DutyKind, period: string) =>
  duties.find((d) => d.duty === duty && d.period === period)
/** How a duty of the branch stood on a day. */
export const stateAt = async (asAt: string, duty: DutyKind, period: string) =>
  find((await yearOf(b.id, 2026, asAt)).duties, duty, period)?.state
