import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { addedTo, HAND_OFFS, OPEN_STATES, OWN_AT_LEAST } from '../contract.ts'
import { namesOf, overdueDays, type Seen, taskRows } from '../find.ts'
import type { Deployment, Step } from '../tables.ts'

export const FINDINGS = ['result-missing', 'third-hand-off', 'empty-forwarding'] as const

const Finding = z.object({
  key: z.enum(FINDINGS),
  orgId: z.uuid(),
  orgName: z.string(),
  on: z.iso.date(),
  says: z.string(),
  source: z.string(),
  remedy: z.string(),
  factIds: z.array(z.uuid()),
  /** The page that shows it. */
  open: z.string(),
})
type Finding = z.output<typeof Finding>

export const findings = query('tasks.findings', {
  title: '核对任务：没有结果的决议、多次转办、原样转发',
  input: z.object({ orgId: z.uuid(), key: z.enum(FINDINGS).optional() }),
  output: z.object({ items: z.array(Finding) }),
  snapshot: true,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'tasks.read'),
  may: (actor, org) => actor.holds('tasks.read', org.path),
  run: async (ctx, { key }, org) => {
    const wanted = { 'result-missing': resultsMissing, 'third-hand-off': handedAround, 'empty-forwarding': forwardedUnchanged }
    const found: Finding[] = []
    for (const name of FINDINGS) if (!key || key === name) found.push(...(await wanted[name](ctx, org)))
    return { items: found }
  },
})

const MOST = 200
// A grant may be for the organisation alone: what lies below it is then not the reader's.
const readBelow = ({ actor }: Ctx, { path }: OrgCard, column: string) =>
  sql`(${sql.ref(column)} >= ${path} and ${sql.ref(column)} < ${beyond(path)} and ${actor.within('tasks.read', column)})`

/** A resolution's action past its term without a result: it comes back on every agenda until one is reported. */
async function resultsMissing(ctx: Ctx, org: OrgCard): Promise<Finding[]> {
  const today = dateAt(ctx.now)
  const { rows } = await sql<Seen>`${taskRows} where ${readBelow(ctx, org, 'l.path')} and t.source = 'resolution'
    and t.state = any(${[...OPEN_STATES]}::text[]) and t.state <> 'submitted' and t.due_on < ${today}::date
    order by t.due_on, t.id limit ${MOST}`.execute(ctx.db)
  return rows.map((t) => ({
    key: 'result-missing',
    orgId: t.lead_org_id,
    orgName: t.lead_org_name,
    on: t.due_on!,
    says: `${t.lead_org_name}的决议事项“${t.title}”应在 ${t.due_on} 前办结，逾期 ${overdueDays(t, today)} 天没有结果，每次开会都列在未办事项里`,
    source: '本组织会议决议',
    remedy: '请牵头人报结果，或向交办方申请延期；确实不用办的，由会议说明后撤销',
    factIds: [t.given_fact],
    open: `/tasks/${t.id}`,
  }))
}

/** The facts only: how often, and along which chain. What to call it is for a person of the 纪委 to find. */
async function handedAround(ctx: Ctx, org: OrgCard): Promise<Finding[]> {
  const { rows } = await sql<Seen>`${taskRows} where (${readBelow(ctx, org, 'h.path')} or ${readBelow(ctx, org, 'l.path')})
    and t.hand_offs >= ${HAND_OFFS} and t.state <> 'cancelled' order by t.given_at, t.id limit ${MOST}`.execute(ctx.db)
  const found: Finding[] = []
  for (const t of rows) {
    const { rows: steps } = await sql<Step>`select s.* from tasks.step s where s.org_id = ${t.org_id} and s.task_id = ${t.id}
      and s.step = 'handOff' order by s.id`.execute(ctx.db)
    const names = await namesOf(
      ctx.db,
      'org',
      steps.flatMap((s) => [s.from_org_id, s.to_org_id]),
    )
    const chain = [steps[0]?.from_org_id, ...steps.map((s) => s.to_org_id)].map((id) => names.get(id ?? '') ?? '')
    const { rows: facts } = await sql<{ id: string }>`select f.id from ledger.fact f
      where f.org_id = any(${[...names.keys()]}::uuid[]) and f.subject = ${t.id} and f.kind in ('task.handedOff', 'task.passedUp')
      order by f.recorded_at, f.id`.execute(ctx.db)
    found.push({
      key: 'third-hand-off',
      orgId: t.lead_org_id,
      orgName: t.lead_org_name,
      on: dateAt(steps.at(-1)?.at ?? t.given_at),
      says: `“${t.title}”已转 ${t.hand_offs} 次：${chain.join(' → ')}`,
      source: `转办 ${HAND_OFFS} 次由上级定责任方`,
      remedy: '请上级定由谁办，并写明理由',
      factIds: facts.map((f) => f.id),
      open: `/tasks/${t.id}`,
    })
  }
  return found
}

/** Days after receiving a deployment within which one's own is compared with it. */
const COMPARED_DAYS = 60

/** A deployment of an organisation's own that says nothing but what it received from above shortly before. */
async function forwardedUnchanged(ctx: Ctx, org: OrgCard): Promise<Finding[]> {
  type Pair = Deployment & { org_name: string; received_title: string; received_text: string; received_from: string; received_fact: string }
  const { rows } =
    await sql<Pair>`select d.*, coalesce(o.short_name, o.name) as org_name, t.title as received_title, t.text as received_text,
      coalesce(g.short_name, g.name) as received_from, t.given_fact as received_fact
    from tasks.deployment d join organisation.org o on o.id = d.org_id
    join tasks.task t on t.lead_org_id = d.org_id and t.source = 'deployment' and t.given_at <= d.given_at
      and t.given_at > d.given_at - ${COMPARED_DAYS} * interval '1 day'
    join organisation.org g on g.id = t.giver_org_id
    where ${readBelow(ctx, org, 'o.path')} and d.from_id is null order by d.given_on, d.id limit ${MOST * 5}`.execute(ctx.db)
  return rows
    .map((d) => ({ ...d, added: addedTo(`${d.received_title}${d.received_text}`, d.own_text) }))
    .filter((d) => d.added < OWN_AT_LEAST)
    .map((d) => ({
      key: 'empty-forwarding',
      orgId: d.org_id,
      orgName: d.org_name,
      on: d.given_on,
      says: `${d.org_name} ${d.given_on} 向 ${d.receivers} 个下级部署的“${d.title}”，与收到的${d.received_from}部署“${d.received_title}”文字相同，本级自己写的只有 ${d.added} 个字`,
      source: '部署要逐级分解，不能原样转发',
      remedy: '请写明本级怎么落实，从收到的部署里分解下去',
      factIds: [d.received_fact, d.fact_id],
      open: `/deployments/${d.id}`,
    }))
}
