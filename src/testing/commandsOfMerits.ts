import type { Examples, Ground } from './commands.ts'
import { makeMember } from './people.ts'
import { OWNER } from './world.ts'

const PAPER = { by: '示例公司党委', docNo: '党发〔2026〕8 号', note: '' }

/** The commands about rewards and sanctions, each with a record it can be carried out on. */
export const meritExamples: Examples = {
  'merits.reward': async ({ w, other }) => ({
    as: OWNER,
    input: { personId: await makeMember(w, other), honour: 'outstandingMember', level: 'unit', approvedOn: '2026-07-01', ...PAPER },
  }),
  'merits.sanction': async ({ w, other }) => ({
    as: OWNER,
    input: { personId: await makeMember(w, other), what: 'warning', approvedOn: '2026-07-01', ...PAPER },
  }),
  'merits.restore': async (g) => ({ as: OWNER, input: { ...(await sanctioned(g, '2025-03-01')), on: '2026-03-01' } }),
  'merits.revoke': async (g) => ({
    as: OWNER,
    input: { ...(await sanctioned(g, '2026-03-01')), on: '2026-10-08', docNo: '党发〔2026〕30 号' },
  }),
  'merits.reopen': async (g) => {
    const step = await sanctioned(g, '2026-03-01')
    const { version } = await g.w.done(OWNER, 'merits.revoke', { ...step, on: '2026-10-08', docNo: '党发〔2026〕30 号' })
    return { as: OWNER, input: { id: step.id, version, reason: 'mistake' } }
  },
  'merits.correct': async (g) => ({
    as: OWNER,
    input: { ...(await sanctioned(g, '2026-03-01')), approvedOn: '2026-03-02', ...PAPER, what: 'warning', reason: 'mistake' },
  }),
  'merits.withdraw': async (g) => ({ as: OWNER, input: { ...(await sanctioned(g, '2026-03-01')), reason: 'mistake' } }),
}

async function sanctioned({ w, other }: Ground, approvedOn: string) {
  const personId = await makeMember(w, other)
  const { id, version } = await w.done(OWNER, 'merits.sanction', { personId, what: 'probation', years: 1, approvedOn, ...PAPER })
  return { id, version }
}
