import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { invalid } from '#kernel/errors.ts'
import { NOWHERE } from '#kernel/id.ts'
import { type FactCtx, record, writeFacts } from './facts.ts'
import { lastHead, leafFiles, readHeads } from './headsFolder.ts'
import { headText, type SignedHead } from './proof.ts'
import { rememberedLeaves } from './rememberedLeaves.ts'
import { type Signer, signatureOf, type Trust } from './signing.ts'
import { blocksOf, type Epoch, epochOf, epochsOf, epochText, openingOf, SEQUENCING, sizeOf } from './store.ts'
import { frontierAt, type ReadBlock, remembering, rootOf } from './tree.ts'

/** Whether the database may be written, after looking at the heads remembered outside it. */
export type LedgerState = { readOnly: null } | Behind

/** A database that is older than, or other than, what is remembered. */
export interface Behind {
  /** In Chinese: why nothing may be written, and what to do. */
  readOnly: string
  /** Facts in the database. */
  size: number
  /** How many of them are certainly the remembered ones. */
  agreed: number
  /** The last remembered head. */
  known: SignedHead
}

export interface Outside {
  /** The `heads/` folder. */
  heads: string
  trust: Trust
}

/** Compares the database with the heads folder; to be called at every start, before anything is written. */
export async function ledgerState(db: Db, { heads, trust }: Outside): Promise<LedgerState> {
  // The folder is read first: a ledger that another process is writing is then ahead of what was read, never behind.
  const last = await lastHead(heads)
  const now = await looking(db, trust)
  if (!last || (now.counts(last) && (await now.agrees(last)))) return { readOnly: null }

  const all = (await readHeads(heads)).heads
  const { counts, agrees, size } = await looking(db, trust)
  const known = all.filter(counts).sort((a, b) => a.epoch - b.epoch || a.size - b.size)
  const newest = known.at(-1)
  if (!newest || (await agrees(newest))) return { readOnly: null }
  const agreed = await agreedSize(db, heads, size, known, agrees)
  return { readOnly: reasonOf(size, agreed, newest), size, agreed, known: newest }
}

async function looking(db: Db, trust: Trust) {
  const [epoch, size, epochs] = [await epochOf(db), await sizeOf(db), await epochsOf(db)]
  const limitOf = (of: number) => Math.min(Number.POSITIVE_INFINITY, ...epochs.filter((e) => e.epoch > of).map((e) => e.fromSize))
  const read = remembering(blocksOf(db))
  return {
    size,
    counts: (head: SignedHead) =>
      head.size <= limitOf(head.epoch) && signatureOf(trust, head.keyId, headText(head), head.signature) === 'good',
    agrees: async (head: SignedHead) => head.epoch <= epoch && (await reproduces(read, head, size)),
  }
}

async function reproduces(read: ReadBlock, { size, root }: SignedHead, stored: number): Promise<boolean> {
  if (size > stored) return false
  try {
    return rootOf(await frontierAt(read, size)) === root
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** If one head agrees, all smaller ones do; beyond the largest that does, the remembered leaves reach to the single fact. */
async function agreedSize(
  db: Db,
  folder: string,
  stored: number,
  known: readonly SignedHead[],
  agrees: (head: SignedHead) => Promise<boolean>,
): Promise<number> {
  const heads = known.filter((head) => head.size <= stored)
  let [low, high] = [0, heads.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (await agrees(heads[middle]!)) low = middle + 1
    else high = middle
  }
  let agreed = heads[low - 1]?.size ?? 0
  const memory = rememberedLeaves(await leafFiles(folder), () => Number.POSITIVE_INFINITY)
  try {
    const { rows } = await sql<{ n: number; leaf: string }>`select n, encode(leaf, 'hex') as leaf from ledger.entry
      where n > ${agreed} order by n limit 100000`.execute(db)
    for (const { n, leaf } of rows) {
      if (Number(n) !== agreed + 1 || memory.at(agreed + 1) !== leaf) break
      agreed++
    }
  } finally {
    memory.close()
  }
  return agreed
}

const reasonOf = (size: number, agreed: number, known: SignedHead) =>
  agreed === size
    ? `账本只到第 ${size} 号，而数据库外记着第 ${known.size} 号：这是一份较早的数据库。现在可以查看，不能办理。` +
      '请恢复最新的备份；确实没有更新的备份时，由两名管理员签署开启新纪元后继续使用。'
    : `账本从第 ${agreed + 1} 号起与数据库外记下的树头不符（记到第 ${known.size} 号）：数据被改动过，或者这不是同一个账本。` +
      '现在可以查看，不能办理。请先执行 verify 查明，再恢复正确的备份，或由两名管理员签署开启新纪元。'

/**
 * Opens a new epoch on a database that is behind, in the name of two officers whom the caller has authenticated and authorised.
 * The row and the fact name the last known head and the missing range; afterwards the ledger may be written again.
 */
export async function openEpoch(
  db: Db,
  outside: Outside & { signer: Signer },
  officers: [string, string],
  now = new Date(),
): Promise<Epoch> {
  if (officers[0] === officers[1]) throw invalid('two-officers', '开启新纪元要由两名不同的管理员签署。')
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${SEQUENCING})`.execute(trx)
    const state = await ledgerState(trx, outside)
    if (state.readOnly === null) throw invalid('not-behind', '账本与数据库外的树头一致，不需要开启新纪元。')
    const { known, agreed: fromSize } = state
    const unsigned = {
      epoch: Math.max(known.epoch, await epochOf(trx)) + 1,
      fromSize,
      knownSize: known.size,
      knownRoot: known.root,
      officers,
      openedAt: now.toISOString(),
    }
    const epoch: Epoch = { ...unsigned, keyId: outside.signer.keyId, signature: outside.signer.sign(epochText(unsigned)) }
    await sql`insert into ledger.epoch (epoch, from_size, known_size, known_root, officers, opened_at, key_id, signature)
      values (${epoch.epoch}, ${fromSize}, ${known.size}, decode(${known.root}, 'hex'), ${officers}::uuid[], ${epoch.openedAt}::timestamptz,
        ${epoch.keyId}, decode(${epoch.signature}, 'base64'))`.execute(trx)
    const ctx: FactCtx = { db: trx, now, operation: 'ledger.openEpoch', facts: [], actor: { personId: officers[0] } }
    record(ctx, 'ledger.epochOpened', { subject: NOWHERE, orgId: NOWHERE, body: openingOf(epoch) })
    await writeFacts(ctx)
    return epoch
  })
}
