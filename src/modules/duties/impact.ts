import { addDays, addYears } from '#kernel/civilDate.ts'
import { type Change, type DutyKind, frequencyText } from './contract.ts'
import { at, existsOn } from './history.ts'
import { dutiesOf, type Known, type Rule } from './owed.ts'

/** How a branch stands to a duty in a year: how often, by which rule; null while it owes nothing. */
export interface Owing {
  times: number
  text: string
  layer: 'central' | 'unit'
}

export interface Impact {
  orgId: string
  kind: string
  fullMembers: number
  before: Owing | null
  after: Owing | null
}

/** The first calendar year that lies wholly behind the day from which a rule shall hold. */
export const yearOfImpact = (from: string): number => (from.endsWith('-01-01') ? Number(from.slice(0, 4)) : Number(from.slice(0, 4)) + 1)

/**
 * What a rule would change for one branch in the first whole year in which it holds, if structure and rosters stayed as they are; the rule
 * that it replaces ends the day it begins. Undefined for what is no branch on the day it begins. Pure.
 */
export function impactOf(known: Known, orgId: string, rule: Rule, replaces: string | null): Impact | undefined {
  const history = known.histories.get(orgId)
  const place = history && existsOn(history, rule.from) ? at(history.places, rule.from) : undefined
  if (!history || !place) return undefined
  const year = yearOfImpact(rule.from)
  const old = known.rules.map((r) => (r.id === replaces ? { ...r, until: rule.from } : r))
  return {
    orgId,
    kind: place.kind,
    fullMembers: history.fullMemberChanges.filter((c) => c.on <= rule.from).reduce((sum, c) => sum + c.by, 0),
    before: owing(known, orgId, rule.duty, year),
    after: owing({ ...known, rules: [...old, rule] }, orgId, rule.duty, year),
  }
}

function owing(known: Known, orgId: string, duty: DutyKind, year: number): Owing | null {
  const from = `${year}-01-01`
  const span = { from, to: addDays(addYears(from, 1), -1), asAt: from, duty }
  const cases = dutiesOf({ ...known, exemptions: [], held: new Map() }, orgId, span)
  const [first] = cases
  if (!first) return null
  return { times: cases.reduce((sum, c) => sum + c.expected, 0), text: frequencyText(first.rule), layer: first.rule.layer }
}

/** What changes for the branch, as one word. */
export const changeOf = ({ before, after }: Pick<Impact, 'before' | 'after'>): Change =>
  before === null && after === null
    ? 'same'
    : before === null
      ? 'begins'
      : after === null
        ? 'ends'
        : after.times === before.times
          ? 'same'
          : after.times > before.times
            ? 'more'
            : 'fewer'
