import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import type { Db } from '#kernel/database.ts'
import { type LedgerState, ledgerState, openEpoch } from '#ledger/epoch.ts'
import { startSequencer } from '#ledger/sequencer.ts'
import { publicKeysOf, signerOf, trustIn } from '#ledger/signing.ts'
import { verifyAside } from '#ledger/verifyAside.ts'
import type { LedgerServices } from './services.ts'

/** The ledger of a test's world: its key, its heads folder, and its services. Facts are numbered only when the test says so. */
export async function ledgerOfTests(db: Db, database: pg.ClientConfig) {
  const heads = await mkdtemp(join(tmpdir(), 'rj-heads-'))
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const [signer, trust] = [signerOf(privateKey), trustIn([publicKey])]
  let state: LedgerState = { readOnly: null }
  const look = async () => {
    state = await ledgerState(db, { heads, trust })
  }
  const services: LedgerServices = {
    state: () => state,
    readOnly: () => state.readOnly,
    publicKeys: publicKeysOf(trust),
    verify: (onProgress) => verifyAside({ database, publicKeys: publicKeysOf(trust), heads }, { onProgress }),
    openEpoch: async (officers) => {
      await openEpoch(db, { heads, trust, signer }, officers)
      await look()
    },
  }
  return {
    heads,
    signer,
    services,
    /** Compares the database with the heads folder, as a start does. */
    look,
    /** Numbers every fact and signs a head. */
    async number() {
      const sequencer = startSequencer({ db, signer, heads, pollMs: 1_000_000 })
      await sequencer.drain()
      await sequencer.stop()
    },
    close: () => rm(heads, { recursive: true, force: true }),
  }
}
