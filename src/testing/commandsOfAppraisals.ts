import type { Examples, Ground } from './commands.ts'
import { makeBranch } from './meetings.ts'
import type { World } from './world.ts'

/** The commands of 民主评议党员, each with a branch and a round of its own. */
export const appraisalExamples: Examples = {
  'appraisals.open': async (g) => {
    const b = await makeBranch(g.w, { full: 3, committeeId: g.branch.committeeId })
    return { as: b.secretary, input: { orgId: b.id, year: 2026 } }
  },
  'appraisals.selfReview': async (g) => {
    const r = await opened(g)
    return { as: r.b.deputy, input: { id: r.id, text: '按时参加组织生活，带头排查岗位隐患。' } }
  },
  'appraisals.recordMutual': async (g) => {
    const r = await opened(g)
    return { as: r.b.secretary, input: { id: r.id, version: 1, on: ON } }
  },
  'appraisals.openBallot': async (g) => {
    const r = await atBallot(g)
    return { as: r.b.secretary, input: ballotOf(r) }
  },
  'appraisals.giveOpinions': async (g) => {
    const r = await counted(g)
    return { as: r.b.secretary, input: opinionsOf(r) }
  },
  'appraisals.tell': async (g) => {
    const r = await counted(g)
    await g.w.done(r.b.secretary, 'appraisals.giveOpinions', opinionsOf(r))
    return { as: r.b.secretary, input: { id: r.id, personIds: [r.b.deputy], on: ON } }
  },
  'appraisals.drop': async (g) => {
    const r = await opened(g)
    return { as: r.b.secretary, input: { id: r.id, version: 1, reason: '开错了年份' } }
  },
}

const ON = '2026-11-20'
type Round = Awaited<ReturnType<typeof openedIn>>

const opened = (g: Ground) => openedIn(g.w, g.branch.committeeId)

export async function openedIn(w: World, committeeId: string) {
  const b = await makeBranch(w, { full: 6, committeeId })
  const { id } = await w.done(b.secretary, 'appraisals.open', { orgId: b.id, year: 2026 })
  return { b, id, version: 1 }
}

async function atBallot(g: Ground): Promise<Round> {
  const r = await opened(g)
  const { version } = await g.w.done(r.b.secretary, 'appraisals.recordMutual', { id: r.id, version: 1, on: ON })
  return { ...r, version }
}

export const ballotOf = ({ b, id, version }: Round) => ({
  id,
  version,
  present: 6,
  issued: 6,
  tellerIds: [b.members[0]!, b.members[1]!],
  scrutineerIds: [b.members[2]!, b.commissioner],
})

async function counted(g: Ground): Promise<Round> {
  const r = await atBallot(g)
  const { version, countId } = await g.w.done(r.b.secretary, 'appraisals.openBallot', ballotOf(r))
  await typeAll(g.w, countId, ballotOf(r))
  return { ...r, version }
}

/** Both sides type the same for everybody but themselves. */
export async function typeAll(
  w: World,
  countId: string,
  { tellerIds, scrutineerIds, present }: Pick<ReturnType<typeof ballotOf>, 'tellerIds' | 'scrutineerIds' | 'present'>,
) {
  const figures = { returned: present, invalid: 0, votes: { excellent: present - 2, qualified: 2, basic: 0, unqualified: 0, abstained: 0 } }
  for (const [first, second] of [tellerIds, scrutineerIds] as [string, string][]) {
    const { lines } = await w.done(first, 'meetings.count', { id: countId })
    const ofOthers = lines.filter((l) => l.personId !== first)
    await w.done(first, 'meetings.typeCount', { id: countId, lines: ofOthers.map(({ position }) => ({ position, figures })) })
    const own = lines.filter((l) => l.personId === first)
    if (own.length > 0)
      await w.done(second, 'meetings.typeCount', { id: countId, lines: own.map(({ position }) => ({ position, figures })) })
  }
}

export const opinionsOf = ({ b, id, version }: Round) => ({
  id,
  version,
  on: ON,
  opinions: b.all.map((personId, i) => ({ personId, grade: i < 2 ? ('excellent' as const) : ('qualified' as const) })),
})
