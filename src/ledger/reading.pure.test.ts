import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FactCtx, retract, writeFacts } from './facts.ts'
import { headIsSigned, leafOf, provesConsistency, provesInclusion } from './proof.ts'
import { proveConsistency, proveFact } from './prove.ts'
import { type NumberedFact, type Reaction, startFollowers } from './reactions.ts'
import { headNow, ledgerAsOf, rootAt } from './reading.ts'
import { type LabLedger, type LedgerLab, ledgerLab, recordMeetings } from './testing.ts'

let lab: LedgerLab
beforeAll(async () => {
  lab = await ledgerLab()
})
afterAll(() => lab.close())

async function factsAsOf({ db }: LabLedger, through?: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from ${ledgerAsOf(through)} f order by id`.execute(db)
  return rows.map((row) => row.id)
}

async function takeBack({ db }: LabLedger, factId: string, orgId: string) {
  await db.transaction().execute(async (trx) => {
    const ctx: FactCtx = { db: trx, now: new Date(), operation: 'meetings.cancel', facts: [], actor: { personId: null } }
    retract(ctx, { factId, orgId, kind: 'meeting.held', reason: 'mistake' })
    await writeFacts(ctx)
  })
}

describe('the facts that count', () => {
  it('are at once all committed ones live, and exactly the numbered ones through a number, also after they were taken back', async () => {
    const ledger = await lab.ledger()
    const orgId = randomUUID()
    const first = (await recordMeetings(ledger.db, 5, { orgId })).sort()
    expect(await factsAsOf(ledger)).toEqual(first)
    expect(await factsAsOf(ledger, 0)).toEqual([])
    await ledger.number()
    const second = await recordMeetings(ledger.db, 2, { orgId })
    expect(await factsAsOf(ledger, 5)).toEqual(first)
    await takeBack(ledger, first[2]!, orgId)
    const left = [...first.toSpliced(2, 1), ...second].sort()
    expect(await factsAsOf(ledger)).toEqual(left)
    expect(await factsAsOf(ledger, 5)).toEqual(first)
    await ledger.number()
    expect(await factsAsOf(ledger, 5)).toEqual(first)
    expect(await factsAsOf(ledger, 7)).toEqual([...first, ...second].sort())
    expect(await factsAsOf(ledger, 8)).toEqual(left)
    expect(await rootAt(ledger.db, 8)).toBe((await headNow(ledger.db))!.root)
    await ledger.close()
  })

  it('through a number never change, whatever is recorded, taken back and numbered later', async () => {
    const ledger = await lab.ledger()
    const orgId = randomUUID()
    const moments: { through: number; facts: string[] }[] = []
    const ids: string[] = []
    for (let round = 0; round < 12; round++) {
      ids.push(...(await recordMeetings(ledger.db, 1 + (round % 4), { orgId })))
      if (round % 3 === 2) await takeBack(ledger, ids[round]!, orgId)
      await ledger.number()
      const through = (await headNow(ledger.db))!.size
      moments.push({ through, facts: await factsAsOf(ledger, through) })
      expect(await factsAsOf(ledger)).toEqual(moments.at(-1)!.facts)
    }
    await recordMeetings(ledger.db, 3)
    for (const { through, facts } of moments) expect(await factsAsOf(ledger, through)).toEqual(facts)
    await ledger.close()
  })

  it('may be added by the runtime login, and neither changed nor removed, nor may what numbers them', async () => {
    const ledger = await lab.ledger()
    await recordMeetings(ledger.db, 2)
    await ledger.number()
    for (const table of ['fact', 'entry', 'node', 'head', 'epoch']) {
      await expect(ledger.pool.query(`delete from ledger.${table}`)).rejects.toThrow(/permission denied/)
      await expect(ledger.pool.query(`truncate ledger.${table}`)).rejects.toThrow(/permission denied/)
    }
    await expect(ledger.pool.query(`update ledger.fact set kind = 'x'`)).rejects.toThrow(/permission denied/)
    await expect(ledger.pool.query('update ledger.entry set n = n + 1')).rejects.toThrow(/permission denied/)
    expect(await factsAsOf(ledger)).toHaveLength(2)
    await ledger.close()
  })
})

describe('a proof from the database', () => {
  it('holds in a browser for every numbered fact, and between any two sizes', async () => {
    const ledger = await lab.ledger()
    const ids = await recordMeetings(ledger.db, 700)
    await ledger.number()
    const [waiting] = await recordMeetings(ledger.db, 1)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ids), fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 700 }), async (id, a, b) => {
        const proof = (await proveFact(ledger.db, id))!
        expect(JSON.parse(proof.fact)).toMatchObject({ id, kind: 'meeting.held' })
        expect(await leafOf(proof.fact)).toBe(proof.leaf)
        expect(await leafOf(proof.fact.replace('2025-03-01', '2025-03-02'))).not.toBe(proof.leaf)
        expect(await provesInclusion(proof)).toBe(true)
        expect(proof).toMatchObject({ size: proof.head.size, root: proof.head.root })
        expect(await headIsSigned(proof.head, ledger.signer.publicKey)).toBe(true)
        expect(await provesConsistency(await proveConsistency(ledger.db, Math.min(a, b), Math.max(a, b)))).toBe(true)
      }),
      { numRuns: 30 },
    )
    expect(await proveFact(ledger.db, waiting!)).toBeUndefined()
    expect(await proveFact(ledger.db, randomUUID())).toBeUndefined()
    await ledger.close()
  })
})

describe('a reaction', () => {
  const collecting = (name: string, fails: () => boolean = () => false) => {
    const runs: NumberedFact[][] = []
    const reaction: Reaction = {
      name,
      kinds: ['meeting.held'],
      run: async (db, facts) => {
        await sql`insert into kernel.idempotency (account_id, key, operation, input_hash, answer, at)
          select gen_random_uuid(), n::text, ${name}, '', '{}', now() from unnest(${facts.map((f) => f.n)}::bigint[]) as n`.execute(db)
        if (fails()) throw new Error('not now')
        runs.push([...facts])
      },
    }
    const effects = async ({ db }: LabLedger) =>
      (await sql<{ n: number }>`select key::int as n from kernel.idempotency where operation = ${name} order by at, key::int`.execute(db))
        .rows
    return { runs, reaction, effects }
  }

  it('meets each fact of its kinds once, in order, from the beginning of the ledger', async () => {
    const ledger = await lab.ledger()
    const orgId = randomUUID()
    const ids = await recordMeetings(ledger.db, 450, { orgId })
    await takeBack(ledger, ids[0]!, orgId)
    await ledger.number()
    const { runs, reaction } = collecting('tasks')
    const followers = startFollowers({ db: ledger.db, reactions: [reaction] })
    await followers.drain()
    await recordMeetings(ledger.db, 10)
    await followers.drain()
    expect(runs.flat()).toHaveLength(450)
    await ledger.number()
    await followers.drain()
    await followers.stop()
    const met = runs.flat()
    expect(met).toHaveLength(460)
    expect(met.map((f) => f.n)).toEqual([...met.map((f) => f.n)].sort((a, b) => a - b))
    expect(met.every((f) => f.kind === 'meeting.held' && f.happenedOn === '2025-03-01')).toBe(true)

    const again = startFollowers({ db: ledger.db, reactions: [reaction] })
    await again.drain()
    await again.stop()
    expect(runs.flat()).toHaveLength(460)
    await ledger.close()
  })

  it('that fails leaves no half effect, is tried again, and holds up no other', async () => {
    const ledger = await lab.ledger()
    await recordMeetings(ledger.db, 5)
    await ledger.number()
    let failing = true
    const [bad, good] = [collecting('bad', () => failing), collecting('good')]
    const errors: string[] = []
    const followers = startFollowers({
      db: ledger.db,
      reactions: [bad.reaction, good.reaction],
      onError: (_, name) => errors.push(name),
    })
    await expect(followers.drain()).rejects.toThrow('not now')
    expect(await good.effects(ledger)).toHaveLength(5)
    expect(await bad.effects(ledger)).toHaveLength(0)
    failing = false
    await followers.drain()
    await followers.stop()
    expect(await bad.effects(ledger)).toHaveLength(5)
    expect(new Set(errors)).toEqual(new Set(['bad']))
    await ledger.close()
  })

  it('run by two processes at once still has one effect for each fact', async () => {
    const ledger = await lab.ledger()
    await recordMeetings(ledger.db, 300)
    await ledger.number()
    const { reaction, effects } = collecting('both')
    const two = [0, 1].map(() => startFollowers({ db: ledger.db, reactions: [reaction] }))
    await Promise.all(two.map((f) => f.drain()))
    await Promise.all(two.map((f) => f.stop()))
    expect(await effects(ledger)).toHaveLength(300)
    await ledger.close()
  })
})
