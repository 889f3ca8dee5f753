import { z } from 'zod'
import { FileCard, FileIds } from '#modules/files/contract.ts'
import { Absence, MeetingKind } from './kinds.ts'
import { Can, CheckView, OwnKindName } from './shapes.ts'

const text = (max: number) => z.string().trim().max(max)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 16:30 这样')

/** announced → held (recorded) or cancelled; a plan that is recorded or cancelled stays as it was. */
export const PLAN_STATES = { announced: '已安排', held: '已记录', cancelled: '已取消' } as const
export type PlanState = keyof typeof PLAN_STATES
export const PlanState = z.enum(Object.keys(PLAN_STATES) as [PlanState, ...PlanState[]])

export const ANSWERS = { comes: '参加', leave: '请假' } as const

/** An item of an agenda before the meeting: the topic, who presents it and the papers by name. */
export const AgendaItem = z.strictObject({
  topic: text(200).min(1, '请写议题'),
  presenterId: z.uuid().nullable().default(null),
  papers: z.array(text(100).min(1)).max(20).default([]),
  /** Papers as files, sent before; of an item that comes back also those of the earlier plan. */
  fileIds: FileIds,
  /** The topic of the 中心组's year that it takes up. */
  topicId: z.uuid().nullable().default(null),
  /** The item of an earlier plan that was not dealt with and comes back here. */
  back: z
    .strictObject({ planId: z.uuid(), position: z.int().min(0).max(30) })
    .nullable()
    .default(null),
})
export type AgendaItem = z.output<typeof AgendaItem>

/** What an agenda begins with, for a kind of meeting. */
export const TemplateItem = z.strictObject({
  topic: text(200).min(1, '请写议题'),
  papers: z.array(text(100).min(1)).max(20).default([]),
})
export type TemplateItem = z.output<typeof TemplateItem>

export const PlanContent = z.strictObject({
  kinds: z.array(MeetingKind).min(1, '请选择会议类别').max(5),
  ownKindId: z.uuid().nullable().default(null),
  /** An assembly that elects: 应到 and the needed attendance by the rules of elections. */
  election: z.boolean().default(false),
  title: text(200).min(1, '请写会议名称'),
  heldOn: z.iso.date(),
  start: clock,
  /** Earlier than `start` means the next day; the meeting belongs to the day it begins. */
  end: clock,
  place: text(100).default(''),
  chairId: z.uuid(),
  recorderId: z.uuid(),
  /** Only for meetings to which not the whole roster comes. */
  expectedIds: z.array(z.uuid()).max(2_000).optional(),
  /** People of other organisations who are asked to come: a superior's guide, 列席. */
  guestIds: z.array(z.uuid()).max(100).default([]),
  /** 列席 who have no name in the system. */
  observers: z.array(text(60).min(1)).max(100).default([]),
  note: text(500).default(''),
  items: z.array(AgendaItem).min(1, '请至少写一个议题').max(30),
})
export type PlanContent = z.output<typeof PlanContent>

/** Somebody or some place that is already taken at the time. */
export const Clash = z.object({ what: z.enum(['place', 'chair', 'recorder', 'person']), says: z.string() })
export type Clash = z.output<typeof Clash>

export const PlanCard = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  kinds: z.array(MeetingKind),
  ownKind: OwnKindName,
  election: z.boolean(),
  title: z.string(),
  heldOn: z.iso.date(),
  start: z.string(),
  end: z.string(),
  /** It goes on past midnight: the end is of the next day. */
  overnight: z.boolean(),
  place: z.string(),
  state: PlanState,
  expected: z.int(),
  comes: z.int(),
  leave: z.int(),
  signedIn: z.int(),
  meetingId: z.uuid().nullable(),
  /** The reader's own part in it, if they are called. */
  mine: z
    .object({
      part: z.enum(['expected', 'guest']),
      answer: z.enum(['comes', 'leave']).nullable(),
      reason: Absence.nullable(),
      note: z.string(),
      excused: z.boolean().nullable(),
      signedIn: z.boolean(),
    })
    .nullable(),
  hidden: z.boolean(),
})
export type PlanCard = z.output<typeof PlanCard>

export const InvitedView = z.object({
  personId: z.uuid(),
  name: z.string(),
  part: z.enum(['expected', 'guest']),
  entitled: z.boolean(),
  answer: z.enum(['comes', 'leave']).nullable(),
  reason: Absence.nullable(),
  note: z.string(),
  /** Whether a leave was granted; null while nobody has decided. */
  excused: z.boolean().nullable(),
  signedAt: z.string().nullable(),
  way: z.enum(['code', 'codeLater', 'ticked']).nullable(),
  /** By the roster of that day as it is known now: no longer expected. */
  gone: z.boolean(),
})
export type InvitedView = z.output<typeof InvitedView>

/** Why somebody need not be counted as expected at an election (V-10; 核对原文). Nothing else is a reason. */
export const LEFT_OUT_REASONS = {
  unable: '因病不能表达意志',
  bedridden: '长期卧床不起',
  abroad: '自费出国半年以上',
  awayUnmoved: '外出半年以上，组织关系应转未转',
} as const
export type LeftOutReason = keyof typeof LEFT_OUT_REASONS
export const LeftOutReason = z.enum(Object.keys(LEFT_OUT_REASONS) as [LeftOutReason, ...LeftOutReason[]])

export const LeftOutView = z.object({
  personId: z.uuid(),
  name: z.string(),
  reason: LeftOutReason,
  /** The superior's agreement, and the decision of the assembly. */
  agreedOn: z.iso.date().nullable(),
  letterNo: z.string(),
  decidedOn: z.iso.date().nullable(),
  /** Left out of 应到: both stand, and the person has not come all the same. */
  left: z.boolean(),
  says: z.string(),
})
export type LeftOutView = z.output<typeof LeftOutView>

const Named = z.object({ id: z.uuid(), name: z.string() })

export const PlanView = PlanCard.extend({
  chair: Named,
  recorder: Named,
  observers: z.array(z.string()),
  note: z.string(),
  items: z.array(
    z.object({
      position: z.int(),
      topic: z.string(),
      presenter: Named.nullable(),
      papers: z.array(z.string()),
      files: z.array(FileCard),
      topicId: z.uuid().nullable(),
      back: z.object({ planId: z.uuid(), position: z.int() }).nullable(),
    }),
  ),
  invited: z.array(InvitedView),
  /** On the roster of that day since the call-up, and not called yet. */
  joined: z.array(Named),
  clashes: z.array(Clash),
  /** Of an election: who is asked to be left out of 应到, and what still lacks. */
  leftOut: z.array(LeftOutView),
  /** Whether enough of those with a vote have signed in, as it stands; null where nobody may vote. */
  quorum: CheckView.nullable(),
  /** Ready to copy into any chat group. */
  notice: z.string(),
  reason: z.string().nullable(),
  madeBy: z.string().nullable(),
  madeAt: z.string(),
  version: z.int(),
  can: Can,
})
export type PlanView = z.output<typeof PlanView>
