import { z } from 'zod'
import { lifecycle } from '#kernel/lifecycle.ts'

/**
 * One way for everything that somebody must do. given → received → planned → submitted → closed by another person; returned with a
 * reason it is planned again. The third hand-off puts it before the superior (above), who settles whose it is.
 */
export const taskLife = lifecycle(
  {
    given: {
      receive: 'received',
      plan: 'planned',
      note: 'received',
      assign: 'given',
      submit: 'submitted',
      handOff: 'given',
      passUp: 'above',
      askExtension: 'given',
      decideExtension: 'given',
      resolve: 'closed',
      cancel: 'cancelled',
    },
    received: {
      plan: 'planned',
      note: 'received',
      assign: 'received',
      submit: 'submitted',
      handOff: 'given',
      passUp: 'above',
      askExtension: 'received',
      decideExtension: 'received',
      resolve: 'closed',
      cancel: 'cancelled',
    },
    planned: {
      plan: 'planned',
      note: 'planned',
      assign: 'planned',
      submit: 'submitted',
      handOff: 'given',
      passUp: 'above',
      askExtension: 'planned',
      decideExtension: 'planned',
      resolve: 'closed',
      cancel: 'cancelled',
    },
    submitted: { verify: 'closed', return: 'planned', resolve: 'closed', cancel: 'cancelled' },
    above: { settle: 'given', resolve: 'closed', cancel: 'cancelled' },
    closed: { checkEffect: 'closed', reopen: 'given' },
    cancelled: {},
  },
  {
    receive: '这件事已经接收过了',
    submit: '这件事现在不能报办结：已报待验收、已办结或等上级定的，不用再报',
    verify: '还没有报办结，不能验收',
    return: '还没有报办结，不能退回',
    handOff: '这件事现在不能转办',
    settle: '这件事没有等上级定',
    reopen: '还没有办结，不用重开',
    checkEffect: '办结以后才能看成效',
    cancel: '已办结或已撤销的事不能再撤销',
  },
)
export type TaskState = (typeof taskLife.states)[number]
export const TaskState = z.enum(taskLife.states)

export const TASK_STATES: Record<TaskState, string> = {
  given: '待接收',
  received: '已接收',
  planned: '已安排',
  submitted: '已报结果，待验收',
  above: '等上级定责任方',
  closed: '已办结',
  cancelled: '已撤销',
}
/** The same where there is room for a few characters. */
export const SHORT_STATES: Record<TaskState, string> = {
  given: '待接收',
  received: '已接收',
  planned: '已安排',
  submitted: '待验收',
  above: '等上级定',
  closed: '已办结',
  cancelled: '已撤销',
}
/** Still somebody's to do. */
export const OPEN_STATES = ['given', 'received', 'planned', 'submitted', 'above'] as const
/** The lead's turn. */
export const DOING_STATES = ['given', 'received', 'planned'] as const

export const SOURCES = {
  resolution: '会议决议',
  deployment: '上级部署',
  plan: '年度计划',
  dualDuty: '一岗双责清单',
  direct: '直接交办',
  rectification: '整改清单',
  guidance: '督导意见',
  overhaul: '整顿措施',
} as const
export type TaskSource = keyof typeof SOURCES
export const TaskSource = z.enum(Object.keys(SOURCES) as [TaskSource, ...TaskSource[]])

/** After this many hand-offs nobody passes a task on any more: the superior settles whose it is. */
export const HAND_OFFS = 3

/** What a person of the 纪委 may find after looking into a task; nothing computes these. */
export const LABELS = { slowAction: '慢作为', inaction: '不作为', passingOn: '踢皮球', obstruction: '中梗阻' } as const
export type Label = keyof typeof LABELS
export const Label = z.enum(Object.keys(LABELS) as [Label, ...Label[]])

export const CANCEL_REASONS = { duplicate: '重复交办', changed: '情况变化，不用再办', mistake: '交办有误' } as const
export type CancelReason = keyof typeof CANCEL_REASONS
export const CancelReason = z.enum(Object.keys(CANCEL_REASONS) as [CancelReason, ...CancelReason[]])

/**
 * What the ledger keeps of tasks. subject is the task (or deployment), orgId the organisation whose turn it is at that moment, personId
 * the person in the lead. Who hands a task on is rid of it from then on: the next organisation has a task.given of its own.
 */
export const taskFacts = {
  'task.given': z.object({
    source: TaskSource,
    sourceId: z.uuid().nullable(),
    dueOn: z.iso.date().nullable(),
    giverOrgId: z.uuid(),
    /** How often it had been handed on before it came here. */
    handOffs: z.int().min(0),
    /** How often it had been closed before and came back. */
    recurrences: z.int().min(0),
  }),
  'task.received': z.object({}),
  'task.planned': z.object({}),
  'task.submitted': z.object({}),
  'task.returned': z.object({}),
  'task.extended': z.object({ dueOn: z.iso.date() }),
  'task.extensionRefused': z.object({}),
  'task.handedOff': z.object({ toOrgId: z.uuid(), toId: z.uuid().nullable(), count: z.int().min(1) }),
  'task.passedUp': z.object({ toOrgId: z.uuid(), count: z.int().min(1) }),
  'task.closed': z.object({ dueOn: z.iso.date().nullable(), submittedOn: z.iso.date(), atMeeting: z.boolean() }),
  'task.cancelled': z.object({ reason: CancelReason }),
  'task.effectChecked': z.object({ holds: z.boolean() }),
  'task.labelled': z.object({ label: Label }),
  /** Taken back by who found it; what it was stays in the chain. */
  'task.labelWithdrawn': z.object({ label: Label }),
  'coOwner.answered': z.object({ taskId: z.uuid(), accepted: z.boolean() }),
  'deployment.given': z.object({
    dueOn: z.iso.date().nullable(),
    receivers: z.int().min(1),
    /** The received deployment that it splits, and how many characters of its own it adds to that. */
    fromId: z.uuid().nullable(),
    added: z.int().min(0).nullable(),
  }),
}
