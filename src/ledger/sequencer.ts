import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { type FactText, factText, leafHash, leafText } from './leaf.ts'
import type { SignedHead } from './proof.ts'
import { rememberOutside } from './remember.ts'
import { type Signer, signHead } from './signing.ts'
import { blocksOf, epochOf, headNow, SEQUENCING, sizeOf } from './store.ts'
import { append, type Frontier, frontierAt, type Node, remembering, rootOf } from './tree.ts'

export interface SequencerOptions {
  db: Db
  signer: Signer
  /** The `heads/` folder of the data folder. */
  heads?: string
  /** False while the ledger is read-only: numbering then would fork it. */
  allowed?: () => boolean
  /** After facts were numbered; for followers. */
  onNumbered?: (size: number) => void
  onHead?: (head: SignedHead) => void
  /** Disk full, database away: facts stay pending and are numbered later. */
  onError?: (error: unknown) => void
  now?: () => Date
  /** How often facts committed by other processes are looked for. */
  pollMs?: number
}

export interface Sequencer {
  /** Facts were committed: they will be numbered within 200 ms. Cheap; call it after every commit. */
  wake: () => void
  /** Numbers everything committed so far and signs; the head then, or undefined for an empty ledger. */
  drain: () => Promise<SignedHead | undefined>
  /** Numbers what is left, signs, and ends. */
  stop: () => Promise<void>
}

const BATCH = 256
const GATHER_MS = 200
const HEAD_MS = 1000

/** Numbers committed facts without gaps, grows the tree and signs heads; several processes may each run one. */
export function startSequencer(options: SequencerOptions): Sequencer {
  const { db, allowed = () => true, onError = () => {}, pollMs = 2000 } = options
  const frontier: Frontier = { size: -1, peaks: [] }
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let signedAt = Date.now()

  const turn = async (finish: boolean) => {
    if (!allowed()) return
    const isDue = () => Date.now() >= signedAt + HEAD_MS
    const signing = async () => {
      signedAt = Date.now()
      await signNow(options, frontier)
    }
    while ((await numberBatch(options, frontier)) === BATCH) if (isDue()) await signing()
    if (finish || isDue()) await signing()
    else later(signedAt + HEAD_MS - Date.now())
  }
  const enqueue = (finish: boolean) => {
    const turned = running.then(() => turn(finish))
    running = turned.catch(onError)
    return turned
  }
  const later = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = undefined
      enqueue(false).catch(() => {})
    }, ms)
  }
  const wake = () => later(GATHER_MS)
  const poll = setInterval(async () => {
    try {
      if (allowed() && (await isAnyPending(db))) wake()
    } catch (error) {
      onError(error)
    }
  }, pollMs)
  poll.unref()
  wake()

  return {
    wake,
    drain: () => enqueue(true).then(() => headNow(db)),
    stop: async () => {
      clearInterval(poll)
      clearTimeout(timer)
      await enqueue(true).catch(() => {})
      clearTimeout(timer)
    },
  }
}

async function isAnyPending(db: Db): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select from ledger.pending) as any`.execute(db)
  return rows[0]!.any
}

/** Numbers up to 256 facts in the order in which they were recorded and returns how many. */
async function numberBatch({ db, onNumbered }: SequencerOptions, frontier: Frontier): Promise<number> {
  const { count, grown } = await db.transaction().execute(async (trx) => {
    const grown = await current(trx, frontier)
    // The queue's first places are taken before the facts are joined: asked at once, the planner reads the whole queue for each batch.
    const { rows } = await sql<FactText>`with next as materialized (
        select org_id, fact_id, recorded_at from ledger.pending order by recorded_at, fact_id limit ${BATCH}
      ) select ${factText} from next p join ledger.fact f on f.org_id = p.org_id and f.id = p.fact_id
      order by p.recorded_at, p.fact_id`.execute(trx)
    if (rows.length > 0) await enter(trx, rows, grown)
    return { count: rows.length, grown }
  })
  Object.assign(frontier, grown)
  if (count > 0) onNumbered?.(grown.size)
  return count
}

/** The tree as it stands, under the lock; read again when another process has added to it. */
async function current(trx: Db, frontier: Frontier): Promise<Frontier> {
  await sql`select pg_advisory_xact_lock(${SEQUENCING})`.execute(trx)
  const size = await sizeOf(trx)
  return size === frontier.size ? { size, peaks: [...frontier.peaks] } : frontierAt(remembering(blocksOf(trx)), size)
}

async function enter(trx: Db, facts: readonly FactText[], grown: Frontier) {
  const size = grown.size
  const leaves = facts.map((fact) => leafHash(leafText(fact)))
  const nodes: Node[] = []
  for (const leaf of leaves) append(grown, leaf, (node) => nodes.push(node))
  // The number is unique: should two processes ever number at once, one of them fails here and starts again.
  await sql`with given as (
      select ${size} + i as n, org_id, fact_id, decode(leaf, 'hex') as leaf
      from unnest(${facts.map((f) => f.orgId)}::uuid[], ${facts.map((f) => f.id)}::uuid[],
        ${leaves}::text[]) with ordinality as t(org_id, fact_id, leaf, i)
    ), entered as (
      insert into ledger.entry (n, org_id, fact_id, leaf) select n, org_id, fact_id, leaf from given
    ), left_queue as (
      delete from ledger.pending p using given g where p.org_id = g.org_id and p.fact_id = g.fact_id
    )
    insert into ledger.node (level, at, hash) select level, at, decode(hash, 'hex')
    from unnest(${nodes.map((n) => n.level)}::int[], ${nodes.map((n) => n.at)}::bigint[],
      ${nodes.map((n) => n.hash)}::text[]) as t(level, at, hash)`.execute(trx)
}

/** Signs the tree if it has grown since the last head, and has the head remembered outside the database once it is committed. */
async function signNow({ db, signer, heads, onHead, now = () => new Date() }: SequencerOptions, frontier: Frontier): Promise<void> {
  const head = await db.transaction().execute(async (trx) => {
    const tree = await current(trx, frontier)
    const [epoch, last] = [await epochOf(trx), await headNow(trx)]
    if (tree.size === 0 || (last?.epoch === epoch && last.size === tree.size)) return undefined
    const head = signHead(signer, { epoch, size: tree.size, root: rootOf(tree), signedAt: now().toISOString() })
    await sql`insert into ledger.head (epoch, size, root, signed_at, key_id, signature) values (${epoch}, ${head.size},
      decode(${head.root}, 'hex'), ${head.signedAt}::timestamptz, ${head.keyId}, decode(${head.signature}, 'base64'))`.execute(trx)
    return head
  })
  if (heads) await rememberOutside(db, heads)
  if (head) onHead?.(head)
}
