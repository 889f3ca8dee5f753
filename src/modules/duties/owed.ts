import type { z } from 'zod'
import { NOWHERE } from '#kernel/id.ts'
import { type Period, periodsBetween } from '#kernel/period.ts'
import { DUTY_KINDS, type DutyKind, type DutyState, lessThan, PER_YEAR, type RuleBody, STRENGTHS } from './contract.ts'
import { at, committeeSizeOn, existsOn, fewestFullMembers, type OrgHistory } from './history.ts'

export interface Rule extends z.output<typeof RuleBody> {
  id: string
  /** The organisation whose subtree it binds; NOWHERE binds all. */
  orgId: string
  from: string
  /** First day no longer in force. */
  until: string | null
}

export interface Exemption {
  orgId: string
  duty: DutyKind
  from: string
  until: string
}

export interface Held {
  factId: string
  meetingId: string
  orgId: string
  on: string
  kinds: readonly string[]
  entitled: number | null
  entitledPresent: number | null
}

/** Everything duties are computed from, as read from the ledger. */
export interface Known {
  histories: Map<string, OrgHistory>
  rules: readonly Rule[]
  exemptions: readonly Exemption[]
  /** Meetings by organisation, in order of days. */
  held: Map<string, Held[]>
}

export interface DutyCase {
  orgId: string
  duty: DutyKind
  period: Period
  rule: Rule
  expected: number
  met: number
  facts: string[]
  meetings: string[]
  heldOn: string[]
  state: DutyState
  note: string
}

export interface Asked {
  from: string
  to: string
  /** The day on which it is judged what is met, open or overdue. */
  asAt: string
  /** A scheme may say that a meeting below half of those entitled does not count as held (支部条例第十一条 speaks of votes only). */
  quorate?: boolean
  /** Only this duty; all of them when left out. */
  duty?: DutyKind | undefined
}

/** What one organisation owed in the periods that touch the asked days, and how each stands. Pure: the same facts, the same answer. */
export function dutiesOf(known: Known, orgId: string, asked: Asked): DutyCase[] {
  const history = known.histories.get(orgId)
  if (!history) return []
  const duties = asked.duty ? [asked.duty] : (Object.keys(DUTY_KINDS) as DutyKind[])
  return duties.flatMap((duty) => casesOfDuty(known, history, duty, asked))
}

function casesOfDuty(known: Known, history: OrgHistory, duty: DutyKind, asked: Asked): DutyCase[] {
  const rules = known.rules.filter((r) => r.duty === duty)
  const kinds = [...new Set(rules.map((r) => r.every))]
  // A committee shows itself by meeting.
  const kindOfMeeting = duty === 'committeeSetUp' ? 'branchCommittee' : duty
  const held = (known.held.get(history.orgId) ?? []).filter((h) => h.on <= asked.asAt && h.kinds.includes(kindOfMeeting))
  const cases: DutyCase[] = []
  for (const kind of kinds)
    for (const period of periodsBetween(kind, asked.from, asked.to)) {
      const rule = ruleFor(known, rules, history, period)
      // Owed by what exists on the last day: founded in August, it owes from August; dissolved within, not any more.
      if (rule?.every !== kind || !existsOn(history, period.to)) continue
      cases.push(judge(known, history, rule, period, asked, held))
    }
  return cases
}

/**
 * The rule that decides for a period: of those that bind the organisation on its first day, a unit's own rule where the centre has only
 * a practice (`may`) or where whoever follows it also meets the central minimum; else that minimum. What asks less is reported only.
 */
export function ruleFor(known: Known, rules: readonly Rule[], history: OrgHistory, period: Period): Rule | undefined {
  const day = firstDayIn(history, period)
  const place = at(history.places, day)
  if (!place) return undefined
  const above = ancestorsOn(known, history, day)
  const members = fewestFullMembers(history, day, period.to)
  const binding = rules.filter(
    (r) =>
      r.from <= day &&
      (r.until === null || day < r.until) &&
      r.orgKinds.includes(place.kind) &&
      (r.orgId === NOWHERE || above.has(r.orgId)) &&
      (r.minFullMembers === null || members >= r.minFullMembers),
  )
  const central = mostOf(binding.filter((r) => r.layer === 'central'))
  const unit = binding.filter((r) => r.layer === 'unit')
  if (!central) return mostOf(unit)
  return mostOf(unit.filter((r) => central.strength === 'may' || lessThan(r, central).length === 0)) ?? central
}

const firstDayIn = (history: OrgHistory, period: Period) => (period.from > history.foundedOn ? period.from : history.foundedOn)

const yearly = (r: Pick<Rule, 'every' | 'times'>): number => PER_YEAR[r.every] * r.times

const mostOf = (rules: readonly Rule[]) => [...rules].sort((a, b) => yearly(b) - yearly(a) || (a.id < b.id ? -1 : 1))[0]

/** The organisation itself and all above it on a day. */
export function ancestorsOn(known: Known, history: OrgHistory, day: string): Set<string> {
  const found = new Set<string>([history.orgId])
  let parent = at(history.places, day)?.parentId ?? null
  while (parent && !found.has(parent)) {
    found.add(parent)
    const next = known.histories.get(parent)
    parent = (next && at(next.places, day)?.parentId) ?? null
  }
  return found
}

function judge(known: Known, history: OrgHistory, rule: Rule, period: Period, asked: Asked, held: readonly Held[]): DutyCase {
  const { orgId } = history
  const inPeriod = held.filter((h) => h.on >= period.from && h.on <= period.to)
  const fitting = rule.metBy === 'meeting' ? inPeriod.filter((h) => countsFor(rule, h)) : []
  const counted = asked.quorate ? fitting.filter(isQuorate) : fitting
  const committee = rule.metBy === 'committee' && period.from <= asked.asAt && hasCommittee(history, inPeriod, period, asked.asAt)
  const met = rule.metBy === 'committee' ? Number(committee) : Math.min(counted.length, rule.times)
  const exempt = known.exemptions.some((e) => e.orgId === orgId && e.duty === rule.duty && e.from <= period.to && e.until >= period.to)
  const state = stateOf(rule, met, exempt, period, asked.asAt)
  const common = { orgId, duty: rule.duty, period, rule, expected: rule.times, met, state }
  const refused = fitting.filter((h) => !counted.includes(h))
  const meeting = { facts: counted.map((h) => h.factId), meetings: counted.map((h) => h.meetingId), heldOn: counted.map((h) => h.on) }
  return { ...common, ...meeting, note: noteOf(common, refused) }
}

const countsFor = (rule: Rule, held: Held) => rule.mayShare || held.kinds[0] === rule.duty

/** 半数以上 of those entitled came: half is enough (支部条例第十一条). Without figures nothing is held against it. */
const isQuorate = (h: Held) => h.entitled === null || h.entitledPresent === null || h.entitledPresent * 2 >= h.entitled

/** A committee stands when three hold its posts, or shows itself by meeting. */
const hasCommittee = (history: OrgHistory, held: readonly Held[], period: Period, asAt: string) =>
  committeeSizeOn(history, period.to < asAt ? period.to : asAt) >= 3 || held.length > 0

function stateOf(rule: Rule, met: number, exempt: boolean, period: Period, asAt: string): DutyState {
  if (met >= rule.times) return 'met'
  if (exempt) return 'exempt'
  if (period.from > asAt || (period.to >= asAt && rule.metBy === 'meeting')) return 'open'
  return rule.strength === 'may' ? 'hint' : 'overdue'
}

function noteOf(
  { rule, period, met, expected, state }: Omit<DutyCase, 'facts' | 'meetings' | 'heldOn' | 'note'>,
  refused: readonly Held[],
): string {
  const title = DUTY_KINDS[rule.duty]
  const below = refused.map((h) => `${h.on} 的会实到有表决权 ${h.entitledPresent} 人，不到应到 ${h.entitled} 人的半数，按本方案不计召开`)
  if (rule.metBy === 'committee')
    return state === 'met' || state === 'open'
      ? ''
      : state === 'exempt'
        ? `${period.name}已豁免`
        : `正式党员 ${rule.minFullMembers} 人以上，${STRENGTHS[rule.strength]}设立支委会，没有找到支委任职，也没有支委会记录`
  if (state === 'met') return below.join('；')
  const lacking = `${period.name}缺 ${expected - met} 次${title}`
  const why = {
    open: `${period.name}还应召开 ${expected - met} 次${title}`,
    exempt: `${period.name}已豁免`,
    overdue: lacking,
    hint: `${lacking}（通行做法，未定频次，供参考）`,
    met: '',
  }[state]
  return [why, ...below].join('；')
}
