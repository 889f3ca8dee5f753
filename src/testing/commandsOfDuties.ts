import type { Examples, Ground } from './commands.ts'
import { OWNER } from './world.ts'

const asked = { duty: 'themePartyDay' as const, from: '2026-09-01', until: '2026-09-30', reason: '井下大修，全员顶岗' }

/** What branches ask of those above about their duties. */
export const dutyExamples: Examples = {
  'duties.askExemption': async ({ branch }) => ({ as: branch.secretary, input: { orgId: branch.id, ...asked } }),
  'duties.decideExemption': async (g) => ({ as: OWNER, input: { id: await newRequest(g), version: 1, grant: true, answer: '' } }),
}

const newRequest = async ({ w, branch }: Ground) =>
  (await w.done(branch.secretary, 'duties.askExemption', { orgId: branch.id, ...asked })).id
