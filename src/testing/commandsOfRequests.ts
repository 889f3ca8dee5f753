import type { Examples, Ground } from './commands.ts'
import { givePost, makeMember, makeOrg } from './people.ts'
import { OWNER } from './world.ts'

/** The commands about requests, each with one it can be carried out on. */
export const requestExamples: Examples = {
  'requests.send': async ({ branch }) => ({
    as: branch.secretary,
    input: { orgId: branch.id, kind: 'other', title: '关于一件事的请示', body: '请批示。' },
  }),
  'requests.register': async (g) => ({ as: OWNER, input: await sent(g) }),
  'requests.answer': async (g) => ({ as: OWNER, input: { ...(await sent(g)), decision: 'agreed', docNo: '示例党〔2026〕1号' } }),
  'requests.correctAnswer': async (g) => {
    const before = await sent(g)
    const { id, version } = await g.w.done(OWNER, 'requests.answer', { ...before, decision: 'agreed', docNo: '示例党〔2026〕1号' })
    return { as: OWNER, input: { id, version, docNo: '示例党〔2026〕2号', answeredOn: '2026-11-20' } }
  },
  'requests.withdraw': async (g) => ({ as: g.branch.secretary, input: await sent(g) }),
  'requests.resend': async (g) => {
    const { id, version } = await g.w.done(OWNER, 'requests.answer', { ...(await sent(g)), decision: 'returned', reply: '请补充材料' })
    return { as: g.branch.secretary, input: { id, version, title: '补充后的请示', body: '请批示。' } }
  },
  'requests.setDeadline': async (g) => {
    const orgId = await makeOrg(g.w, { kind: 'partyBranch', parentId: g.branch.committeeId })
    const personId = await makeMember(g.w, orgId)
    await givePost(g.w, orgId, personId, 'partySecretary')
    return { as: personId, input: { orgId, kind: 'other', days: 20, version: 0 } }
  },
}

async function sent({ w, branch }: Ground) {
  const { id, version } = await w.done(branch.secretary, 'requests.send', {
    orgId: branch.id,
    kind: 'other',
    title: '关于一件事的请示',
    body: '请批示。',
  })
  return { id, version }
}
