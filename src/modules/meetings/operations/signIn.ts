import { sql } from 'kysely'
import { z } from 'zod'
import { json } from '#kernel/database.ts'
import { conflict, forbidden, invalid, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { expectedOn } from '../expected.ts'
import { codeNow, planOfCode, readCode, TURN } from '../planning/code.ts'
import { lockedPlan, planPolicy, plansWhere, type SeenPlan, seenPlan } from '../planning/find.ts'

const EARLIEST = 60 * 60_000
const LATEST = 2 * 60 * 60_000
const LATER = 12 * 60 * 60_000

/** The code for the screen of whoever leads the meeting: it turns every 20 seconds. */
export const signInCode = query('meetings.signInCode', {
  title: '出示签到码',
  input: z.object({ id: z.uuid(), origin: z.string().regex(/^https?:\/\/[A-Za-z0-9.:[\]-]{1,200}$/, '网址不对') }),
  output: z.object({
    /** An SVG picture. */
    picture: z.string(),
    address: z.string(),
    secondsLeft: z.int(),
    turn: z.int(),
    /** From when until when it is taken; null while it is. */
    closed: z.string().nullable(),
  }),
  load: seenPlan,
  may: planPolicy.code,
  run: async (ctx, { id, origin }, plan) => {
    const { token, secondsLeft } = codeNow(id, plan.code_key, ctx.now)
    const { toString: qrCode } = await import('qrcode')
    const address = `${origin}/meetings/sign-in?t=${token}`
    const open = timely(ctx, plan, LATEST)
    return {
      picture: await qrCode(address, { type: 'svg', margin: 1, errorCorrectionLevel: 'L' }),
      address,
      secondsLeft,
      turn: TURN,
      closed: open === true ? null : open.message,
    }
  },
})

export const signIn = command('meetings.signIn', {
  title: '扫码签到',
  input: z.object({ token: z.string().regex(/^[0-9a-f-]{36}\.\d{1,12}\.[A-Za-z0-9_-]{22}$/, '签到码不完整，请重新扫') }),
  output: z.object({
    planId: z.uuid(),
    title: z.string(),
    orgName: z.string(),
    /** Sent late from a phone that had no connection: the recorder is asked to confirm it. */
    toConfirm: z.boolean(),
    already: z.boolean(),
  }),
  load: async (ctx, { token }) => {
    const planId = planOfCode(token)
    const [plan] = z.uuid().safeParse(planId).success ? await plansWhere(ctx, sql`p.id = ${planId}`, undefined, 1) : []
    const code = plan && readCode(token, plan.code_key, ctx.now)
    return plan && code && { plan, code }
  },
  may: (actor, { plan }) =>
    actor.personId === null
      ? forbidden('sign-in-person', '签到要由本人登录办理')
      : plan.state === 'announced' ||
        conflict('plan-closed', plan.state === 'held' ? '这次会已经记录，签到已结束。请找记录人核对' : '这次会已经取消'),
  run: async (ctx, _input, { plan, code }) => {
    const open = timely(ctx, plan, code === 'fresh' ? LATEST : LATER)
    if (open !== true) throw open
    const personId = ctx.actor.personId!
    const part = plan.mine?.part ?? (await calledSince(ctx, plan, personId))
    if (!part) throw forbidden('not-expected', '你不在这次会的应到名单里，不能签到。应当到会的，请找记录人更新名单')
    const already = plan.mine?.signed_at != null
    const way = code === 'fresh' ? 'code' : 'codeLater'
    // A first sign-in stands; only what still has to be confirmed is made good by a fresh code.
    await sql`insert into meetings.invited as i (org_id, plan_id, person_id, part, signed_at, way)
      values (${plan.org_id}, ${plan.id}, ${personId}, ${part}, ${ctx.now}, ${way})
      on conflict (org_id, plan_id, person_id) do update set signed_at = excluded.signed_at, way = excluded.way
      where i.signed_at is null or (i.way = 'codeLater' and excluded.way = 'code')`.execute(ctx.db)
    const toConfirm = way === 'codeLater' && !(already && plan.mine?.way !== 'codeLater')
    return { planId: plan.id, title: plan.title, orgName: plan.org_name, toConfirm, already }
  },
})

export const tick = command('meetings.tick', {
  title: '点名：记谁到了会',
  input: z.object({
    id: z.uuid(),
    people: z
      .array(z.strictObject({ personId: z.uuid(), present: z.boolean() }))
      .min(1)
      .max(2_000),
  }),
  output: z.object({ id: z.uuid(), signedIn: z.int() }),
  load: lockedPlan,
  may: planPolicy.tick,
  run: async (ctx, { id, people }, plan) => {
    const open = timely(ctx, plan, LATER)
    if (open !== true) throw open
    const { rows } = await sql<{ person_id: string }>`update meetings.invited i
      set signed_at = case when g.present then coalesce(i.signed_at, ${ctx.now}::timestamptz) end,
        way = case when not g.present then null when i.way = 'code' then 'code' else 'ticked' end
      from jsonb_to_recordset(${json(people)}) as g("personId" uuid, present boolean)
      where i.org_id = ${plan.org_id} and i.plan_id = ${plan.id} and i.person_id = g."personId" returning i.person_id`.execute(ctx.db)
    if (rows.length < new Set(people.map((p) => p.personId)).size)
      throw invalid('not-called', '有人不在应到名单里，请先按当天名册更新名单', { people: ['有人不在应到名单里'] })
    const counted = await sql<{ n: number }>`select count(*)::int as n from meetings.invited
      where org_id = ${plan.org_id} and plan_id = ${plan.id} and signed_at is not null`.execute(ctx.db)
    return { id, signedIn: counted.rows[0]!.n }
  },
})

/** Signing in opens an hour before the meeting and closes `after` milliseconds past its end. */
function timely({ now }: Pick<Ctx, 'now'>, { starts_at, ends_at }: SeenPlan, after: number): Verdict {
  if (now.getTime() < starts_at.getTime() - EARLIEST) return conflict('too-early', '会前一小时起可以签到，现在还早')
  if (now.getTime() > ends_at.getTime() + after) return conflict('too-late', '签到时间已过。到会的人请由记录人在会议记录里核对')
  return true
}

/** Somebody who came onto the roster after the call is expected all the same. */
async function calledSince(ctx: Ctx, plan: SeenPlan, personId: string): Promise<'expected' | undefined> {
  const { basis, people } = await expectedOn(ctx.db, { id: plan.org_id }, plan.kinds as 'other'[], plan.held_on)
  return basis !== 'chosen' && people.some((p) => p.personId === personId) ? 'expected' : undefined
}
