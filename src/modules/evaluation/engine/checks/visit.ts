import type { Node, Scheme, Sheet } from '../scheme.ts'

export interface Visited {
  node: Node
  /** Names on the way, as in the paths of a result. */
  place: string
  sheet: Sheet
}

/** Every dimension and indicator of a scheme, parents before children. */
export const visit = (scheme: Scheme): Visited[] =>
  scheme.sheets.flatMap((sheet) => {
    const prefix = scheme.sheets.length > 1 ? `${sheet.key}/` : ''
    const below = (nodes: Node[], before: string): Visited[] =>
      nodes.flatMap((node) => [{ node, place: before + node.name, sheet }, ...below(node.items ?? [], `${before}${node.name}/`)])
    return below(sheet.items, prefix)
  })

/** All wording of an indicator that says what is asked for. */
export const wording = (node: Node): string =>
  [
    node.name,
    ...(node.rules ?? []).flatMap((rule) => [rule.when ?? '', ...(rule.kind === 'step' ? rule.steps.map((step) => step.name) : [])]),
  ].join(' ')
