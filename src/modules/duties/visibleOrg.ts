import type { Ctx } from '#kernel/operation.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'

/** An organisation whose duties the reader may see; others are not there. */
export const visibleOrg = (ctx: Ctx, orgId: string): Promise<OrgCard | undefined> => orgSeen(ctx, orgId, 'duties.read')
