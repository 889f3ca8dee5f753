import { readFile } from 'node:fs/promises'
import { number, resolutionMeeting } from '#modules/evaluation/testing.ts'
import type { Examples, Ground } from './commands.ts'
import { givePost, makeMember, makeOrg } from './people.ts'
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
  'evaluation.fileAppeal': async (g) => {
    const { secretary, orgId, runId, path } = await appealable(g)
    return { as: secretary, input: { orgId, runId, path, reason: '有一次会议漏记了' } }
  },
  'evaluation.withdrawAppeal': async (g) => {
    const { secretary, appeal } = await filed(g)
    return { as: secretary, input: appeal }
  },
  'evaluation.decideAppeal': async (g) => {
    const { appeal } = await filed(g)
    return { as: OWNER, input: { ...appeal, outcome: 'rejected', decision: '没有原始记录可以补' } }
  },
  'evaluation.recalculateRun': async (g) => {
    const { appeal, run } = await filed(g)
    await g.w.done(OWNER, 'evaluation.decideAppeal', { ...appeal, outcome: 'upheld', decision: '原始记录属实' })
    await number(g.w)
    return { as: OWNER, input: run }
  },
  'evaluation.resolveRun': async (g) => {
    const { run, resolution } = await resolvable(g)
    return { as: OWNER, input: { ...run, ...resolution } }
  },
  'evaluation.announceRun': async (g) => ({ as: OWNER, input: { ...(await resolved(g)), until: '2026-12-20' } }),
  'evaluation.finaliseRun': async (g) => {
    const { id, version } = await g.w.done(OWNER, 'evaluation.announceRun', { ...(await resolved(g)), until: '2026-12-20' })
    await g.w.pool.query("update evaluation.run set announced_until = '2026-11-01' where id = $1", [id])
    return { as: OWNER, input: { id, version } }
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

/** A published run that may still be appealed against, and a secretary of a branch in it. */
async function appealable(g: Ground, appealsUntil = '2026-12-31') {
  const { id: schemeId, orgId: committeeId } = await published(g)
  const orgId = await makeOrg(g.w, { kind: 'partyBranch', parentId: committeeId })
  const secretary = await makeMember(g.w, orgId)
  await givePost(g.w, orgId, secretary, 'partySecretary')
  await number(g.w)
  const { id, version } = await g.w.done(OWNER, 'evaluation.publishRun', { orgId: committeeId, schemeId, period: '2025', appealsUntil })
  const { dimensions } = await g.w.done(OWNER, 'evaluation.result', { orgId, runId: id })
  return { secretary, orgId, committeeId, runId: id, run: { id, version }, path: dimensions[0]!.items[0]!.path }
}

async function filed(g: Ground) {
  const { secretary, orgId, runId, path, run } = await appealable(g)
  const reason = '有一次会议漏记了'
  const { id, version } = await g.w.done(secretary, 'evaluation.fileAppeal', { orgId, runId, path, reason })
  return { secretary, run, appeal: { orgId, id, version } }
}

/** A run whose time for appeals is over, and a meeting of its committee. */
async function resolvable(g: Ground) {
  const { run, committeeId } = await appealable(g)
  await g.w.pool.query("update evaluation.run set appeals_until = '2026-11-01' where id = $1", [run.id])
  const officer = await makeMember(g.w, committeeId)
  const meetingId = await resolutionMeeting(g.w, { committeeId, officer }, '2026-11-20')
  return { run, resolution: { ...APPROVED, meetingId } }
}

async function resolved(g: Ground) {
  const { run, resolution } = await resolvable(g)
  const { id, version } = await g.w.done(OWNER, 'evaluation.resolveRun', { ...run, ...resolution })
  return { id, version }
}

/** For the first item of a shipped scheme that is filled by hand. */
async function entryFor({ w, other }: Ground) {
  const place = { orgId: other, shipped: '09-city-power-fortress-index', period: '2025' }
  const { items } = await w.done(OWNER, 'evaluation.missingEntries', place)
  const input = { kind: 'notApplicable', reason: '当年没有这项工作' }
  return { ...place, inputKey: items[0]!.key, input, source: `统计报表 ${++made}` }
}
