import { addDays } from '#kernel/civilDate.ts'
import type { Fields } from '#kernel/errors.ts'

/** The moments of a meeting on `heldOn` in Asia/Shanghai; an end that is not after the start is of the next day. */
export function momentsOf(heldOn: string, start: string, end: string): { startsAt: Date; endsAt: Date } {
  const startsAt = at(heldOn, start)
  const sameDay = at(heldOn, end)
  return { startsAt, endsAt: sameDay > startsAt ? sameDay : at(addDays(heldOn, 1), end) }
}

/** Notes in `wrong` times that no meeting can have. */
export function checkTimes({ heldOn, start, end }: { heldOn: string; start: string; end: string }, now: Date, wrong: Fields): void {
  const { startsAt, endsAt } = momentsOf(heldOn, start, end)
  if (start === end) wrong.end = ['结束时间和开始时间相同，请核对']
  else if (endsAt <= now) wrong.heldOn = ['这个时间已经过了，不能再安排。会已开过的，请直接记录会议']
  else if (endsAt.getTime() - startsAt.getTime() > LONGEST) wrong.end = ['会议超过 16 小时，请核对开始和结束时间']
}

const LONGEST = 16 * 3_600_000
const at = (day: string, clock: string) => new Date(`${day}T${clock}:00+08:00`)
