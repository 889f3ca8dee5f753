import { sql } from 'kysely'
import { conflict } from '#kernel/errors.ts'
import type { WhenEnding, WhoSees } from '#modules/organisation/published.ts'
import { type Membership, transfer } from './changes.ts'

/** A merger takes the roster along on its day; a dissolution waits until the roster is empty. */
export const rosterFollows: WhenEnding = async (ctx, org, on, into) => {
  const { rows } =
    await sql<Membership>`select id, person_id as "personId", org_id as "orgId", lower(valid) as "from", upper(valid) as until
    from members.membership where org_id = ${org.id} and (upper(valid) is null or upper(valid) > ${on}::date)
    order by id for update`.execute(ctx.db)
  if (rows.length === 0) return
  if (into === null) throw conflict('has-members', `名册上还有 ${rows.length} 人，请先把组织关系转到别的支部`)
  if (rows.some((m) => m.from >= on || m.until !== null))
    throw conflict('roster-changes-later', `${on} 以后已经登记了编入或离开，请先撤回那些登记，或改合并日期`)
  for (const membership of rows) await transfer(ctx, membership, on, into.id)
}

/** Whoever stands or stood on a roster is seen by those who read that roster. */
export const seenOnRoster: WhoSees = async ({ db, actor }, personId) => {
  const { rows } = await sql<{ seen: boolean | null }>`select bool_or(${actor.within('members.read', 'o.path')}) as seen
    from members.membership m join organisation.org o on o.id = m.org_id where m.person_id = ${personId}`.execute(db)
  return rows[0]?.seen ?? null
}
