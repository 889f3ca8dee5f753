import { sql } from 'kysely'
import { forbidden } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'

/** How long a factor that was shown counts as fresh. */
export const PROOF_LIFE = 5 * 60_000

/**
 * Refuses unless the person has shown a factor in this session within the last five minutes: an open browser that somebody else sits
 * down at is not enough. The console of the machine has no session, and whoever is there holds the keys anyway.
 */
export async function assertProven(ctx: Ctx): Promise<void> {
  const { sessionId } = ctx.actor
  if (sessionId === null) return
  const { rows } = await sql`select from identity.session where id = ${sessionId}
    and proven_at > ${new Date(ctx.now.getTime() - PROOF_LIFE)}`.execute(ctx.db)
  if (rows.length === 0) throw forbidden('prove-self', '这一步要先确认是你本人：请再输一次密码，或动态口令')
}

/** The person has just shown a factor in this session. */
export const proveNow = (ctx: Ctx) =>
  sql`update identity.session set proven_at = ${ctx.now} where id = ${ctx.actor.sessionId}`.execute(ctx.db)
