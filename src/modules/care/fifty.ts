import { addYears } from '#kernel/civilDate.ts'

/** A date of life as the file knows it: the first and the last day it can mean. */
export interface Span {
  from: string
  until: string
}

export type Fifty = { certain: boolean /** The first day of fifty years, at the earliest. */; on: string; why: string }

/**
 * Whether somebody has been in the Party for fifty years on `day`: counted from conversion (党龄); where only part of the date is known,
 * or only the joining, it has to be looked up. Undefined: not yet, or nothing is known.
 */
export function fiftyOn(converted: Span | null, joined: Span | null, day: string): Fifty | undefined {
  const counted = converted ?? joined
  if (counted === null) return undefined
  const on = addYears(counted.from, 50)
  if (on > day) return undefined
  if (converted === null) return { certain: false, on, why: '没有转正日期，只按入党日期推算，核对原文' }
  if (addYears(converted.until, 50) > day) return { certain: false, on, why: '转正日期只知道年月，是否已满要核对原文' }
  if (converted.from !== converted.until) return { certain: true, on, why: '已满；转正日期只知道年月，具体哪一天核对原文' }
  return { certain: true, on, why: '' }
}
