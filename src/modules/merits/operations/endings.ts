import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { Ending } from '../contract.ts'
import type { Stored } from '../store.ts'

interface Ended {
  id: string
  why: Ending
  on: string
  until: string
}

/** The facts of how a sanction ended that still count, in the order they were recorded. */
export async function endingsOf({ db }: Pick<Ctx, 'db'>, { org_id, id }: Pick<Stored, 'org_id' | 'id'>): Promise<Ended[]> {
  const { rows } = await sql<Ended>`select f.id, f.body ->> 'why' as why, f.happened_on as "on", f.body ->> 'until' as until
    from ${ledgerAsOf()} f where f.org_id = ${org_id} and f.subject = ${id} and f.kind = 'sanction.ended'
    order by f.recorded_at, f.id`.execute(db)
  return rows
}
