import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { type SeenRun, seenRun } from './runs.ts'

/** The run, for a step with it: first locked, then read, so that its appeals are counted as they stand once nobody else moves them. */
export async function lockedRun(ctx: Ctx, { id }: { id: string }): Promise<SeenRun | undefined> {
  await sql`select from evaluation.run where id = ${id} for update`.execute(ctx.db)
  return seenRun(ctx, { id })
}

/** Lets no step be taken with a run while an appeal against it is filed, withdrawn or decided; several appeals may be. */
export const holdRun = (ctx: Ctx, id: string) => sql`select from evaluation.run where id = ${id} for share`.execute(ctx.db)
