import { addDays, addMonths, dateAt } from '#kernel/civilDate.ts'
import { invalid } from '#kernel/errors.ts'

/** The first day of a month written `2026-09`. */
export const firstOf = (month: string): string => `${month}-01`
export const lastOf = (month: string): string => addDays(addMonths(firstOf(month), 1), -1)
export const monthOf = (day: string): string => day.slice(0, 7)

/** Refuses a month that has not begun. */
export function assertBegun(ctx: { now: Date }, month: string, field = 'month'): void {
  if (firstOf(month) > dateAt(ctx.now)) throw invalid('month-to-come', `${month} 还没有到，请选本月或以前`, { [field]: ['请选本月或以前'] })
}

/** The day on which the roster of a month counts: its last, or today while it runs. */
export function rosterDay(ctx: { now: Date }, month: string): string {
  const [last, today] = [lastOf(month), dateAt(ctx.now)]
  return last < today ? last : today
}
