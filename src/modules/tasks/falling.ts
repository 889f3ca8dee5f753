import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { about, advance } from './advance.ts'
import { OPEN_STATES, type TaskSource } from './contract.ts'
import { record, type Task } from './tables.ts'

/** The tasks that came from one record of an organisation: that was given them first, and keeps them. */
export interface From {
  orgId: string
  source: TaskSource
  placeId: string
}

/** What they came from is no more: those still open are called off, and the chain says why. What is done stays done. */
export async function fall(ctx: Ctx, { orgId, source, placeId }: From, why: string): Promise<void> {
  const { rows } = await sql<Task>`select * from tasks.task t where t.org_id = ${orgId} and t.source = ${source}
    and t.source_place_id = ${placeId} and t.state = any(${[...OPEN_STATES]}::text[]) for update of t`.execute(ctx.db)
  for (const task of rows) {
    record(ctx, 'task.cancelled', { ...about(task), body: { reason: 'mistake' } })
    await advance(ctx, task, 'cancel', why, { state: 'cancelled', above_org_id: null, asked_due_on: null })
  }
}
