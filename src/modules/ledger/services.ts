import type { LedgerState } from '#ledger/epoch.ts'
import type { VerifyReport } from '#ledger/verify.ts'

/** What the pages of the ledger need from the program that opened it. */
export interface LedgerServices {
  /** How the database stands against what is remembered outside it. */
  state: () => LedgerState
  /** In Chinese, why nothing may be written now, for whatever reason. */
  readOnly: () => string | null
  /** Raw Ed25519 keys in base64, whose signatures count. */
  publicKeys: readonly string[]
  /** Examines the whole ledger beside the service. */
  verify: (onProgress: (n: number) => void) => Promise<VerifyReport>
  /** Opens a new epoch in the name of two officers' accounts. */
  openEpoch: (officers: [string, string]) => Promise<void>
}

let current: LedgerServices | undefined

/** Sets the services once at start. */
export function ledgerServices(services: LedgerServices): void {
  current = services
}

/** The services of this program; throws before they are set. */
export function services(): LedgerServices {
  if (!current) throw new Error('ledgerServices was not called at start')
  return current
}
