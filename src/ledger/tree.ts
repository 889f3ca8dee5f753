import { hash } from 'node:crypto'

/** Interior hash of RFC 6962: SHA-256 of a one byte and both children. Hashes are hex: short strings are cheaper than buffers. */
export function nodeHash(left: string, right: string): string {
  children.write(left, 1, 'hex')
  children.write(right, 33, 'hex')
  return hash('sha256', children, 'hex')
}

const children = Buffer.from(`01${'00'.repeat(64)}`, 'hex')
const EMPTY = hash('sha256', '', 'hex')

/** Nodes are kept for every eighth level: a node of level 1 is the root of 256 leaves, of level 2 of 65,536. */
export const FANOUT = 256

export interface Node {
  level: number
  at: number
  hash: string
}

/** A tree that only grows: its complete subtrees from left to right, largest first. */
export interface Frontier {
  size: number
  peaks: string[]
}

/** Adds a leaf; `onNode` hears of each complete subtree of 256^level leaves. */
export function append(frontier: Frontier, leaf: string, onNode?: (node: Node) => void): void {
  frontier.size++
  let peak = leaf
  let height = 0
  for (let rest = frontier.size; rest % 2 === 0; rest /= 2) {
    peak = nodeHash(frontier.peaks.pop()!, peak)
    height++
    if (onNode && height % 8 === 0) onNode({ level: height / 8, at: rest / 2 - 1, hash: peak })
  }
  frontier.peaks.push(peak)
}

export function rootOf({ peaks }: Frontier): string {
  return peaks.length === 0 ? EMPTY : peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), peaks.at(-1)!)
}

/** Reads the hashes numbered `block` × 256 and on, 256 at most, of a level; level 0 are the leaves. */
export type ReadBlock = (level: number, block: number) => Promise<string[]>

/** Reads each block once, for the time of one proof. */
export function remembering(read: ReadBlock): ReadBlock {
  const blocks = new Map<string, Promise<string[]>>()
  return (level, block) => {
    const key = `${level}/${block}`
    const known = blocks.get(key) ?? read(level, block)
    blocks.set(key, known)
    return known
  }
}

/** The frontier of the first `size` leaves. */
export async function frontierAt(read: ReadBlock, size: number): Promise<Frontier> {
  const peaks: string[] = []
  for (let from = 0, rest = size; rest > 0; ) {
    const width = largestPower(rest)
    peaks.push(await complete(read, from, width))
    from += width
    rest -= width
  }
  return { size, peaks }
}

/** The audit path of RFC 6962 2.1.1 for leaf `index` (from 0) in the tree of `size` leaves, nearest sibling first. */
export async function inclusionPath(read: ReadBlock, index: number, size: number): Promise<string[]> {
  const path = async (from: number, to: number): Promise<string[]> => {
    if (to - from === 1) return []
    const middle = from + splitOf(to - from)
    return index < middle
      ? [...(await path(from, middle)), await rangeRoot(read, middle, to)]
      : [...(await path(middle, to)), await rangeRoot(read, from, middle)]
  }
  return path(0, size)
}

/** The consistency proof of RFC 6962 2.1.2: that the tree of `first` leaves begins the tree of `second`; both > 0. */
export async function consistencyPath(read: ReadBlock, first: number, second: number): Promise<string[]> {
  const path = async (from: number, to: number, whole: boolean): Promise<string[]> => {
    if (first === to) return whole ? [] : [await rangeRoot(read, from, to)]
    const middle = from + splitOf(to - from)
    return first <= middle
      ? [...(await path(from, middle, whole)), await rangeRoot(read, middle, to)]
      : [...(await path(middle, to, false)), await rangeRoot(read, from, middle)]
  }
  return path(0, second, true)
}

async function rangeRoot(read: ReadBlock, from: number, to: number): Promise<string> {
  const width = to - from
  if (width === largestPower(width)) return complete(read, from, width)
  const middle = from + splitOf(width)
  return nodeHash(await complete(read, from, middle - from), await rangeRoot(read, middle, to))
}

/** Root of a complete subtree: `width` is a power of two and divides `from`. */
async function complete(read: ReadBlock, from: number, width: number): Promise<string> {
  let level = 0
  let unit = 1
  while (unit * FANOUT <= width) {
    unit *= FANOUT
    level++
  }
  const first = from / unit
  const block = await read(level, Math.floor(first / FANOUT))
  let row = block.slice(first % FANOUT, (first % FANOUT) + width / unit)
  if (row.length !== width / unit) throw new RangeError(`the tree lacks nodes of level ${level} from ${first}`)
  while (row.length > 1) row = row.flatMap((left, i) => (i % 2 === 0 ? [nodeHash(left, row[i + 1]!)] : []))
  return row[0]!
}

/** The largest power of two below n (n > 1). */
const splitOf = (n: number) => largestPower(n - 1)

/** The largest power of two up to n (n > 0); exact beyond 32 bits. */
function largestPower(n: number): number {
  let power = 1
  while (power * 2 <= n) power *= 2
  return power
}
