import type { MeetingKind } from '#modules/meetings/contract.ts'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import type { SheetValue } from '#runtime/sheets/writeCells.ts'
import type { Api } from '../platform.ts'
import { type DemoPerson, ROSTER_HEADS } from './people.ts'
import type { Stage } from './stage.ts'

type Record = Api['meetings.record']['input']

export const TITLES: { [K in MeetingKind]: string } = {
  memberAssembly: '党员大会',
  branchCommittee: '支委会',
  groupMeeting: '党小组会',
  partyLecture: '党课',
  themePartyDay: '主题党日',
  orgLifeMeeting: '组织生活会',
  democraticAppraisal: '民主评议党员',
  democraticLifeMeeting: '民主生活会',
  centerGroupStudy: '理论学习',
  committeeMeeting: '党委会',
  secretaryReport: '书记述职评议会',
  other: '会议',
  otherOfAll: '会议',
  otherOfCommittee: '会议',
}

const topics: { [K in MeetingKind]?: string } = {
  memberAssembly: '通报支部工作，讨论季度安排',
  branchCommittee: '研究本月工作安排',
  partyLecture: '结合岗位讲安全责任',
  themePartyDay: '重温入党誓词，义务检修',
  orgLifeMeeting: '开展批评与自我批评',
  democraticAppraisal: '民主评议党员',
}

/** Who leads a branch in the story: its secretary chairs, another of its committee records. */
export const chairOf = (stage: Stage, branch: string) => stage.people.get(`${branch} 书记`)!
export const recorderOf = (stage: Stage, branch: string) => stage.people.get(`${branch} 记录`)!

/** A meeting as a recorder of the branch writes it down. */
export function meetingOf(stage: Stage, branch: string, kinds: MeetingKind[], heldOn: string, given: Partial<Record> = {}): Record {
  return {
    orgId: stage.orgs.get(branch)!,
    kinds,
    title: `${Number(heldOn.slice(5, 7))} 月${kinds.map((k) => TITLES[k]).join('、')}`,
    heldOn,
    start: '15:00',
    end: '16:20',
    place: '党员活动室',
    chairId: chairOf(stage, branch),
    recorderId: recorderOf(stage, branch),
    absent: [],
    observers: [],
    items: kinds.map((k) => ({
      topic: topics[k] ?? TITLES[k],
      discussion: '与会人员逐一发言。',
      resolution: '按议定事项办理。',
      actions: [],
      vote: null,
    })),
    settled: [],
    ...given,
  }
}

/** The recorder submits, the chair signs; answers the meeting's id. */
export async function recordAndSign(stage: Stage, branch: string, record: Record): Promise<string> {
  const { id, version } = await stage.as(record.recorderId, 'meetings.record', record)
  await stage.as(chairOf(stage, branch), 'meetings.sign', { id, version } as Api['meetings.sign']['input'])
  return id
}

/** Brings people onto rosters through the import that everybody uses. */
export async function importPeople(stage: Stage, people: readonly DemoPerson[]): Promise<void> {
  const data = await xlsxBuffer([{ name: '花名册', columns: ROSTER_HEADS.map((title) => ({ title })), rows: people.map((p) => p.row) }])
  const result = await stage.owner('members.importRoster', { dryRun: false } as Api['members.importRoster']['input'], {
    fileName: '花名册.xlsx',
    data,
  })
  if (result.new !== people.length) throw new Error(`roster: ${JSON.stringify({ ...result, rows: result.rows.slice(0, 5) })}`)
}

/** One line of a paper ledger. */
export interface PaperMeeting {
  branchName: string
  kinds: MeetingKind[]
  on: string
  time: string
  chair: string
  recorder: string
  expected: number
  present: number
  absent: string
}

const LEDGER_HEADS = [
  '序号',
  '党支部',
  '会议类别',
  '时间',
  '地点',
  '主持人',
  '记录人',
  '应到',
  '实到',
  '缺席人员及原因',
  '会议议题',
  '决议事项',
]

/** Brings meetings of the paper year into the system through the import that everybody uses. */
export async function importLedger(stage: Stage, meetings: readonly PaperMeeting[]): Promise<void> {
  const rows = meetings.map((m, i): SheetValue[] => [
    String(i + 1), m.branchName, m.kinds.map((k) => TITLES[k]).join('、'), `${m.on} ${m.time}`, '党员活动室', m.chair, m.recorder,
    String(m.expected), String(m.present), m.absent, m.kinds.map((k) => topics[k] ?? TITLES[k]).join('；'), '',
  ]) // biome-ignore format: one row of the sheet
  const data = await xlsxBuffer([{ name: '台账', columns: LEDGER_HEADS.map((title) => ({ title })), rows }])
  const result = await stage.owner('meetings.importLedger', { dryRun: false } as Api['meetings.importLedger']['input'], {
    fileName: '台账.xlsx',
    data,
  })
  if (result.new !== meetings.length) throw new Error(`ledger: ${JSON.stringify({ ...result, rows: result.rows.slice(0, 5) })}`)
}
