import { sql } from 'kysely'
import { conflict } from '#kernel/errors.ts'
import type { WhenEnding, WhenFoundingCorrected, WhoSees } from '#modules/organisation/published.ts'
import { type Membership, transfer } from './changes.ts'
import { correctLife } from './correct.ts'
import type { LifeDate } from './life.ts'

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

/** Starts that were derived from the founding (推定) are derived again; what a source named must not come before it. */
export const startsFollow: WhenFoundingCorrected = async (ctx, org, foundedOn, reason) => {
  const { rows } = await sql<{ personId: string; name: string; from: string; inferred: boolean; joined: LifeDate | null }>`
    select m.person_id as "personId", p.name, lower(m.valid) as "from", m.inferred, case when f.joined_from is not null then
        jsonb_build_object('from', f.joined_from, 'until', f.joined_until, 'precision', f.joined_precision) end as joined
    from members.membership m
    join organisation.person p on p.id = m.person_id
    left join members.profile f on f.person_id = m.person_id
    where m.org_id = ${org.id} and (lower(m.valid) < ${foundedOn}::date or m.inferred and lower(m.valid) = ${org.foundedOn}::date)
    order by m.id`.execute(ctx.db)
  const early = rows.find(({ from, inferred, joined }) => from < foundedOn && !(inferred && joined))
  if (early) throw conflict('members-before', `${early.name} ${early.from} 起就在名册上，早于改后的成立日期，请先更正编入日期`)
  for (const { personId, inferred, joined } of rows)
    if (
      inferred &&
      joined &&
      (joined.until > org.foundedOn ? joined.until : org.foundedOn) !== (joined.until > foundedOn ? joined.until : foundedOn)
    )
      await correctLife(ctx, personId, { memberships: [], joined }, { converted: null, foundedOn: () => foundedOn }, reason)
}

/** Whoever stands or stood on a roster is seen by those who read that roster. */
export const seenOnRoster: WhoSees = async ({ db, actor }, personId) => {
  const { rows } = await sql<{ seen: boolean | null }>`select bool_or(${actor.within('members.read', 'o.path')}) as seen
    from members.membership m join organisation.org o on o.id = m.org_id where m.person_id = ${personId}`.execute(db)
  return rows[0]?.seen ?? null
}
