import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHeadCode } from './headCode.ts'
import { leafFiles, readHeads } from './headsFolder.ts'
import { headIsSigned } from './proof.ts'
import { startSequencer } from './sequencer.ts'
import { ledgerStatus } from './status.ts'
import { headNow } from './store.ts'
import { type LabLedger, type LedgerLab, ledgerLab, recordMeetings } from './testing.ts'

let lab: LedgerLab
beforeAll(async () => {
  lab = await ledgerLab()
})
afterAll(() => lab.close())

const numbersOf = async ({ db }: LabLedger) =>
  (await sql<{ n: number }>`select n from ledger.entry order by n`.execute(db)).rows.map((r) => r.n)
const pendingOf = async ({ db }: LabLedger) =>
  (await sql<{ count: number }>`select count(*)::int as count from ledger.pending`.execute(db)).rows[0]!.count
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

describe('the sequencer', () => {
  it('numbers what was committed, in the order of recording, and signs a head that a browser can check', async () => {
    const ledger = await lab.ledger()
    await recordMeetings(ledger.db, 3, { now: new Date('2026-03-02T00:00:00Z') })
    const [first] = await recordMeetings(ledger.db, 1, { now: new Date('2026-03-01T00:00:00Z') })
    await ledger.number()
    expect(await numbersOf(ledger)).toEqual([1, 2, 3, 4])
    const { rows } = await sql<{ fact_id: string }>`select fact_id from ledger.entry where n = 1`.execute(ledger.db)
    expect(rows[0]!.fact_id).toBe(first)
    expect(await pendingOf(ledger)).toBe(0)
    const head = (await headNow(ledger.db))!
    expect(head).toMatchObject({ epoch: 1, size: 4 })
    expect(await headIsSigned(head, ledger.signer.publicKey)).toBe(true)
    expect(await headIsSigned({ ...head, size: 5 }, ledger.signer.publicKey)).toBe(false)
    expect(await headIsSigned(head, (await lab.ledger()).signer.publicKey)).toBe(false)
    await ledger.close()
  })

  it('tells how the ledger stands', async () => {
    const ledger = await lab.ledger()
    expect(await ledgerStatus(ledger.db)).toEqual({ size: 0, waiting: 0, waitingSince: null, epoch: 1, head: null, code: null })
    await recordMeetings(ledger.db, 2)
    await ledger.number()
    const now = new Date('2026-03-01T08:00:00Z')
    await recordMeetings(ledger.db, 1, { now })
    const status = await ledgerStatus(ledger.db)
    expect(status).toMatchObject({ size: 2, waiting: 1, waitingSince: now, epoch: 1, head: { size: 2 } })
    expect(readHeadCode(status.code!)).toMatchObject({ size: 2 })
    await ledger.close()
  })

  it('leaves out what was rolled back, without a gap', async () => {
    const ledger = await lab.ledger()
    await recordMeetings(ledger.db, 2)
    await ledger.db
      .transaction()
      .execute(async (trx) => {
        await recordInside(trx)
        throw new Error('refused')
      })
      .catch(() => {})
    await recordMeetings(ledger.db, 2)
    await ledger.number()
    expect(await numbersOf(ledger)).toEqual([1, 2, 3, 4])
    await ledger.close()
  })

  it('signs nothing while nothing happens, and no head twice', async () => {
    const ledger = await lab.ledger()
    await ledger.number()
    expect(await headNow(ledger.db)).toBeUndefined()
    await recordMeetings(ledger.db, 1)
    await ledger.number()
    await ledger.number()
    expect((await readHeads(ledger.heads)).heads).toHaveLength(1)
    await ledger.close()
  })

  it('numbers a long transaction that commits late after others, and loses none', async () => {
    const ledger = await lab.ledger()
    let finish = () => {}
    const open = ledger.db.transaction().execute(async (trx) => {
      await recordInside(trx, new Date(Date.now() - 60_000))
      await new Promise<void>((resolve) => {
        finish = resolve
      })
    })
    await recordMeetings(ledger.db, 5)
    await ledger.number()
    expect(await numbersOf(ledger)).toEqual(upTo(5))
    finish()
    await open
    await ledger.number()
    expect(await numbersOf(ledger)).toEqual(upTo(6))
    await ledger.close()
  })

  it('numbers the facts of sixteen writers through three sequencers, all of them, consecutively, once', async () => {
    const ledger = await lab.ledger()
    const sequencers = [0, 1, 2].map(() => startSequencer({ ...ledger, pollMs: 20 }))
    const ids = await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        const mine: string[] = []
        for (let i = 0; i < 40; i++) {
          mine.push(...(await recordMeetings(ledger.db, 1 + (i % 3))))
          sequencers[writer % 3]!.wake()
        }
        return mine
      }),
    )
    await Promise.all(sequencers.map((s) => s.drain()))
    await Promise.all(sequencers.map((s) => s.stop()))
    const all = ids.flat()
    expect(await numbersOf(ledger)).toEqual(upTo(all.length))
    const { rows } = await sql<{ fact_id: string }>`select fact_id from ledger.entry`.execute(ledger.db)
    expect(rows.map((r) => r.fact_id).sort()).toEqual([...all].sort())
    expect(await pendingOf(ledger)).toBe(0)
    await ledger.close()
  })

  it('finds facts of another process by itself', async () => {
    const ledger = await lab.ledger()
    let heard = () => {}
    const numbered = new Promise<void>((resolve) => {
      heard = resolve
    })
    const sequencer = startSequencer({ ...ledger, pollMs: 10, onNumbered: () => heard() })
    await sequencer.drain()
    await recordMeetings(ledger.db, 1)
    await numbered
    await sequencer.stop()
    expect(await numbersOf(ledger)).toEqual([1])
    await ledger.close()
  })

  it('numbers nothing while the ledger is read-only', async () => {
    const ledger = await lab.ledger()
    await recordMeetings(ledger.db, 1)
    const sequencer = startSequencer({ ...ledger, allowed: () => false })
    await sequencer.drain()
    await sequencer.stop()
    expect(await numbersOf(ledger)).toEqual([])
    expect(await pendingOf(ledger)).toBe(1)
    await ledger.close()
  })
})

describe('the heads folder', () => {
  it('holds every head and every leaf, whatever was torn or lost on the way', async () => {
    const ledger = await lab.ledger()
    for (let i = 0; i < 3; i++) {
      await recordMeetings(ledger.db, 200)
      await ledger.number()
    }
    const path = join(ledger.heads, 'heads.ndjson')
    const whole = await readFile(path, 'utf8')
    expect(whole.split('\n')).toHaveLength(4)
    const [leaves] = await leafFiles(ledger.heads)
    const bytes = await readFile(leaves!.path)
    expect(leaves).toMatchObject({ epoch: 1, first: 1, count: 600 })

    await writeFile(path, whole.slice(0, -40))
    await truncate(leaves!.path, 400 * 32 + 7)
    await recordMeetings(ledger.db, 1)
    await ledger.number()
    expect((await readHeads(ledger.heads)).damaged).toBe(0)
    expect((await readFile(path, 'utf8')).startsWith(whole)).toBe(true)
    expect((await readHeads(ledger.heads)).heads.map((h) => h.size)).toEqual([200, 400, 600, 601])
    expect((await readFile(leaves!.path)).subarray(0, 600 * 32).equals(bytes)).toBe(true)
    await ledger.close()
  })
})

const recordInside = async (trx: LabLedger['db'], now = new Date()) => {
  const id = crypto.randomUUID()
  await sql`insert into ledger.fact (org_id, id, kind, subject, happened_on, recorded_at, operation, body)
    values (${id}, ${id}, 'meeting.held', ${id}, '2025-01-01', ${now}, 'meetings.sign', '{}')`.execute(trx)
  await sql`insert into ledger.pending (org_id, fact_id, recorded_at) values (${id}, ${id}, ${now})`.execute(trx)
}
