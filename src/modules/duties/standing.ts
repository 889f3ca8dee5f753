import { addDays } from '#kernel/civilDate.ts'
import type { Period } from '#kernel/period.ts'
import type { Standing } from './contract.ts'
import type { DutyCase } from './owed.ts'

const SOON = 14

/** How a branch stands in a quarter on a day. Practices (`may`) and exempt duties are not counted. */
export function standingIn(cases: readonly DutyCase[], quarter: Period, day: string): Standing {
  const counted = cases.filter(
    (c) => c.rule.strength !== 'may' && c.state !== 'exempt' && c.period.to >= quarter.from && c.period.to <= quarter.to,
  )
  return {
    done: counted.filter((c) => c.state === 'met').length,
    expected: counted.length,
    overdue: counted.filter((c) => c.state === 'overdue').length,
    soon: counted.some((c) => isSoon(c, day)),
  }
}

/** Open and due within a fortnight. */
export const isSoon = ({ state, period }: DutyCase, day: string): boolean => state === 'open' && period.to <= addDays(day, SOON)
