import { z } from 'zod'
import { lifecycle } from '#kernel/lifecycle.ts'
import { PaperChoice } from './countShapes.ts'
import { Absence, MeetingKind } from './kinds.ts'
import { LeftOutReason } from './planShapes.ts'
import { VOTE_RULES, type VoteRuleKey } from './voting.ts'

export * from './countShapes.ts'
export * from './kinds.ts'
export * from './planShapes.ts'
export * from './shapes.ts'
export * from './topicShapes.ts'
export * from './voting.ts'

/** Recorded at most this many days after the meeting counts as recorded in time; later is 补录. */
export const GRACE_DAYS = 7

/** submitted → signed; both, and paper records, only grow by addenda, or are cancelled with a reason. */
export const meetingLife = lifecycle(
  {
    submitted: { edit: 'submitted', sign: 'signed', cancel: 'cancelled' },
    signed: { addendum: 'signed', correct: 'signed', cancel: 'cancelled' },
    archivedOnPaper: { addendum: 'archivedOnPaper', correct: 'archivedOnPaper', cancel: 'cancelled' },
    cancelled: {},
  },
  {
    edit: '已签字或归档的记录不能直接改。要改请用「补充更正」，原来的内容会保留',
    sign: '只有等待签字的记录可以签字',
    addendum: '等待签字的记录可以直接修改；已作废的不能再补充',
    correct: '等待签字的记录可以直接修改；已作废的不能再更正',
    cancel: '这条记录已经作废',
  },
)
export type MeetingState = (typeof meetingLife.states)[number]
export type MeetingStep = 'edit' | 'sign' | 'addendum' | 'correct' | 'cancel'

export const STATES: Record<MeetingState, string> = {
  submitted: '待签字',
  signed: '已签字',
  archivedOnPaper: '已归档（纸质）',
  cancelled: '已作废',
}

export const CANCEL_REASONS = { notHeld: '会议没有召开', duplicate: '重复记录', wrongOrg: '记错了组织', other: '其他原因' } as const
export type CancelReason = keyof typeof CANCEL_REASONS
export const CancelReason = z.enum(Object.keys(CANCEL_REASONS) as [CancelReason, ...CancelReason[]])

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
    /** How long it lasted; null where the record does not tell. */
    minutes: z.int().min(0).nullable(),
    /** The plan it was called by; left out where nobody was called. */
    planId: z.uuid().optional(),
    /** 第一议题: how many items, and how many of them with measures (actions); left out where there was none. */
    firstAgenda: z.object({ items: z.int().min(1), withMeasures: z.int().min(0) }).optional(),
    /** Topics of the 中心组's year that it took up; left out where there were none. */
    topicIds: z.array(z.uuid()).optional(),
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
    /** Late on the corrected day; left out in corrections that were recorded before this was kept: as first recorded. */
    late: z.boolean().optional(),
  }),
  /** People were called to a meeting on `heldOn`; subject is the plan, happenedOn the day of the call. */
  'plan.announced': z.object({ kinds: z.array(MeetingKind).min(1), heldOn: z.iso.date(), expected: z.int().min(0) }),
  /** Supersedes plan.announced for the kinds and the day; people were told anew. */
  'plan.changed': z.object({ kinds: z.array(MeetingKind).min(1), heldOn: z.iso.date(), expected: z.int().min(0) }),
  'plan.cancelled': z.object({}),
  /** Of an election: who is not counted as expected once both days stand; supersedes what was said of that person before. */
  'plan.leftOut': z.object({
    personId: z.uuid(),
    reason: LeftOutReason,
    agreedOn: z.iso.date().nullable(),
    decidedOn: z.iso.date().nullable(),
  }),
  'plan.countedAgain': z.object({ personId: z.uuid() }),
  /** Paper votes on which teller and scrutineer agree; subject is the count, `votes` in the order of the options of its choices. */
  'count.agreed': z.object({
    choices: PaperChoice,
    issued: z.int().min(0),
    entitled: z.int().min(0),
    present: z.int().min(0),
    lines: z.array(
      z.object({ personId: z.uuid().nullable(), returned: z.int().min(0), invalid: z.int().min(0), votes: z.array(z.int().min(0)) }),
    ),
  }),
  /** subject is a topic of the 中心组's year; said again when its month changes. */
  'topic.listed': z.object({ year: z.int(), month: z.int().min(1).max(12) }),
  'topic.dropped': z.object({}),
  'meeting.cancelled': z.object({ reason: CancelReason }),
  /** One vote: the three bases kept apart (V-01, V-02). `passed` is computed, `recordedPassed` what the minutes say. */
  'vote.taken': z.object({
    meetingId: z.uuid(),
    rule: z.enum(Object.keys(VOTE_RULES) as [VoteRuleKey, ...VoteRuleKey[]]),
    /** Votes in favour that the rule asks for. */
    needed: z.int().min(0),
    /** Votes counted of people without the right to vote; taken out of `passed`. */
    notEntitled: z.int().min(0),
    notEntitledIds: z.array(z.uuid()),
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
