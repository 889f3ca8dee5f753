import type { Ctx } from '#kernel/operation.ts'
import { notify, overWith, tellDesk } from '#modules/notifications/published.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import type { Transfer } from './store.ts'

const COMING = 'transfers.coming'
const SETTLED = 'transfers.settled'

/** The branch that shall receive hears of it; the name stands on the page, not in the notice. */
export const tellSent = (ctx: Ctx, id: string, from: OrgCard, to: OrgCard): Promise<void> =>
  tellDesk(
    ctx,
    to.id,
    { kind: COMING, key: id, text: `${from.name}转来一名党员的组织关系，请接收或退回`, open: `/transfers?org=${to.id}` },
    ctx.actor.personId,
  )

/** The sender and the person hear how it ended; the receiver is reminded no longer. */
export async function tellSettled(ctx: Ctx, { id, personId, fromId, toName }: Transfer, outcome: '已接收' | '已退回'): Promise<void> {
  await overWith(ctx, COMING, { gone: [id] })
  const news = { kind: SETTLED, key: `${id} ${outcome}`, open: `/transfers${fromId ? `?org=${fromId}` : ''}` }
  if (fromId) await tellDesk(ctx, fromId, { ...news, text: `转往${toName}的组织关系${outcome}` }, ctx.actor.personId)
  if (outcome === '已接收') await notify(ctx, [{ ...news, personId, text: `你的组织关系已转入${toName}`, open: '/me' }])
}

/** What was withdrawn waits for nobody. */
export const tellWithdrawn = (ctx: Ctx, { id }: Pick<Transfer, 'id'>): Promise<void> => overWith(ctx, COMING, { gone: [id] })
