import type { DutyKind } from './contract.ts'

/** What of an open duty a proposal depends on; days are YYYY-MM-DD. */
export interface Sharing {
  duty: DutyKind
  state: string
  from: string
  dueOn: string
  expected: number
  met: number
  mayShare: boolean
}

interface Pairing {
  /** The meeting that carries, and the duty it can carry. */
  carries: DutyKind
  within: DutyKind
  source: string
}

/** Which meetings the rules themselves name as one. Everything else stays two meetings, however convenient. */
export const PAIRINGS: readonly Pairing[] = [
  { carries: 'partyLecture', within: 'themePartyDay', source: '主题党日可以安排上党课' },
  { carries: 'orgLifeMeeting', within: 'memberAssembly', source: '组织生活会可以在党员大会上开' },
  { carries: 'democraticAppraisal', within: 'orgLifeMeeting', source: '民主评议党员可以与组织生活会合并进行' },
]

export interface Combo<T> {
  /** In the order in which the meeting's kinds must stand: a duty that may not share is met by the first kind only. */
  duties: T[]
  /** The last day on which one meeting is in time for all of them. */
  by: string
  reasons: string[]
}

/**
 * Meetings that would each meet several open duties, where the rules allow it: both are open on `day`, a pairing names them, and at most
 * one of them asks to be held by itself (it then comes first). Largest first; no duty is proposed twice.
 */
export function combosOf<T extends Sharing>(open: readonly T[], day: string): Combo<T>[] {
  const free = open.filter((d) => d.state === 'open' && d.from <= day && d.dueOn >= day && d.met < d.expected)
  const found: Combo<T>[] = []
  const used = new Set<T>()
  for (const start of free) {
    if (used.has(start)) continue
    const group = grown(start, free, used)
    if (group.duties.length < 2) continue
    for (const d of group.duties) used.add(d)
    found.push({ ...group, by: group.duties.map((d) => d.dueOn).reduce((a, b) => (a < b ? a : b)) })
  }
  return found.sort((a, b) => b.duties.length - a.duties.length || (a.by < b.by ? -1 : 1))
}

function grown<T extends Sharing>(start: T, free: readonly T[], used: ReadonlySet<T>): { duties: T[]; reasons: string[] } {
  const duties = [start]
  const reasons: string[] = []
  for (let more = true; more; ) {
    more = false
    for (const { carries, within, source } of PAIRINGS) {
      const has = (kind: DutyKind) => duties.some((d) => d.duty === kind)
      if (has(carries) === has(within)) continue
      const other = nearest(
        free.filter((d) => !used.has(d) && d.duty === (has(carries) ? within : carries) && (d.mayShare || duties.every((x) => x.mayShare))),
      )
      if (!other) continue
      duties.push(other)
      reasons.push(source)
      more = true
    }
  }
  return { duties: duties.sort((a, b) => Number(a.mayShare) - Number(b.mayShare)), reasons }
}

const nearest = <T extends Sharing>(of: readonly T[]): T | undefined => [...of].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))[0]
