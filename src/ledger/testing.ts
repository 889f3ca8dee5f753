import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { z } from 'zod'
import { type Db, openDatabase } from '#kernel/database.ts'
import { migrate } from '#kernel/migrate.ts'
import { startCluster, urlOf } from '#runtime/postgres.ts'
import { POSTGRES_VERSION } from '#testing/postgresVersion.ts'
import { type FactCtx, recorderOf, writeFacts } from './facts.ts'
import { startSequencer } from './sequencer.ts'
import { signerOf, trustIn } from './signing.ts'

const sources = [
  { name: 'kernel', migrations: new URL('../kernel/migrations/', import.meta.url) },
  { name: 'ledger', migrations: new URL('./migrations/', import.meta.url) },
]

const record = recorderOf({ 'meeting.held': z.object({ present: z.int(), attendees: z.array(z.uuid()) }) })

export type LedgerLab = Awaited<ReturnType<typeof ledgerLab>>
export type LabLedger = Awaited<ReturnType<LedgerLab['ledger']>>

/** Whoever owns the database. */
export type Hand = (statement: string, values?: unknown[]) => Promise<any[]>

/** A PostgreSQL of its own for the tests and measurements of the ledger, with as many ledgers as they want. */
export async function ledgerLab() {
  const folder = await mkdtemp(join(tmpdir(), 'rj-ledger-'))
  const cluster = await startCluster(folder, { version: POSTGRES_VERSION, fast: true })
  await migrate(urlOf(cluster, 'rongjian', 'owner'), sources)
  let templates = 0

  const admin = async (statement: string) => {
    const client = new pg.Client(urlOf(cluster, 'postgres', 'superuser'))
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }

  return {
    cluster,
    /** A ledger in its own database with its own key and heads folder, empty or as `like` is now. */
    async ledger(like?: { name: string }) {
      const name = `ledger_${++templates}_${randomUUID().slice(0, 8)}`
      await admin(`create database ${name} template ${like?.name ?? 'rongjian'} owner rongjian_owner`)
      const { db, pool, close } = openDatabase(urlOf(cluster, name, 'app'), { max: 20 })
      const heads = await mkdtemp(join(folder, 'heads-of-'))
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      const signer = signerOf(privateKey)
      return {
        name,
        db,
        pool,
        heads,
        signer,
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
        trust: trustIn([publicKey]),
        url: urlOf(cluster, name, 'app'),
        /** The hand in the database: everything the runtime login may not do. */
        async tamper(statement: string, values: unknown[] = []) {
          const client = new pg.Client(urlOf(cluster, name, 'superuser'))
          await client.connect()
          return (await client.query(statement, values).finally(() => client.end())).rows
        },
        /** Lets a hand work and somebody look at its work, in a transaction that never happened afterwards. */
        async trying<R>(work: (hand: Hand, client: pg.Client) => Promise<R>): Promise<R> {
          const client = new pg.Client(urlOf(cluster, name, 'superuser'))
          await client.connect()
          await client.query('begin')
          return work(async (text, values = []) => (await client.query(text, values)).rows, client).finally(() => client.end())
        },
        /** Numbers everything and signs one head. */
        async number(more: { now?: () => Date } = {}) {
          const sequencer = startSequencer({ db, signer, heads, pollMs: 1_000_000, ...more })
          await sequencer.drain()
          await sequencer.stop()
        },
        /** Lets others copy it. */
        disconnect: close,
        async close() {
          await close().catch(() => {})
          await admin(`drop database ${name} with (force)`)
        },
      }
    },
    async close() {
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Records meetings in one transaction, as an operation does, and returns the facts' ids. */
export async function recordMeetings(db: Db, count: number, { now = new Date(), orgId = randomUUID() } = {}): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const ctx: FactCtx = { db: trx, now, operation: 'meetings.sign', facts: [], actor: { personId: randomUUID() } }
    for (let i = 0; i < count; i++) {
      record(ctx, 'meeting.held', {
        subject: randomUUID(),
        orgId,
        happenedOn: '2025-03-01',
        body: { present: i, attendees: [randomUUID(), randomUUID()] },
      })
    }
    await writeFacts(ctx)
    return ctx.facts.map((fact) => fact.id)
  })
}
