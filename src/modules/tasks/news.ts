import type { Ctx } from '#kernel/operation.ts'
import { notify, tellDesk, tellDesks } from '#modules/notifications/published.ts'
import type { Task } from './tables.ts'

type Given = Pick<Task, 'id' | 'title' | 'lead_org_id' | 'lead_id' | 'due_on' | 'version'>

/** Who has it to do from now on hears of it: the person, or the desk of the organisation. Not who gave it to themselves. */
export async function tellGiven(ctx: Ctx, tasks: readonly Given[]): Promise<void> {
  const me = ctx.actor.personId
  const persons = tasks.filter((t) => t.lead_id !== null && t.lead_id !== me)
  const desks = tasks.filter((t) => t.lead_id === null)
  await notify(
    ctx,
    persons.map((t) => ({ ...newsOf(t), personId: t.lead_id! })),
  )
  if (desks.length > 0)
    await tellDesks(
      ctx,
      desks.map((t) => ({ ...newsOf(t), orgId: t.lead_org_id })),
      me,
    )
}

const newsOf = ({ id, title, due_on, version }: Given) => ({
  kind: 'tasks.given',
  key: `${id} ${version}`,
  text: `交给你办：${title}${due_on ? `（${due_on} 前）` : ''}`,
  open: `/todo/${id}`,
})

/** Who gave it hears that it is said to be done. */
export const tellSubmitted = (ctx: Ctx, { id, title, giver_org_id, version }: Task): Promise<void> =>
  tellDesk(
    ctx,
    giver_org_id,
    { kind: 'tasks.submitted', key: `${id} ${version}`, text: `报办结，请验收：${title}`, open: `/tasks/${id}` },
    ctx.actor.personId,
  )

/** Who has it to do hears that it came back. */
export const tellReturned = (ctx: Ctx, t: Task): Promise<void> => {
  const news = { kind: 'tasks.returned', key: `${t.id} ${t.version}`, text: `退回重办：${t.title}`, open: `/todo/${t.id}` }
  return t.lead_id ? notify(ctx, [{ ...news, personId: t.lead_id }]) : tellDesk(ctx, t.lead_org_id, news, ctx.actor.personId)
}
