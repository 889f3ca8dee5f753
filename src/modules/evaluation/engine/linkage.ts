import { add, compare, divide, type Exact, isZero, subtract, textOf } from './exact.ts'
import { compute, formulaText } from './formula.ts'
import type { Graded } from './grade.ts'
import { limitsText, within } from './kinds.ts'
import type { Plan } from './plan.ts'
import type { Linkage, Test } from './scheme.ts'
import { inputFigure, type ObjectScore } from './score.ts'

export interface Linked {
  to: string
  /** Value of the formula as decimal text; null where there is no formula or a figure it needs is missing. */
  value: string | null
  says: string
}

/** Step 4: what a result means elsewhere. It computes and explains; whoever pays or decides does so themselves. */
export const linkageOf = (plan: Plan, graded: Graded, all: readonly Graded[], period: string): Linked[] =>
  (plan.scheme.linkage ?? [])
    .filter((link) => (!link.years || link.years.includes(period.slice(0, 4))) && holds(link, graded, all))
    .map((link) => ({ to: link.to, ...spoken(link, graded) }))

const spoken = (link: Linkage, { score, grade }: Graded): { value: string | null; says: string } => {
  const why = link.when ? `${testText(link.when)}：` : ''
  if (!link.formula) return { value: null, says: why + (link.effect ?? '按有关办法执行') }
  const complete = score.open.length === 0
  const value = compute(link.formula, {
    result: (what) => {
      if (!complete || !score.score) return null
      if (what === 'score') return score.score
      if (what === 'base') return withoutExtras(score)
      return score.total && !isZero(score.total) ? divide(score.score, score.total) : null
    },
    input: (name) => inputFigure(score.subject, name),
    grade,
  })
  const result = value ? textOf(value) : '所需数字不全，暂不能算'
  return { value: value && textOf(value), says: `${why}${formulaText(link.formula)} = ${result}${link.effect ? `，${link.effect}` : ''}` }
}

/** The score without bonus and penalty. */
const withoutExtras = ({ score, sheets }: ObjectScore): Exact | null =>
  score && sheets.reduce((rest, sheet) => add(subtract(rest, sheet.bonus), sheet.penalty), score)

const holds = (link: Linkage, graded: Graded, all: readonly Graded[]): boolean => {
  const { when } = link
  if (!when) return true
  const { score, grade } = graded
  if (when.score && (score.score === null || score.open.length > 0 || !within(score.score, when.score))) return false
  if (when.grade && (grade === null || !when.grade.includes(grade))) return false
  if (when.told) {
    const input = score.subject.inputs[`linkage/${when.told}`]
    if (input?.kind !== 'told' || !input.happened) return false
  }
  return !when.place || hasPlace(when.place, link.to, graded, all)
}

/** Whether an object is among the first or last of its group; nothing is said while one of the group is still open. */
const hasPlace = (place: NonNullable<Test['place']>, to: string, graded: Graded, all: readonly Graded[]): boolean => {
  const group = all.filter((one) => one.score.subject.group === graded.score.subject.group)
  if (group.some((one) => one.score.score === null || one.score.open.length > 0)) return false
  const sign = place.from === 'top' ? 1 : -1
  const ahead = group.filter((one) => sign * compare(one.score.score!, graded.score.score!) > 0).length
  if (ahead >= Number(place.count)) return false
  if (place.consecutive === undefined) return true
  const before = inputBefore(graded, to)
  return before !== null && before + 1 >= Number(place.consecutive)
}

/** How many periods in a row before this one, entered under `linkage/<to>#before`. */
const inputBefore = ({ score }: Graded, to: string): number | null => {
  const input = score.subject.inputs[`linkage/${to}#before`]
  return input?.kind === 'figure' ? Number(input.quantity) : null
}

const testText = (when: Test): string =>
  [
    when.score && `得分${limitsText(when.score)}`,
    when.grade && `等次为「${when.grade.join('、')}」`,
    when.place &&
      `同组${when.place.from === 'top' ? '前' : '后'} ${when.place.count} 名${when.place.consecutive ? `，连续 ${when.place.consecutive} 次` : ''}`,
    when.told,
  ]
    .filter(Boolean)
    .join('，')
