import { readFile } from 'node:fs/promises'
import { number } from '#modules/evaluation/testing.ts'
import type { Examples, Ground } from './commands.ts'
import { makeOrg } from './people.ts'
import { OWNER } from './world.ts'

const BASICS = '00-branch-basics'
const yaml = await readFile(new URL(`../modules/evaluation/schemes/${BASICS}.yaml`, import.meta.url), 'utf8')
const APPROVED = { documentNo: '示例党发〔2026〕1号' }

/** The commands of the evaluation, each with something it can be carried out on. */
export const evaluationExamples: Examples = {
  'evaluation.checkScheme': async () => ({ as: OWNER, input: { yaml } }),
  'evaluation.copyShipped': async (g) => ({ as: OWNER, input: { orgId: await newCommittee(g), shipped: BASICS } }),
  'evaluation.importScheme': async (g) => ({
    as: OWNER,
    input: { orgId: await newCommittee(g) },
    file: { name: '方案.yaml', data: Buffer.from(yaml) },
  }),
  'evaluation.saveScheme': async (g) => ({ as: OWNER, input: { ...(await draft(g)), yaml: yaml.replace('对照表', `对照表 ${++made}`) } }),
  'evaluation.publishScheme': async (g) => {
    const { id, version } = await draft(g)
    return { as: OWNER, input: { id, version, ...APPROVED } }
  },
  'evaluation.withdrawScheme': async (g) => {
    const { id, version } = await published(g)
    return { as: OWNER, input: { id, version, reason: '另发新方案' } }
  },
  'evaluation.publishRun': async (g) => {
    const { id: schemeId, orgId } = await published(g)
    await number(g.w)
    return { as: OWNER, input: { orgId, schemeId, period: '2025' } }
  },
  'evaluation.finaliseRun': async (g) => {
    const { id: schemeId, orgId } = await published(g)
    await number(g.w)
    const { id, version } = await g.w.done(OWNER, 'evaluation.publishRun', { orgId, schemeId, period: '2025' })
    return { as: OWNER, input: { id, version, ...APPROVED } }
  },
  'evaluation.selfCheckSetting': async (g) => ({
    as: OWNER,
    input: { orgId: await newCommittee(g), allowed: true, reason: '先让支部自查一遍', ...APPROVED },
  }),
  'evaluation.whatIf': async (g) => {
    const { content } = await g.w.done(OWNER, 'evaluation.checkScheme', { yaml })
    return { as: OWNER, input: { shipped: BASICS, orgId: await newCommittee(g), period: '2025', content } }
  },
  'evaluation.enterValue': async (g) => ({ as: OWNER, input: await entryFor(g) }),
  'evaluation.takeBackValue': async (g) => {
    const value = await entryFor(g)
    const { id } = await g.w.done(OWNER, 'evaluation.enterValue', value)
    return { as: OWNER, input: { orgId: value.orgId, id, reason: 'mistake' } }
  },
}

let made = 0

/** A committee of its own with one branch. */
async function newCommittee({ w }: Ground): Promise<string> {
  const id = await makeOrg(w, { kind: 'partyCommittee' })
  await makeOrg(w, { kind: 'partyBranch', parentId: id })
  return id
}

async function draft(g: Ground) {
  const orgId = await newCommittee(g)
  const { id, version } = await g.w.done(OWNER, 'evaluation.copyShipped', { orgId, shipped: BASICS })
  return { id, version, orgId }
}

async function published(g: Ground) {
  const { id, version, orgId } = await draft(g)
  const after = await g.w.done(OWNER, 'evaluation.publishScheme', { id, version, ...APPROVED })
  return { id, version: after.version, orgId }
}

/** For the first item of a shipped scheme that is filled by hand. */
async function entryFor({ w, other }: Ground) {
  const place = { orgId: other, shipped: '09-city-power-fortress-index', period: '2025' }
  const { items } = await w.done(OWNER, 'evaluation.missingEntries', place)
  const input = { kind: 'notApplicable', reason: '当年没有这项工作' }
  return { ...place, inputKey: items[0]!.key, input, source: `统计报表 ${++made}` }
}
