import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, forbidden, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { assertCurrent, tell } from '../advance.ts'
import { addedTo, OWN_AT_LEAST, taskLife } from '../contract.ts'
import { storing, Term, taskFrom, termOf } from '../create.ts'
import { locked, type Seen } from '../find.ts'
import { tellGiven } from '../news.ts'
import { isLead } from '../policy.ts'
import { type Deployment, record, tables } from '../tables.ts'

const MOST_CHOSEN = 500

export const deploy = command('tasks.deploy', {
  title: '向下级部署',
  input: Term.extend({
    orgId: z.uuid(),
    title: z.string().trim().min(2, '请写部署的题目').max(200),
    /** What the receivers have to do. In a split of a received deployment: what this organisation adds. */
    text: z.string().trim().min(10, '请写清下级要做什么').max(4_000),
    to: z.enum(['children', 'branches', 'chosen']),
    orgIds: z.array(z.uuid()).max(MOST_CHOSEN).default([]),
    /** The received task that is split, with the version that was seen. */
    from: z.strictObject({ taskId: z.uuid(), version: z.int() }).nullable().default(null),
  }),
  output: z.object({ id: z.uuid(), receivers: z.int(), dueOn: z.iso.date().nullable() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'tasks.read'),
  may: (actor, org) => actor.holds('tasks.give', org.path),
  run: async (ctx, { title, text, to, orgIds, from, ...term }, org) => {
    const received = from && (await receivedOf(ctx, from, org))
    const added = received ? addedTo(received.text, text) : null
    if (added !== null && added < OWN_AT_LEAST)
      throw invalid('nothing-added', '不能原样转发：请写明本级怎么落实（谁办、做什么、到什么时候、怎么查）', {
        text: [`除了照抄和套话，本级自己写的只有 ${added} 个字，至少要 ${OWN_AT_LEAST} 个字`],
      })
    const due_on = await termOf(ctx, term)
    if (received?.due_on && (due_on === null || due_on > received.due_on))
      throw invalid('later-than-above', `上级要求 ${received.due_on} 前办结，给下级的时限不能晚于它`, {
        dueOn: [`不能晚于 ${received.due_on}`],
      })
    const receivers = await receiversOf(ctx, org, to, orgIds)
    const deployment = await store(ctx, org, { title, text, due_on, receivers: receivers.length, received, added })
    const whole = { title, text: deployment.text, source: 'deployment' as const, source_id: deployment.id, source_place_id: null }
    const given = { ...whole, giver_org_id: org.id, lead_id: null, due_on }
    const tasks = receivers.map((lead_org_id) => taskFrom(ctx, { ...given, lead_org_id }))
    await tellGiven(ctx, tasks)
    ctx.clauses.push(storing(tasks))
    return { id: deployment.id, receivers: receivers.length, dueOn: due_on }
  },
})

async function receivedOf(ctx: Ctx, { taskId, version }: { taskId: string; version: number }, org: OrgCard): Promise<Seen> {
  const task = await locked(ctx, { id: taskId })
  if (task?.source !== 'deployment' || task.lead_org_id !== org.id)
    throw invalid('not-received', '这不是本组织收到的部署，请刷新后再选', { 'from.taskId': ['请刷新后再选'] })
  assertCurrent(task, version)
  if (!isLead(ctx.actor, task)) throw forbidden('not-lead', '分解上级部署由本组织的书记或委员办理')
  const verdict = taskLife.allows(task.state, 'plan' as never)
  if (verdict !== true) throw verdict
  return task
}

async function receiversOf(ctx: Ctx, org: OrgCard, to: 'children' | 'branches' | 'chosen', orgIds: readonly string[]): Promise<string[]> {
  const which = {
    children: sql`o.parent_id = ${org.id} and o.kind <> 'partyGroup'`,
    branches: sql`o.kind = any(${[...BRANCH_KINDS]}::text[])`,
    chosen: sql`o.id = any(${[...orgIds]}::uuid[])`,
  }[to]
  const { rows } = await sql<{ id: string }>`select o.id from organisation.org o
    where o.path > ${org.path} and o.path < ${beyond(org.path)} and o.dissolved_on is null and ${which} order by o.path`.execute(ctx.db)
  if (rows.length === 0) throw invalid('no-receivers', '没有接收的下级，请另选', { orgIds: ['请选下级党组织'] })
  if (to === 'chosen' && rows.length < new Set(orgIds).size)
    throw invalid('not-below', '只能向下级部署，请去掉不是下级的', { orgIds: ['有的不是下级党组织'] })
  return rows.map((r) => r.id)
}

interface Given {
  title: string
  text: string
  due_on: string | null
  receivers: number
  received: Seen | null
  added: number | null
}

/** The receivers read what came from above together with what this organisation adds to it. */
async function store(ctx: Ctx, org: OrgCard, { title, text, due_on, receivers, received, added }: Given): Promise<Deployment> {
  const id = newId()
  const body = { dueOn: due_on, receivers, fromId: received?.source_id ?? null, added }
  const whole = received ? `${text}\n\n上级部署原文：\n${received.text}` : text
  if (whole.length > 8_000) throw conflict('too-long', '连同上级原文超过 8000 字，请写短一些')
  const row: Deployment = {
    id,
    org_id: org.id,
    title,
    text: whole,
    own_text: text,
    due_on,
    given_on: dateAt(ctx.now),
    given_at: ctx.now,
    given_by: ctx.actor.personId,
    receivers,
    fact_id: record(ctx, 'deployment.given', { subject: id, orgId: org.id, body }),
    from_id: received?.source_id ?? null,
    from_task_id: received?.id ?? null,
  }
  await tables(ctx).insertInto('tasks.deployment').values(row).execute()
  if (received) {
    await sql`update tasks.task set version = version + 1 where org_id = ${received.org_id} and id = ${received.id}`.execute(ctx.db)
    await tell(ctx, received, 'split', text, { due_on })
  }
  return row
}
