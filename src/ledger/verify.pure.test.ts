import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseSource, sourceWithin } from './databaseSource.ts'
import { ledgerState } from './epoch.ts'
import { exportLedger, fileSource } from './exportFile.ts'
import type { FindingKind } from './findings.ts'
import { headCode } from './headCode.ts'
import { leafFiles, readHeads } from './headsFolder.ts'
import { canonicalBody, leafHash, leafText } from './leaf.ts'
import { headText } from './proof.ts'
import { startSequencer } from './sequencer.ts'
import { signerOf } from './signing.ts'
import type { LedgerSource } from './source.ts'
import { type Hand, type LabLedger, type LedgerLab, ledgerLab, recordMeetings } from './testing.ts'
import { type VerifyOptions, verifyLedger } from './verify.ts'

const SIZE = 600
let lab: LedgerLab
let base: LabLedger
let url: LabLedger['url']

beforeAll(async () => {
  lab = await ledgerLab()
  base = await lab.ledger()
  // Heads at uneven sizes, several facts between two of them.
  for (let size = 0, step = 1; size < SIZE; size += step, step = Math.min(SIZE - size, (step * 7) % 90)) {
    await recordMeetings(base.db, step)
    await base.number()
  }
  await recordMeetings(base.db, 3)
  url = base.url
  await base.disconnect()
})
afterAll(() => lab.close())

async function examined(at: LabLedger['url'], options: VerifyOptions) {
  const source = await databaseSource(at)
  return verifyLedger(source, options).finally(() => source.close())
}

const outside = () => ({ trust: base.trust, heads: base.heads })

describe('a clean ledger', () => {
  it('raises no alarm: with the folder, without it, from paper, and from a file without a database', async () => {
    const { heads } = await readHeads(base.heads)
    expect(heads.length).toBeGreaterThan(10)
    const codes = heads.map(headCode)
    for (const options of [outside(), { trust: base.trust }, { ...outside(), codes }]) {
      const report = await examined(url, options)
      expect(report.findings).toEqual([])
      expect(report).toMatchObject({ ok: true, size: SIZE, waiting: 3, remarks: [], root: heads.at(-1)!.root })
    }
    const file = join(base.heads, '../clean.gz')
    await exported(url, file)
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

interface Tampering {
  what: FindingKind
  /** The number that the report must name first, given the place of the deed; null when it has none. */
  names?: (n: number) => number | null
  deed: (hand: Hand, n: number) => Promise<unknown>
  /** Whether a file exported afterwards shows it, too. */
  inFile?: false
}

const theFact = '(org_id, id) = (select org_id, fact_id from ledger.entry where n = $1)'
const edit = (set: string): Tampering => ({
  what: 'altered',
  deed: (hand, n) => hand(`update ledger.fact set ${set} where ${theFact}`, [n]),
})

const tamperings: Record<string, Tampering> = {
  'a changed number in the body': edit(`body = jsonb_set(body, '{present}', '9999')`),
  'a change in the body that JavaScript cannot see': edit(
    `body = jsonb_set(body, '{present}', ((body->>'present') || '.00000000000000000001')::jsonb)`,
  ),
  'a new key in the body': edit(`body = body || '{"late": false}'`),
  'a changed kind': edit(`kind = 'meeting.cancelled'`),
  'a changed date': edit('happened_on = happened_on + 1'),
  're-dating': edit(`recorded_at = recorded_at - interval '30 days'`),
  'a changed organisation': edit('org_id = gen_random_uuid()'),
  'a changed author': edit('actor_id = null'),
  'a changed person': edit('person_id = gen_random_uuid()'),
  'a changed subject': edit('subject = gen_random_uuid()'),
  'a changed operation': edit(`operation = 'meetings.import'`),
  'a changed leaf': { what: 'altered', deed: (hand, n) => hand(`update ledger.entry set leaf = sha256(leaf) where n = $1`, [n]) },
  'a changed fact with a leaf to match': { what: 'altered', deed: (hand, n) => rewritten(hand, n) },
  'a deleted fact': { what: 'missing', deed: (hand, n) => hand(`delete from ledger.fact where ${theFact}`, [n]) },
  'a deleted fact with its number': {
    what: 'missing',
    deed: async (hand, n) => {
      await hand(`delete from ledger.fact where ${theFact}`, [n])
      await hand('delete from ledger.entry where n = $1', [n])
    },
  },
  'a deleted number': { what: 'missing', deed: (hand, n) => hand('delete from ledger.entry where n = $1', [n]) },
  'a deleted fact, the later ones renumbered': {
    what: 'missing',
    deed: async (hand, n) => {
      await hand(`delete from ledger.fact where ${theFact}`, [n])
      await hand('delete from ledger.entry where n = $1', [n])
      await shift(hand, n, -1)
    },
  },
  'a deleted tail, heads and all': {
    what: 'shortened',
    deed: async (hand, n) => {
      await hand('delete from ledger.fact f using ledger.entry e where e.fact_id = f.id and e.n >= $1', [n])
      await hand('delete from ledger.entry where n >= $1', [n])
      await hand('delete from ledger.head where size >= $1', [n])
    },
  },
  'an inserted fact': { what: 'inserted', names: () => null, deed: (hand) => insert(hand) },
  'an inserted fact, the later ones renumbered': {
    what: 'inserted',
    deed: async (hand, n) => {
      await shift(hand, n, 1)
      const { org_id, id, leaf } = await insert(hand)
      await hand(`insert into ledger.entry values ($1, $2, $3, decode($4, 'hex'))`, [n, org_id, id, leaf])
    },
  },
  'two swapped facts': { what: 'reordered', deed: (hand, n) => swap(hand, n, n + 2) },
  'two swapped neighbours': { what: 'reordered', deed: (hand, n) => swap(hand, n, n + 1) },
  'a head signed by a stranger': {
    what: 'signature',
    names: () => SIZE,
    deed: (hand) => resign(hand, signerOf(generateKeyPairSync('ed25519').privateKey)),
  },
  'a changed fact in a history signed anew by a stolen key': {
    what: 'altered',
    deed: async (hand, n) => {
      await rewritten(hand, n)
      await hand('delete from ledger.head where size >= $1', [n])
    },
  },
  'a head whose time was changed': {
    what: 'signature',
    names: () => SIZE,
    deed: (hand) => hand(`update ledger.head set signed_at = signed_at - interval '1 day' where size = ${SIZE}`),
  },
  'a deleted head': {
    what: 'headMissing',
    names: () => SIZE,
    deed: (hand) => hand(`delete from ledger.head where size = ${SIZE}`),
    inFile: false,
  },
  'a dropped place in the queue': { what: 'inserted', names: () => null, deed: (hand) => hand('delete from ledger.pending') },
  'a deleted fact that waits for its number': {
    what: 'missing',
    names: () => null,
    deed: (hand) => hand('delete from ledger.fact f using ledger.pending p where p.fact_id = f.id'),
  },
  'a numbered fact put into the queue again': {
    what: 'queue',
    names: () => null,
    deed: (hand, n) => hand('insert into ledger.pending select org_id, fact_id, now() from ledger.entry where n = $1', [n]),
  },
  'a changed node of the tree': {
    what: 'node',
    names: () => null,
    deed: (hand) => hand('update ledger.node set hash = sha256(hash) where at = 1'),
    inFile: false,
  },
}

describe('tampering', () => {
  it.each(Object.entries(tamperings))('shows %s', async (_, { what, names = (n) => n, deed, inFile = true }) => {
    for (const n of places()) {
      await base.trying(async (hand, client) => {
        await deed(hand, n)
        const report = await verifyLedger(await sourceWithin(client), outside())
        expect(report.ok).toBe(false)
        expect({ n, ...report.findings[0] }).toMatchObject({ n: names(n), what })
        expect(report.findings[0]!.says).toMatch(/[一-龥]/)

        if (!inFile) return
        const file = join(base.heads, '../tampered.gz')
        await exportLedger(await sourceWithin(client), base.trust, file)
        expect({ n, ...(await fromFile(file, outside())).findings[0] }).toMatchObject({ n: names(n), what })
      })
    }
  })

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
    await exported(url, file)
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

/** The first fact, and others at random away from the ends; more by option: RONGJIAN_TAMPERINGS=100. */
const places = () => [1, ...Array.from({ length: TIMES - 1 }, () => 2 + Math.floor(Math.random() * (SIZE - 6)))]
const TIMES = Number(process.env.RONGJIAN_TAMPERINGS ?? 4)

async function exported(at: LabLedger['url'], file: string) {
  const source = await databaseSource(at)
  await exportLedger(source, base.trust, file).finally(() => source.close())
}

async function fromFile(file: string, options: VerifyOptions) {
  const source: LedgerSource = await fileSource(file)
  return verifyLedger(source, options).finally(() => source.close())
}

async function shift(hand: Hand, from: number, by: number) {
  await hand('update ledger.entry set n = n + 1000000 where n >= $1', [from])
  await hand('update ledger.entry set n = n - 1000000 + $1 where n > 1000000', [by])
}

async function swap(hand: Hand, a: number, b: number) {
  await hand('update ledger.entry set n = n + 1000000 where n in ($1, $2)', [a, b])
  await hand('update ledger.entry set n = case n - 1000000 when $1 then $2::bigint else $1 end where n > 1000000', [a, b])
}

async function insert(hand: Hand): Promise<{ org_id: string; id: string; leaf: string }> {
  const id = randomUUID()
  const fact = { actorId: null, happenedOn: '2025-05-01', id, kind: 'meeting.held', operation: 'x', orgId: id, personId: null, subject: id }
  const text = leafText({ ...fact, body: '{}', recordedAt: '2025-05-01T00:00:00.000Z' })
  await hand(
    `insert into ledger.fact (org_id, id, kind, subject, happened_on, recorded_at, operation, body)
    values ($1, $1, 'meeting.held', $1, '2025-05-01', '2025-05-01T00:00:00Z', 'x', '{}')`,
    [id],
  )
  return { org_id: id, id, leaf: leafHash(text) }
}

/** Changes a fact and makes its entry agree with it. */
async function rewritten(hand: Hand, n: number) {
  const [row] = await hand(
    `update ledger.fact f set body = jsonb_set(body, '{present}', '9999') where ${theFact}
    returning actor_id as "actorId", body::text as body, happened_on::text as "happenedOn", id, kind, operation, org_id as "orgId",
      person_id as "personId", to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt", subject`,
    [n],
  )
  expect(canonicalBody(row.body)).toContain('9999')
  await hand(`update ledger.entry set leaf = decode($2, 'hex') where n = $1`, [n, leafHash(leafText(row))])
}

/** Signs the last head again with another key. */
async function resign(hand: Hand, signer: ReturnType<typeof signerOf>) {
  const { heads } = await readHeads(base.heads)
  const head = heads.at(-1)!
  await hand(`update ledger.head set key_id = $1, signature = decode($2, 'base64') where size = ${SIZE}`, [
    signer.keyId,
    signer.sign(headText(head)),
  ])
}
