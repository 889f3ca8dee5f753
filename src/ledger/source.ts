import type { SignedHead } from './proof.ts'
import type { Epoch } from './store.ts'

/** A numbered place of the ledger as it was found. */
export interface FoundEntry {
  n: number
  /** Hex. */
  leaf: string
  id: string
  /** The canonical JSON of the fact that stands there now; null when there is none. */
  text: string | null
}

/** A fact, as canonical JSON, beside the numbered ones. */
export interface Loose {
  id: string
  text: string
}

/** A ledger to be examined, in one moment: a database or an exported file. */
export interface LedgerSource {
  /** For the report: 数据库 or the file's name. */
  name: string
  /** Raw public keys that came with it, base64; none from a database. */
  publicKeys: readonly string[]
  heads: () => Promise<SignedHead[]>
  epochs: () => Promise<Epoch[]>
  /** Kept nodes by `level/at`, hex; undefined where none are kept. */
  nodes: () => Promise<ReadonlyMap<string, string> | undefined>
  /** In order of n, some thousand at a time. */
  entries: () => AsyncIterable<readonly FoundEntry[]>
  /** After the entries were read. */
  rest: () => Promise<Rest>
  close: () => Promise<void>
}

export interface Rest {
  /** Facts that wait for their number. */
  waiting: number
  /** Openings of epochs among them, canonical JSON. */
  waitingEpochs: string[]
  /** Facts that have no number and do not wait for one. */
  strays: Loose[]
  /** Ids that wait for a number although their fact is gone. */
  gone: string[]
  /** Ids that wait for a number although they have one. */
  twice: string[]
}
