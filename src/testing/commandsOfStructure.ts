import type { Examples, Ground } from './commands.ts'
import { givePost, makeMember, makeOrg } from './people.ts'
import { sheetOf } from './sheet.ts'
import { OWNER } from './world.ts'

/** The commands about members, each with somebody it can be carried out on. */
export const memberExamples: Examples = {
  'members.reveal': async ({ branch }) => ({
    as: OWNER,
    input: { personId: branch.members[0]!, field: 'phone', reason: '通知本人来办手续' },
  }),
  'members.edit': async (g) => {
    const personId = await makeMember(g.w, g.other)
    const { version } = await g.w.done(OWNER, 'members.get', { personId })
    return { as: OWNER, input: { personId, version, name: `改某${next()}`, staffNo: null, profile: { education: '大学' } } }
  },
  'members.findByIdNumber': async () => ({ as: OWNER, input: { idNumber: '110101199003070011' } }),
  'members.enrol': async ({ other }) => {
    const input = { orgId: other, name: `新某${next()}`, standing: 'fullMember' as const, profile: { joined: '2015-07-01' } }
    return { as: OWNER, input }
  },
  'members.convert': async (g) => ({ as: OWNER, input: { membershipId: await newMembership(g, 'probationary'), on: '2026-09-01' } }),
  'members.transfer': async (g) => ({
    as: OWNER,
    input: { membershipId: await newMembership(g), on: '2026-09-01', toOrgId: g.branch.id },
  }),
  'members.leave': async (g) => ({
    as: OWNER,
    input: { membershipId: await newMembership(g), on: '2026-09-01', reason: 'transferredOut' },
  }),
  'members.suspendRights': async (g) => ({
    as: OWNER,
    input: { membershipId: await newMembership(g), on: '2026-09-01', cause: 'onProbation' },
  }),
  'members.restoreRights': async (g) => {
    const membershipId = await newMembership(g)
    await g.w.done(OWNER, 'members.suspendRights', { membershipId, on: '2026-03-01', cause: 'onProbation' })
    return { as: OWNER, input: { membershipId, on: '2026-09-01' } }
  },
  'members.correct': async (g) => {
    const personId = await makeMember(g.w, g.other)
    const { version, memberships } = await g.w.done(OWNER, 'members.get', { personId })
    const right = [{ id: memberships[0]!.id, from: '2016-01-01' }]
    return { as: OWNER, input: { personId, version, reason: 'mistake', memberships: right } }
  },
  'members.importRoster': async ({ w, other }) => {
    const { name } = await w.done(OWNER, 'organisation.get', { id: other })
    const file = await sheetOf(['姓名', '支部', '人员类别', '入党日期'], [`导某${next()}`, name, '正式党员', '2012-07-01'])
    return { as: OWNER, input: { dryRun: false }, file }
  },
}

/** The commands about organisations, units, posts and terms, each with something it can be carried out on. */
export const organisationExamples: Examples = {
  'organisation.importOrgs': async ({ w, branch }) => {
    const { name } = await w.done(OWNER, 'organisation.get', { id: branch.committeeId })
    const file = await sheetOf(['组织名称', '上级组织', '组织类别', '建立日期'], [`导入${next()}党支部`, name, '党支部', '2012-07-01'])
    return { as: OWNER, input: { dryRun: false }, file }
  },
  'organisation.found': async ({ branch }) => ({ as: OWNER, input: { parentId: branch.committeeId, ...newBranch() } }),
  'organisation.rename': async (g) => ({ as: OWNER, input: { ...(await newOrg(g)), on: '2026-09-01', name: `改名${next()}党支部` } }),
  'organisation.move': async (g) => {
    const parentId = await makeOrg(g.w, { kind: 'generalBranch', parentId: g.branch.committeeId })
    return { as: OWNER, input: { ...(await newOrg(g)), on: '2026-09-01', parentId } }
  },
  'organisation.merge': async (g) => ({ as: OWNER, input: { ...(await newOrg(g)), on: '2026-09-01', intoId: g.other } }),
  'organisation.dissolve': async (g) => ({ as: OWNER, input: { ...(await newOrg(g)), on: '2026-09-01' } }),
  'organisation.appoint': async (g) => {
    const personId = await makeMember(g.w, g.other)
    return { as: OWNER, input: { orgId: g.other, personId, role: 'committeeMember', from: '2026-01-01' } }
  },
  'organisation.endPost': async (g) => {
    const id = await givePost(g.w, g.other, await makeMember(g.w, g.other), 'committeeMember')
    return { as: OWNER, input: { id, version: 1, on: '2026-09-01' } }
  },
  'organisation.beginTerm': async (g) => ({ as: OWNER, input: { orgId: (await newOrg(g)).id, from: '2024-03-01', until: '2027-03-01' } }),
  'organisation.extendTerm': async (g) => {
    const { id: orgId } = await newOrg(g)
    await g.w.done(OWNER, 'organisation.beginTerm', { orgId, from: '2024-03-01', until: '2027-03-01' })
    return { as: OWNER, input: { orgId, until: '2027-06-01' } }
  },
  'organisation.foundUnit': async (g) => ({
    as: OWNER,
    input: { orgId: g.other, parentId: null, name: `单位${next()}`, foundedOn: '2016-01-01' },
  }),
  'organisation.renameUnit': async (g) => ({ as: OWNER, input: { ...(await newUnit(g)), on: '2026-03-01', name: `单位${next()}` } }),
  'organisation.moveUnit': async (g) => ({
    as: OWNER,
    input: { ...(await newUnit(g)), on: '2026-03-01', parentId: (await newUnit(g)).id },
  }),
  'organisation.dissolveUnit': async (g) => ({ as: OWNER, input: { ...(await newUnit(g)), on: '2026-03-01' } }),
  'organisation.cover': async (g) => ({ as: OWNER, input: { orgId: g.branch.id, unitId: (await newUnit(g)).id, on: '2026-03-01' } }),
  'organisation.uncover': async (g) => ({ as: OWNER, input: { orgId: g.other, unitId: (await newUnit(g)).id, on: '2026-03-01' } }),
  'organisation.correctFounding': async (g) => ({
    as: OWNER,
    input: { ...(await newOrg(g)), reason: 'mistake', foundedOn: '2021-01-01' },
  }),
  'organisation.correctChange': async (g) => {
    const { id, version } = await newOrg(g)
    await g.w.done(OWNER, 'organisation.rename', { id, version, on: '2026-03-01', name: `改名${next()}党支部` })
    return { as: OWNER, input: { id, version: 2, reason: 'mistake', what: 'name', from: '2026-03-01', on: '2026-05-01' } }
  },
  'organisation.correctPost': async (g) => {
    const id = await givePost(g.w, g.other, await makeMember(g.w, g.other), 'committeeMember')
    return { as: OWNER, input: { id, version: 1, reason: 'mistake', as: { role: 'committeeMember', from: '2016-01-01' } } }
  },
  'organisation.correctTerm': async (g) => {
    const { id: orgId } = await newOrg(g)
    const term = { from: '2024-03-01', until: '2027-03-01' }
    await g.w.done(OWNER, 'organisation.beginTerm', { orgId, ...term })
    return { as: OWNER, input: { orgId, reason: 'mistake', term, as: { from: '2024-04-01', until: '2027-04-01' } } }
  },
}

let made = 0
const next = () => ++made

async function newMembership({ w, other }: Ground, kind?: 'probationary'): Promise<string> {
  const personId = await makeMember(w, other, kind ? { joinedOn: '2025-09-01', convertedOn: null } : {})
  return (await w.done(OWNER, 'members.get', { personId })).memberships[0]!.id
}

const newUnit = async (g: Ground) => {
  const unit = { orgId: g.other, parentId: null, name: `单位${next()}`, foundedOn: '2016-01-01' }
  return { id: (await g.w.done(OWNER, 'organisation.foundUnit', unit)).id, version: 1 }
}
const newBranch = () => ({ kind: 'partyBranch' as const, name: `新建${next()}党支部`, foundedOn: '2020-01-01' })
const newOrg = async ({ w, branch }: Ground) => {
  const { id } = await w.done(OWNER, 'organisation.found', { parentId: branch.committeeId, ...newBranch() })
  return { id, version: 1 }
}
