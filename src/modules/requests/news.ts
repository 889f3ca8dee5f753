import type { Ctx } from '#kernel/operation.ts'
import { overWith, tellDesk } from '#modules/notifications/published.ts'
import type { Decision } from './contract.ts'
import type { Seen } from './find.ts'

interface Told {
  id: string
  round: number
  orgId: string
  orgName: string
  toOrgId: string
  toName: string
  title: string
}

export const toldOf = (r: Seen): Told => ({
  id: r.id,
  round: r.round,
  orgId: r.org_id,
  orgName: r.org_name,
  toOrgId: r.to_org_id,
  toName: r.to_name,
  title: r.title,
})

const SAID: Record<Decision, string> = { agreed: '同意', refused: '不同意', returned: '退回补充' }

const RECEIVED = 'requests.received'
const ANSWERED = 'requests.answered'
const openOf = (orgId: string, id: string) => `/requests?org=${orgId}&open=${id}`

/** The superior's desk hears that something came. */
export const tellSent = (ctx: Ctx, { id, round, orgName, toOrgId, title }: Told): Promise<void> =>
  tellDesk(
    ctx,
    toOrgId,
    { kind: RECEIVED, key: `${id} ${round}`, text: `${orgName}报来《${title}》，请答复`, open: openOf(toOrgId, id) },
    ctx.actor.personId,
  )

/** The sender's desk hears the answer; the superior's is reminded of the request no longer. */
export async function tellAnswered(ctx: Ctx, { id, round, orgId, toName, title }: Told, decision: Decision): Promise<void> {
  await overWith(ctx, RECEIVED, { gone: [`${id} ${round}`] })
  const text = `${toName}答复了《${title}》：${SAID[decision]}`
  await tellDesk(ctx, orgId, { kind: ANSWERED, key: `${id} ${round}`, text, open: openOf(orgId, id) }, ctx.actor.personId)
}

/** What was withdrawn waits for nobody. */
export const tellWithdrawn = (ctx: Ctx, { id, round }: Pick<Told, 'id' | 'round'>): Promise<void> =>
  overWith(ctx, RECEIVED, { gone: [`${id} ${round}`] })
