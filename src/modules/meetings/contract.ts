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
  other: '其他会议',
} as const
export type MeetingKind = keyof typeof MEETING_KINDS
export const MeetingKind = z.enum(Object.keys(MEETING_KINDS) as [MeetingKind, ...MeetingKind[]])

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

/**
 * What the ledger keeps of meetings. subject is the meeting, orgId the organisation that held it, happenedOn the day it
 * began. Ids and counts only: names, topics and texts stay in the meeting's own record.
 */
export const meetingFacts = {
  'meeting.held': z.object({
    kinds: z.array(MeetingKind).min(1),
    /** 应到: expected by the roster of that day (or, for an imported ledger, the file's figure). */
    expected: z.int().min(0),
    present: z.int().min(0),
    presentIds: z.array(z.uuid()),
    absent: z.array(z.object({ personId: z.uuid(), reason: Absence })),
    /** Of those entitled to vote that day: how many, and how many of them came. Null where the record does not tell. */
    entitled: z.int().min(0).nullable(),
    entitledPresent: z.int().min(0).nullable(),
    /** Recorded after the grace period, with both dates shown (补录). */
    late: z.boolean(),
    /** From an imported or paper record (已归档(纸质)). */
    paper: z.boolean(),
    /** The meeting is the day's 补录 of a record that the person dates; minutes studied count for hours. */
    minutes: z.int().min(0).nullable(),
  }),
  'meeting.signed': z.object({ bySubstitute: z.boolean() }),
  /** Supersedes the counts and kinds of meeting.held from the moment it is recorded. */
  'meeting.corrected': z.object({
    kinds: z.array(MeetingKind).min(1),
    expected: z.int().min(0),
    present: z.int().min(0),
    presentIds: z.array(z.uuid()),
    absent: z.array(z.object({ personId: z.uuid(), reason: Absence })),
    entitled: z.int().min(0).nullable(),
    entitledPresent: z.int().min(0).nullable(),
    heldOn: z.iso.date(),
  }),
  'meeting.cancelled': z.object({ reason: z.enum(['notHeld', 'duplicate', 'wrongOrg', 'other']) }),
  /** One vote: the three bases kept apart (V-01, V-02). `passed` is computed, `recordedPassed` what the minutes say. */
  'vote.taken': z.object({
    meetingId: z.uuid(),
    base: z.int().min(0),
    present: z.int().min(0),
    inFavour: z.int().min(0),
    against: z.int().min(0),
    abstained: z.int().min(0),
    quorate: z.boolean(),
    passed: z.boolean(),
    recordedPassed: z.boolean().nullable(),
  }),
}
