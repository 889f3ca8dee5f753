import { sql } from 'kysely'
import { partsOfDate } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { notify, overWith } from '#modules/notifications/published.ts'
import { isCommittees } from '../policy.ts'
import type { Plan } from '../tables.ts'

type Told = Pick<Plan, 'id' | 'org_id' | 'title' | 'kinds' | 'held_on' | 'starts_at' | 'place' | 'version'>

/** Everybody called to a plan, guests too. */
export async function invitedTo({ db }: Pick<Ctx, 'db'>, { org_id, id }: Pick<Plan, 'org_id' | 'id'>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select person_id as id from meetings.invited
    where org_id = ${org_id} and plan_id = ${id}`.execute(db)
  return rows.map((r) => r.id)
}

/** Who is called to a meeting hears of it; not who called it. */
export const tellCalled = (ctx: Ctx, plan: Told, personIds: readonly string[]): Promise<void> =>
  tell(ctx, plan, personIds, 'meetings.called', `请参加${nameOf(plan)}：${whenOf(plan)}`)

/** Another time or place is told to all; otherwise only those newly called hear, and those called off. */
export async function tellChanged(
  ctx: Ctx,
  plan: Told,
  { called, before, moved }: { called: readonly string[]; before: readonly string[]; moved: boolean },
): Promise<void> {
  const [known, wanted] = [new Set(before), new Set(called)]
  await tellCalled(
    ctx,
    plan,
    called.filter((id) => !known.has(id)),
  )
  if (moved)
    await tell(
      ctx,
      plan,
      called.filter((id) => known.has(id)),
      'meetings.changed',
      `${nameOf(plan)}改为${whenOf(plan)}，请重新答复`,
    )
  await tell(
    ctx,
    plan,
    before.filter((id) => !wanted.has(id)),
    'meetings.calledOff',
    `${nameOf(plan)}（${whenOf(plan)}）不用你参加了`,
  )
}

/** A meeting that is not held is told to everybody called; the call itself is over. */
export async function tellCancelled(ctx: Ctx, plan: Told): Promise<void> {
  const gone = Array.from({ length: plan.version }, (_, i) => `${plan.id} ${i + 1}`)
  for (const kind of ['meetings.called', 'meetings.changed']) await overWith(ctx, kind, { gone })
  await tell(ctx, plan, await invitedTo(ctx, plan), 'meetings.planCancelled', `${nameOf(plan)}（${whenOf(plan)}）取消了`)
}

const tell = (ctx: Ctx, { id, version }: Told, personIds: readonly string[], kind: string, text: string) =>
  notify(
    ctx,
    [...new Set(personIds)]
      .filter((personId) => personId !== ctx.actor.personId)
      .map((personId) => ({ personId, kind, key: `${id} ${version}`, text, open: `/meetings/plans/${id}` })),
  )

// What a committee meets about is not for a notice that may go outside by mail.
const nameOf = ({ title, kinds }: Told) => (isCommittees(kinds) ? '班子会议' : `「${title}」`)

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

function whenOf({ held_on, starts_at, place }: Told): string {
  const { month, day } = partsOfDate(held_on)
  return `${month}月${day}日 ${clock.format(starts_at)}${place ? `，${place}` : ''}`
}
