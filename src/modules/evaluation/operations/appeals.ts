import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { all, conflict, forbidden, invalid, stale, type Verdict } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { APPEAL_STATES, type AppealState, appealLife, type RunState } from '../contract.ts'
import type { EvaluatedObject } from '../engine/evaluate.ts'
import { assertStranger, policy, seenOrg } from '../policy.ts'
import { type AppealRow, record, tables } from '../tables.ts'
import { holdRun } from './holding.ts'
import { Can, canOf } from './runs.ts'

const Reason = z.string().trim().min(5, '请写明理由，至少五个字').max(2000)
const digestOf = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/** Whether an organisation's own officers may appeal against a published result now. */
export function mayAppeal(actor: Actor, orgId: string, run: Window, today: string): Verdict {
  if (!actor.grantsOf('evaluation.appeal').some((g) => g.orgId === orgId))
    return forbidden('not-own-result', '申诉由被考核的组织自己的委员提出')
  if (run.state !== 'checking' && run.state !== 'announced')
    return conflict('not-appealable', '现在不是申诉的时候：结果核对期和公示期内可以申诉')
  const until = run.state === 'announced' ? run.announced_until : run.appeals_until
  return until === null || today <= until || conflict('appeals-over', `申诉已于 ${until} 截止`)
}

interface Window {
  state: RunState
  appeals_until: string | null
  announced_until: string | null
}

interface Against extends Window {
  body: EvaluatedObject
}

export const fileAppeal = command('evaluation.fileAppeal', {
  title: '对一项得分提出申诉',
  input: z.object({ orgId: z.uuid(), runId: z.uuid(), path: z.string().min(1).max(1000), reason: Reason }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: async (ctx, { orgId, runId }) => {
    const org = await seenOrg(ctx, { orgId })
    await holdRun(ctx, runId)
    const { rows } = await sql<Against>`select r.state, r.appeals_until, r.announced_until, t.body from evaluation.result t
      join evaluation.run r on r.id = t.run_id where t.org_id = ${orgId} and t.run_id = ${runId} for update of t`.execute(ctx.db)
    return org && rows[0] && { org, against: rows[0] }
  },
  may: (actor, { org }) =>
    actor.grantsOf('evaluation.appeal').some((g) => g.orgId === org.id) || forbidden('not-own-result', '申诉由被考核的组织自己的委员提出'),
  run: async (ctx, { orgId, runId, path, reason }, { against }) => {
    const verdict = mayAppeal(ctx.actor, orgId, against, dateAt(ctx.now))
    if (verdict !== true) throw verdict
    if (!against.body.items.some((i) => i.path === path))
      throw invalid('no-such-item', '结果里没有这一项，请从得分树里选', { path: ['请从得分树里选'] })
    const { rows } = await sql<{ state: AppealState }>`select state from evaluation.appeal
      where org_id = ${orgId} and run_id = ${runId} and path = ${path} and state in ('filed', 'upheld', 'rejected')`.execute(ctx.db)
    // Asked again and again, one mark would keep the result of all from becoming final.
    if (rows.some((r) => r.state === 'rejected')) throw conflict('appeal-decided', '这一项已经复核过，维持原结果，同一次考核不再复核第二次')
    if (rows.length > 0) throw conflict('appeal-open', '这一项已经有一件申诉在办，等复核以后再说')
    const id = newId()
    await tables(ctx)
      .insertInto('evaluation.appeal')
      .values({
        org_id: orgId, id, run_id: runId, path, reason, filed_by: ctx.actor.personId, filed_at: ctx.now,
        state: 'filed', decision: null, decided_by: null, decided_at: null,
      }) // biome-ignore format: one row
      .execute()
    record(ctx, 'appeal.filed', { subject: id, orgId, body: { runId, digest: digestOf(path, reason) } })
    return { id, version: 1 }
  },
})

const Ref = z.object({ orgId: z.uuid(), id: z.uuid(), version: z.int() })

type Found = Omit<AppealRow, 'version'> & { version: number; path_of_org: string }

async function lockedAppeal(ctx: Ctx, { orgId, id }: { orgId: string; id: string }): Promise<Found | undefined> {
  if (!(await seenOrg(ctx, { orgId }))) return undefined
  const of = await tables(ctx)
    .selectFrom('evaluation.appeal')
    .select('run_id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!of) return undefined
  await holdRun(ctx, of.run_id)
  const { rows } = await sql<Found>`select a.*, o.path as path_of_org from evaluation.appeal a
    join organisation.org o on o.id = a.org_id where a.org_id = ${orgId} and a.id = ${id} for update of a`.execute(ctx.db)
  return rows[0]
}

export const withdrawAppeal = command('evaluation.withdrawAppeal', {
  title: '撤回申诉',
  input: Ref,
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: lockedAppeal,
  may: (actor, appeal) =>
    actor.grantsOf('evaluation.appeal').some((g) => g.orgId === appeal.org_id) || forbidden('not-own-appeal', '申诉由提出的组织自己撤回'),
  run: async (ctx, { version }, appeal) => {
    if (appeal.version !== version) throw stale({}, { state: appeal.state, version: appeal.version })
    const legal = appealLife.allows(appeal.state, 'withdraw')
    if (legal !== true) throw legal
    record(ctx, 'appeal.withdrawn', { subject: appeal.id, orgId: appeal.org_id, body: {} })
    return changed(ctx, appeal, { state: 'withdrawn' })
  },
})

/** Somebody above decides: never who filed it, never who sits on the committee that appeals or judges on the strength of a post in it. */
const mayDecide = (actor: Actor, { org_id, path_of_org, filed_by }: Pick<Found, 'org_id' | 'path_of_org' | 'filed_by'>): Verdict => {
  const holds = actor.holds('evaluation.decide', path_of_org)
  if (holds !== true) return holds
  if (actor.personId !== null && actor.personId === filed_by) return forbidden('own-appeal', '自己提出的申诉由别人复核')
  const above = actor.grantsOf('evaluation.decide').some((g) => g.orgId !== org_id && g.subtree && path_of_org.startsWith(g.path))
  const own = actor.grantsOf('evaluation.appeal').some((g) => g.orgId === org_id)
  return (above && !own) || forbidden('own-unit', '申诉由上级复核，不由提出申诉的组织自己复核')
}

export const decideAppeal = command('evaluation.decideAppeal', {
  title: '复核一件申诉',
  input: Ref.extend({ outcome: z.enum(['upheld', 'rejected']), decision: Reason }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: lockedAppeal,
  may: mayDecide,
  run: async (ctx, { version, outcome, decision }, appeal) => {
    if (appeal.version !== version) throw stale({ decision }, { state: appeal.state, version: appeal.version })
    const legal = appealLife.allows(appeal.state, outcome === 'upheld' ? 'uphold' : 'reject')
    if (legal !== true) throw legal
    await assertStranger(ctx, appeal.org_id)
    record(ctx, 'appeal.decided', { subject: appeal.id, orgId: appeal.org_id, body: { outcome, digest: digestOf(decision) } })
    return changed(ctx, appeal, { state: outcome, decision, decided_by: ctx.actor.personId, decided_at: ctx.now })
  },
})

interface Change {
  state: AppealState
  decision?: string
  decided_by?: string | null
  decided_at?: Date
}

async function changed(ctx: Ctx, { org_id, id, version }: Found, change: Change) {
  const next = version + 1
  await tables(ctx)
    .updateTable('evaluation.appeal')
    .set({ ...change, version: next })
    .where('org_id', '=', org_id)
    .where('id', '=', id)
    .execute()
  return { id, version: next }
}

const Line = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  runId: z.uuid(),
  path: z.string(),
  reason: z.string(),
  filedBy: z.string().nullable(),
  filedOn: z.iso.date(),
  state: z.enum(appealLife.states),
  stateName: z.string(),
  decision: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedOn: z.iso.date().nullable(),
  version: z.int(),
  can: z.object({ withdraw: Can, decide: Can }),
})

interface Row extends Found {
  org_name: string
  filer: string | null
  decider: string | null
}

export const appeals = query('evaluation.appeals', {
  title: '看申诉',
  input: Paged.extend({ orgId: z.uuid(), runId: z.uuid().optional(), state: z.enum(appealLife.states).optional() }),
  output: pageOf(Line),
  load: seenOrg,
  may: policy.read,
  run: async (ctx, { runId, state, after, limit }, org) => {
    const order = [{ by: sql`a.id`, desc: true }]
    const { rows } = await sql<Row>`
      select a.*, o.path as path_of_org, o.name as org_name, f.name as filer, d.name as decider
      from evaluation.appeal a join organisation.org o on o.id = a.org_id
      left join organisation.person f on f.id = a.filed_by left join organisation.person d on d.id = a.decided_by
      where starts_with(o.path, ${org.path}) and ${ctx.actor.within('evaluation.read', 'o.path')}
        and ${runId ? sql`a.run_id = ${runId}` : sql`true`} and ${state ? sql`a.state = ${state}` : sql`true`} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (r) => [r.id])
    return { ...page, items: page.items.map((r) => lineOf(ctx.actor, r)) }
  },
})

const lineOf = (actor: Actor, r: Row): z.output<typeof Line> => ({
  id: r.id,
  orgId: r.org_id,
  orgName: r.org_name,
  runId: r.run_id,
  path: r.path,
  reason: r.reason,
  filedBy: r.filer,
  filedOn: dateAt(r.filed_at),
  state: r.state,
  stateName: APPEAL_STATES[r.state],
  decision: r.decision,
  decidedBy: r.decider,
  decidedOn: r.decided_at && dateAt(r.decided_at),
  version: r.version,
  can: {
    withdraw: canOf(
      all(
        actor.grantsOf('evaluation.appeal').some((g) => g.orgId === r.org_id) || forbidden('not-own-appeal', '申诉由提出的组织自己撤回'),
        appealLife.allows(r.state, 'withdraw'),
      ),
    ),
    decide: canOf(all(mayDecide(actor, r), appealLife.allows(r.state, 'uphold'))),
  },
})
