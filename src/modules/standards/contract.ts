import { z } from 'zod'
import { OrgKind } from '#modules/organisation/contract.ts'
import { TaskState } from '#modules/tasks/contract.ts'
import { REASONS, type Reason } from './weak.ts'

export { REASONS, type Reason } from './weak.ts'

/** How strongly a rule asks, and so what the list says of it. */
export const LEVELS = { must: '必须改', generally: '一般应改', may: '提示' } as const
export type Level = keyof typeof LEVELS
export const Level = z.enum(Object.keys(LEVELS) as [Level, ...Level[]])

const BRANCH = '《中国共产党支部工作条例（试行）》'
const SOE = '《中国共产党国有企业基层组织工作条例（试行）》'

/** The rules of setting up organisations, each with its strength and source. Figures are those of handbook 1.1. */
export const CHECKS = {
  'few-members': { level: 'must', title: '正式党员不足 3 人', source: `${BRANCH}第二章：正式党员 3 人以上成立党支部` },
  'no-committee': { level: 'must', title: '7 人以上没有支委会', source: `${BRANCH}第六章：正式党员 7 人以上设支部委员会` },
  'needs-committee': { level: 'must', title: '党员 100 人以上未设党委', source: `${SOE}第四条：党员 100 人以上设党委` },
  'many-members': { level: 'generally', title: '支部超过 50 人', source: `${BRANCH}第二章：党支部党员人数一般不超过 50 人` },
  'many-units': { level: 'generally', title: '联合支部覆盖超过 5 个单位', source: `${BRANCH}第二章：联合党支部覆盖单位一般不超过 5 个` },
  'project-over': { level: 'must', title: '任务结束未撤销', source: `${BRANCH}第二章：临时党支部，任务结束后自然撤销` },
  'small-committee': { level: 'may', title: '人数不足设党委、党总支', source: `${SOE}第四条：人数不足、确需设立的，经上级党组织批准` },
  'no-end': { level: 'may', title: '没有登记任务结束日期', source: `${BRANCH}第二章：临时党支部因执行任务设立` },
  'empty-roster': { level: 'may', title: '名册是空的', source: '名册没有党员，其他检查无从做起' },
} as const satisfies Record<string, { level: Level; title: string; source: string }>
export type CheckKey = keyof typeof CHECKS
export const CheckKey = z.enum(Object.keys(CHECKS) as [CheckKey, ...CheckKey[]])

export const Finding = z.object({
  key: z.string(),
  check: CheckKey,
  level: Level,
  orgId: z.uuid(),
  orgName: z.string(),
  orgKind: OrgKind,
  says: z.string(),
  remedy: z.string(),
  source: z.string(),
  facts: z.array(z.uuid()),
  open: z.string(),
  /** The task of a temporary or joint branch and its last day, where one is entered. */
  project: z.object({ name: z.string(), endsOn: z.iso.date(), version: z.int() }).nullable(),
  canSetProject: z.boolean(),
})
export type Finding = z.output<typeof Finding>

/** Items that no record answers; which of them a unit asks for, its own standard says (核对原文). */
export const BY_HAND = {
  place: '有固定的活动场所，党旗、入党誓词等标识规范',
  openness: '党务公开的内容、方式和时间符合要求',
  archive: '会议记录、名册、发展党员材料分类归档，随时能查',
  rules: '支部工作制度成册，党员知道',
  contact: '党员联系群众、先锋岗和责任区有安排有检查',
  library: '有学习资料，党员能借到看到',
} as const
export type HandItem = keyof typeof BY_HAND
export const HandItem = z.enum(Object.keys(BY_HAND) as [HandItem, ...HandItem[]])

export const ChecklistItem = z.object({
  key: z.string(),
  title: z.string(),
  /** From records, or as somebody marked it. */
  from: z.enum(['records', 'hand']),
  state: z.enum(['met', 'unmet', 'unknown']),
  says: z.string(),
  source: z.string(),
  open: z.string().nullable(),
  version: z.int(),
})
export type ChecklistItem = z.output<typeof ChecklistItem>

const ReasonKey = z.enum(Object.keys(REASONS) as [Reason, ...Reason[]])

/** A situation of the unit's rule that the records show, in words. */
export const Situation = z.object({ reason: ReasonKey, says: z.string() })

export const OVERHAUL_STATES = { open: '整顿中', passed: '验收合格', withdrawn: '已撤回' } as const

/** A branch that is being put in order, or was. */
export const OverhaulCard = z.object({
  id: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  /** The organisation above that decided it. */
  byName: z.string(),
  situations: z.array(Situation),
  facts: z.array(z.string()),
  begunOn: z.string(),
  untilOn: z.string(),
  helper: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(['open', 'passed', 'withdrawn']),
  endedOn: z.string().nullable(),
  late: z.boolean(),
  version: z.int(),
  can: z.object({ lead: z.boolean(), say: z.boolean(), pass: z.boolean() }),
})
export type OverhaulCard = z.output<typeof OverhaulCard>

export const STEP_WORDS = {
  begun: '列入整顿',
  measure: '交办措施',
  said: '说明情况',
  extended: '延长整顿',
  passed: '验收合格',
  withdrawn: '撤回',
} as const

export const OverhaulView = OverhaulCard.extend({
  steps: z.array(
    z.object({
      id: z.string(),
      step: z.enum(Object.keys(STEP_WORDS) as [keyof typeof STEP_WORDS, ...(keyof typeof STEP_WORDS)[]]),
      text: z.string(),
      at: z.string(),
      by: z.string(),
      task: z.object({ id: z.string(), state: TaskState, dueOn: z.string().nullable() }).nullable(),
      taskId: z.string().nullable(),
    }),
  ),
})

export const standardFacts = {
  /** A branch (orgId) is put in order until a day, because the records showed this; subject is the case. */
  'overhaul.begun': z.object({ reasons: z.array(ReasonKey), until: z.iso.date() }),
  'overhaul.extended': z.object({ until: z.iso.date() }),
  'overhaul.ended': z.object({ result: z.enum(['passed']) }),
  /** The task for which a temporary or joint branch (subject) stands ends on this day. */
  'project.set': z.object({ endsOn: z.iso.date() }),
  /** happenedOn is the day on which it was seen. */
  'standard.marked': z.object({ item: HandItem, met: z.boolean() }),
}
