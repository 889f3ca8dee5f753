import { DUTY_KINDS, type DutyView } from './contract.ts'
import type { DutyCase } from './owed.ts'

/** A case as it is shown to people. */
export const viewOf = (c: DutyCase): DutyView => ({
  duty: c.duty,
  title: DUTY_KINDS[c.duty],
  period: c.period.key,
  periodName: c.period.name,
  from: c.period.from,
  dueOn: c.period.to,
  expected: c.expected,
  met: c.met,
  state: c.state,
  strength: c.rule.strength,
  toVerify: c.rule.toVerify,
  facts: c.facts,
  meetings: c.meetings,
  heldOn: c.heldOn,
  note: c.note,
  ruleId: c.rule.id,
})
