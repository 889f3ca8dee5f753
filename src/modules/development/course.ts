import { addMonths, addYears, partsOfDate } from '#kernel/civilDate.ts'
import { type LocalRules, localConditions, type Notice } from './local.ts'
import { comesAfter, STEPS, stepRule } from './steps.ts'

export interface Votes {
  entitled: number
  present: number
  inFavour: number
  against: number
  abstained: number
}

/** One step as it was taken. `entered`: from paper, before or beside the system. */
export interface Taken {
  no: number
  on: string
  entered: boolean
  votes?: Votes | null | undefined
  hours?: number | null | undefined
  days?: number | null | undefined
  /** When the person is known to leave the unit. */
  leavesOn?: string | null | undefined
}

/** Somebody's way so far; `prolongedUntil` is the end of a prolonged 预备期. */
export interface Course {
  steps: readonly Taken[]
  prolongedUntil: string | null
  /** Steps up to here happened on paper; those without a day were not entered. */
  enteredThrough: number
  birth: { from: string; until: string } | null
  /** 公示 and votes that did not pass, in the order of their days; left out where only facts of steps are read. */
  notices?: readonly Notice[]
  failures?: readonly { no: number; on: string }[]
  local?: LocalRules
}

/** `block`: cannot be taken; `hint`: generally otherwise; `verify`: the figure stands to be checked with the source's text (核对原文). */
export interface Condition {
  code: Code
  level: 'block' | 'hint' | 'verify'
  says: string
  clause: string
  /** From which day it can be taken. */
  from?: string
}

export const CODES = [
  'under-18',
  'birth-unknown',
  'talk-late',
  'too-early',
  'reviews-apart',
  'training-short',
  'assembly-late',
  'not-passed',
  'approval-late',
  'approval-void',
  'probation-not-over',
  'month-end',
  'conversion-late',
  'before-earlier',
  'leaving-soon',
  'notice-missing',
  'notice-founded',
  'failed-lately',
] as const
export type Code = (typeof CODES)[number]

export const lastOf = (course: Pick<Course, 'steps'>, no: number): Taken | undefined => course.steps.findLast((s) => s.no === no)
const all = (course: Pick<Course, 'steps'>, no: number) => course.steps.filter((s) => s.no === no)

/** Taken, or passed over on paper. */
export const isDone = (course: Course, no: number): boolean =>
  lastOf(course, no) !== undefined || (no <= course.enteredThrough && !WAITS_OPEN.includes(no))

// The filing above, talk and archive of an entered course may still be to do; all else lies behind.
const WAITS_OPEN: readonly number[] = [18, 20]

/** Steps that can come next: everything before them is done. */
export const openSteps = (course: Course): number[] =>
  STEPS.filter((rule) => {
    if (isDone(course, rule.no)) return rule.repeated === true && !isBehind(course, rule.no)
    return comesAfter(rule).every((no) => isDone(course, no))
  }).map(({ no }) => no)

/** Reviews end where the next stage begins. */
const isBehind = (course: Course, no: number) => isDone(course, no === 6 ? 7 : 22)

/** The day on which 预备期 ends: a calendar year from the assembly, or the prolonged day. Undefined before step 15. */
export function probationUntil(course: Pick<Course, 'steps' | 'prolongedUntil'>): string | undefined {
  const assembly = lastOf(course, 15)
  return assembly && (course.prolongedUntil ?? addYears(assembly.on, 1))
}

const day = (date: string) => {
  const { year, month, day: d } = partsOfDate(date)
  return `${year}年${month}月${d}日`
}

/** What the rules say to taking step `no` on day `on`; the course holds what came before. Empty: nothing is wrong. */
export function conditionsOf(course: Course, step: Taken): Condition[] {
  const { no, on } = step
  const clause = stepRule(no).clause
  const found: Condition[] = []
  const say = (code: Code, level: Condition['level'], says: string, from?: string) =>
    void found.push({ code, level, says, clause, ...(from ? { from } : {}) })

  const before = comesAfter(stepRule(no))
    .map((n) => lastOf(course, n)?.on)
    .filter((d) => d !== undefined)
    .sort()
    .at(-1)
  if (before && on < before) say('before-earlier', 'block', `前一步是 ${day(before)}办的，这一步不能更早`, before)
  RULES[no]?.(course, step, say)
  return [...found, ...localConditions(course, no, on)]
}

type Say = (code: Code, level: Condition['level'], says: string, from?: string) => void

const RULES: Partial<Record<number, (course: Course, step: Taken, say: Say) => void>> = {
  1: ({ birth }, { on }, say) => {
    if (!birth) return say('birth-unknown', 'verify', '档案里没有出生日期，请核对是否年满 18 岁')
    const [sure, possible] = [addYears(birth.until, 18), addYears(birth.from, 18)]
    if (on < possible) say('under-18', 'block', `年满 18 岁才能申请，${day(sure)}满 18 岁`, sure)
    else if (on < sure) say('birth-unknown', 'verify', '出生日期只知道月份或年份，请核对申请当天是否年满 18 岁')
  },
  2: (course, { on }, say) => {
    const applied = lastOf(course, 1)
    const due = applied && addMonths(applied.on, 1)
    if (due && on > due) say('talk-late', 'hint', `${day(applied.on)}收到申请书，应在 ${day(due)}前谈话，${day(on)}才谈`)
  },
  6: (course, { on }, say) => reviewsApart(course, on, say),
  7: (course, { on }, say) => {
    const activist = lastOf(course, 3)
    if (!activist) return
    const from = addYears(activist.on, 1)
    if (on < from)
      say('too-early', 'block', `${day(activist.on)}才确定为入党积极分子，培养教育考察满一年（${day(from)}起）方可列为发展对象`, from)
    reviewsApart(course, on, say)
  },
  11: (_course, { hours, days }, say) => {
    if ((hours ?? 0) < 24 && (days ?? 0) < 3)
      say('training-short', 'block', `集中培训应不少于三天或 24 学时，现在填的是 ${days ?? 0} 天、${hours ?? 0} 学时`)
  },
  15: (course, step, say) => {
    voted(step, say)
    const review = lastOf(course, 13)
    const due = review && addMonths(review.on, 1)
    if (due && step.on > due) say('assembly-late', 'verify', `${day(review.on)}预审合格，一般一个月内（${day(due)}前）召开支部大会`)
    if (leavesSoon(step))
      say('leaving-soon', 'hint', `${day(step.leavesOn!)}将离开，三个月内将离开工作、学习单位的一般不办理接收，应交代原因并衔接好`)
  },
  17: (course, { on }, say) => approved(lastOf(course, 15), on, say),
  23: (course, step, say) => {
    voted(step, say)
    const assembly = lastOf(course, 15)
    const until = probationUntil(course)
    if (!assembly || !until) return
    if (step.on < until)
      say('probation-not-over', 'block', `预备期自 ${day(assembly.on)}支部大会通过起一年，${day(until)}期满，期满后才能讨论转正`, until)
    if (!course.prolongedUntil && partsOfDate(until).day !== partsOfDate(assembly.on).day)
      say('month-end', 'verify', `${day(assembly.on)}通过，次年没有这一天，预备期按该月最后一天 ${day(until)}满计算，请核对原文和上级口径`)
    const due = addMonths(until, 1)
    if (step.on > due) say('conversion-late', 'hint', `预备期 ${day(until)}满，应及时讨论转正，${day(step.on)}才讨论`)
  },
  24: (course, { on }, say) => approved(lastOf(course, 23), on, say),
}

/** Generally nobody is received who leaves within three calendar months (第十九条，DEV-08). */
export const leavesSoon = ({ on, leavesOn }: Pick<Taken, 'on' | 'leavesOn'>): boolean =>
  Boolean(leavesOn) && leavesOn! >= on && leavesOn! <= addMonths(on, 3)

function reviewsApart(course: Course, on: string, say: Say) {
  const start = lastOf(course, 3)
  if (!start) return
  const last = all(course, 6).at(-1)?.on ?? start.on
  const due = addMonths(last, 6)
  if (on > due) say('reviews-apart', 'hint', `每半年应考察一次，${day(last)}之后到 ${day(due)}没有考察记录`)
}

function approved(assembly: Taken | undefined, on: string, say: Say) {
  if (!assembly) return
  const [usual, last] = [addMonths(assembly.on, 3), addMonths(assembly.on, 6)]
  if (on > last) say('approval-void', 'verify', `支部大会 ${day(assembly.on)}通过，审批最长不超过六个月（${day(last)}），超过的应重新办理`)
  else if (on > usual)
    say('approval-late', 'verify', `支部大会 ${day(assembly.on)}通过，上级应在 ${day(usual)}前审批；特殊情况可延长，最长六个月`)
}

/** V-05: more than half of those entitled came, and more than half of all entitled full members agreed. */
function voted({ votes }: Taken, say: Say) {
  if (!votes) return
  const need = Math.floor(votes.entitled / 2) + 1
  if (votes.present < need)
    say(
      'not-passed',
      'block',
      `应到会有表决权的正式党员 ${votes.entitled} 名，超过半数 = ⌊${votes.entitled} ÷ 2⌋ + 1 = ${need}，实到 ${votes.present} 名，表决无效`,
    )
  else if (votes.inFavour < need)
    say(
      'not-passed',
      'block',
      `应到会有表决权的正式党员 ${votes.entitled} 名，赞成须超过半数 = ${need} 票，赞成 ${votes.inFavour} 票，没有通过`,
    )
}

/** By when a step that can come next is to be taken, and by whom; `from`: the first day on which it can. */
export interface Term {
  no: number
  from: string | null
  due: string | null
  whose: 'branch' | 'superior'
}

/** The terms of all steps that can come next. */
export function termsOf(course: Course): Term[] {
  return openSteps(course).map((no) => {
    const rule = stepRule(no)
    const whose = rule.request || rule.by ? 'superior' : 'branch'
    return { no, whose, ...(TERMS[no]?.(course) ?? { from: null, due: null }) }
  })
}

const months = (from: Taken | undefined, n: number) => (from ? addMonths(from.on, n) : null)

const TERMS: Partial<Record<number, (course: Course) => { from: string | null; due: string | null }>> = {
  2: (c) => ({ from: null, due: months(lastOf(c, 1), 1) }),
  6: (c) => ({ from: null, due: months(lastOf(c, 6) ?? lastOf(c, 3), 6) }),
  7: (c) => ({ from: months(lastOf(c, 3), 12), due: null }),
  15: (c) => ({ from: null, due: months(lastOf(c, 13), 1) }),
  16: (c) => ({ from: null, due: months(lastOf(c, 15), 3) }),
  17: (c) => ({ from: null, due: months(lastOf(c, 15), 3) }),
  22: (c) => ({ from: null, due: probationUntil(c) ?? null }),
  23: (c) => {
    const until = probationUntil(c)
    return { from: until ?? null, due: until ? addMonths(until, 1) : null }
  },
  24: (c) => ({ from: null, due: months(lastOf(c, 23), 3) }),
}

/** What the rules say to each step as it was taken, in order; of steps from paper a block becomes 核对原文. */
export function findingsOf(course: Course): { step: Taken; condition: Condition }[] {
  return course.steps.flatMap((step, i) => {
    const before = { ...course, steps: course.steps.slice(0, i) }
    return conditionsOf(before, step).map((condition) => ({
      step,
      condition: step.entered && condition.level === 'block' ? { ...condition, level: 'verify' as const } : condition,
    }))
  })
}

/** In which stage somebody is: 0 申请 … 4 考察转正; 5 when all is archived. */
export function stageOf(course: Course): number {
  if (isDone(course, 25)) return 5
  if (isDone(course, 17)) return 4
  if (isDone(course, 12)) return 3
  if (isDone(course, 7)) return 2
  return isDone(course, 3) ? 1 : 0
}

/** The standings that follow from the steps, with their first days (DEV-10…12: 预备党员 from the assembly's day, once approved). */
export function standingsOf(
  course: Course,
): { from: string; standing: 'activist' | 'developmentTarget' | 'probationaryMember' | 'fullMember' }[] {
  const [activist, target, assembly, until] = [lastOf(course, 3), lastOf(course, 7), lastOf(course, 15), probationUntil(course)]
  return [
    ...(activist ? [{ from: activist.on, standing: 'activist' as const }] : []),
    ...(target ? [{ from: target.on, standing: 'developmentTarget' as const }] : []),
    ...(assembly && isDone(course, 17) ? [{ from: assembly.on, standing: 'probationaryMember' as const }] : []),
    ...(assembly && until && lastOf(course, 23) && isDone(course, 24) ? [{ from: until, standing: 'fullMember' as const }] : []),
  ]
}
