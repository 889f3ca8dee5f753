import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { SignedHead } from './proof.ts'
import { FANOUT, type ReadBlock } from './tree.ts'

/** Everything that numbers facts or signs heads holds this lock for its transaction, so exactly one process does. */
export const SEQUENCING = 7311

/** Reads tree rows from the database. */
export const blocksOf =
  (db: Db): ReadBlock =>
  async (level, block) => {
    const [from, to] = [block * FANOUT, (block + 1) * FANOUT]
    const { rows } = await (level === 0
      ? sql<{ hash: string }>`select encode(leaf, 'hex') as hash from ledger.entry where n > ${from} and n <= ${to} order by n`
      : sql<{ hash: string }>`select encode(hash, 'hex') as hash from ledger.node
          where level = ${level} and at >= ${from} and at < ${to} order by at`
    ).execute(db)
    return rows.map((row) => row.hash)
  }

/** The number of the last numbered fact. */
export async function sizeOf(db: Db): Promise<number> {
  const { rows } = await sql<{ size: number }>`select coalesce(max(n), 0)::bigint as size from ledger.entry`.execute(db)
  return Number(rows[0]!.size)
}

/** The epoch that is open now; the first has no row. */
export async function epochOf(db: Db): Promise<number> {
  const { rows } = await sql<{ epoch: number }>`select coalesce(max(epoch), 1)::int as epoch from ledger.epoch`.execute(db)
  return rows[0]!.epoch
}

const headColumns = sql`epoch, size, encode(root, 'hex') as root,
  to_char(signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "signedAt",
  key_id as "keyId", encode(signature, 'base64') as signature`

/** The last signed head, or undefined while there is none. */
export async function headNow(db: Db): Promise<SignedHead | undefined> {
  const { rows } = await sql<SignedHead>`select ${headColumns} from ledger.head order by epoch desc, size desc limit 1`.execute(db)
  return rows[0] && tidy(rows[0])
}

/** Heads after one, oldest first; all of them when none is given. */
export async function headsAfter(db: Db, last: { epoch: number; size: number } | undefined): Promise<SignedHead[]> {
  const { epoch, size } = last ?? { epoch: 0, size: 0 }
  const { rows } = await sql<SignedHead>`select ${headColumns} from ledger.head
    where (epoch, size) > (${epoch}::int, ${size}::bigint) order by epoch, size`.execute(db)
  return rows.map(tidy)
}

// PostgreSQL breaks base64 into lines; a plain pool reads bigint as text.
const tidy = (head: SignedHead): SignedHead => ({ ...head, size: Number(head.size), signature: head.signature.replaceAll('\n', '') })

export interface Epoch {
  epoch: number
  /** The ledger as it was found, on which this epoch goes on. */
  fromSize: number
  /** The last head known from the epoch before. */
  knownSize: number
  knownRoot: string
  officers: [string, string]
  openedAt: string
  keyId: string
  signature: string
}

/** Every epoch after the first. */
export async function epochsOf(db: Db): Promise<Epoch[]> {
  const { rows } = await sql<Epoch>`select epoch, from_size as "fromSize", known_size as "knownSize",
    encode(known_root, 'hex') as "knownRoot", officers::text[] as officers,
    to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "openedAt",
    key_id as "keyId", encode(signature, 'base64') as signature from ledger.epoch order by epoch`.execute(db)
  return rows.map((e) => ({
    ...e,
    fromSize: Number(e.fromSize),
    knownSize: Number(e.knownSize),
    signature: e.signature.replaceAll('\n', ''),
  }))
}

/** What the signature of an epoch covers. */
export const epochText = (e: Omit<Epoch, 'keyId' | 'signature'>): string =>
  `rongjian ledger epoch\nepoch ${e.epoch}\nfrom ${e.fromSize}\nknown ${e.knownSize} ${e.knownRoot}\n` +
  `officers ${e.officers.join(' ')}\ntime ${e.openedAt}\n`

/** The body of `ledger.epochOpened`. */
export const openingOf = ({ epoch, fromSize, knownSize, knownRoot, officers }: Omit<Epoch, 'keyId' | 'signature' | 'openedAt'>) => ({
  epoch,
  fromSize,
  knownSize,
  knownRoot,
  officers,
})
