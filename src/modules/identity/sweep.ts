import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'

/** Deletes what has run out: sessions, tickets, counted failures, sign-ins that never came back. For a job, once an hour. */
export async function sweepIdentity(db: Db, now = new Date()): Promise<void> {
  const dayAgo = new Date(now.getTime() - 86_400_000)
  await sql`delete from identity.session where expires_at < ${now}`.execute(db)
  await sql`delete from identity.ticket where expires_at < ${now}`.execute(db)
  await sql`delete from identity.oidc_pending where expires_at < ${now}`.execute(db)
  await sql`delete from identity.failure where first_at < ${dayAgo} and coalesce(locked_until, first_at) < ${now}`.execute(db)
}
