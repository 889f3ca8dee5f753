import { addMonths, dateName, onDay } from '#kernel/civilDate.ts'
import type { Condition, Course } from './course.ts'

/** What is put up for everybody to read, and the step that waits for it where the unit's own rule says so (DEV-06). */
export const NOTICES = {
  target: { title: '发展对象公示', before: 8 },
  admission: { title: '拟接收预备党员公示', before: 15 },
  conversion: { title: '预备党员转正公示', before: 23 },
} as const
export type NoticeAbout = keyof typeof NOTICES

/** What came of a 公示. */
export const NOTICE_RESULTS = {
  none: '没有收到不同意见',
  unfounded: '有反映，经核查不影响',
  founded: '有反映，经核查属实',
  cancelled: '登记有误，作废',
} as const
export type NoticeResult = keyof typeof NOTICE_RESULTS

/** Many units ask for five working days, some for seven (地方规定，DEV-06). */
export const LEAST_NOTICE_DAYS = 5

export interface Notice {
  about: NoticeAbout
  from: string
  until: string
  workingDays: number
  result: NoticeResult | null
  resultOn: string | null
}

/** Rules of the unit itself; null: not switched on. */
export interface LocalRules {
  /** Without a 公示 of so many working days the steps in `NOTICES` are not taken. */
  notice: { days: number; source: string } | null
  /** Whose vote failed is not voted on again within so many calendar months (DEV-13). */
  again: { months: number; source: string } | null
}

const day = (date: string) => dateName(onDay(date))

/** What the unit's own rules, and what stands in the records beside the steps, say to taking step `no` on day `on`. */
export function localConditions({ notices = [], failures = [], local }: Course, no: number, on: string): Condition[] {
  return [...noticed(notices, local?.notice ?? null, no, on), ...failedLately(failures, local?.again ?? null, no, on)]
}

function noticed(notices: readonly Notice[], rule: LocalRules['notice'], no: number, on: string): Condition[] {
  const about = (Object.keys(NOTICES) as NoticeAbout[]).find((key) => NOTICES[key].before === no)
  if (!about) return []
  const title = NOTICES[about].title
  const last = notices.findLast((n) => n.about === about && n.result !== 'cancelled' && n.from <= on)
  const clause = rule?.source ?? '《中国共产党发展党员工作细则》：听取党员和群众意见'
  if (last?.result === 'founded' && last.resultOn! <= on)
    return [{ code: 'notice-founded', level: rule ? 'block' : 'hint', says: `${title}中反映的问题经核查属实，不能接着办`, clause }]
  if (!rule) return []
  const says = missingNotice(last, rule.days, title, on)
  return says ? [{ code: 'notice-missing', level: 'block', says, clause }] : []
}

function missingNotice(last: Notice | undefined, days: number, title: string, on: string): string | undefined {
  if (!last) return `本单位规定先公示不少于 ${days} 个工作日，还没有${title}`
  if (last.workingDays < days) return `本单位规定公示不少于 ${days} 个工作日，${day(last.from)}的公示只有 ${last.workingDays} 个`
  if (last.result === null) return `${title}到 ${day(last.until)}，期满登记结果以后才能办`
  if (last.resultOn! > on) return `${title} ${day(last.resultOn!)}才有结果，这一步不能更早`
  return undefined
}

function failedLately(failures: Course['failures'], rule: LocalRules['again'], no: number, on: string): Condition[] {
  const last = failures?.findLast((f) => f.no === no && f.on <= on)
  if (!rule || !last) return []
  const from = addMonths(last.on, rule.months)
  if (on >= from) return []
  const says = `${day(last.on)}支部大会表决没有通过，本单位规定 ${rule.months} 个月内不再上会`
  return [{ code: 'failed-lately', level: 'block', says, clause: rule.source, from }]
}
