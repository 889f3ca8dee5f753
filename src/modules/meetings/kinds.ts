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
} as const
export type MeetingKind = keyof typeof MEETING_KINDS
export const MeetingKind = z.enum(Object.keys(MEETING_KINDS) as [MeetingKind, ...MeetingKind[]])

/** Meetings of a committee: its members are expected, and only they and those above read the text. */
export const COMMITTEE_KINDS: readonly MeetingKind[] = ['branchCommittee', 'committeeMeeting', 'democraticLifeMeeting', 'centerGroupStudy']

/** Meetings that are study in common, whose time counts as such. */
export const STUDY_KINDS: readonly MeetingKind[] = ['partyLecture', 'themePartyDay', 'centerGroupStudy']

/** Meetings to which not the whole roster comes, so that the recorder names who was expected. */
export const CHOSEN_KINDS: readonly MeetingKind[] = ['groupMeeting', 'secretaryReport', 'other']

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
