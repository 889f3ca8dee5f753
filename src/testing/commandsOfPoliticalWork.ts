import type { Examples, Ground } from './commands.ts'
import { makeMember } from './people.ts'
import { OWNER } from './world.ts'

/** The commands about people who do political work, each with one of their own. */
export const politicalWorkExamples: Examples = {
  'politicalwork.enter': async ({ w, other }) => ({ as: OWNER, input: { orgId: other, personId: await makeMember(w, other), ...POST } }),
  'politicalwork.end': async (g) => ({ as: OWNER, input: { ...(await entered(g)).step, on: '2026-10-01' } }),
  'politicalwork.withdraw': async (g) => ({ as: OWNER, input: { ...(await entered(g)).step, reason: 'mistake' } }),
  'politicalwork.setHeadcount': async ({ w, branch }) => {
    const orgId = branch.committeeId
    const { version: was } = await w.done(OWNER, 'politicalwork.gaps', { orgId })
    const { version } = await w.done(OWNER, 'politicalwork.setHeadcount', { orgId, version: was, employees: 1860, asOf: '2026-06-30' })
    return { as: OWNER, input: { orgId, version, employees: 1842, asOf: '2026-09-30' } }
  },
  'politicalwork.write': async (g) => {
    const { personId } = await entered(g)
    const { version } = await g.w.done(personId, 'politicalwork.write', { heading: 'service', version: 0, text: '每周下井两次' })
    return { as: personId, input: { heading: 'service', version, text: '每周下井两次，当班能办的当班办' } }
  },
  'politicalwork.train': async (g) => ({ as: OWNER, input: { serviceId: (await entered(g)).step.id, ...COURSE } }),
  'politicalwork.dropTraining': async (g) => {
    const { id } = await g.w.done(OWNER, 'politicalwork.train', { serviceId: (await entered(g)).step.id, ...COURSE })
    return { as: OWNER, input: { id } }
  },
}

const POST = { engagement: 'fullTime' as const, duty: '党群工作部干事', from: '2026-03-01' }
const COURSE = { kind: 'training' as const, title: '党务干部培训班', issuer: '示例矿业集团党校', on: '2026-06-12', hours: 24 }

async function entered({ w, other }: Ground) {
  const personId = await makeMember(w, other)
  return { personId, step: await w.done(OWNER, 'politicalwork.enter', { orgId: other, personId, ...POST }) }
}
