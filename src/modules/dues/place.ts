import { sql } from 'kysely'
import type { Ctx } from '#kernel/operation.ts'
import { type OrgCard, orgCard, orgSeen } from '#modules/organisation/published.ts'

/** An organisation whose public figures the reader may see. */
export const duesOrg = (ctx: Ctx, orgId: string): Promise<OrgCard | undefined> => orgSeen(ctx, orgId, 'dues.read')

/** An organisation whose lists and bases the reader keeps. */
export const keptOrg = (ctx: Ctx, orgId: string): Promise<OrgCard | undefined> => orgSeen(ctx, orgId, 'dues.manage')

/** The roster a person stands on now, or stood on last, with its organisation. */
export async function homeOf(ctx: Pick<Ctx, 'db'>, personId: string): Promise<OrgCard | undefined> {
  const { rows } = await sql<{ orgId: string }>`select org_id as "orgId" from members.membership where person_id = ${personId}
    order by lower(valid) desc limit 1`.execute(ctx.db)
  return rows[0] && orgCard(ctx.db, rows[0].orgId)
}

/** That organisation, when the reader keeps the bases there. */
export async function keptHome(ctx: Ctx, personId: string): Promise<OrgCard | undefined> {
  const org = await homeOf(ctx, personId)
  return org && ctx.actor.holds('dues.manage', org.path) === true ? org : undefined
}
