import type { Examples, Ground } from './commands.ts'
import { makeBranch } from './meetings.ts'

/** The commands about what the system knows about oneself, each with a request of its own. */
export const privacyExamples: Examples = {
  'privacy.ask': async (g) => {
    const b = await makeBranch(g.w, { full: 3, committeeId: g.branch.committeeId })
    return { as: b.commissioner, input: { what: '党员档案 · 出生', says: '出生日期应为 1988-03-02，以身份证为准' } }
  },
  'privacy.answer': async (g) => {
    const { b, id } = await asked(g)
    return { as: b.secretary, input: { id, version: 1, done: true, answer: '已按身份证更正' } }
  },
  'privacy.withdraw': async (g) => {
    const { b, id } = await asked(g)
    return { as: b.commissioner, input: { id, version: 1 } }
  },
}

async function asked({ w, branch }: Ground) {
  const b = await makeBranch(w, { full: 3, committeeId: branch.committeeId })
  const { id } = await w.done(b.commissioner, 'privacy.ask', { what: '党员档案 · 出生', says: '出生日期应为 1988-03-02' })
  return { b, id }
}
