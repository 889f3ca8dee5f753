import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { headCode } from './headCode.ts'
import type { SignedHead } from './proof.ts'
import { epochOf, headNow, sizeOf } from './store.ts'

export interface LedgerStatus {
  /** Numbered facts. */
  size: number
  /** Facts that wait for their number, and since when the oldest does: more than a minute is an alarm. */
  waiting: number
  waitingSince: Date | null
  epoch: number
  head: SignedHead | null
  /** The head's short form for paper. */
  code: string | null
}

/** How the ledger stands, for the status page, health and metrics. */
export async function ledgerStatus(db: Db): Promise<LedgerStatus> {
  const { rows } = await sql<{ waiting: number; since: Date | null }>`select count(*)::int as waiting, min(recorded_at) as since
    from ledger.pending`.execute(db)
  const head = (await headNow(db)) ?? null
  return {
    size: await sizeOf(db),
    waiting: rows[0]!.waiting,
    waitingSince: rows[0]!.since,
    epoch: await epochOf(db),
    head,
    code: head && headCode(head),
  }
}
