import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import type { VerifyReport } from './verify.ts'

/** What the thread needs to examine a ledger by itself. */
export interface LedgerPlace {
  database: pg.ClientConfig
  /** Whose signatures count, raw base64. */
  publicKeys: readonly string[]
  /** The `heads/` folder. */
  heads: string
}

export interface AsideOptions {
  /** Told the number of facts examined so far. */
  onProgress?: (n: number) => void
  /** After this many milliseconds the thread is ended and the promise rejects. */
  limit?: number
}

const TEN_MINUTES = 600_000
const MEGABYTES = 512

/** Verifies a ledger in a thread of its own, bounded in time and memory, so that the service goes on answering. */
export async function verifyAside(place: LedgerPlace, { onProgress, limit = TEN_MINUTES }: AsideOptions = {}): Promise<VerifyReport> {
  const worker = new Worker(new URL('./verifyThread.ts', import.meta.url), {
    workerData: place,
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
  })
  const end = setTimeout(() => void worker.terminate(), limit)
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', (said: Said) => ('report' in said ? resolve(said.report) : onProgress?.(said.n)))
      worker.on('error', reject)
      worker.on('exit', () => reject(new Error('the verification ended before its report')))
    })
  } finally {
    clearTimeout(end)
    await worker.terminate()
  }
}

/** What the thread says: how far it is, and in the end the report. */
export type Said = { n: number } | { report: VerifyReport }
