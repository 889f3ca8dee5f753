import { textOf } from './exact.ts'
import { limitsText, within } from './kinds.ts'
import type { Plan } from './plan.ts'
import type { ObjectScore } from './score.ts'
import type { Effect } from './vocabulary.ts'

/** A reason that stands between an object and an award or a grade; several may hold at once. */
export interface Bar {
  /** Code of the eligibility rule, or path of the indicator whose veto spoke. */
  code: string
  effect: Effect
  says: string
  facts: string[]
}

/** Step 2: every bar and veto that holds for one object, each with its reason and facts. Reads the score, changes nothing in it. */
export const eligibilityOf = (plan: Plan, score: ObjectScore): Bar[] => [...vetoes(score), ...ruleBars(plan, score)]

const vetoes = (score: ObjectScore): Bar[] =>
  score.sheets.flatMap((sheet) =>
    sheet.items.flatMap(({ score: item }) =>
      item.vetoes.map(({ effect, rule }) => {
        const input = score.subject.inputs[rule.planned.key]
        const value = rule.value.state === 'known' ? rule.value : null
        const facts = input && 'facts' in input ? (input.facts ?? []) : (value?.cases.flatMap((one) => one.facts) ?? [])
        const when = rule.planned.rule.when ?? item.item.name
        return {
          code: item.item.path,
          effect,
          says: `${when}${value?.note ? `（${value.note}）` : ''}，${effectText(effect)}`,
          facts: [...facts].sort(),
        }
      }),
    ),
  )

const ruleBars = (plan: Plan, score: ObjectScore): Bar[] =>
  (plan.scheme.eligibility ?? []).flatMap((rule) => {
    if (rule.test) {
      if (score.score === null || score.open.length > 0 || !within(score.score, rule.test.score)) return []
      const says = `得分 ${textOf(score.score)}，${limitsText(rule.test.score)}，${effectText(rule.effect)}`
      return [{ code: rule.code, effect: rule.effect, says, facts: [] }]
    }
    const input = score.subject.inputs[`eligibility/${rule.code}`]
    if (input?.kind !== 'told' || !input.happened) return []
    const says = `${rule.when}${input.note ? `（${input.note}）` : ''}，${effectText(rule.effect)}`
    return [{ code: rule.code, effect: rule.effect, says, facts: [...(input.facts ?? [])].sort() }]
  })

/** What an effect does, in words. */
export const effectText = (effect: Effect): string => {
  if (effect.does === 'bar') return `取消「${effect.from}」资格`
  if (effect.does === 'gradeAtMost') return `等次最高为「${effect.grade}」`
  if (effect.does === 'gradeIs') return `等次直接定为「${effect.grade}」`
  return effect.does === 'undecided' ? '等次暂不确定' : '只作提示'
}
