import { dateAt, daysBetween, partsOfDate, today } from '#kernel/civilDate.ts'

/** 9月18日, or 2025年9月18日 when it is not this year. */
export function dateText(date: string): string {
  const { year, month, day } = partsOfDate(date)
  return `${date.slice(0, 4) === today().slice(0, 4) ? '' : `${year}年`}${month}月${day}日`
}

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** 9月18日 08:05 in Asia/Shanghai, of an instant given as an ISO text. */
export const momentText = (instant: string): string => `${dateText(dateAt(new Date(instant)))} ${clock.format(new Date(instant))}`

/** 剩 12 天, 今天到期, 逾 3 天. */
export function dueText(due: string, now = today()): string {
  const left = daysBetween(now, due)
  return left > 0 ? `剩 ${left} 天` : left === 0 ? '今天到期' : `逾 ${-left} 天`
}

/** 1,841 */
export const countText = (count: number): string => count.toLocaleString('en-US')

/** The size of a file for people: 「820 KB」「3.2 MB」. */
export const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
