import { z } from 'zod'

const oneOf = <K extends string>(of: Record<K, string>) => z.enum(Object.keys(of) as [K, ...K[]])

export const KINDS = { floating: '流动党员', lost: '失联党员', retired: '离退休党员' } as const
export type Kind = keyof typeof KINDS
export const Kind = oneOf(KINDS)

/** How retired members take part in branch life. */
export const ARRANGEMENTS = { own: '单独编支部或党小组', joined: '编入在职支部', community: '组织关系在社区' } as const
export type Arrangement = keyof typeof ARRANGEMENTS
export const Arrangement = oneOf(ARRANGEMENTS)

export const ENDINGS = {
  returned: '已回到单位',
  transferred: '组织关系已转出',
  found: '已取得联系',
  removed: '已停止党籍或除名',
  died: '去世',
  mistake: '登记有误',
} as const
export type Ending = keyof typeof ENDINGS
export const Ending = oneOf(ENDINGS)

export const OCCASIONS = {
  festival: '节日',
  illness: '患病住院',
  hardship: '生活困难',
  bereavement: '亲属去世',
  fiftyYears: '光荣在党50年',
  retirement: '退休',
  other: '其他',
} as const
export type Occasion = keyof typeof OCCASIONS
export const Occasion = oneOf(OCCASIONS)

export const FORMS = { visit: '上门看望', call: '电话或视频', goods: '慰问品', money: '慰问金', medal: '颁发纪念章' } as const
export type Form = keyof typeof FORMS
export const Form = oneOf(FORMS)

export const FIFTY_RULE = '党龄自转正之日起算（《中国共产党章程》）；只知道年月、没有转正日期，或转正日期早于可查档案的，核对原文后再报'

/** What the ledger keeps; the subject is the plan (or the 慰问). No word of what was spoken. */
export const careFacts = {
  /** How often, from the day on; the last one of a plan holds. Ahead, where a move to another branch is dated ahead. */
  'contact.planned': z.object({ kind: Kind, everyDays: z.int() }).meta({ planned: true }),
  'contact.made': z.object({ kind: Kind }),
  'contact.ended': z.object({ kind: Kind, why: Ending }).meta({ planned: true }),
  'condolence.paid': z.object({ occasion: Occasion, form: Form }),
}

export const Hint = z.object({ code: z.string(), says: z.string(), source: z.string() })
export type Hint = z.output<typeof Hint>

export const PlanRow = z.object({
  /** Null: the roster marks the person as floating or lost, but nobody has planned how to keep contact. */
  id: z.string().nullable(),
  personId: z.string(),
  name: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  kind: Kind,
  since: z.string().nullable(),
  place: z.string(),
  settled: z.boolean(),
  abroad: z.boolean(),
  contactId: z.string().nullable(),
  contactName: z.string().nullable(),
  everyDays: z.int().nullable(),
  arrangement: Arrangement.nullable(),
  lastOn: z.string().nullable(),
  daysSince: z.int().nullable(),
  /** The day by which contact is due by the plan. */
  dueOn: z.string().nullable(),
  overdue: z.boolean(),
  hints: z.array(Hint),
  endedOn: z.string().nullable(),
  endedWhy: Ending.nullable(),
  version: z.int(),
  can: z.object({ manage: z.boolean(), contact: z.boolean() }),
})
export type PlanRow = z.output<typeof PlanRow>
