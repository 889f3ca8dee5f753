import { type Exact, exact, ZERO } from './exact.ts'
import { type Formula, formulaInputs } from './formula.ts'
import type { Input } from './input.ts'
import type { ItemScore } from './item.ts'
import { type Rounding, roundingOf } from './rounding.ts'
import type { Rule } from './rule.ts'
import type { Node, Scheme, Sheet } from './scheme.ts'
import { standsOutside } from './scheme.ts'
import type { Source } from './source.ts'
import { UNKNOWN } from './vocabulary.ts'

/** An indicator with everything worked out that does not depend on an object. */
export interface PlannedItem {
  /** Position among the indicators of its sheet. */
  index: number
  path: string
  name: string
  sheet: string
  assessedBy: string | null
  source: Source | null
  /** Full marks; null where unpublished; nought for what stands outside the hundred. */
  max: Exact | null
  outside: boolean
  rules: PlannedRule[]
  /** Scores already worked out for small sums, by expected and met: like organisations have the same few. */
  memo: Map<number, ItemScore>
}

export interface PlannedRule {
  key: string
  rule: Rule
  source: Source | null
}

/** A dimension with what stands under it; a sheet's own top is one too. */
export interface PlannedDimension {
  path: string
  name: string
  /** Full marks (for a group of bonuses: its cap); null where unpublished or not stated. */
  max: Exact | null
  outside: boolean
  children: (PlannedDimension | PlannedItem)[]
}

export interface PlannedSheet {
  sheet: Sheet
  top: PlannedDimension
  items: PlannedItem[]
}

export interface Plan {
  scheme: Scheme
  rounding: Rounding
  sheets: PlannedSheet[]
}

export const isDimension = (node: PlannedDimension | PlannedItem): node is PlannedDimension => 'children' in node

/** Works out a scheme once, before it meets any object. */
export const plan = (scheme: Scheme): Plan => ({
  scheme,
  rounding: roundingOf(scheme),
  sheets: scheme.sheets.map((sheet) => {
    const prefix = scheme.sheets.length > 1 ? `${sheet.key}/` : ''
    const counter = { next: 0 }
    const children = sheet.items.map((node) => planned(node, { sheet: sheet.key, prefix, assessedBy: null, counter }))
    const top = { path: sheet.key, name: sheet.name, max: figureOf(sheet.base ?? sheet.total), outside: false, children }
    return { sheet, top, items: itemsOf(top) }
  }),
})

/** The indicators under a dimension, in their order. */
export const itemsOf = (node: PlannedDimension | PlannedItem): PlannedItem[] =>
  isDimension(node) ? node.children.flatMap(itemsOf) : [node]

interface Place {
  sheet: string
  prefix: string
  assessedBy: string | null
  counter: { next: number }
}

const planned = (node: Node, place: Place): PlannedDimension | PlannedItem => {
  const path = place.prefix + node.name
  const assessedBy = node.assessedBy ?? place.assessedBy
  const max = figureOf(node.max ?? UNKNOWN)
  const outside = standsOutside(node)
  if (node.items) {
    const children = node.items.map((child) => planned(child, { ...place, prefix: `${path}/`, assessedBy }))
    return { path, name: node.name, max, outside, children }
  }
  const rules = node.rules ?? impliedRules(node)
  return {
    index: place.counter.next++,
    path,
    name: node.name,
    sheet: place.sheet,
    assessedBy,
    source: node.source ?? rules[0]?.source ?? null,
    max: outside ? ZERO : max,
    outside,
    memo: new Map(),
    rules: rules.map((rule, i) => ({
      key: rules.length > 1 ? `${path}#${i + 1}` : path,
      rule,
      source: rule.source ?? node.source ?? null,
    })),
  }
}

/** Where a scheme names a source but no rule, a reviewer gives marks directly and a figure counts by its share. */
const impliedRules = (node: Node): Rule[] => {
  if (!node.source || node.source.from === 'refused') return []
  return node.source.from === 'review' && !node.source.outOf
    ? [{ kind: 'qualitative', gives: { least: '0', most: node.max ?? UNKNOWN } }]
    : [{ kind: 'share' }]
}

/** A figure of a scheme, or null where it is unknown. */
export const figureOf = (figure: string): Exact | null => (figure === UNKNOWN ? null : exact(figure))

/** The key of one part of a composite source: each part has its own value, cases and source. */
export const partKey = (key: string, part: string): string => `${key}@${part}`

/** What is known under a rule's key; of a composite, what is known under the keys of its parts. */
export const inputUnder = ({ key, source }: Pick<PlannedRule, 'key' | 'source'>, inputs: Record<string, Input>): Input | undefined => {
  if (source?.from !== 'composite' || inputs[key]) return inputs[key]
  const parts = source.parts.flatMap(({ name }) => {
    const input = inputs[partKey(key, name)]
    return input ? [[name, input] as const] : []
  })
  return { kind: 'parts', parts: Object.fromEntries(parts) }
}

export interface InputKey {
  key: string
  path: string
  name: string
  kind: Rule['kind'] | 'eligibility' | 'linkage' | 'formula' | 'grade' | 'class'
  when: string | null
  source: Source | null
  assessedBy: string | null
}

/** Every key under which an object's inputs may stand, with what belongs there and who supplies it. */
export const inputKeys = (scheme: Scheme): InputKey[] => [
  ...plan(scheme).sheets.flatMap(({ items }) =>
    items.flatMap((item) =>
      item.rules.flatMap(({ key, rule, source }) => {
        const own = { key, path: item.path, name: item.name, kind: rule.kind, when: rule.when ?? null, source, assessedBy: item.assessedBy }
        if (source?.from !== 'composite') return [own]
        return source.parts.map((part) => ({
          ...own,
          key: partKey(key, part.name),
          name: `${item.name}：${part.name}`,
          source: part.source,
        }))
      }),
    ),
  ),
  ...(classesOf(scheme).length > 0 ? [outsideKey(CLASS_KEY, '所属类别', 'class', `按方案归入：${classesOf(scheme).join('、')}`)] : []),
  ...(scheme.eligibility ?? [])
    .filter((rule) => !rule.test)
    .map((rule) => outsideKey(`eligibility/${rule.code}`, rule.code, 'eligibility', rule.when)),
  ...(scheme.linkage ?? []).flatMap((link) => [
    ...(link.when?.told ? [outsideKey(`linkage/${link.when.told}`, link.to, 'linkage', link.when.told)] : []),
    ...(link.when?.place?.consecutive ? [outsideKey(`linkage/${link.to}#before`, link.to, 'linkage', '此前已连续几期')] : []),
  ]),
  ...formulasOf(scheme).flatMap((formula) => formulaInputs(formula).map((name) => outsideKey(`formula/${name}`, name, 'formula', name))),
  ...(scheme.grades?.by === 'decision' ? [outsideKey('grade/decision', '等次', 'grade', '决定的等次')] : []),
  ...(scheme.grades?.groups ?? []).flatMap((group) =>
    (group.alsoWhen ?? []).map((when) => outsideKey(`grade/${when}`, group.name, 'grade', when)),
  ),
]

/** Under it stands the class of an object, assigned by hand with its source. */
export const CLASS_KEY = 'class'

/** The classes of objects that a scheme tells apart: by sheets of their own, or by quotas of their own. */
export const classesOf = (scheme: Scheme): string[] => [
  ...new Set([
    ...scheme.sheets.flatMap((sheet) => sheet.classes ?? []),
    ...(scheme.grades?.quotas ?? []).flatMap((quota) => quota.of ?? []),
  ]),
]

const formulasOf = (scheme: Scheme): Formula[] => [
  ...(typeof scheme.combine === 'object' ? [scheme.combine] : []),
  ...(scheme.linkage ?? []).flatMap((link) => link.formula ?? []),
]

const outsideKey = (key: string, name: string, kind: InputKey['kind'], when: string): InputKey => ({
  key,
  path: key,
  name,
  kind,
  when,
  source: null,
  assessedBy: null,
})
