import { z } from 'zod'
import { FileCard } from '#modules/files/contract.ts'
import { Absence, MeetingKind } from './kinds.ts'
import { BASES, VOTE_RULES, type VoteRuleKey } from './voting.ts'

const text = (max: number) => z.string().trim().max(max)
const said = (max: number) => text(max).min(1)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 16:30 这样')

export const CHOICES = { inFavour: '同意', against: '不同意', abstained: '弃权' } as const
export type Choice = keyof typeof CHOICES

export const VOTE_METHODS = { raiseHands: '举手', ballot: '无记名投票', oral: '口头' } as const

export const VoteInput = z.strictObject({
  rule: z.enum(Object.keys(VOTE_RULES) as [VoteRuleKey, ...VoteRuleKey[]]),
  method: z.enum(['raiseHands', 'ballot', 'oral']).default('raiseHands'),
  inFavour: z.int().min(0).max(10_000),
  against: z.int().min(0).max(10_000).default(0),
  abstained: z.int().min(0).max(10_000).default(0),
  /** Opinions in writing of people who could not come; counted only where the rule says so. */
  writtenInFavour: z.int().min(0).max(10_000).default(0),
  writtenAgainst: z.int().min(0).max(10_000).default(0),
  writtenAbstained: z.int().min(0).max(10_000).default(0),
  recusedIds: z.array(z.uuid()).max(100).default([]),
  /** People without a right to vote whose vote is among those counted, and how they voted. */
  notEntitled: z
    .array(z.strictObject({ personId: z.uuid(), choice: z.enum(['inFavour', 'against', 'abstained']) }))
    .max(100)
    .default([]),
  /** What the minutes say of the outcome; null where they follow the counts. */
  recordedPassed: z.boolean().nullable().default(null),
})
export type VoteInput = z.output<typeof VoteInput>

export const ActionInput = z.strictObject({
  text: said(500),
  ownerId: z.uuid().nullable().default(null),
  dueOn: z.iso.date().nullable().default(null),
})

export const ItemInput = z.strictObject({
  topic: said(200),
  discussion: text(10_000).default(''),
  resolution: text(4_000).default(''),
  actions: z.array(ActionInput).max(20).default([]),
  vote: VoteInput.nullable().default(null),
  /** 第一议题: learned from above, with measures as its actions. */
  firstAgenda: z.boolean().default(false),
  /** The topic of the 中心组's year that it takes up. */
  topicId: z.uuid().nullable().default(null),
})
export type ItemInput = z.output<typeof ItemInput>

/** What a recorder writes; the same shape for a new record, an edit before signature and (as far as figures go) a correction. */
export const Content = z.strictObject({
  kinds: z.array(MeetingKind).min(1, '请选择会议类别').max(5),
  /** The unit's own kind; `kinds` then holds what it is recorded as (ATTENDS). */
  ownKindId: z.uuid().nullable().default(null),
  title: said(200),
  heldOn: z.iso.date(),
  start: clock.nullable().default(null),
  /** Earlier than `start` means the next day; the meeting belongs to the day it began. */
  end: clock.nullable().default(null),
  place: text(100).default(''),
  chairId: z.uuid(),
  recorderId: z.uuid(),
  tellerId: z.uuid().nullable().default(null),
  scrutineerId: z.uuid().nullable().default(null),
  absent: z
    .array(z.strictObject({ personId: z.uuid(), reason: Absence, note: text(100).default('') }))
    .max(2_000)
    .default([]),
  /** Only for meetings to which not the whole roster comes (党小组会, 其他会议, a committee without recorded posts). */
  expectedIds: z.array(z.uuid()).max(2_000).optional(),
  observers: z.array(said(60)).max(100).default([]),
  items: z.array(ItemInput).max(30).default([]),
  /** Actions of earlier meetings that this one found settled. */
  settled: z
    .array(z.strictObject({ actionId: z.uuid(), result: said(500) }))
    .max(50)
    .default([]),
})
export type Content = z.output<typeof Content>

/** A record that is still being written: everything may be missing. */
export const DraftContent = z.strictObject({
  kinds: z.array(MeetingKind).max(5).optional(),
  ownKindId: z.uuid().nullable().optional(),
  title: text(200).optional(),
  heldOn: text(10).optional(),
  start: text(5).nullable().optional(),
  end: text(5).nullable().optional(),
  place: text(100).optional(),
  chairId: z.uuid().nullable().optional(),
  recorderId: z.uuid().nullable().optional(),
  tellerId: z.uuid().nullable().optional(),
  scrutineerId: z.uuid().nullable().optional(),
  absent: Content.shape.absent.optional(),
  expectedIds: Content.shape.expectedIds,
  observers: z.array(text(60)).max(100).optional(),
  items: z
    .array(
      ItemInput.extend({
        topic: text(200),
        actions: z
          .array(ActionInput.extend({ text: text(500) }))
          .max(20)
          .default([]),
      }),
    )
    .max(30)
    .optional(),
  settled: z
    .array(z.strictObject({ actionId: z.uuid(), result: text(500) }))
    .max(50)
    .optional(),
})
export type DraftContent = z.output<typeof DraftContent>

/** What may be corrected after signature; what is left out stays. 应到 is always counted again from the roster of that day. */
export const Correction = z.strictObject({
  kinds: Content.shape.kinds.optional(),
  heldOn: z.iso.date().optional(),
  absent: z
    .array(z.strictObject({ personId: z.uuid(), reason: Absence, note: text(100).default('') }))
    .max(2_000)
    .optional(),
  votes: z
    .array(VoteInput.extend({ position: z.int().min(0).max(30) }))
    .max(30)
    .default([]),
})
export type Correction = z.output<typeof Correction>

export const CheckView = z.object({
  met: z.boolean(),
  need: z.int(),
  have: z.int(),
  base: z.enum(Object.keys(BASES) as [keyof typeof BASES, ...(keyof typeof BASES)[]]),
  of: z.int(),
  formula: z.string(),
  says: z.string(),
})

export const Warning = z.object({ code: z.string(), says: z.string(), remedy: z.string() })
export type Warning = z.output<typeof Warning>

/** A kind of the unit's own, as it was called on the day. */
export const OwnKindName = z.object({ id: z.uuid(), name: z.string() }).nullable()

const Named = z.object({ id: z.uuid().nullable(), name: z.string() })

/** For each step: true, or the code and the reason why the reader cannot take it. */
export const Can = z.record(z.string(), z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]))

export const MeetingCard = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  kinds: z.array(MeetingKind),
  ownKind: OwnKindName,
  title: z.string(),
  heldOn: z.iso.date(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  place: z.string(),
  state: z.string(),
  expected: z.int(),
  present: z.int(),
  late: z.boolean(),
  recordedOn: z.iso.date(),
  warnings: z.int(),
  /** Too few came for a vote: no seal is drawn beside it. */
  belowQuorum: z.boolean(),
  /** True where the reader sees that it was held but not its text. */
  hidden: z.boolean(),
})
export type MeetingCard = z.output<typeof MeetingCard>

export const VoteView = VoteInput.omit({ notEntitled: true, recusedIds: true }).extend({
  ruleTitle: z.string(),
  source: z.string(),
  toVerify: z.boolean(),
  recused: z.array(Named),
  notEntitled: z.array(z.object({ id: z.uuid(), name: z.string(), choice: z.enum(['inFavour', 'against', 'abstained']) })),
  notEntitledCount: z.int(),
  quorum: CheckView,
  majority: CheckView,
  quorate: z.boolean(),
  passed: z.boolean(),
  says: z.string(),
})

export const ActionView = z.object({
  id: z.uuid(),
  text: z.string(),
  owner: Named.nullable(),
  dueOn: z.iso.date().nullable(),
  settledOn: z.iso.date().nullable(),
  result: z.string().nullable(),
})

export const ItemView = z.object({
  position: z.int(),
  topic: z.string(),
  discussion: z.string(),
  resolution: z.string(),
  actions: z.array(ActionView),
  vote: VoteView.nullable(),
  firstAgenda: z.boolean(),
  topicId: z.uuid().nullable(),
})

export const Attendee = z.object({
  personId: z.uuid(),
  name: z.string(),
  present: z.boolean(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  entitled: z.boolean(),
  why: z.string(),
})

export const AddendumView = z.object({ id: z.uuid(), at: z.string(), by: z.string(), text: z.string(), corrected: z.array(z.string()) })

export const MeetingView = MeetingCard.omit({ warnings: true }).extend({
  chair: Named,
  recorder: Named,
  teller: Named.nullable(),
  scrutineer: Named.nullable(),
  observers: z.array(z.string()),
  entitled: z.int().nullable(),
  entitledPresent: z.int().nullable(),
  rosterExpected: z.int().nullable(),
  fileExpected: z.int().nullable(),
  filePresent: z.int().nullable(),
  quorum: CheckView.nullable(),
  attendance: z.array(Attendee),
  items: z.array(ItemView),
  addenda: z.array(AddendumView),
  warnings: z.array(Warning),
  /** What was laid before the meeting it was planned as, by item of the agenda. */
  papers: z.array(z.object({ topic: z.string(), files: z.array(FileCard) })),
  recordedAt: z.string(),
  submittedBy: z.string().nullable(),
  signedBy: z.string().nullable(),
  signedAt: z.string().nullable(),
  bySubstitute: z.boolean().nullable(),
  signNote: z.string().nullable(),
  cancelled: z.object({ reason: z.string(), note: z.string(), by: z.string(), at: z.string() }).nullable(),
  /** Numbers of its facts in the ledger, as far as they are numbered. */
  entries: z.array(z.object({ factId: z.uuid(), kind: z.string(), n: z.int().nullable() })),
  version: z.int(),
  can: Can,
})
export type MeetingView = z.output<typeof MeetingView>
