import type { Examples, Ground } from './commands.ts'
import { givePost, makeMember, makeOrg } from './people.ts'
import { OWNER } from './world.ts'

/** The commands of a 换届, each with an election that has come so far. */
export const electionExamples: Examples = {
  'elections.open': async (g) => ({ as: OWNER, input: { orgId: (await bigBranch(g)).orgId, plannedOn: '2026-12-20', seats: 3 } }),
  'elections.nominate': async (g) => ({ as: OWNER, input: nomination(await approved(g)) }),
  'elections.hold': async (g) => ({ as: OWNER, input: holding(await allowed(g)) }),
  'elections.count': async (g) => {
    const e = await voting(g)
    return { as: e.people[4]!, input: counting(e) }
  },
  'elections.nextBallot': async (g) => ({ as: OWNER, input: { ...(await halfElected(g)), issued: 8 } }),
  'elections.leaveVacant': async (g) => ({ as: OWNER, input: await halfElected(g) }),
  'elections.chooseOfficers': async (g) => {
    const e = await voting(g)
    for (const as of e.people.slice(4, 6)) await g.w.done(as, 'elections.count', counting(e))
    const officers = [{ personId: e.people[0]!, office: 'partySecretary' as const, inFavour: 3 }]
    return { as: OWNER, input: { id: e.id, version: e.version + 1, heldOn: '2026-11-20', present: 3, officers } }
  },
  'elections.cancel': async (g) => {
    const { id, version } = await approved(g)
    return { as: OWNER, input: { id, version } }
  },
  'elections.askExtension': async (g) => {
    const { orgId } = await bigBranch(g)
    await g.w.done(OWNER, 'organisation.beginTerm', { orgId, from: '2024-03-01', until: '2027-03-01' })
    return { as: OWNER, input: { orgId, until: '2027-09-01', reason: '矿井搬迁，党员分散' } }
  },
}

async function bigBranch({ w, branch }: Ground) {
  const orgId = await makeOrg(w, { kind: 'partyBranch', parentId: branch.committeeId })
  const people: string[] = []
  for (let i = 0; i < 8; i++) people.push(await makeMember(w, orgId))
  await givePost(w, orgId, people[7]!, 'partySecretary')
  return { orgId, people }
}

type Running = Awaited<ReturnType<typeof bigBranch>> & { id: string; version: number }

/** The superior has agreed to a request of the election. */
async function agree(g: Ground, { orgId, id, people }: Running, kind: 'election' | 'candidates') {
  const letter = { orgId, kind, aboutId: id, title: '关于换届的请示', body: '请批示。' }
  const { id: requestId } = await g.w.done(people[7]!, 'requests.send', letter)
  await g.w.done(OWNER, 'requests.answer', { id: requestId, version: 1, decision: 'agreed', docNo: `示例党〔2026〕${++numbers}号` })
}
let numbers = 100

async function approved(g: Ground): Promise<Running> {
  const branch = await bigBranch(g)
  const { id } = await g.w.done(OWNER, 'elections.open', { orgId: branch.orgId, plannedOn: '2026-12-20', seats: 3 })
  await agree(g, { ...branch, id, version: 1 }, 'election')
  return { ...branch, id, version: 2 }
}

const nomination = ({ id, version, people }: Running) => ({ id, version, candidates: people.slice(0, 4) })

async function allowed(g: Ground): Promise<Running> {
  const e = await approved(g)
  await g.w.done(OWNER, 'elections.nominate', nomination(e))
  await agree(g, e, 'candidates')
  return { ...e, version: 4 }
}

const holding = ({ id, version, people }: Running) => ({
  id, version, heldOn: '2026-11-20', absent: [], leftOut: [], methodPassed: true, monitorId: people[4]!, counterId: people[5]!, issued: 8,
}) // biome-ignore format: one assembly

async function voting(g: Ground): Promise<Running> {
  const e = await allowed(g)
  await g.w.done(OWNER, 'elections.hold', holding(e))
  return { ...e, version: 5 }
}

const VOTES = [8, 7, 6, 3]
const counting = ({ id, people }: Running, votes = VOTES) => ({
  id, round: 1, version: 1, returned: 8, invalid: 0,
  votes: votes.map((inFavour, i) => ({ personId: people[i]!, inFavour, against: 8 - inFavour, abstained: 0 })),
}) // biome-ignore format: one count

/** Two of three are elected; the third has not half. */
async function halfElected(g: Ground) {
  const e = await voting(g)
  for (const as of e.people.slice(4, 6)) await g.w.done(as, 'elections.count', counting(e, [8, 7, 4, 3]))
  return { id: e.id, version: e.version }
}
