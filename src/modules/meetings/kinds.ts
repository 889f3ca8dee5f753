import { z } from 'zod'

/** Kinds of meetings; one meeting may be several at once (党课 within 主题党日). */
export const MEETING_KINDS = {
  memberAssembly: '党员大会',
  branchCommittee: '支委会',
  groupMeeting: '党小组会',
  partyLecture: '党课',
  themePartyDay: '主题党日',
  orgLifeMeeting: '组织生活会',
  democraticAppraisal: '民主评议党员',
  democraticLifeMeeting: '民主生活会',
  centerGroupStudy: '理论学习中心组学习',
  committeeMeeting: '党委会（总支委员会）',
  secretaryReport: '书记述职评议会',
  other: '其他会议',
  /** With `other` those that a unit's own kinds of meeting are recorded as, by who comes; they count for no duty by themselves. */
  otherOfAll: '其他会议（全体党员）',
  otherOfCommittee: '其他会议（委员）',
} as const
export type MeetingKind = keyof typeof MEETING_KINDS
export const MeetingKind = z.enum(Object.keys(MEETING_KINDS) as [MeetingKind, ...MeetingKind[]])

/** Meetings of a committee: its members are expected, and only they and those above read the text. */
export const COMMITTEE_KINDS: readonly MeetingKind[] = [
  'branchCommittee',
  'committeeMeeting',
  'democraticLifeMeeting',
  'centerGroupStudy',
  'otherOfCommittee',
]

/** Meetings that are study in common, whose time counts as such. */
export const STUDY_KINDS: readonly MeetingKind[] = ['partyLecture', 'themePartyDay', 'centerGroupStudy']

/** Meetings to which not the whole roster comes, so that the recorder names who was expected. */
export const CHOSEN_KINDS: readonly MeetingKind[] = ['groupMeeting', 'secretaryReport', 'other']

/** Who comes to a kind of meeting that a unit added, and as which kind it is recorded. */
export const ATTENDS = {
  all: { title: '全体党员', kind: 'otherOfAll' },
  committee: { title: '委员', kind: 'otherOfCommittee' },
  chosen: { title: '每次选定的人', kind: 'other' },
} as const satisfies Record<string, { title: string; kind: MeetingKind }>
export type Attends = keyof typeof ATTENDS
export const Attends = z.enum(Object.keys(ATTENDS) as [Attends, ...Attends[]])

/** Kinds that stand for a unit's own; only `other` is also chosen by itself. */
export const OWN_KINDS: readonly MeetingKind[] = Object.values(ATTENDS).map((a) => a.kind)

/** Kinds to choose from where no unit's own can be. */
export const COMMON_KINDS = Object.fromEntries(
  Object.entries(MEETING_KINDS).filter(([kind]) => kind === 'other' || !OWN_KINDS.includes(kind as MeetingKind)),
) as Partial<Record<MeetingKind, string>>

/** 党员大会、党课; a unit's own kind by its own name. */
export const kindsName = (kinds: readonly string[], own?: string | null): string =>
  kinds.map((k) => (own && OWN_KINDS.includes(k as MeetingKind) ? own : MEETING_KINDS[k as MeetingKind])).join('、')

/** Why somebody who was expected did not come. */
export const ABSENCES = {
  onDuty: '当班',
  businessTrip: '出差',
  sickLeave: '病假',
  personalLeave: '事假',
  training: '外出培训',
  other: '其他原因',
  none: '无故缺席',
} as const
export type Absence = keyof typeof ABSENCES
export const Absence = z.enum(Object.keys(ABSENCES) as [Absence, ...Absence[]])
