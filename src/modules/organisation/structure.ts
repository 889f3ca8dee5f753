import { conflict } from '#kernel/errors.ts'
import { isBefore } from '#kernel/spans.ts'

/** Where a node of a dated tree stands from `from` until the day before `to` (null: until further notice). */
export interface Span<V> {
  from: string
  to: string | null
  parentId: string | null
  value: V
}

export interface TreeNode<V> {
  key: string
  spans: Span<V>[]
}

/** A whole dated tree: every node with its stretches in order. `V` is what else is dated with the place. */
export type Structure<V> = Map<string, TreeNode<V>>

/** A stretch with the path it has in it: '/' + key + '/' … from the root. */
export interface Laid<V> extends Span<V> {
  id: string
  path: string
}

/** From `from` on the node stands there, until a stretch that already begins later or the end that is already set. */
export function place<V>(structure: Structure<V>, id: string, from: string, at: { parentId: string | null; value: V }): void {
  const node = structure.get(id)!
  const later = node.spans.filter((s) => s.from > from)
  const before = node.spans.filter((s) => s.from < from).map((s) => (isBefore(from, s.to) ? { ...s, to: from } : s))
  const ends = node.spans.at(-1)?.to ?? null
  const to = later[0]?.from ?? (isBefore(from, ends) ? ends : null)
  node.spans = [...before, { from, to, ...at }, ...later]
}

/**
 * As `place`, for what is newly recorded: refused where it would say what the stretch before or after says already, because the
 * two would be one stretch with two facts, and a later change would mean something else in the facts than in the tree.
 */
export function placeAnew<V>(structure: Structure<V>, id: string, on: string, at: { parentId: string | null; value: V }): void {
  place(structure, id, on, at)
  const { spans } = structure.get(id)!
  const i = spans.findIndex(({ from }) => from === on)
  const agrees = (s: Span<V> | undefined) => s !== undefined && s.parentId === at.parentId && s.value === at.value
  if (agrees(spans[i - 1])) throw conflict('nothing-changes', `到 ${on} 它本来就是这样，没有变更；要撤回登记过的变更，请用“更正”`)
  if (agrees(spans[i + 1]))
    throw conflict('changes-later', `已登记它自 ${spans[i + 1]!.from} 起就是这样；日期要改的，请用“更正”改那一项变更`)
}

/** The last day is the day before `on`. */
export function end<V>(structure: Structure<V>, id: string, on: string): void {
  const node = structure.get(id)!
  node.spans = node.spans.filter((s) => s.from < on).map((s) => (isBefore(on, s.to) ? { ...s, to: on } : s))
}

/** The stretch that holds on `day`, or undefined. */
export const spanOn = <V>(structure: Structure<V>, id: string, day: string): Span<V> | undefined =>
  structure.get(id)?.spans.find((s) => s.from <= day && isBefore(day, s.to))

/** Those that stand directly below `id` at some time from `from` on. */
export const childrenFrom = <V>(structure: Structure<V>, id: string, from: string): string[] =>
  [...structure].filter(([, { spans }]) => spans.some((s) => s.parentId === id && (s.to === null || s.to > from))).map(([child]) => child)

/** Gives every stretch its path; refuses a circle and a superior that is not there at the time. Neighbours that agree become one. */
export function layPaths<V>(structure: Structure<V>): Laid<V>[] {
  return [...structure].flatMap(([id, node]) => {
    const laid: Laid<V>[] = []
    for (const span of node.spans)
      for (const piece of piecesOf(structure, span, [id])) {
        const next = { id, from: piece.from, to: piece.to, parentId: span.parentId, value: span.value, path: `${piece.path}${node.key}/` }
        const last = laid.at(-1)
        if (last && last.to === next.from && last.path === next.path && last.value === next.value) last.to = next.to
        else laid.push(next)
      }
    return laid
  })
}

type Piece = { from: string; to: string | null; path: string }

/** The stretch cut wherever a superior's place changes, with the path above in each. */
function piecesOf<V>(structure: Structure<V>, { parentId, from, to }: Omit<Span<V>, 'value'>, below: readonly string[]): Piece[] {
  if (parentId === null) return [{ from, to, path: '/' }]
  if (below.includes(parentId)) throw conflict('circle', '不能放到它自己或它的下级之下，请另选上级')
  const parent = structure.get(parentId)
  const held = (parent?.spans ?? []).flatMap((s) => overlap(s, from, to))
  if (!isWhole(held, from, to)) throw conflict('superior-absent', `上级在 ${from} 起的这段时间里还没有成立或已经撤销，请改日期或另选上级`)
  return held.flatMap((s) => piecesOf(structure, s, [...below, parentId]).map((p) => ({ ...p, path: `${p.path}${parent!.key}/` })))
}

function overlap<V>(span: Span<V>, from: string, to: string | null): Span<V>[] {
  const start = span.from > from ? span.from : from
  const stop = isBefore(span.to ?? '9999-12-31', to) ? span.to : to
  return isBefore(start, stop) ? [{ ...span, from: start, to: stop }] : []
}

const isWhole = (spans: readonly { from: string; to: string | null }[], from: string, to: string | null) =>
  spans[0]?.from === from && spans.at(-1)!.to === to && spans.every((s, i) => i === 0 || spans[i - 1]!.to === s.from)
