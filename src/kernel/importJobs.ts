import type { ImportResult } from './importing.ts'

/** An import that runs or has run in this process, for showing progress and handing out what is wrong. Never stored. */
export interface ImportJob {
  accountId: string | null
  rows: number
  result: ImportResult | null
  /** Names in the file that could mean several organisations, for a person to confirm. */
  asks: { written: string; rows: number; proposals: { id: string; name: string }[] }[]
}

const KEPT = 50
const jobs = new Map<string, ImportJob>()

/** Starts following an import under the id that the page made; without one nothing is kept. The oldest are forgotten. */
export function followImport(id: string | undefined, accountId: string | null): ImportJob {
  const job: ImportJob = { accountId, rows: 0, result: null, asks: [] }
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

/** Keeps the number of rows read. */
export const progressOf = (job: ImportJob) => (rows: number) => {
  job.rows = rows
}
