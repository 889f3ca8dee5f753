import type { Bar } from './eligibility.ts'
import { compare, divide, type Exact, exact, HUNDRED, isZero, multiply, round, subtract, sum, textOf } from './exact.ts'
import { within } from './kinds.ts'
import type { Plan } from './plan.ts'
import type { Grades } from './scheme.ts'
import { isOnlyNotDue, type ObjectScore, openText } from './score.ts'
import { byId } from './standings.ts'

export interface Graded {
  score: ObjectScore
  bars: Bar[]
  /** Null while it cannot be said: something open, a gap between bands, an undecided tie. */
  grade: string | null
  /** The second mapping, such as 健康. */
  state: string | null
  says: string
}

/** Step 3: bands, then bars, then quotas within groups of like objects. The order in which objects are given makes no difference. */
export const gradeAll = (plan: Plan, scored: readonly { score: ObjectScore; bars: Bar[] }[]): Graded[] => {
  const { grades } = plan.scheme
  const ordered = [...scored].sort((a, b) => byId(a.score.subject, b.score.subject))
  if (!grades) return ordered.map((one) => ({ ...one, grade: null, state: null, says: '方案没有规定等次' }))
  const graded = ordered.map((one) => ({ ...one, state: null, ...barred(grades, one.bars, bandOf(grades, one.score)) }))
  for (const group of Map.groupBy(graded, (one) => one.score.subject.group ?? '').values()) {
    for (const quota of grades.quotas ?? [])
      applyQuota(grades, quota, quota.of === undefined ? group : group.filter((one) => one.score.subject.class === quota.of))
  }
  return graded.map((one) => ({ ...one, state: stateOf(grades, one) }))
}

type Said = { grade: string | null; says: string }

const bandOf = (grades: Grades, object: ObjectScore): Said => {
  const { score, total, open, level, subject } = object
  if (grades.by === 'decision') {
    const decided = subject.inputs['grade/decision']
    return decided?.kind === 'label' ? { grade: decided.label, says: '由决定确定' } : { grade: null, says: '等次由党委研究确定，尚未填写' }
  }
  if (open.length > 0) return { grade: null, says: `${openText(object)}，${isOnlyNotDue(object) ? '到期' : '补齐'}后再定等次` }
  if (grades.by === 'level') {
    const band = grades.bands.find((one) => (one.sheet ?? null) === level)
    return { grade: band?.name ?? null, says: level ? `最高通过「${level}」` : '第一张表没有过线' }
  }
  const measured = grades.by === 'score' ? score : score && total && !isZero(total) ? divide(multiply(score, HUNDRED), total) : null
  if (!measured) return { grade: null, says: '没有得分，不能定等次' }
  const bands = grades.bands.filter((band) => within(measured, band))
  const shown = grades.by === 'score' ? `得分 ${textOf(measured)}` : `得分率 ${textOf(measured, 2)}%`
  if (bands.length > 1) return { grade: null, says: `${shown}，同时落在「${bands.map((band) => band.name).join('」「')}」，方案界限重叠` }
  return bands[0] ? { grade: bands[0].name, says: shown } : { grade: null, says: `${shown}，方案没有规定这个分数的等次` }
}

/** Bars in their severity: a grade that is set, then a grade that is capped, then what leaves it undecided. */
const barred = (grades: Grades, bars: readonly Bar[], said: Said): Said => {
  const set = bars.find((bar) => bar.effect.does === 'gradeIs')
  const undecided = bars.find((bar) => bar.effect.does === 'undecided')
  if (undecided) return { grade: null, says: undecided.says }
  if (set?.effect.does === 'gradeIs') return { grade: set.effect.grade, says: set.says }
  return bars.reduce((now, bar) => {
    if (bar.effect.does !== 'gradeAtMost' || now.grade === null) return now
    return positionOf(grades, now.grade) < positionOf(grades, bar.effect.grade) ? { grade: bar.effect.grade, says: bar.says } : now
  }, said)
}

const positionOf = (grades: Grades, name: string): number => grades.bands.findIndex((band) => band.name === name)

type Quota = NonNullable<Grades['quotas']>[number]
type Open = { score: ObjectScore; grade: string | null; says: string }

/** At most so many of a group: never more, so a share is always rounded down. */
export const allowed = (quota: Quota, size: number): number => {
  if (quota.count !== undefined) return Number(quota.count)
  const [top, bottom] = (quota.share ?? '1').split('/')
  const places = divide(multiply(exact(top!), exact(size)), exact(bottom ?? '1'))
  return Number(textOf(round(places, 0, 'down')))
}

const applyQuota = (grades: Grades, quota: Quota, group: Open[]): void => {
  const places = allowed(quota, group.length)
  const inGrade = group.filter((one) => one.grade === quota.grade)
  const waiting = grades.by === 'decision' ? [] : group.filter((one) => one.grade === null && one.score.open.length > 0)
  if (inGrade.length + waiting.length > places && waiting.length > 0) {
    for (const one of inGrade) settle(one, null, `「${quota.grade}」名额 ${places} 个，同组还有单位未定，暂不能定`)
    return
  }
  if (inGrade.length <= places) return
  if (inGrade.some((one) => one.score.score === null || one.score.open.length > 0)) {
    for (const one of inGrade) settle(one, null, `「${quota.grade}」名额 ${places} 个，现有 ${inGrade.length} 个，没有得分可比，由决定调整`)
    return
  }
  const next = grades.bands[positionOf(grades, quota.grade) + 1]?.name ?? null
  const order = (a: Open, b: Open) => compareScores(grades, a, b)
  const ranked = [...inGrade].sort((a, b) => order(a, b) || byId(a.score.subject, b.score.subject))
  const [last, first] = [ranked[places - 1], ranked[places]!]
  const tied = last && order(last, first) === 0 ? ranked.filter((one) => order(one, first) === 0) : []
  const quotaText = `「${quota.grade}」名额 ${places} 个（${group.length} 个单位，${quota.share ? `不超过 ${quota.share}，向下取整` : '按个数'}）`
  for (const [i, one] of ranked.entries()) {
    if (tied.includes(one)) settleTie(grades, one, next, quotaText)
    else if (i >= places) settle(one, next, `${quotaText}，按得分列后`)
  }
}

const settleTie = (grades: Grades, one: Open, next: string | null, quotaText: string): void => {
  if (grades.ties === 'in') return
  if (grades.ties === 'out') settle(one, next, `${quotaText}，名额边缘得分并列，方案规定并列者都不进入`)
  else
    settle(
      one,
      null,
      `${quotaText}，名额边缘得分并列，${grades.ties ? '按方案规定的项目比较后仍然并列' : '方案没有规定怎么取舍'}，等次待定`,
    )
}

const settle = (one: Open, grade: string | null, says: string): void => {
  one.grade = grade
  one.says = says
}

/** Higher scores first; where the scheme says so, equal scores by the marks of named indicators. */
const compareScores = (grades: Grades, a: Open, b: Open): number => {
  const difference = compare(b.score.score!, a.score.score!)
  if (difference !== 0 || typeof grades.ties !== 'object') return difference
  for (const path of grades.ties.by) {
    const deeper = compare(marksAt(b.score, path), marksAt(a.score, path))
    if (deeper !== 0) return deeper
  }
  return 0
}

const marksAt = (score: ObjectScore, path: string): Exact =>
  score.sheets.flatMap((sheet) => sheet.items).find(({ score: one }) => one.item.path === path)?.marks ?? exact(-1_000_000)

const stateOf = (grades: Grades, one: Graded): string | null => {
  const told = (when: string) => {
    const input = one.score.subject.inputs[`grade/${when}`]
    return input?.kind === 'told' && input.happened
  }
  const forced = grades.groups?.findLast((group) => group.alsoWhen?.some(told))
  const mapped = grades.groups?.find((group) => one.grade !== null && group.of.includes(one.grade))
  return (forced ?? mapped)?.name ?? null
}

/** Per cent of each part, rounded half-up; what rounding leaves goes to the last part, so that they sum to 100. */
export const distribution = (counts: readonly number[], digits: number): string[] => {
  const whole = exact(counts.reduce((total, count) => total + count, 0))
  if (isZero(whole)) return counts.map(() => '0')
  const parts = counts.map((count) => round(divide(multiply(exact(count), HUNDRED), whole), digits, 'half-up'))
  const front = parts.slice(0, -1)
  return [...front, subtract(HUNDRED, sum(front))].map((part) => textOf(part))
}
