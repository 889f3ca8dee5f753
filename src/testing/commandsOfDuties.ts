import type { Examples, Ground } from './commands.ts'
import { makeMember } from './people.ts'
import { OWNER } from './world.ts'

const asked = { duty: 'themePartyDay' as const, from: '2026-09-01', until: '2026-09-30', reason: '井下大修，全员顶岗' }

const regulation = {
  name: '支部工作细则',
  owner: '党群工作部',
  source: '支部工作条例第十一条',
  validFrom: '2026-01-01',
  reviewOn: '2027-01-01',
}

/** What branches ask of those above about their duties, and the register of regulations. */
export const dutyExamples: Examples = {
  'calendar.makeFeed': async (g) => ({ as: await someone(g), input: {} }),
  'calendar.revokeFeed': async (g) => {
    const as = await someone(g)
    const { id } = await g.w.done(as, 'calendar.makeFeed', {})
    return { as, input: { id } }
  },
  'rulebook.enact': async ({ branch }) => ({ as: OWNER, input: { orgId: branch.committeeId, ...regulation } }),
  'rulebook.revise': async (g) => ({ as: OWNER, input: { ...(await enacted(g)), ...regulation, validFrom: '2026-06-01' } }),
  'rulebook.repeal': async (g) => ({ as: OWNER, input: { ...(await enacted(g)), on: '2026-06-01', why: '并入新办法' } }),
  'rulebook.review': async (g) => ({ as: OWNER, input: { ...(await enacted(g)), nextOn: '2028-01-01' } }),
  'duties.askExemption': async ({ branch }) => ({ as: branch.secretary, input: { orgId: branch.id, ...asked } }),
  'duties.decideExemption': async (g) => ({ as: OWNER, input: { id: await newRequest(g), version: 1, grant: true, answer: '' } }),
}

const someone = ({ w, branch }: Ground) => makeMember(w, branch.id)

const newRequest = async ({ w, branch }: Ground) =>
  (await w.done(branch.secretary, 'duties.askExemption', { orgId: branch.id, ...asked })).id

const enacted = async ({ w, branch }: Ground) => ({
  id: (await w.done(OWNER, 'rulebook.enact', { orgId: branch.committeeId, ...regulation })).id,
  version: 1,
})
