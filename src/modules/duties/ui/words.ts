import { daysBetween } from '#kernel/civilDate.ts'
import { dateText, dueText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { combosOf, DUTY_KINDS, type DutyKind, type DutyView, type RuleLine } from '../contract.ts'

export type Now = Api['duties.now']['output']

/** What a period is called from within: 本月, 本季度, 上半年, 今年. */
export const withinText = ({ period, periodName }: DutyView): string =>
  /-Q\d$/.test(period) ? '本季度' : /-H\d$/.test(period) ? periodName : /-\d\d$/.test(period) ? '本月' : '今年'

/** How much of the duty is still missing: 还差 1 次党员大会. */
export const missingText = ({ title, expected, met }: DutyView): string => `还差 ${expected - met} 次${title}`

const ORDER = Object.keys(DUTY_KINDS) as DutyKind[]

/** What has to be done, the nearest first; of what ends on one day, in the order of the regulation. Practices last. */
export const byUrgency = (open: readonly DutyView[]): DutyView[] =>
  [...open].sort(
    (a, b) =>
      Number(a.strength === 'may') - Number(b.strength === 'may') ||
      (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0) ||
      ORDER.indexOf(a.duty) - ORDER.indexOf(b.duty),
  )

/** The one sentence with which the workbench begins, and the duty it is about. */
export function headlineOf({ open, overdue, day, quarter }: Now): { says: string; about: DutyView | undefined } {
  const first = byUrgency(open).find((d) => d.strength !== 'may')
  if (first) return { says: `${withinText(first)}${missingText(first)}，${dueText(first.dueOn, day)}`, about: first }
  if (overdue.length > 0) return { says: `眼下没有要办的事，今年有 ${overdue.length} 项没有按时办`, about: undefined }
  return { says: quarter.expected > 0 ? '这个季度应办的都办了' : '现在没有应办的事', about: undefined }
}

/** The state of a duty for `Status`: icon and colour, and its words. A period that has not begun is not due yet. */
export function lookOf(d: DutyView, day: string): { kind: 'done' | 'soon' | 'late' | 'note' | 'calm'; words: string } {
  if (d.state === 'met') return { kind: 'done', words: d.expected > 1 ? `已办 ${d.met}/${d.expected}` : '已办' }
  if (d.state === 'overdue') return { kind: 'late', words: d.expected > 1 ? `逾期 ${d.met}/${d.expected}` : '逾期未办' }
  if (d.state === 'hint') return { kind: 'note', words: '供参考' }
  if (d.state === 'exempt') return { kind: 'calm', words: '已豁免' }
  if (d.from > day) return { kind: 'calm', words: '未到时间' }
  const soon = daysBetween(day, d.dueOn) <= 14
  return { kind: soon ? 'soon' : 'calm', words: d.expected > 1 ? `${d.met}/${d.expected} ${dueText(d.dueOn, day)}` : dueText(d.dueOn, day) }
}

/** Meetings that would each meet several of these open duties, as the rules allow. */
export const proposalsOf = (open: readonly DutyView[], rules: readonly RuleLine[], day: string) =>
  combosOf(
    open.map((d) => ({ ...d, mayShare: rules.find((r) => r.id === d.ruleId)?.mayShare === true })),
    day,
  )

/** Another open duty that one meeting could meet as well, where both rules allow it. */
export function togetherWith(d: DutyView, open: readonly DutyView[], rules: readonly RuleLine[], day: string): DutyView | undefined {
  const same = (o: DutyView) => o.duty === d.duty && o.period === d.period
  return proposalsOf(open, rules, day)
    .find((c) => c.duties.some(same))
    ?.duties.find((o) => !same(o))
}

/** What was asked and what happened, in one line without the clause. */
export const soFarText = (d: DutyView, day: string): string =>
  d.met > 0
    ? `已开 ${d.met} 次，${dateText(d.dueOn)}前还要 ${d.expected - d.met} 次`
    : d.dueOn < day
      ? '没有找到记录。确已召开的请补录'
      : `还没开，${dateText(d.dueOn)}前召开`

/** One line under the name of a duty: when it was held, by when it has to be, or what is missing. */
export function lineOf(d: DutyView, day: string): string {
  if (d.state === 'met' && d.heldOn.length > 0) return `${d.heldOn.map(dateText).join('、')}已开`
  if (d.state === 'met' || d.state === 'exempt') return d.note || '已有支委任职'
  if (d.state === 'open') return d.from > day ? `${dateText(d.from)}起` : soFarText(d, day)
  return d.note
}

/** How much of what is asked was done, in five steps for the scale of one colour. */
export const levelOf = (done: number, expected: number): 0 | 1 | 2 | 3 | 4 =>
  expected === 0 ? 0 : (Math.floor((done / expected) * 4) as 0 | 1 | 2 | 3 | 4)
