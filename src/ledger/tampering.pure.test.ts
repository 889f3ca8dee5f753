import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sourceWithin } from './databaseSource.ts'
import { exportLedger } from './exportFile.ts'
import type { FindingKind } from './findings.ts'
import { signerOf } from './signing.ts'
import { type Hand, type LabLedger, type LedgerLab, ledgerLab } from './testing.ts'
import { fromFile, insert, resign, rewritten, shift, swap, unevenLedger } from './testingHands.ts'
import { verifyLedger } from './verify.ts'

const SIZE = 600
let lab: LedgerLab
let base: LabLedger
beforeAll(async () => {
  lab = await ledgerLab()
  base = await unevenLedger(lab, SIZE)
})
afterAll(() => lab.close())

const outside = () => ({ trust: base.trust, heads: base.heads })

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
    deed: (hand) => resign(hand, base.heads, signerOf(generateKeyPairSync('ed25519').privateKey)),
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
})

/** The first fact, and others at random away from the ends; more by option: RONGJIAN_TAMPERINGS=100. */
const places = () => [1, ...Array.from({ length: TIMES - 1 }, () => 2 + Math.floor(Math.random() * (SIZE - 6)))]
const TIMES = Number(process.env.RONGJIAN_TAMPERINGS ?? 4)
