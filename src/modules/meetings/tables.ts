import { tablesOf } from '#kernel/database.ts'
import { recorderOf } from '#ledger/facts.ts'
import { type Figures, type LeftOutReason, meetingFacts, type PaperChoice } from './contract.ts'
import type { Topic } from './topics.ts'

/** Rows of `meetings.meeting`; dates are YYYY-MM-DD, instants Date. */
export interface Meeting {
  org_id: string
  id: string
  kinds: string[]
  title: string
  held_on: string
  started_at: Date | null
  ended_at: Date | null
  place: string
  chair_id: string | null
  chair_name: string | null
  recorder_id: string | null
  recorder_name: string | null
  teller_id: string | null
  scrutineer_id: string | null
  observers: string[]
  state: 'submitted' | 'signed' | 'archivedOnPaper' | 'cancelled'
  expected: number
  present: number
  entitled: number | null
  entitled_present: number | null
  roster_expected: number | null
  file_expected: number | null
  file_present: number | null
  late: boolean
  warnings: { code: string; says: string; remedy: string }[]
  recorded_at: Date
  submitted_by: string | null
  signed_by: string | null
  signed_at: Date | null
  by_substitute: boolean | null
  sign_note: string | null
  cancelled_by: string | null
  cancelled_at: Date | null
  cancel_reason: string | null
  cancel_note: string | null
  held_fact: string
  source_key: string | null
  source_hash: string | null
  version: number
  plan_id: string | null
  /** The unit's own kind it is, beside what `kinds` says. */
  own_kind_id: string | null
}

export interface Attendance {
  org_id: string
  meeting_id: string
  person_id: string
  present: boolean
  reason: string | null
  note: string | null
  entitled: boolean
  why: string
}

export interface Item {
  org_id: string
  meeting_id: string
  position: number
  topic: string
  discussion: string
  resolution: string
  /** 第一议题: what was learned of the superior's word, before everything else. */
  first_agenda?: boolean | null
  /** The topic of the 中心组's year that it took up. */
  topic_id?: string | null
}

export interface Vote {
  org_id: string
  id: string
  meeting_id: string
  position: number
  rule: string
  method: string
  base: number
  present: number
  in_favour: number
  against: number
  abstained: number
  written_in_favour: number
  written_against: number
  written_abstained: number
  recused_ids: string[]
  not_entitled_votes: { personId: string; choice: 'inFavour' | 'against' | 'abstained' }[]
  not_entitled: number
  quorate: boolean
  passed: boolean
  recorded_passed: boolean | null
  fact_id: string
}

export interface Action {
  org_id: string
  id: string
  meeting_id: string
  position: number
  text: string
  owner_id: string | null
  owner_name: string | null
  due_on: string | null
  settled_on: string | null
  settled_in: string | null
  result: string | null
}

export interface Addendum {
  org_id: string
  id: string
  meeting_id: string
  at: Date
  by_id: string | null
  text: string
  corrected: string[] | null
}

export interface Draft {
  org_id: string
  id: string
  person_id: string
  content: Record<string, unknown>
  saved_at: Date
  version: number
}

/** Rows of `meetings.plan`: a meeting planned ahead. */
export interface Plan {
  org_id: string
  id: string
  kinds: string[]
  title: string
  held_on: string
  starts_at: Date
  ends_at: Date
  place: string
  chair_id: string
  recorder_id: string
  observers: string[]
  note: string
  state: 'announced' | 'held' | 'cancelled'
  reason: string | null
  meeting_id: string | null
  /** The secret that sign-in codes are signed with; it never leaves the server. */
  code_key: string
  made_by: string | null
  made_at: Date
  announced_fact: string
  version: number
  own_kind_id: string | null
  /** People elect at it: 应到 by the rules of elections. */
  election: boolean
}

export interface PlanItem {
  org_id: string
  plan_id: string
  position: number
  topic: string
  presenter_id: string | null
  papers: string[]
  back_from: string | null
  back_position: number | null
  dealt: boolean | null
  file_ids: string[]
  topic_id: string | null
}

export interface Invited {
  org_id: string
  plan_id: string
  person_id: string
  part: 'expected' | 'guest'
  answer: 'comes' | 'leave' | null
  reason: string | null
  note: string | null
  answered_at: Date | null
  excused: boolean | null
  excused_by: string | null
  signed_at: Date | null
  way: 'code' | 'codeLater' | 'ticked' | null
}

/** Who is not counted as expected at an election; only with both the agreement and the decision (V-10). */
export interface LeftOut {
  org_id: string
  plan_id: string
  person_id: string
  reason: LeftOutReason
  agreed_on: string | null
  letter_no: string
  decided_on: string | null
}

export interface Template {
  org_id: string
  kind: string
  items: { topic: string; papers: string[] }[]
  changed_by: string | null
  changed_at: Date
  version: number
}

export interface Count {
  org_id: string
  id: string
  plan_id: string | null
  title: string
  choices: PaperChoice
  issued: number
  entitled: number
  present: number
  rule: string | null
  tellers: string[]
  scrutineers: string[]
  state: 'typing' | 'agreed' | 'dropped'
  reason: string | null
  opened_by: string | null
  opened_at: Date
  agreed_at: Date | null
  fact_id: string | null
  version: number
}

export interface CountLine {
  org_id: string
  count_id: string
  position: number
  title: string
  person_id: string | null
  agreed: Figures | null
}

export interface CountTyped {
  org_id: string
  count_id: string
  position: number
  side: 'teller' | 'scrutineer'
  attempt: number
  by_id: string
  figures: Figures
  at: Date
}

export const tables = tablesOf<{
  'meetings.meeting': Meeting
  'meetings.attendance': Attendance
  'meetings.item': Item
  'meetings.vote': Vote
  'meetings.action': Action
  'meetings.addendum': Addendum
  'meetings.draft': Draft
  'meetings.plan': Plan
  'meetings.plan_item': PlanItem
  'meetings.invited': Invited
  'meetings.left_out': LeftOut
  'meetings.topic': Topic
  'meetings.template': Template
  'meetings.count': Count
  'meetings.count_line': CountLine
  'meetings.count_typed': CountTyped
}>()

export const record = recorderOf(meetingFacts)
