import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { all, conflict, forbidden, type Verdict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { isCommittees } from '../policy.ts'
import type { Invited, Plan } from '../tables.ts'

/** A plan with its organisation's place today, that organisation's name on the day, and the reader's own part in it. */
export type SeenPlan = Plan & {
  path: string
  org_name: string
  own_kind: string | null
  mine: Invited | null
  counts: { expected: number; comes: number; leave: number; signed: number }
}

const counts = sql`(select jsonb_build_object('expected', count(*) filter (where c.part = 'expected'),
    'comes', count(*) filter (where c.answer = 'comes'), 'leave', count(*) filter (where c.answer = 'leave'),
    'signed', count(*) filter (where c.signed_at is not null))
  from meetings.invited c where c.org_id = p.org_id and c.plan_id = p.id)`

/** Plans the condition finds, each with what the reader has to do with it. */
export async function plansWhere(
  ctx: Ctx,
  condition: RawBuilder<unknown>,
  order = sql`p.starts_at, p.id`,
  limit = 500,
): Promise<SeenPlan[]> {
  const { rows } = await sql<SeenPlan>`
    select p.*, o.path, coalesce(n.name, '') as org_name, k.name as own_kind, case when i.person_id is null then null else to_jsonb(i) end as mine,
      ${counts} as counts
    from meetings.plan p join organisation.org o on o.id = p.org_id
    left join organisation.naming n on n.org_id = p.org_id and n.valid @> p.held_on
    left join meetings.own_kind_name k on k.kind_id = p.own_kind_id and k.valid @> p.held_on
    left join meetings.invited i on i.org_id = p.org_id and i.plan_id = p.id and i.person_id = ${ctx.actor.personId}::uuid
    where ${condition} order by ${order} limit ${limit}`.execute(ctx.db)
  return rows
}

/** The plan if the actor sees it: called to it, leading it, or reading the meetings of its organisation. */
export async function seenPlan(ctx: Ctx, { id }: { id: string }): Promise<SeenPlan | undefined> {
  const [plan] = await plansWhere(ctx, sql`p.id = ${id}`, undefined, 1)
  return plan && seesPlan(ctx.actor, plan) ? plan : undefined
}

/** The same, locked for a change. */
export async function lockedPlan(ctx: Ctx, { id }: { id: string }): Promise<SeenPlan | undefined> {
  const plan = await seenPlan(ctx, { id })
  if (!plan) return undefined
  const { rows } = await sql<Plan>`select * from meetings.plan where org_id = ${plan.org_id} and id = ${id} for update`.execute(ctx.db)
  return rows[0] && { ...plan, ...rows[0] }
}

export type PlanStep = 'change' | 'cancel' | 'renew' | 'answer' | 'tick' | 'code' | 'record' | 'excuse' | 'leaveOut'

const leads = (a: Actor, p: SeenPlan) => a.personId !== null && [p.chair_id, p.recorder_id].includes(a.personId)
const records = (a: Actor, p: SeenPlan): Verdict => leads(a, p) || a.holds('meetings.record', p.path)
const open = (p: SeenPlan): Verdict =>
  p.state === 'announced' || conflict('plan-closed', p.state === 'held' ? '这次会已经记录，安排不能再改' : '这次会已经取消')

/** Who may do what to a plan, and when. */
export const planPolicy: Record<PlanStep, (a: Actor, p: SeenPlan) => Verdict> = {
  change: (a, p) => all(a.holds('meetings.record', p.path), open(p)),
  cancel: (a, p) => all(records(a, p), open(p)),
  renew: (a, p) => all(records(a, p), open(p)),
  answer: (_a, p) => all(p.mine !== null || forbidden('not-called', '这次会没有通知你参加，不用回复'), open(p)),
  tick: (a, p) => all(records(a, p), open(p)),
  code: (a, p) => all(records(a, p), open(p)),
  record: (a, p) => all(a.holds('meetings.record', p.path), open(p)),
  excuse: (a, p) => all(excuses(a, p), open(p)),
  leaveOut: (a, p) => all(records(a, p), open(p)),
}

/** The chair or a secretary of that organisation grants leave; nobody grants their own. */
const excuses = (a: Actor, p: SeenPlan): Verdict =>
  (a.personId !== null && a.personId === p.chair_id) ||
  a.grantsOf('meetings.excuse').some((g) => g.orgId === p.org_id) ||
  forbidden('not-excusing', '请假由会议主持人或本组织书记批准')

export const planAbilities = (a: Actor, p: SeenPlan) =>
  Object.fromEntries(
    Object.entries(planPolicy).map(([step, may]) => {
      const verdict = may(a, p)
      return [step, verdict === true ? (true as const) : { code: verdict.code, message: verdict.message }]
    }),
  )

/** Does the actor see that this meeting is planned? */
export const seesPlan = (a: Actor, p: SeenPlan): boolean => p.mine !== null || leads(a, p) || a.holds('meetings.read', p.path) === true

/** Does the actor also see its agenda and who was called? A committee's is for its members, those called, and those above. */
export const seesAgenda = (a: Actor, p: SeenPlan): boolean =>
  p.mine !== null || leads(a, p) || !isCommittees(p.kinds) || a.holds('meetings.readCommittee', p.path) === true
