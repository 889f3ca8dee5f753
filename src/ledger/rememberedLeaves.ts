import { closeSync, openSync, readSync } from 'node:fs'
import type { LeafFile } from './headsFolder.ts'

/** The leaves that were remembered outside the database, read along as the ledger is. */
export interface RememberedLeaves {
  /** The leaf of number n in hex, if it was remembered. */
  at: (n: number) => string | undefined
  /** The number under which a leaf was remembered. */
  find: (leaf: string) => number | undefined
  /** The last remembered number. */
  last: number
  close: () => void
}

const CHUNK = 32 * 4096

/** Opens leaf files, oldest epoch first; what an epoch held beyond `limitOf` was given up when the next was opened. */
export function rememberedLeaves(files: readonly LeafFile[], limitOf: (epoch: number) => number): RememberedLeaves {
  const open = files.map((file, i) => ({
    ...file,
    until: untilOf(file, limitOf(file.epoch), files.slice(i + 1)),
    fd: openSync(file.path, 'r'),
  }))
  const chunk = Buffer.alloc(CHUNK)
  let [from, to, fd] = [0, 0, -1]
  const load = (file: (typeof open)[number], n: number) => {
    const offset = (n - file.first) * 32
    const bytes = readSync(file.fd, chunk, 0, CHUNK, offset)
    ;[from, to, fd] = [n, n + Math.floor(bytes / 32), file.fd]
  }
  const at = (n: number) => {
    const file = open.find((f) => n >= f.first && n < f.until)
    if (!file) return undefined
    if (file.fd !== fd || n < from || n >= to) load(file, n)
    return n < to ? chunk.toString('hex', (n - from) * 32, (n - from + 1) * 32) : undefined
  }
  const last = Math.max(0, ...open.map((f) => f.until - 1))
  return {
    at,
    last,
    find: (leaf) => {
      for (let n = 1; n <= last; n++) if (at(n) === leaf) return n
      return undefined
    },
    close: () => {
      for (const file of open) closeSync(file.fd)
    },
  }
}

const untilOf = ({ first, count }: LeafFile, limit: number, later: readonly LeafFile[]) =>
  Math.min(first + count, limit + 1, ...later.map((file) => file.first))
