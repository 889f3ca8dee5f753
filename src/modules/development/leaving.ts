import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'

/**
 * The first day on which somebody is known to leave: a letter that is out, or a roster left on a day ahead of `on`. Null: nothing is
 * known. What only people know they say themselves.
 */
export async function knownLeaving(db: Db, personId: string, on: string): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`select min(x.day) as day from (
      select upper(m.valid) as day from members.membership m where m.person_id = ${personId} and upper(m.valid) > ${on}::date
        and not exists (select from members.membership n where n.person_id = m.person_id and lower(n.valid) = upper(m.valid))
      union all select greatest(t.sent_on, ${on}::date) from transfers.transfer t where t.person_id = ${personId} and t.state = 'sent'
        and t.direction = 'out') x`.execute(db)
  return rows[0]?.day ?? null
}
