import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { spendAgreement } from '#modules/identity/published.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { hits, type RosterFilter } from './operations/roster.ts'

/** So many persons of a day leave in files without another person agreeing; more are a copy of the roster, not a working list. */
export const DIRECT = 50

/** How many persons the filter names. */
export async function countNamed(ctx: Ctx, filter: RosterFilter, org: OrgCard | null): Promise<number> {
  return (await namedAndToday(ctx, filter, org)).named
}

/** True while the file may leave without anybody else: together with the files of today it names no more than `DIRECT` persons. */
export async function leavesDirectly(ctx: Ctx, filter: RosterFilter, org: OrgCard | null): Promise<boolean> {
  return ctx.actor.accountId === null || (await namedAndToday(ctx, filter, org)).together <= DIRECT
}

/** The agreement to ask for: this roster with this filter. */
export const exportOf = (filter: RosterFilter) => ({
  kind: 'rosterExport' as const,
  subject: filter.orgId ?? null,
  detail: JSON.parse(JSON.stringify(filter)),
})

/**
 * Lets the file leave, and keeps whom it names; or uses up another person's agreement, and answers who agreed. Refuses with
 * `needs-agreement` when there is none. The machine's console holds the database anyway.
 */
export async function letLeave(ctx: Ctx, filter: RosterFilter, org: OrgCard | null): Promise<{ id: string; by: string | null } | null> {
  const by = ctx.actor.accountId
  if (by === null) return null
  return ctx.db.transaction().execute(async (db) => {
    const within = { ...ctx, db }
    await sql`select pg_advisory_xact_lock(hashtext(${`hand out ${by}`}))`.execute(db)
    if (await leavesDirectly(within, filter, org)) {
      await sql`insert into members.handed_out (id, at, by_account_id, person_ids)
        select ${newId()}, ${ctx.now}, ${by}, coalesce(array_agg(distinct h.person_id), '{}') from (${hits(within, filter, org)}) h`.execute(
        db,
      )
      return null
    }
    const agreement = await spendAgreement(within, exportOf(filter))
    if (!agreement) throw needsAgreement()
    const { named } = await namedAndToday(within, filter, org)
    if (named > agreement.count!) throw conflict('more-than-agreed', `同意的是 ${agreement.count} 人，现在有 ${named} 人，请重新提出`)
    return agreement
  })
}

const needsAgreement = () =>
  conflict('needs-agreement', `一天导出超过 ${DIRECT} 人，要先写明理由，由另一个人同意：请在党员名册点「导出 Excel」提出`)

async function namedAndToday(ctx: Ctx, filter: RosterFilter, org: OrgCard | null): Promise<{ named: number; together: number }> {
  const { rows } = await sql<{ named: number; together: number }>`
    with h as (select distinct h.person_id from (${hits(ctx, filter, org)}) h),
    before as (select distinct p from members.handed_out t cross join unnest(t.person_ids) p
      where t.by_account_id = ${ctx.actor.accountId} and t.at >= ${`${dateAt(ctx.now)}T00:00:00+08:00`}::timestamptz)
    select (select count(*)::int from h) as named,
      (select count(*)::int from (select person_id from h union select p from before) x) as together`.execute(ctx.db)
  return rows[0]!
}
