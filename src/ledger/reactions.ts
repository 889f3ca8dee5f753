import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { sizeOf } from './store.ts'

/** A numbered fact as a reaction meets it. */
export interface NumberedFact {
  n: number
  id: string
  kind: string
  subject: string
  orgId: string
  personId: string | null
  happenedOn: string
  recordedAt: Date
  operation: string
  actorId: string | null
  body: unknown
}

/** What follows a fact. `run` may be called again with the same facts after a crash, never out of order. */
export interface Reaction {
  name: string
  kinds: readonly string[]
  /** Works in the transaction that also keeps the reaction's place, so its rows are written exactly once. */
  run: (db: Db, facts: readonly NumberedFact[]) => Promise<void>
}

export interface Followers {
  wake: () => void
  /** Follows to the end of the ledger; throws what a reaction throws. */
  drain: () => Promise<void>
  stop: () => Promise<void>
}

export interface FollowerOptions {
  db: Db
  reactions: readonly Reaction[]
  onError?: (error: unknown, reaction: string) => void
  allowed?: () => boolean
  pollMs?: number
}

const BATCH = 200

/** Lets each reaction follow the ledger at its own pace: one that fails is tried again later and holds up no other. */
export function startFollowers({ db, reactions, onError = () => {}, allowed = () => true, pollMs = 5000 }: FollowerOptions): Followers {
  let stopping = false
  const followers = reactions.map((reaction) => {
    let running: Promise<void> = Promise.resolve()
    const follow = async () => {
      while (!stopping && allowed() && (await step(db, reaction))) {}
    }
    const enqueue = () => {
      const followed = running.then(follow)
      running = followed.catch((error) => onError(error, reaction.name))
      return followed
    }
    return { enqueue, ended: () => running }
  })
  let waking = false
  const wake = () => {
    if (waking) return
    waking = true
    setImmediate(() => {
      waking = false
      for (const { enqueue } of followers) enqueue().catch(() => {})
    })
  }
  const poll = setInterval(wake, pollMs)
  poll.unref()
  wake()
  return {
    wake,
    drain: async () => {
      const ends = await Promise.allSettled(followers.map(({ enqueue }) => enqueue()))
      for (const end of ends) if (end.status === 'rejected') throw end.reason
    },
    stop: async () => {
      stopping = true
      clearInterval(poll)
      await Promise.all(followers.map(({ ended }) => ended()))
    },
  }
}

/** One batch of one reaction, in one transaction with its place; false when it has reached the end. */
async function step(db: Db, { name, kinds, run }: Reaction): Promise<boolean> {
  const size = await sizeOf(db)
  if ((await placeOf(db, name)) >= size) return false
  return db.transaction().execute(async (trx) => {
    await sql`insert into ledger.follower (name) values (${name}) on conflict do nothing`.execute(trx)
    const { rows: places } = await sql<{ n: number }>`select n from ledger.follower where name = ${name} for update`.execute(trx)
    const from = Number(places[0]!.n)
    const { rows } = await sql<NumberedFact>`select e.n, f.id, f.kind, f.subject, f.org_id as "orgId", f.person_id as "personId",
        to_char(f.happened_on, 'YYYY-MM-DD') as "happenedOn", f.recorded_at as "recordedAt", f.operation, f.actor_id as "actorId", f.body
      from ledger.entry e join ledger.fact f on f.org_id = e.org_id and f.id = e.fact_id
      where e.n > ${from} and e.n <= ${size} and f.kind = any(${kinds}::text[]) order by e.n limit ${BATCH}`.execute(trx)
    if (rows.length > 0) await run(trx, rows)
    const to = rows.length === BATCH ? rows.at(-1)!.n : Math.max(size, from)
    await sql`update ledger.follower set n = ${to} where name = ${name}`.execute(trx)
    return rows.length === BATCH
  })
}

async function placeOf(db: Db, name: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select n from ledger.follower where name = ${name}`.execute(db)
  return Number(rows[0]?.n ?? 0)
}
