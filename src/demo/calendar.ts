import type { MeetingKind } from '#modules/meetings/contract.ts'
import type { DemoBranch } from './unit.ts'

/** One meeting that a branch holds in the ordinary course of its year. */
export interface Planned {
  branch: string
  kinds: MeetingKind[]
  on: string
  time: string
}

/** What of the ordinary course a story takes over: `branch kind period` (a month). */
export type TakenOver = ReadonlySet<string>

const two = (n: number) => String(n).padStart(2, '0')

/** The ordinary year of a branch, month by month, up to and including `until`, without what stories take over. */
export function yearOf(branch: DemoBranch, year: number, until: string, taken: TakenOver): Planned[] {
  const planned: Planned[] = []
  const hold = (kinds: MeetingKind[], month: number, day: number, time = '15:00') => {
    const on = `${year}-${two(month)}-${two(day)}`
    const left = kinds.filter((kind) => !taken.has(`${branch.key} ${kind} ${on.slice(0, 7)}`))
    if (left.length > 0 && on <= until && on >= branch.foundedOn) planned.push({ branch: branch.key, kinds: left, on, time })
  }
  for (let month = 1; month <= 12; month++) {
    if (branch.full >= 7) hold(['branchCommittee'], month, 3 + (branch.themeDay % 4), '16:30')
    const lecture = month % 3 === 1
    hold(lecture && branch.lectureWithin ? ['partyLecture', 'themePartyDay'] : ['themePartyDay'], month, branch.themeDay)
    if (lecture && !branch.lectureWithin) hold(['partyLecture'], month, branch.themeDay + 8)
    if (month % 3 === 2) hold(['memberAssembly'], month, branch.themeDay + 2)
    if (month === 12) hold(['orgLifeMeeting', 'democraticAppraisal'], month, branch.themeDay + 10)
  }
  return planned
}
