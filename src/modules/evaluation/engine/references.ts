import type { z } from 'zod'
import { type Formula, formulaParts } from './formula.ts'
import type { Node, Scheme } from './scheme.ts'

type Path = (string | number)[]
type Add = (path: Path, message: string) => void

/** Names one part of a scheme uses for another must exist: grades, sheets, indicators; and a person is never ranked. */
export const checkReferences = (scheme: Scheme, personal: boolean, ctx: z.RefinementCtx): void => {
  const add: Add = (path, message) => ctx.addIssue({ code: 'custom', path, message })
  const grades = new Set(scheme.grades?.bands.map((band) => band.name))
  const knowsGrade = (name: string, path: Path) => grades.has(name) || add(path, `等次「${name}」不在等次表里`)
  const sheets = new Set(scheme.sheets.map((sheet) => sheet.key))
  if (scheme.sheets.length > 1 && !scheme.combine) add(['combine'], '有几张表时要写明怎样合成：class、sum、levels 或公式')
  if (sheets.size < scheme.sheets.length) add(['sheets'], '有两张表的代号相同')
  if (typeof scheme.combine === 'object') knowsSheets(scheme.combine, sheets, ['combine'], add)
  scheme.sheets.forEach((sheet, i) => {
    checkNodes(sheet.items, personal, ['sheets', i, 'items'], knowsGrade, add)
  })
  scheme.eligibility?.forEach(({ effect }, i) => {
    if ('grade' in effect) knowsGrade(effect.grade, ['eligibility', i, 'effect', 'grade'])
  })
  scheme.grades?.groups?.forEach((group, i) => {
    for (const name of group.of) knowsGrade(name, ['grades', 'groups', i, 'of'])
  })
  scheme.grades?.quotas?.forEach((quota, i) => {
    knowsGrade(quota.grade, ['grades', 'quotas', i, 'grade'])
    if ((quota.share === undefined) === (quota.count === undefined))
      add(['grades', 'quotas', i], '名额写比例（share）或个数（count），写一个')
  })
  scheme.linkage?.forEach((link, i) => {
    for (const name of link.when?.grade ?? []) knowsGrade(name, ['linkage', i, 'when', 'grade'])
    if (personal && link.when?.place) add(['linkage', i, 'when', 'place'], '对个人不能按名次兑现')
  })
}

const knowsSheets = (formula: Formula, sheets: Set<string>, path: Path, add: Add): void => {
  if ('sheet' in formula && !sheets.has(formula.sheet)) add(path, `没有代号为「${formula.sheet}」的表`)
  for (const part of formulaParts(formula)) knowsSheets(part, sheets, path, add)
}

const checkNodes = (nodes: Node[], personal: boolean, path: Path, knowsGrade: (name: string, path: Path) => void, add: Add): void => {
  nodes.forEach((node, i) => {
    node.rules?.forEach((rule, j) => {
      const at = [...path, i, 'rules', j]
      if (rule.kind === 'rank' && personal) add([...at, 'kind'], '对个人不能按名次计分')
      if (rule.kind === 'veto' && 'grade' in rule.effect) knowsGrade(rule.effect.grade, [...at, 'effect', 'grade'])
      if (rule.kind === 'qualitative' && !rule.gives === !rule.takes) add(at, '酌情计分写给分幅度（gives）或扣分幅度（takes），写一个')
      if (rule.kind === 'band' && rule.bands.some((band) => (band.marks === undefined) === (band.minus === undefined)))
        add([...at, 'bands'], '每一档写得分（marks）或扣分（minus），写一个')
    })
    if (node.items) checkNodes(node.items, personal, [...path, i, 'items'], knowsGrade, add)
  })
}
