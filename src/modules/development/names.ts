import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'

/** Names of people by id. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`select id, name from organisation.person
    where id = any(${[...new Set(ids)]}::uuid[])`.execute(db)
  return new Map(rows.map((r) => [r.id, r.name]))
}
