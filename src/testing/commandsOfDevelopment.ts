import type { Examples, Ground } from './commands.ts'
import { makeBranch, meetingOf, voteOn } from './meetings.ts'
import { givePost, makeMember, makeOrg } from './people.ts'

let made = 0
const next = () => ++made

/** The commands about people being developed, each with one it can be carried out on. */
export const developmentExamples: Examples = {
  'development.begin': async ({ branch }) => ({
    as: branch.commissioner,
    input: { orgId: branch.id, name: `申某${next()}`, birth: '1995-05-01', appliedOn: '2026-11-01' },
  }),
  'development.enter': async ({ branch }) => ({
    as: branch.commissioner,
    input: {
      orgId: branch.id,
      name: `补某${next()}`,
      steps: [
        { no: 1, on: '2025-01-06' },
        { no: 3, on: '2025-06-03' },
      ],
    },
  }),
  'development.take': async (g) => ({
    as: g.branch.secretary,
    input: { ...(await applicant(g)), no: 2, on: '2026-11-10', papers: ['谈话记录'] },
  }),
  'development.correctStep': async (g) => {
    const { id } = await applicant(g)
    const { steps, version } = await g.w.done(g.branch.secretary, 'development.get', { id })
    return { as: g.branch.secretary, input: { id, version, stepId: steps[0]!.records[0]!.id, on: '2026-11-02' } }
  },
  'development.stop': async (g) => ({
    as: g.branch.secretary,
    input: { ...(await applicant(g)), reason: 'withdrew', on: '2026-11-12', note: '本人书面撤回' },
  }),
  'development.prolong': async (g) => {
    const steps = [1, 3, 7, 15, 17].map((no, i) => ({ no, on: `202${i}-03-05` }))
    const { id, version } = await g.w.done(g.branch.secretary, 'development.enter', { orgId: g.branch.id, name: `预某${next()}`, steps })
    return { as: g.branch.secretary, input: { id, version, on: '2026-11-10', months: 6 } }
  },
  'development.setPlan': async ({ branch, w }) => {
    const year = 2030 + next()
    const as = await officer({ branch, w } as Ground)
    const { items } = await w.done(branch.secretary, 'development.plans', { orgId: branch.id, year })
    await w.done(as, 'development.setPlan', { orgId: branch.id, year, number: 1, version: items[0]!.version })
    return { as, input: { orgId: branch.id, year, number: 2, version: items[0]!.version + 1 } }
  },
  'development.postNotice': async (g) => ({ as: g.branch.secretary, input: { ...(await applicant(g)), ...NOTICE } }),
  'development.closeNotice': async (g) => {
    const as = g.branch.secretary
    const { id, version } = await g.w.done(as, 'development.postNotice', { ...(await applicant(g)), ...NOTICE })
    const { notices } = await g.w.done(as, 'development.get', { id })
    return { as, input: { id, version, noticeId: notices[0]!.id, result: 'none', on: '2026-11-16' } }
  },
  'development.fail': async (g) => {
    const b = await makeBranch(g.w, { full: 5, committeeId: g.branch.committeeId })
    const steps = [1, 3, 7, 13, 14].map((no, i) => ({ no, on: `202${i}-03-05` }))
    const { id, version } = await g.w.done(b.secretary, 'development.enter', { orgId: b.id, name: `落某${next()}`, steps })
    const votes = { rule: 'admission', method: 'ballot', inFavour: 1, against: 4, abstained: 0 } as const
    const tellers = { tellerId: b.members[0]!, scrutineerId: b.members[1]! }
    await g.w.done(b.commissioner, 'meetings.record', { ...meetingOf(b, { ...tellers, items: [voteOn('讨论接收', votes)] }) })
    const { items } = await g.w.done(b.secretary, 'development.votes', { id })
    return { as: b.secretary, input: { id, version, no: 15, voteId: items[0]!.id } }
  },
  'development.setLocalRule': async ({ branch, w }) => {
    const as = await officer({ branch, w } as Ground)
    const orgId = await makeOrg(w, { kind: 'generalBranch', parentId: branch.committeeId })
    const rule = { orgId, rule: 'again' as const, isOn: true, months: 6, source: '一矿党委发展党员工作实施办法' }
    const { version } = await w.done(as, 'development.setLocalRule', { ...rule, version: 0 })
    return { as, input: { ...rule, version, isOn: false } }
  },
  'development.pair': async ({ branch }) => ({ as: branch.secretary, input: pairing(branch) }),
  'development.endPair': async ({ w, branch }) => {
    const { id, version } = await w.done(branch.secretary, 'development.pair', pairing(branch))
    return { as: branch.secretary, input: { id, version, result: 'reached', on: '2026-11-15' } }
  },
}

const NOTICE = { about: 'target' as const, from: '2026-11-09', until: '2026-11-13', place: '支部公示栏' }

async function applicant({ w, branch }: Ground) {
  const { id, version } = await w.done(branch.secretary, 'development.begin', {
    orgId: branch.id,
    name: `申某${next()}`,
    birth: '1995-05-01',
    appliedOn: '2026-11-01',
  })
  return { id, version }
}

const pairing = (branch: Ground['branch']) => ({
  orgId: branch.id,
  personId: branch.members[0]!,
  direction: 'toBackbone' as const,
  mentorId: branch.secretary,
  aim: '一年内能独立带班',
  beganOn: '2026-11-01',
})

const officers = new WeakMap<object, string>()
async function officer({ w, branch }: Ground): Promise<string> {
  const known = officers.get(branch)
  if (known) return known
  const office = await makeOrg(w, { kind: 'partyBranch', parentId: branch.committeeId })
  const person = await makeMember(w, office)
  await givePost(w, branch.committeeId, person, 'partyAffairsWorker')
  officers.set(branch, person)
  return person
}
