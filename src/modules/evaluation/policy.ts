import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { forbidden, type Verdict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { periodFromKey } from '#kernel/period.ts'
import { rosterOn } from '#modules/members/published.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'

type Placed = { path: string }

export const policy = {
  read: (actor: Actor, org: Placed) => actor.holds('evaluation.read', org.path),
  enter: (actor: Actor, org: Placed) => actor.holds('evaluation.enter', org.path),
  manage: (actor: Actor, org: Placed) => actor.holds('evaluation.manage', org.path),
}

/** An organisation whose results the reader may see; others are not there. */
export const seenOrg = (ctx: Ctx, { orgId }: { orgId: string }): Promise<OrgCard | undefined> => orgSeen(ctx, orgId, 'evaluation.read')

/** A scheme from above binds those below: whoever reads anywhere in its subtree reads it too. */
export const bindsReader = (actor: Actor, path: string): boolean => actor.grantsOf('evaluation.read').some((g) => g.path.startsWith(path))

/** Whether the period is over. */
export const isOver = (ctx: Pick<Ctx, 'now'>, period: string): boolean => {
  const to = periodFromKey(period)?.to
  return to !== undefined && to < dateAt(ctx.now)
}

/** While a period runs, superiors see duties and dates, not scores. */
export const notRunning = (ctx: Pick<Ctx, 'now'>, period: string): Verdict =>
  isOver(ctx, period) || forbidden('running-score', '考核期还没有结束。上级看应办事项和期限，不看进行中的得分；请在考核期结束后再算')

/** The decision that holds for an organisation: the latest one of the nearest organisation above that decided. */
export interface SelfCheck {
  orgId: string
  orgName: string
  allowed: boolean
  reason: string
  documentNo: string
  decidedAt: string
}

/** Whether the unit may look at its own running score; undefined where nobody above ever decided (then it may not). */
export async function selfCheckOf(db: Db, { path }: Placed): Promise<SelfCheck | undefined> {
  const { rows } = await sql<SelfCheck>`
    select o.id as "orgId", o.name as "orgName", s.allowed, s.reason, s.document_no as "documentNo",
      to_char(s.decided_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "decidedAt"
    from evaluation.self_check s join organisation.org o on o.id = s.org_id
    where starts_with(${path}, o.path) order by length(o.path) desc, s.decided_at desc, s.id desc limit 1`.execute(db)
  return rows[0]
}

/**
 * A score that is not published: for the unit itself where its committee decided so, and for the office that prepares a run of a period
 * that is over. Nobody else.
 */
export async function mayLive(ctx: Ctx, org: OrgCard, period: string): Promise<Verdict> {
  if (isOver(ctx, period) && policy.manage(ctx.actor, org) === true) return true
  const own = ctx.actor.grantsOf('evaluation.read').some((g) => g.orgId === org.id)
  if (!own) return notRunning(ctx, period) === true ? notPublished : notRunning(ctx, period)
  return (await selfCheckOf(ctx.db, org))?.allowed || selfCheckOff
}

const notPublished = forbidden('not-published', '这一期的考核结果还没有发布。发布后在「考核结果」里看')
const selfCheckOff = forbidden(
  'self-check-off',
  '年度考核对照没有开放。平时看「应办事项」；要开放自查，由上级党委研究决定，党务干部登记后生效',
)

/** 回避: nobody judges the organisation on whose roster they stand. */
export async function assertStranger(ctx: Ctx, orgId: string): Promise<void> {
  const { personId } = ctx.actor
  if (personId === null) return
  const roster = await rosterOn(ctx.db, orgId, dateAt(ctx.now))
  if (roster.some((p) => p.personId === personId)) throw forbidden('own-unit', '你在这个组织的名册上，应当回避，请由别人评定')
}
