import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseSource } from './databaseSource.ts'
import { ledgerState } from './epoch.ts'
import { type LabLedger, type LedgerLab, ledgerLab } from './testing.ts'
import { verifyLedger } from './verify.ts'

/** More by option: RONGJIAN_KILLS=20. */
const KILLS = Number(process.env.RONGJIAN_KILLS ?? 6)
let lab: LedgerLab
beforeAll(async () => {
  lab = await ledgerLab()
})
afterAll(() => lab.close())

describe('kill -9 in the middle of writing and numbering', () => {
  it(`loses nothing that was acknowledged, leaves no gap, and the ledger verifies, ${KILLS} times`, async () => {
    const ledger = await lab.ledger()
    const acknowledged: string[] = []
    for (let i = 0; i < KILLS; i++) {
      acknowledged.push(...(await writeAndDie(ledger)))
      expect(await ledgerState(ledger.db, ledger)).toEqual({ readOnly: null })
      await ledger.number()
      const { rows } = await sql<{ fact_id: string }>`select fact_id from ledger.entry order by n`.execute(ledger.db)
      const numbered = new Set(rows.map((row) => row.fact_id))
      expect(acknowledged.filter((id) => !numbered.has(id))).toEqual([])

      const source = await databaseSource(ledger.url)
      const report = await verifyLedger(source, ledger).finally(() => source.close())
      expect(report).toMatchObject({ ok: true, findings: [], remarks: [], waiting: 0, size: numbered.size })
    }
    expect(acknowledged.length).toBeGreaterThan(KILLS)
    await ledger.close()
  }, 120_000)
})

/** Starts a writing process, kills it at a random moment after its first commit, and returns what it had acknowledged. */
async function writeAndDie({ url, heads, privateKey }: LabLedger): Promise<string[]> {
  const about = JSON.stringify({ url, heads, key: privateKey })
  const child = spawn(process.execPath, [new URL('testingWriter.ts', import.meta.url).pathname, about], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = ''
  child.stdout.on('data', (chunk) => {
    told += chunk
  })
  await once(child.stdout, 'data')
  await pause(20 + Math.random() * 400)
  child.kill('SIGKILL')
  await once(child, 'close')
  return told.slice(0, told.lastIndexOf('\n')).split('\n')
}
