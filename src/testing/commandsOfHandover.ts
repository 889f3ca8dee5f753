import type { Examples, Ground } from './commands.ts'
import { makeBranch } from './meetings.ts'
import { OWNER } from './world.ts'

/** The commands about handing a branch over, each with a pack of its own. */
export const handoverExamples: Examples = {
  'handover.begin': async (g) => {
    const b = await branchOf(g)
    return { as: OWNER, input: { orgId: b.id, fromId: b.secretary, toId: b.deputy, on: '2026-11-20' } }
  },
  'handover.note': async (g) => {
    const { b, ...step } = await begun(g)
    return { as: b.secretary, input: { ...step, text: '年底前给退休老党员送一次学习材料' } }
  },
  'handover.sign': async (g) => {
    const { b, ...step } = await begun(g)
    return { as: b.secretary, input: step }
  },
  'handover.cancel': async (g) => {
    const { b: _, ...step } = await begun(g)
    return { as: OWNER, input: step }
  },
}

const branchOf = ({ w, branch }: Ground) => makeBranch(w, { full: 3, committeeId: branch.committeeId })

async function begun(g: Ground) {
  const b = await branchOf(g)
  const begin = { orgId: b.id, fromId: b.secretary, toId: b.deputy, on: '2026-11-20' }
  return { b, ...(await g.w.done(OWNER, 'handover.begin', begin)) }
}
