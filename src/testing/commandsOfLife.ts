import type { Examples, Ground } from './commands.ts'
import { makeBranch, meetingOf } from './meetings.ts'
import { givePost, makeMember, makeOrg } from './people.ts'
import type { World } from './world.ts'

let made = 0
const talkDay = () => new Date(Date.UTC(2026, 0, 1 + (made++ % 300))).toISOString().slice(0, 10)

/** The commands of talks, of the yearly chains, of visits and of 中心组学习. */
export const lifeExamples: Examples = {
  'talks.record': async ({ branch }) => {
    const [aId, bId] = [branch.secretary, branch.members[0]!]
    return { as: branch.secretary, input: { orgId: branch.id, talks: [{ on: talkDay(), aId, bId }] } }
  },
  'talks.withdraw': async ({ w, branch }) => {
    const on = talkDay()
    await w.done(branch.secretary, 'talks.record', { orgId: branch.id, talks: [{ on, aId: branch.deputy, bId: branch.members[1]! }] })
    const { items } = await w.done(branch.secretary, 'talks.list', { orgId: branch.id, year: 2026, limit: 200 })
    return { as: branch.secretary, input: { id: items.find((t) => t.on === on)!.id } }
  },

  'visits.make': async (g) => {
    const { guide, c } = await guided(g.w)
    return { as: guide, input: { orgId: c.b.id, meetingId: c.meetingId, comment: '批评要点到具体事。', followUps: [FOLLOW_UP] } }
  },
  'visits.withdraw': async (g) => {
    const { guide, c } = await guided(g.w)
    const input = { orgId: c.b.id, meetingId: c.meetingId, comment: '批评要点到具体事。', followUps: [] }
    const { id } = await g.w.done(guide, 'visits.make', input)
    return { as: guide, input: { id, version: 1, reason: '写错了会' } }
  },
  'chains.open': async (g) => {
    const b = await makeBranch(g.w, { full: 3, committeeId: g.branch.committeeId })
    return { as: b.secretary, input: { orgId: b.id, kind: 'orgLifeMeeting', year: 2026 } }
  },
  'chains.addOpinions': async (g) => {
    const c = await openedChain(g.w, g.branch.committeeId)
    return { as: c.b.secretary, input: { id: c.id, opinions: [OPINION] } }
  },
  'chains.withdrawOpinion': async (g) => {
    const c = await openedChain(g.w, g.branch.committeeId)
    await g.w.done(c.b.secretary, 'chains.addOpinions', { id: c.id, opinions: [OPINION] })
    const { opinions } = await g.w.done(c.b.secretary, 'chains.get', { id: c.id })
    return { as: c.b.secretary, input: { id: opinions[0]!.id } }
  },
  'chains.write': async (g) => {
    const c = await openedChain(g.w, g.branch.committeeId)
    return { as: c.b.deputy, input: { id: c.id, text: '到现场少，对班组困难了解不够，明年每月跟班两次。' } }
  },
  'chains.handIn': async (g) => {
    const c = await openedChain(g.w, g.branch.committeeId)
    return { as: c.b.secretary, input: { id: c.id, personIds: [c.b.deputy] } }
  },
  'chains.link': async (g) => {
    const { c, meetingId } = await readyToLink(g)
    return { as: c.b.secretary, input: { id: c.id, version: 1, meetingId } }
  },
  'chains.unlink': async (g) => {
    const c = await linkedChain(g.w, g.branch.committeeId)
    return { as: c.b.secretary, input: { id: c.id, version: c.version } }
  },
  'chains.list': async (g) => {
    const c = await linkedChain(g.w, g.branch.committeeId)
    const lines = [{ problem: '班前会学习走过场', measure: '每周由一名党员讲一个案例', ownerId: c.b.deputy, dueOn: '2026-12-31' }]
    return { as: c.b.secretary, input: { id: c.id, version: c.version, lines } }
  },
  'chains.report': async (g) => {
    const c = await committeeChain(g.w)
    return { as: c.secretary, input: { id: c.id, version: c.version, on: '2026-11-20' } }
  },
  'chains.drop': async (g) => {
    const c = await openedChain(g.w, g.branch.committeeId)
    return { as: c.b.secretary, input: { id: c.id, version: 1, reason: '开错了年份' } }
  },
}

export const OPINION = { source: 'masses' as const, fromWhom: '班组座谈会', text: '井口候车室冬天太冷，请想办法', on: '2026-11-18' }

export async function openedChain(w: World, committeeId: string) {
  const b = await makeBranch(w, { full: 4, committeeId })
  const { id } = await w.done(b.secretary, 'chains.open', { orgId: b.id, kind: 'orgLifeMeeting', year: 2026 })
  return { b, id, version: 1 }
}

async function readyToLink(g: Ground) {
  const c = await openedChain(g.w, g.branch.committeeId)
  return { c, meetingId: await heldLife(g.w, c.b) }
}

async function heldLife(w: World, b: Awaited<ReturnType<typeof makeBranch>>): Promise<string> {
  const given = { kinds: ['orgLifeMeeting' as const], title: '年度组织生活会', heldOn: '2026-11-19' }
  return (await w.done(b.commissioner, 'meetings.record', meetingOf(b, given))).id
}

/** A branch's chain with its meeting held and linked. */
export async function linkedChain(w: World, committeeId: string) {
  const c = await openedChain(w, committeeId)
  const meetingId = await heldLife(w, c.b)
  const { version } = await w.done(c.b.secretary, 'chains.link', { id: c.id, version: 1, meetingId })
  return { ...c, version, meetingId }
}

/** A committee of six with its 民主生活会 held, `away` of them absent, and linked unless too few came. */
export async function committeeChain(w: World, away = 1) {
  const orgId = await makeOrg(w, { kind: 'partyCommittee' })
  const people: string[] = []
  for (let i = 0; i < 6; i++) people.push(await makeMember(w, orgId))
  const [secretary, deputy] = people as [string, string]
  for (const [i, person] of people.entries())
    await givePost(w, orgId, person, (['partySecretary', 'deputySecretary'] as const)[i] ?? 'committeeMember')
  const { id } = await w.done(secretary, 'chains.open', { orgId, kind: 'democraticLifeMeeting', year: 2026 })
  const record = await w.done(deputy, 'meetings.record', {
    ...meetingOf({ id: orgId, secretary, commissioner: deputy } as never, { kinds: ['democraticLifeMeeting'], heldOn: '2026-11-02' }),
    absent: people.slice(6 - away).map((personId) => ({ personId, reason: 'businessTrip' as const, note: '' })),
  })
  const linked = await w.call(secretary, 'chains.link', { id, version: 1, meetingId: record.id })
  return { orgId, id, secretary, deputy, people, meetingId: record.id, linked, version: 2 }
}

const FOLLOW_UP = { text: '补开一次征求意见座谈会', dueOn: '2026-12-10' }

/** A branch whose 组织生活会 a guide of its committee may comment on. */
async function guided(w: World) {
  const above = await makeOrg(w, { kind: 'partyCommittee' })
  const guide = await makeMember(w, above)
  await givePost(w, above, guide, 'partyAffairsWorker')
  return { guide, c: await linkedChain(w, above) }
}
