import type { ImportAsk, ImportResult } from './importing.ts'

/** An import that runs or has run in this process, for showing progress and handing out what is wrong. Never stored. */
export interface ImportJob {
  accountId: string | null
  rows: number
  result: ImportResult | null
  /** What the file leaves a person to decide, by key, with the number of rows that ask it. */
  asks: Map<string, ImportAsk & { rows: number }>
}

const KEPT = 50
const jobs = new Map<string, ImportJob>()

/** Starts following an import under the id that the page made; without one nothing is kept. The oldest are forgotten. */
export function followImport(id: string | undefined, accountId: string | null): ImportJob {
  const job: ImportJob = { accountId, rows: 0, result: null, asks: new Map() }
  if (!id) return job
  jobs.delete(id)
  jobs.set(id, job)
  if (jobs.size > KEPT) jobs.delete(jobs.keys().next().value!)
  return job
}

/** The import of this account with that id, while it is remembered. */
export function importJob(id: string, accountId: string | null): ImportJob | undefined {
  const job = jobs.get(id)
  return job && job.accountId === accountId ? job : undefined
}

/** Counts one more row that asks this. */
export function askIn(job: ImportJob, ask: ImportAsk): void {
  const known = job.asks.get(ask.key)
  if (known) known.rows++
  else job.asks.set(ask.key, { ...ask, rows: 1 })
}
