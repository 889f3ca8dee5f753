import { conflict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'

/** So many different files an hour are work; more are copying. */
export const HOURLY = 200
const HOUR = 3_600_000

// Kept by the one process there is: a restart forgets an hour of reading, and reading goes on while the disk is full.
const opened = new Map<string, Map<string, number>>()

/** Counts that this account opens this file; refuses the one that would be too many different ones within the hour. */
export function countOpening({ actor, now }: Pick<Ctx, 'actor' | 'now'>, personId: string): void {
  const { accountId } = actor
  if (accountId === null) return
  const since = now.getTime() - HOUR
  const mine = opened.get(accountId) ?? new Map<string, number>()
  opened.set(accountId, mine)
  for (const [person, at] of mine) if (at <= since) mine.delete(person)
  if (!mine.has(personId) && mine.size >= HOURLY) {
    const wait = Math.ceil((Math.min(...mine.values()) - since) / 60_000)
    throw conflict('opened-enough', `一小时内已经打开 ${HOURLY} 份党员档案，请约 ${wait} 分钟后再看。成批核对请用名册和导出`)
  }
  mine.set(personId, now.getTime())
}
