import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { type FactText, factText, leafText } from './leaf.ts'
import type { ConsistencyProof, InclusionProof, SignedHead } from './proof.ts'
import { blocksOf, headNow } from './store.ts'
import { consistencyPath, frontierAt, inclusionPath, remembering, rootOf } from './tree.ts'

/** All that somebody needs, besides the public key, to check that a fact stands in the ledger. */
export interface FactProof extends InclusionProof {
  /** The fact's canonical JSON; its leaf hash is `leaf`. */
  fact: string
  head: SignedHead
}

/** Proves that a fact stands in the ledger under the last signed head; undefined while it has no number or no head covers it. */
export async function proveFact(db: Db, factId: string): Promise<FactProof | undefined> {
  const { rows } = await sql<FactText & { n: number; leaf: string }>`select e.n, encode(e.leaf, 'hex') as leaf, ${factText}
    from ledger.entry e join ledger.fact f on f.org_id = e.org_id and f.id = e.fact_id where e.fact_id = ${factId}`.execute(db)
  const [entry, head] = [rows[0], await headNow(db)]
  if (!entry || !head || entry.n > head.size) return undefined
  const index = Number(entry.n) - 1
  const path = await inclusionPath(remembering(blocksOf(db)), index, head.size)
  return { fact: leafText(entry), index, leaf: entry.leaf, path, size: head.size, root: head.root, head }
}

/** Proves that the ledger of `second` facts begins with the ledger of `first` facts; 0 < first ≤ second ≤ the ledger's size. */
export async function proveConsistency(db: Db, first: number, second: number): Promise<ConsistencyProof> {
  const read = remembering(blocksOf(db))
  const headAt = async (size: number) => ({ size, root: rootOf(await frontierAt(read, size)) })
  return { first: await headAt(first), second: await headAt(second), path: await consistencyPath(read, first, second) }
}
