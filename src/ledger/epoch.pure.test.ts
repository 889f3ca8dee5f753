import { randomUUID } from 'node:crypto'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseSource } from './databaseSource.ts'
import { ledgerState, openEpoch } from './epoch.ts'
import { headCode } from './headCode.ts'
import { readHeads } from './headsFolder.ts'
import { startSequencer } from './sequencer.ts'
import { headNow } from './store.ts'
import { type LabLedger, type LedgerLab, ledgerLab, recordMeetings } from './testing.ts'
import { verifyLedger } from './verify.ts'

let lab: LedgerLab
beforeAll(async () => {
  lab = await ledgerLab()
})
afterAll(() => lab.close())

const officers = (): [string, string] => [randomUUID(), randomUUID()]

/** The database as it was after 40 facts, beside the folder of the ledger that went on to 70. */
async function restored() {
  const first = await lab.ledger()
  for (const count of [10, 20, 10]) {
    await recordMeetings(first.db, count)
    await first.number()
  }
  await first.disconnect()
  const older = await lab.ledger({ name: first.name })
  const later = await lab.ledger({ name: first.name })
  await recordMeetings(later.db, 30)
  await number(later, first)
  await later.close()
  return { older, outside: { heads: first.heads, trust: first.trust, signer: first.signer }, first }
}

async function number(ledger: LabLedger, { heads, signer }: Pick<LabLedger, 'heads' | 'signer'>) {
  const sequencer = startSequencer({ db: ledger.db, heads, signer, pollMs: 1_000_000 })
  await sequencer.drain()
  await sequencer.stop()
}

async function examined({ url }: LabLedger, options: Parameters<typeof verifyLedger>[1]) {
  const source = await databaseSource(url)
  return verifyLedger(source, options).finally(() => source.close())
}

describe('at start', () => {
  it('a ledger that agrees with the folder, or is ahead of it, may be written', async () => {
    const ledger = await lab.ledger()
    expect(await ledgerState(ledger.db, ledger)).toEqual({ readOnly: null })
    await recordMeetings(ledger.db, 300)
    await ledger.number()
    expect(await ledgerState(ledger.db, ledger)).toEqual({ readOnly: null })
    await recordMeetings(ledger.db, 5)
    await number(ledger, { ...ledger, heads: join(ledger.heads, 'elsewhere') })
    expect(await ledgerState(ledger.db, ledger)).toEqual({ readOnly: null })
    await ledger.close()
  })

  it('an older database is read-only and says what is missing', async () => {
    const { older, outside } = await restored()
    const state = await ledgerState(older.db, outside)
    expect(state).toMatchObject({ size: 40, agreed: 40, known: { size: 70, epoch: 1 } })
    expect(state.readOnly).toContain('较早的数据库')
    expect((await examined(older, outside)).findings[0]).toMatchObject({ what: 'shortened', n: 41 })
    await older.close()
  })

  it('an older database that went on is read-only, too, from the first other fact', async () => {
    const { older, outside } = await restored()
    await recordMeetings(older.db, 50)
    await number(older, { ...outside, heads: join(outside.heads, 'elsewhere') })
    const state = await ledgerState(older.db, outside)
    expect(state).toMatchObject({ size: 90, agreed: 40, known: { size: 70 } })
    expect(state.readOnly).toContain('第 41 号')
    await older.close()
  })

  it('does not believe a head that a stranger wrote into the folder', async () => {
    const ledger = await lab.ledger()
    await recordMeetings(ledger.db, 3)
    await ledger.number()
    const [head] = (await readHeads(ledger.heads)).heads
    await appendFile(join(ledger.heads, 'heads.ndjson'), `${JSON.stringify({ ...head, size: 99 })}\n`)
    expect(await ledgerState(ledger.db, ledger)).toEqual({ readOnly: null })
    await ledger.close()
  })

  it('finds a ledger whose last facts were changed together with their leaves', async () => {
    const ledger = await lab.ledger()
    await recordMeetings(ledger.db, 10)
    await ledger.number()
    await ledger.tamper('update ledger.entry set leaf = sha256(leaf) where n = 7')
    expect(await ledgerState(ledger.db, ledger)).toMatchObject({ agreed: 6, size: 10 })
    await ledger.close()
  })
})

describe('a new epoch', () => {
  it('goes on where the restored ledger ends, and names the last known head, the missing range and the officers', async () => {
    const { older, outside, first } = await restored()
    const { heads: before } = await readHeads(first.heads)
    const two = officers()
    const epoch = await openEpoch(older.db, outside, two)
    expect(epoch).toMatchObject({ epoch: 2, fromSize: 40, knownSize: 70, knownRoot: before.at(-1)!.root, officers: two })
    expect(await ledgerState(older.db, outside)).toEqual({ readOnly: null })

    await recordMeetings(older.db, 5)
    await number(older, outside)
    expect(await headNow(older.db)).toMatchObject({ epoch: 2, size: 46 })
    const lost = headCode(before.at(-1)!)
    const report = await examined(older, { ...outside, codes: [lost, headCode(before[1]!)] })
    expect(report.findings).toEqual([])
    expect(report.remarks.join()).toMatch(/第 41 至 70 号已声明缺失/)

    await recordMeetings(older.db, 60)
    await number(older, outside)
    expect((await examined(older, { ...outside, codes: [lost] })).findings).toEqual([])
    expect(await ledgerState(older.db, outside)).toEqual({ readOnly: null })

    await older.tamper(`update ledger.fact set kind = 'x.y' where id = (select fact_id from ledger.entry where n = 60)`)
    expect((await examined(older, outside)).findings[0]).toMatchObject({ what: 'altered', n: 60 })
    await older.close()
  })

  it('can be lost and opened again', async () => {
    const { older, outside } = await restored()
    await openEpoch(older.db, outside, officers())
    await number(older, outside)
    await older.disconnect()
    const before = await lab.ledger({ name: older.name })
    const after = await lab.ledger({ name: older.name })
    await recordMeetings(after.db, 10)
    await number(after, outside)
    await after.close()

    expect(await ledgerState(before.db, outside)).toMatchObject({ size: 41, agreed: 41, known: { epoch: 2, size: 51 } })
    expect(await openEpoch(before.db, outside, officers())).toMatchObject({ epoch: 3, fromSize: 41, knownSize: 51 })
    await number(before, outside)
    expect((await examined(before, outside)).findings).toEqual([])
    expect(await ledgerState(before.db, outside)).toEqual({ readOnly: null })
    await before.close()
  })

  it('needs two different officers and a reason', async () => {
    const { older, outside, first } = await restored()
    const one = randomUUID()
    await expect(openEpoch(older.db, outside, [one, one])).rejects.toThrow(/两名不同/)
    const good = await lab.ledger()
    await expect(openEpoch(good.db, { ...outside, heads: good.heads }, officers())).rejects.toThrow(/不需要/)
    expect(await ledgerState(older.db, outside)).toMatchObject({ agreed: 40 })
    expect(first.name).not.toBe(older.name)
    await Promise.all([older.close(), good.close()])
  })

  it('that a hand wrote into the database excuses nothing', async () => {
    const { older, outside } = await restored()
    const { heads } = await readHeads(outside.heads)
    await older.tamper(
      `insert into ledger.epoch values (2, 40, 70, decode($1, 'hex'), array[gen_random_uuid(), gen_random_uuid()], now(), $2, 'forged')`,
      [heads.at(-1)!.root, outside.signer.keyId],
    )
    const report = await examined(older, outside)
    expect(report.findings.map((f) => f.what)).toEqual(['shortened', 'epoch'])
    await older.close()
  })

  it('survives a torn line in the folder', async () => {
    const { older, outside } = await restored()
    const path = join(outside.heads, 'heads.ndjson')
    await writeFile(path, `${await readFile(path, 'utf8')}{"epoch":1,"size":7`)
    expect(await ledgerState(older.db, outside)).toMatchObject({ known: { size: 70 } })
    await openEpoch(older.db, outside, officers())
    await number(older, outside)
    expect((await examined(older, outside)).findings).toEqual([])
    await older.close()
  })
})
