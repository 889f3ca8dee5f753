import pg from 'pg'
import { type FactText, leafText } from './leaf.ts'
import type { SignedHead } from './proof.ts'
import type { FoundEntry, LedgerSource, Rest } from './source.ts'
import type { Epoch } from './store.ts'

const FETCH = 250
/** A hostile or broken ledger may hold any number of strays; the first are enough to act on. */
const MOST = 1000

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const factColumns = 'f.actor_id, f.body, f.happened_on, f.id, f.kind, f.operation, f.org_id, f.person_id, f.recorded_at, f.subject'

/** Reads a ledger from its database, all of it as of the moment of the first reading, with memory for a few thousand facts. */
export async function databaseSource(config: pg.ClientConfig): Promise<LedgerSource> {
  const client = new pg.Client({ ...config, statement_timeout: 0 })
  await client.connect()
  await client.query('begin isolation level repeatable read read only')
  return { ...(await sourceWithin(client)), close: () => client.end() }
}

/** Reads a ledger within the transaction that is open on this connection. */
export async function sourceWithin(client: pg.Client): Promise<LedgerSource> {
  await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex'`)
  const rowsOf = async <R extends unknown[]>(text: string) => (await client.query<R>({ text, rowMode: 'array', types: AS_TEXT })).rows

  return {
    name: '数据库',
    publicKeys: [],
    heads: async () =>
      (
        await rowsOf<[string, string, string, string, string, string]>(`select epoch, size, encode(root, 'hex'), ${iso('signed_at')},
          key_id, translate(encode(signature, 'base64'), E'\\n', '') from ledger.head order by size, epoch`)
      ).map(
        ([epoch, size, root, signedAt, keyId, signature]): SignedHead => ({
          epoch: Number(epoch),
          size: Number(size),
          root,
          signedAt,
          keyId,
          signature,
        }),
      ),
    epochs: async () =>
      (
        await rowsOf<[string, string, string, string, string, string, string, string, string]>(`select epoch, from_size, known_size,
          encode(known_root, 'hex'), officers[1], officers[2], ${iso('opened_at')}, key_id,
          translate(encode(signature, 'base64'), E'\\n', '') from ledger.epoch order by epoch`)
      ).map(
        ([epoch, fromSize, knownSize, knownRoot, first, second, openedAt, keyId, signature]): Epoch => ({
          epoch: Number(epoch),
          fromSize: Number(fromSize),
          knownSize: Number(knownSize),
          knownRoot,
          officers: [first, second],
          openedAt,
          keyId,
          signature,
        }),
      ),
    nodes: async () =>
      new Map(await rowsOf<[string, string]>(`select level::text || '/' || at::text, encode(hash, 'hex') from ledger.node`)),
    entries: () => entriesOf(client),
    rest: () => restOf(rowsOf),
    close: async () => {},
  }
}

type FactRow = [string | null, string, string, string | null, string, string, string, string | null, string, string]

// Values are taken as PostgreSQL prints them: parsing a million dates and documents only to print them again costs more than the rest.
const AS_TEXT = { getTypeParser: () => (value: string) => value }

async function* entriesOf(client: pg.Client): AsyncGenerator<FoundEntry[]> {
  // One fact after the other by its index: a join of whole tables would first write all of them to temporary files.
  await client.query('set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_sort = off')
  await client.query(`declare entries no scroll cursor for select e.n, e.leaf, e.fact_id, ${factColumns}
    from ledger.entry e left join ledger.fact f on f.org_id = e.org_id and f.id = e.fact_id order by e.n`)
  await client.query('set local enable_hashjoin = on; set local enable_mergejoin = on; set local enable_sort = on')
  const fetch = () =>
    client.query<[string, string, string, ...FactRow]>({ text: `fetch ${FETCH} from entries`, rowMode: 'array', types: AS_TEXT })
  for (let next = fetch(); ; ) {
    const { rows } = await next
    if (rows.length === 0) return void (await client.query('close entries'))
    // The server prepares the next rows while these are hashed.
    next = fetch()
    yield rows.map(([n, leaf, id, ...fact]) => ({ n: Number(n), leaf: leaf.slice(2), id, text: fact[3] === null ? null : textOf(fact) }))
  }
}

function textOf([actorId, body, happenedOn, id, kind, operation, orgId, personId, recordedAt, subject]: FactRow): string {
  const fact: FactText = { actorId, body, happenedOn, id: id!, kind, operation, orgId, personId, recordedAt: isoOf(recordedAt), subject }
  return leafText(fact)
}

/** `2026-11-22 13:15:42.5+00` as `2026-11-22T13:15:42.500Z`. */
const isoOf = (at: string) => `${at.slice(0, 10)}T${at.slice(11, 19)}.${at.slice(20, -3).padEnd(3, '0')}Z`

async function restOf(rowsOf: <R extends unknown[]>(text: string) => Promise<R[]>): Promise<Rest> {
  const [count] = await rowsOf<[string]>('select count(*) from ledger.pending')
  const epochs = await rowsOf<FactRow>(`select ${factColumns} from ledger.fact f
    join ledger.pending p on p.org_id = f.org_id and p.fact_id = f.id where f.kind = 'ledger.epochOpened'`)
  const strays = await rowsOf<FactRow>(`select ${factColumns} from ledger.fact f
    left join ledger.entry e on e.org_id = f.org_id and e.fact_id = f.id
    left join ledger.pending p on p.org_id = f.org_id and p.fact_id = f.id
    where e.n is null and p.fact_id is null order by f.recorded_at, f.id limit ${MOST}`)
  const gone = await rowsOf<[string]>(`select p.fact_id from ledger.pending p
    left join ledger.fact f on f.org_id = p.org_id and f.id = p.fact_id where f.id is null limit ${MOST}`)
  const twice = await rowsOf<[string]>(`select p.fact_id from ledger.pending p
    join ledger.entry e on e.org_id = p.org_id and e.fact_id = p.fact_id limit ${MOST}`)
  return {
    waiting: Number(count![0]),
    waitingEpochs: epochs.map(textOf),
    strays: strays.map((row) => ({ id: row[3]!, text: textOf(row) })),
    gone: gone.map(([id]) => id),
    twice: twice.map(([id]) => id),
  }
}
