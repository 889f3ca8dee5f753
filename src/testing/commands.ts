import { TOTP } from 'otpauth'
import { activated, officers, PASSWORD } from '#modules/identity/testing.ts'
import type { Api } from '../platform.ts'
import { appraisalExamples } from './commandsOfAppraisals.ts'
import { brandExamples } from './commandsOfBrands.ts'
import { bulletinExamples } from './commandsOfBulletins.ts'
import { careExamples } from './commandsOfCare.ts'
import { developmentExamples } from './commandsOfDevelopment.ts'
import { duesExamples } from './commandsOfDues.ts'
import { dutyExamples } from './commandsOfDuties.ts'
import { electionExamples } from './commandsOfElections.ts'
import { evaluationExamples } from './commandsOfEvaluation.ts'
import { fileExamples } from './commandsOfFiles.ts'
import { formExamples } from './commandsOfForms.ts'
import { handoverExamples } from './commandsOfHandover.ts'
import { lifeExamples } from './commandsOfLife.ts'
import { planExamples } from './commandsOfMeetings.ts'
import { meritExamples } from './commandsOfMerits.ts'
import { notificationExamples } from './commandsOfNotifications.ts'
import { planYearExamples } from './commandsOfPlans.ts'
import { pledgeExamples } from './commandsOfPledges.ts'
import { politicalWorkExamples } from './commandsOfPoliticalWork.ts'
import { privacyExamples } from './commandsOfPrivacy.ts'
import { requestExamples } from './commandsOfRequests.ts'
import { standardExamples } from './commandsOfStandards.ts'
import { statisticsExamples } from './commandsOfStatistics.ts'
import { memberExamples, organisationExamples } from './commandsOfStructure.ts'
import { taskExamples } from './commandsOfTasks.ts'
import { transferExamples } from './commandsOfTransfers.ts'
import { makeBranch, meetingOf } from './meetings.ts'
import { makeMember, makeOrg } from './people.ts'
import { sheetOf } from './sheet.ts'
import type { Visitor } from './visitor.ts'
import { OWNER, type TestFile, type World } from './world.ts'

/** The day on which all this happens; the clock of the world must stand here. */
export const DAY = new Date('2026-11-20T02:00:00Z')

/** One carrying-out of a command that succeeds: by whom (a person's id, or a signed-in browser), with what. */
export interface Carried<I> {
  as: string | Visitor
  input: I
  file?: TestFile
}

export type Ground = Awaited<ReturnType<typeof prepareGround>>

/** A unit with its officers, a committee and a branch, on which every command can be carried out. */
export async function prepareGround(w: World) {
  const people = await officers(w)
  const branch = await makeBranch(w)
  const other = await makeOrg(w, { kind: 'partyBranch', parentId: branch.committeeId })
  return { w, branch, other, ...people }
}

let made = 0
const next = () => ++made
const dayOf = (n: number) => new Date(Date.UTC(2025, 0, n)).toISOString().slice(0, 10)

export type Examples = { [N in keyof Api]?: (g: Ground) => Promise<Carried<Api[N]['input']>> }

/**
 * For every command of the platform something it can be carried out on, new each time. A test finds the command that has none, so a
 * new command comes with a line here.
 */
export const examples: Examples = {
  ...bulletinExamples,
  ...brandExamples,
  ...careExamples,
  ...developmentExamples,
  ...appraisalExamples,
  ...duesExamples,
  ...dutyExamples,
  ...electionExamples,
  ...evaluationExamples,
  ...fileExamples,
  ...formExamples,
  ...handoverExamples,
  ...meritExamples,
  ...lifeExamples,
  ...memberExamples,
  ...notificationExamples,
  ...planYearExamples,
  ...organisationExamples,
  ...taskExamples,
  ...pledgeExamples,
  ...politicalWorkExamples,
  ...privacyExamples,
  ...requestExamples,
  ...statisticsExamples,
  ...standardExamples,
  ...planExamples,
  ...transferExamples,

  'duties.adoptRule': async ({ branch }) => ({ as: OWNER, input: { orgId: branch.committeeId, ...unitRule } }),
  'duties.endRule': async (g) => ({ as: OWNER, input: { id: await newRule(g), version: 1, on: '2026-06-01' } }),
  'duties.verifyRule': async (g) => ({ as: OWNER, input: { id: await newRule(g), version: 1 } }),
  'duties.exempt': async ({ branch }) => ({ as: OWNER, input: { orgId: branch.id, ...exemption } }),
  'duties.withdrawExemption': async ({ w, branch }) => {
    const { id } = await w.done(OWNER, 'duties.exempt', { orgId: branch.id, ...exemption })
    return { as: OWNER, input: { id, version: 1 } }
  },

  'identity.changePassword': async (g) => ({
    as: (await newAccount(g)).browser,
    input: { oldPassword: PASSWORD, newPassword: '长风破浪会有时-直挂云帆济沧海' },
  }),
  'identity.enableTotp': async (g) => ({ as: (await newAccount(g)).browser, input: { password: PASSWORD } }),
  'identity.confirmTotp': async (g) => {
    const { browser } = await newAccount(g)
    const { secret } = await browser.done('identity.enableTotp', { password: PASSWORD })
    return { as: browser, input: { totp: digits(secret) } }
  },
  'identity.disableTotp': async (g) => {
    const { browser } = await newAccount(g)
    const { secret } = await browser.done('identity.enableTotp', { password: PASSWORD })
    await browser.done('identity.confirmTotp', { totp: digits(secret) })
    return { as: browser, input: { password: PASSWORD, totp: digits(secret, 30_000) } }
  },
  'identity.revokeSession': async (g) => {
    const { accountId } = await newAccount(g)
    const { items } = await g.system.done('identity.sessions', { accountId })
    return { as: g.system, input: { id: items[0]!.id } }
  },
  'identity.issueOffice': async ({ system }) => ({ as: system, input: { office: 'partyAffairsWorker', ...newName() } }),
  'identity.approveOffice': async (g) => ({ as: g.security, input: { id: await askedOffice(g) } }),
  'identity.refuseOffice': async (g) => ({ as: g.security, input: { id: await askedOffice(g) } }),
  'identity.endOffice': async (g) => {
    const id = await askedOffice(g)
    await g.security.done('identity.approveOffice', { id })
    return { as: g.system, input: { id } }
  },
  'identity.chooseProfile': async ({ security }) => ({ as: security, input: { profile: 'standard' } }),
  'identity.issueSlips': async (g) => ({ as: g.system, input: { orgId: await orgWithOne(g), title: '新开通' } }),
  'identity.revokeBatch': async (g) => {
    const { batchId } = await g.system.done('identity.issueSlips', { orgId: await orgWithOne(g), title: '发错了' })
    return { as: g.system, input: { id: batchId } }
  },
  'identity.disable': async (g) => ({ as: g.system, input: await accountCard(g, (await newAccount(g)).accountId) }),
  'identity.enable': async (g) => {
    const { accountId } = await newAccount(g)
    await g.system.done('identity.disable', await accountCard(g, accountId))
    return { as: g.system, input: await accountCard(g, accountId) }
  },
  'identity.resetByPresence': async (g) => {
    const card = await accountCard(g, (await newAccount(g)).accountId)
    return { as: g.system, input: { ...card, seenDocument: '工作证' } }
  },
  'identity.confirmSelf': async (g) => ({ as: (await newAccount(g)).browser, input: { password: PASSWORD } }),
  'identity.requestReset': async (g) => {
    const card = await accountCard(g, await newOffice(g))
    return { as: g.system, input: { ...card, seenDocument: '工作证' } }
  },
  'identity.agree': async (g) => ({ as: g.audit, input: { id: await askedReset(g), version: 1 } }),
  'identity.decline': async (g) => ({ as: g.audit, input: { id: await askedReset(g), version: 1, reason: '没有见到本人' } }),
  'identity.requestAssignment': async (g) => ({ as: g.system, input: assignmentOf(g) }),
  'identity.approveAssignment': async (g) => ({ as: g.security, input: { id: await newAssignment(g), version: 1 } }),
  'identity.refuseAssignment': async (g) => ({ as: g.security, input: { id: await newAssignment(g), version: 1, reason: '不需要' } }),
  'identity.endAssignment': async (g) => {
    const id = await newAssignment(g)
    await g.security.done('identity.approveAssignment', { id, version: 1 })
    return { as: g.system, input: { id, version: 2 } }
  },

  'meetings.record': async ({ branch }) => ({ as: branch.commissioner, input: meetingOf(branch, { heldOn: dayOf(next()) }) }),
  'meetings.edit': async (g) => {
    const { id, version, input } = await recorded(g)
    const { orgId: _, ...content } = input
    return { as: g.branch.commissioner, input: { id, version, content: { ...content, title: `改过的标题 ${next()}` } } }
  },
  'meetings.saveDraft': async ({ w, branch }) => {
    const draft = { orgId: branch.id, content: { title: '草稿' } }
    const { id, version } = await w.done(branch.commissioner, 'meetings.saveDraft', draft)
    return { as: branch.commissioner, input: { orgId: branch.id, id, version, content: { title: `草稿 ${next()}` } } }
  },
  'meetings.discardDraft': async ({ w, branch }) => {
    const { id } = await w.done(branch.commissioner, 'meetings.saveDraft', { orgId: branch.id, content: {} })
    return { as: branch.commissioner, input: { orgId: branch.id, id } }
  },
  'meetings.sign': async (g) => {
    const { id, version } = await recorded(g)
    return { as: g.branch.secretary, input: { id, version } }
  },
  'meetings.addendum': async (g) => ({ as: g.branch.commissioner, input: { ...(await signed(g)), text: '会后补到书面发言一份' } }),
  'meetings.correct': async (g) => {
    const absent = [{ personId: g.branch.members[0]!, reason: 'sickLeave' as const, note: '' }]
    return { as: g.branch.commissioner, input: { ...(await signed(g)), text: '漏记一人请假', change: { absent, votes: [] } } }
  },
  'meetings.cancel': async (g) => {
    const { id, version } = await recorded(g)
    return { as: g.branch.commissioner, input: { id, version, reason: 'duplicate', note: '重复记录' } }
  },
  'meetings.importLedger': async ({ w, branch }) => {
    const { name } = await w.done(OWNER, 'organisation.get', { id: branch.id })
    const row = [name, '党员大会', `${dayOf(next())} 15:00`, '会议室', '王某某', '李某某', '9', '9', '学习']
    const heads = ['党支部', '会议类别', '时间', '地点', '主持人', '记录人', '应到', '实到', '会议议题']
    return { as: OWNER, input: { dryRun: false }, file: await sheetOf(heads, row) }
  },

  'members.askExport': async (g) => {
    const orgId = await makeOrg(g.w, { kind: 'partyBranch', parentId: g.branch.committeeId })
    for (let i = 0; i < 51; i++) await makeMember(g.w, orgId)
    return { as: OWNER, input: { filter: { orgId }, reason: '年度核对' } }
  },
}

const unitRule = {
  from: '2026-01-01',
  body: {
    duty: 'partyLecture' as const,
    every: 'quarter' as const,
    times: 1,
    strength: 'must' as const,
    orgKinds: ['partyBranch' as const],
    minFullMembers: null,
    mayShare: true,
  },
  wording: '每季度至少上一次党课',
  source: '示例集团党委 2026 年 1 号文',
}
const newRule = async ({ w, branch }: Ground) => (await w.done(OWNER, 'duties.adoptRule', { orgId: branch.committeeId, ...unitRule })).id

const exemption = {
  duty: 'themePartyDay' as const,
  from: '2026-02-01',
  until: '2026-02-28',
  reason: '全队停产检修',
  approvedBy: '示例集团党委',
}

const newName = () => {
  const n = next()
  return { name: `党某${n}`, login: `W${1000 + n}` }
}

async function askedOffice({ system }: Ground): Promise<string> {
  const { name, login } = newName()
  await system.done('identity.issueOffice', { office: 'partyAffairsWorker', name, login })
  const { items } = await system.done('identity.offices', {})
  return items.find((row) => row.name === name)!.id
}

async function newOffice(g: Ground): Promise<string> {
  const id = await askedOffice(g)
  await g.security.done('identity.approveOffice', { id })
  return (await g.system.done('identity.offices', {})).items.find((row) => row.id === id)!.accountId
}

async function askedReset(g: Ground): Promise<string> {
  const card = await accountCard(g, await newOffice(g))
  return (await g.system.done('identity.requestReset', { ...card, seenDocument: '工作证' })).id
}

async function orgWithOne({ w, branch }: Ground): Promise<string> {
  const orgId = await makeOrg(w, { kind: 'partyBranch', parentId: branch.committeeId })
  await makeMember(w, orgId, { staffNo: `S${1000 + next()}` })
  return orgId
}

/** Somebody with an account in use. */
async function newAccount(g: Ground) {
  const { slips } = await g.system.done('identity.issueSlips', { orgId: await orgWithOne(g), title: '开通' })
  const [slip] = slips
  return { accountId: slip!.accountId, browser: await activated(g.w, slip!.login, slip!.code) }
}

async function accountCard({ w }: Ground, accountId: string) {
  const { rows } = await w.pool.query<{ version: number }>('select version from identity.account where id = $1', [accountId])
  return { accountId, version: rows[0]!.version }
}

const digits = (secret: string, later = 0) => new TOTP({ secret, period: 30 }).generate({ timestamp: DAY.getTime() + later })

const assignmentOf = ({ branch, other }: Ground) => ({
  personId: branch.members[0]!,
  role: 'organizer' as const,
  orgId: other,
  subtree: false,
  from: dayOf(next()),
  until: dayOf(next()),
})
async function newAssignment(g: Ground): Promise<string> {
  const input = { ...assignmentOf(g), from: '2026-01-01', until: '2027-01-01', personId: await makeMember(g.w, g.other) }
  return (await g.system.done('identity.requestAssignment', input)).id
}

async function recorded({ w, branch }: Ground) {
  const input = meetingOf(branch, { heldOn: dayOf(next()) })
  const { id, version } = await w.done(branch.commissioner, 'meetings.record', input)
  return { id, version, input }
}

async function signed(g: Ground) {
  const { id, version } = await recorded(g)
  const after = await g.w.done(g.branch.secretary, 'meetings.sign', { id, version })
  return { id, version: after.version }
}
