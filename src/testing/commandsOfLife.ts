import type { Examples } from './commands.ts'

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
}
