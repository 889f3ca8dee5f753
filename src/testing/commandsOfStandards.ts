import type { Examples, Ground } from './commands.ts'
import { makeMember, makeOrg } from './people.ts'
import { OWNER } from './world.ts'

const WEAK_RULE = { isOn: true, reasons: ['vacant' as const], vacantMonths: 3, source: '一矿党委整顿软弱涣散党支部实施办法' }

/** The commands about how branches are set up, their standard, and putting them in order, each with a branch of its own. */
export const standardExamples: Examples = {
  'standards.setProject': async ({ w, branch }) => {
    const orgId = await makeOrg(w, { kind: 'provisionalBranch', parentId: branch.committeeId })
    await w.done(OWNER, 'standards.setProject', { orgId, version: 0, name: '泵站项目', endsOn: '2026-12-31' })
    return { as: OWNER, input: { orgId, version: 1, name: '泵站项目', endsOn: '2027-06-30' } }
  },
  'standards.mark': async ({ w, branch }) => {
    const orgId = await makeOrg(w, { kind: 'partyBranch', parentId: branch.committeeId })
    const seen = { orgId, item: 'place' as const, met: true, seenOn: '2026-11-01', note: '' }
    await w.done(OWNER, 'standards.mark', { ...seen, version: 0 })
    return { as: OWNER, input: { ...seen, version: 1, note: '新换了标识' } }
  },
  'standards.setWeakRule': async ({ w, branch }) => {
    const orgId = await makeOrg(w, { kind: 'generalBranch', parentId: branch.committeeId })
    const { version } = await w.done(OWNER, 'standards.setWeakRule', { orgId, version: 0, ...WEAK_RULE })
    return { as: OWNER, input: { orgId, version, ...WEAK_RULE, isOn: false } }
  },
  'standards.beginOverhaul': async (g) => ({ as: OWNER, input: await weakBranch(g) }),
  'standards.giveMeasure': async (g) => ({
    as: OWNER,
    input: { ...(await overhauled(g)).step, title: '补选书记', text: '报上级批准后召开党员大会', dueOn: '2026-12-20' },
  }),
  'standards.sayOverhaul': async (g) => ({ as: OWNER, input: { ...(await overhauled(g)).step, text: '书记调离，正在酝酿人选' } }),
  'standards.extendOverhaul': async (g) => ({
    as: OWNER,
    input: { ...(await overhauled(g)).step, untilOn: '2027-06-30', text: '班子刚补齐，再看一个季度' },
  }),
  'standards.passOverhaul': async (g) => {
    const { step, leadId } = await overhauled(g)
    const measure = { ...step, title: '补选书记', text: '报上级批准后召开党员大会', leadId, dueOn: '2026-12-20' }
    const { version } = await g.w.done(OWNER, 'standards.giveMeasure', measure)
    const { steps } = await g.w.done(OWNER, 'standards.overhaulOf', { id: step.id })
    await closeTask(g, steps.at(-1)!.task!.id, leadId)
    return { as: OWNER, input: { id: step.id, version, text: '班子齐全，制度落实' } }
  },
  'standards.withdrawOverhaul': async (g) => ({ as: OWNER, input: { ...(await overhauled(g)).step, text: '名册核对有误，书记在任' } }),
}

/** A branch that has had no secretary for years, where the unit's rule looks at that. */
async function weakBranch({ w, branch }: Ground) {
  const above = await makeOrg(w, { kind: 'generalBranch', parentId: branch.committeeId })
  const orgId = await makeOrg(w, { kind: 'partyBranch', parentId: above })
  const helperId = await makeMember(w, orgId)
  await w.done(OWNER, 'standards.setWeakRule', { orgId: above, version: 0, ...WEAK_RULE })
  return { orgId, reasons: ['vacant' as const], helperId, untilOn: '2027-03-31', plan: '派人联系，三个月内配齐书记' }
}

async function overhauled(g: Ground) {
  const input = await weakBranch(g)
  const step = await g.w.done(OWNER, 'standards.beginOverhaul', input)
  return { step, leadId: await makeMember(g.w, input.orgId) }
}

async function closeTask({ w }: Ground, id: string, leadId: string) {
  const { version } = await w.done(OWNER, 'tasks.get', { id })
  const submitted = await w.done(leadId, 'tasks.submit', { id, version, result: '已经选出书记' })
  await w.done(OWNER, 'tasks.verify', { id, version: submitted.version })
}
