import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseSource } from './databaseSource.ts'
import { ledgerState } from './epoch.ts'
import { exportLedger } from './exportFile.ts'
import { headCode } from './headCode.ts'
import { leafFiles, readHeads } from './headsFolder.ts'
import { startSequencer } from './sequencer.ts'
import { type LabLedger, type LedgerLab, ledgerLab, recordMeetings } from './testing.ts'
import { examined, fromFile, rewritten, unevenLedger } from './testingHands.ts'

const SIZE = 600
let lab: LedgerLab
let base: LabLedger
beforeAll(async () => {
  lab = await ledgerLab()
  base = await unevenLedger(lab, SIZE)
})
afterAll(() => lab.close())

const outside = () => ({ trust: base.trust, heads: base.heads })

describe('a clean ledger', () => {
  it('raises no alarm: with the folder, without it, from paper, and from a file without a database', async () => {
    const { heads } = await readHeads(base.heads)
    expect(heads.length).toBeGreaterThan(10)
    const codes = heads.map(headCode)
    for (const options of [outside(), { trust: base.trust }, { ...outside(), codes }]) {
      const report = await examined(base.url, options)
      expect(report.findings).toEqual([])
      expect(report).toMatchObject({ ok: true, size: SIZE, waiting: 3, remarks: [], root: heads.at(-1)!.root })
    }
    const file = join(base.heads, '../clean.gz')
    await exported(base.url, file)
    const report = await fromFile(file, { codes })
    expect(report).toMatchObject({ ok: true, size: SIZE, waiting: 3, findings: [] })
    expect(report.remarks.join()).toContain(base.signer.keyId)
  })

  it('raises no alarm when it is empty', async () => {
    const empty = await lab.ledger()
    expect(await examined(empty.url, { trust: empty.trust, heads: empty.heads })).toMatchObject({
      ok: true,
      size: 0,
      heads: 0,
      findings: [],
    })
    await empty.close()
  })

  it('raises no alarm at any of many sizes, while facts keep coming', async () => {
    const ledger = await lab.ledger()
    for (let round = 0; round < 25; round++) {
      await recordMeetings(ledger.db, 1 + ((round * 37) % 60))
      if (round % 2 === 0) await ledger.number()
      expect((await examined(ledger.url, { trust: ledger.trust, heads: ledger.heads })).findings).toEqual([])
    }
    await ledger.close()
  })
})

describe('a ledger in use', () => {
  it('raises no alarm while it is being written', async () => {
    const ledger = await lab.ledger()
    let writing = true
    const sequencer = startSequencer({ ...ledger, pollMs: 10 })
    const writer = (async () => {
      while (writing) {
        await recordMeetings(ledger.db, 3)
        await sequencer.drain()
      }
    })()
    for (let i = 0; i < 15; i++) {
      const report = await examined(ledger.url, { trust: ledger.trust, heads: ledger.heads })
      expect(report.findings).toEqual([])
      expect(await ledgerState(ledger.db, { trust: ledger.trust, heads: ledger.heads })).toEqual({ readOnly: null })
    }
    writing = false
    await writer
    await sequencer.stop()
    await ledger.close()
  })
})

describe('the examination', () => {
  it('shows a ledger replaced as a whole', async () => {
    const other = await lab.ledger()
    await recordMeetings(other.db, SIZE)
    await other.number()
    expect((await examined(other.url, { trust: other.trust })).ok).toBe(true)
    const report = await examined(other.url, { heads: base.heads, trust: new Map([...base.trust, ...other.trust]) })
    expect(report.findings.map((f) => f.what)).toContain('altered')
    expect(report.findings[0]!.n).toBe(1)
    expect((await examined(other.url, outside())).findings.some((f) => f.what === 'signature')).toBe(true)
    await other.close()
  })

  it('shows a replaced or shortened ledger to one who holds nothing but a code on paper', async () => {
    const { heads } = await readHeads(base.heads)
    const codes = [headCode(heads.at(-1)!)]
    const copy = await lab.ledger({ name: base.name })
    await rewritten(copy.tamper, 300)
    await copy.tamper('delete from ledger.head where size >= 300')
    const report = await examined(copy.url, { trust: base.trust, codes })
    expect(report.findings[0]).toMatchObject({ what: 'head' })
    expect(report.findings[0]!.says).toContain('纸面代码')

    await copy.tamper('delete from ledger.entry where n > 500')
    const shorter = await examined(copy.url, { trust: base.trust, codes })
    expect(shorter.findings.find((f) => f.what === 'shortened')).toMatchObject({ n: 501 })
    await expect(
      examined(copy.url, { trust: base.trust, codes: [codes[0]!.replace(/.$/, (c) => (c === '0' ? '2' : '0'))] }),
    ).rejects.toThrow(/错字/)
    await copy.close()
  })

  it('shows where a consistent forgery lies by the heads alone', async () => {
    const { heads } = await readHeads(base.heads)
    const copy = await lab.ledger({ name: base.name })
    await rewritten(copy.tamper, 100)
    const report = await examined(copy.url, { trust: base.trust })
    const before = heads.findLast((h) => h.size < 100)!.size
    expect(report.findings[0]).toMatchObject({ what: 'head', n: before + 1 })
    expect(report.findings).toHaveLength(1)
    await copy.close()
  })

  it('blames the folder, not the ledger, when it is the folder that was changed', async () => {
    const copy = await lab.ledger()
    await recordMeetings(copy.db, 50)
    await copy.number()
    const [file] = await leafFiles(copy.heads)
    const bytes = await readFile(file!.path)
    bytes[32 * 20] = bytes[32 * 20]! ^ 1
    await writeFile(file!.path, bytes)
    const report = await examined(copy.url, { trust: copy.trust, heads: copy.heads })
    expect(report.findings).toEqual([expect.objectContaining({ what: 'memory', n: 21 })])
    await copy.close()
  })
})

describe('an exported file', () => {
  it('refuses to speak when it was cut short, damaged or is something else', async () => {
    const file = join(base.heads, '../whole.gz')
    await exported(base.url, file)
    const bytes = await readFile(file)
    const damaged = async (content: Buffer, words: RegExp) => {
      const path = `${file}.damaged`
      await writeFile(path, content)
      await expect(fromFile(path, outside())).rejects.toThrow(words)
    }
    await damaged(bytes.subarray(0, bytes.length / 2), /不完整/)
    await damaged(bytes.subarray(0, -4), /不完整/)
    await damaged(bytes.with(bytes.length / 2, bytes[bytes.length / 2]! ^ 1) as Buffer, /不完整|不是融建/)
    const lines = gunzipSync(bytes).toString().split('\n')
    await damaged(gzipSync(lines.slice(0, -2).join('\n')), /不完整/)
    await damaged(gzipSync(lines.toSpliced(20, 1).join('\n')), /不完整/)
    await damaged(gzipSync('{"format":"other"}\n'), /不是融建/)
    await damaged(Buffer.from('hello'), /不完整/)
    await expect(fromFile(`${file}.nowhere`, outside())).rejects.toThrow(/没有文件/)
  })
})

async function exported(at: LabLedger['url'], file: string) {
  const source = await databaseSource(at)
  await exportLedger(source, base.trust, file).finally(() => source.close())
}
