import type { Input } from './engine/input.ts'
import { classesOf, type InputKey, plan } from './engine/plan.ts'
import type { Rule } from './engine/rule.ts'
import type { Scheme } from './engine/scheme.ts'

/** How a value is entered under a key: the shapes that its rule and source can read, the likeliest first, and the words it may use. */
export interface Shape {
  kinds: Exclude<Input['kind'], 'cases' | 'sums' | 'parts' | 'notDue'>[]
  /** Names of steps, levels, bands, ballot answers or parts; empty where figures or free words stand. */
  choices: string[]
  /** Who gives marks, where the source names them. */
  raters: string[]
}

/** The rule under each input key of a scheme. */
export const rulesByKey = (scheme: Scheme): Map<string, Rule> =>
  new Map(plan(scheme).sheets.flatMap(({ items }) => items.flatMap((i) => i.rules.map(({ key, rule }) => [key, rule] as const))))

export function shapeOf(key: InputKey, rule: Rule | undefined, scheme: Scheme): Shape {
  const { source } = key
  const raters = source && 'raters' in source ? (source.raters ?? []).map((r) => r.who) : []
  if (source?.from === 'survey') return { kinds: ['ballots', 'notApplicable'], choices: source.answers.map((a) => a.answer), raters }
  if (source?.from === 'review' && rule?.kind !== 'step' && rule?.kind !== 'band' && !isExtra(rule))
    return { kinds: ['reviews', 'figure', 'notApplicable'], choices: [], raters }
  if (source?.from === 'external' && !isExtra(rule)) return { kinds: ['results', 'figure', 'notApplicable'], choices: [], raters }
  return { ...byRule(key, rule, scheme), raters }
}

const isExtra = (rule: Rule | undefined) => rule?.kind === 'bonus' || rule?.kind === 'penalty' || rule?.kind === 'tiers'

function byRule(key: InputKey, rule: Rule | undefined, scheme: Scheme): Omit<Shape, 'raters'> {
  if (key.kind === 'class') return { kinds: ['label'], choices: classesOf(scheme) }
  if (key.kind === 'eligibility') return { kinds: ['told'], choices: [] }
  if (key.kind === 'linkage') return { kinds: key.key.endsWith('#before') ? ['figure'] : ['told'], choices: [] }
  if (key.kind === 'grade')
    return key.key === 'grade/decision'
      ? { kinds: ['label'], choices: (scheme.grades?.bands ?? []).map((b) => b.name) }
      : { kinds: ['told'], choices: [] }
  switch (rule?.kind) {
    case 'step':
      return { kinds: ['steps', 'notApplicable'], choices: rule.steps.map((s) => s.name) }
    case 'band': {
      const labels = rule.bands.flatMap((b) => b.label ?? [])
      return { kinds: labels.length > 0 ? ['label', 'figure', 'notApplicable'] : ['figure', 'notApplicable'], choices: labels }
    }
    case 'bonus':
    case 'penalty':
      return { kinds: ['events'], choices: (rule.levels ?? []).map((l) => l.name) }
    case 'tiers':
      return { kinds: ['events', 'notApplicable'], choices: rule.tiers.map((t) => t.name) }
    case 'zero':
    case 'veto':
      return { kinds: ['told'], choices: [] }
    case 'award':
      return { kinds: rule.per ? ['figure', 'notApplicable'] : ['told', 'figure', 'notApplicable'], choices: [] }
    default:
      return { kinds: ['figure', 'notApplicable'], choices: [] }
  }
}
