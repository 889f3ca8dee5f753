import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { all, busy, conflict, forbidden, invalid, type Verdict } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { periodFromKey } from '#kernel/period.ts'
import { headNow } from '#ledger/reading.ts'
import { computeWithObjects } from '../compute.ts'
import { RUN_STATES, runLife } from '../contract.ts'
import { type EvaluatedHead, type Evaluation, evaluationText } from '../engine/evaluate.ts'
import { isPersonal, PERSONAL_REASON } from '../engine/scheme.ts'
import type { Declared } from '../known.ts'
import { namesAbove, orgIdsUnder } from '../objects.ts'
import { bindsReader, notRunning, policy, seenOrg } from '../policy.ts'
import { SchemeRef } from '../schemes.ts'
import { type RunRow, record, tables } from '../tables.ts'
import { trialOf } from '../tally.ts'
import { PeriodKey, seenBoth } from './entries.ts'
import { lastDay } from './evaluating.ts'
import { following, Ticket } from './progress.ts'

const ObjectLine = z.object({
  org: z.object({ id: z.uuid(), name: z.string() }),
  /** The organisation it stands under today. */
  above: z.string().nullable(),
  score: z.string().nullable(),
  outOf: z.string().nullable(),
  grade: z.string().nullable(),
  state: z.string().nullable(),
  says: z.string(),
  open: z.array(z.string()),
  bars: z.array(z.string()),
})

export const preview = (declared: Declared) =>
  query('evaluation.preview', {
    title: '试算一期考核结果（不保存）',
    input: SchemeRef.extend({
      orgId: z.uuid(),
      period: PeriodKey,
      asAt: z.iso.date().optional(),
      through: z.int().min(0).optional(),
      ticket: Ticket,
    }),
    output: z.object({
      schemeName: z.string(),
      fingerprint: z.string(),
      period: z.string(),
      asAt: z.iso.date(),
      through: z.int(),
      grades: z.array(z.object({ name: z.string(), count: z.int() })),
      objects: z.array(ObjectLine),
    }),
    snapshot: true,
    load: seenBoth,
    may: (actor, { org, found }) => (isPersonal(found.scheme) ? forbidden('personal-scheme', PERSONAL_REASON) : policy.manage(actor, org)),
    run: async (ctx, { period, asAt = lastDay(ctx, period), through, ticket }, { org, found }) => {
      const running = notRunning(ctx, period)
      if (running !== true) throw running
      const orgIds = await orgIdsUnder(ctx, org.path)
      const asked = { scheme: found.scheme, period, asAt, through, orgIds, tell: following(ticket) }
      const trial = await trialOf(ctx.db, declared, asked)
      const above = await namesAbove(ctx, orgIds)
      return {
        schemeName: found.scheme.name,
        fingerprint: found.fingerprint,
        period,
        asAt,
        through: trial.through,
        grades: gradesOf(trial),
        objects: inOrder(trial.objects, orgIds).map(({ org, score, outOf, grade, state, says, open, bars }) => ({
          org, above: above.get(org.id) ?? null, score, outOf, grade, state, says, open, bars: bars.map((b) => b.says),
        })), // biome-ignore format: one line of a list
      }
    },
  })

/** How many objects have each grade, in the order of the first that has it. */
export const gradesOf = ({ objects }: { objects: readonly EvaluatedHead[] }) =>
  [...Map.groupBy(objects, (o) => o.grade ?? '未定')].map(([name, of]) => ({ name, count: of.length }))

// In the order of the tree, never by score: a list of units is no league table.
function inOrder(objects: readonly EvaluatedHead[], orgIds: readonly string[]) {
  const place = new Map(orgIds.map((id, i) => [id, i]))
  return [...objects].sort((a, b) => place.get(a.org.id)! - place.get(b.org.id)!)
}

export const publishRun = (declared: Declared) =>
  command('evaluation.publishRun', {
    title: '发布考核结果，进入结果核对',
    input: z.object({
      orgId: z.uuid(),
      schemeId: z.uuid(),
      period: PeriodKey,
      asAt: z.iso.date().optional(),
      /** The last day on which an organisation may appeal; left out: a week from today. */
      appealsUntil: z.iso.date().optional(),
    }),
    output: z.object({ id: z.uuid(), version: z.int(), objects: z.int(), through: z.int(), digest: z.string() }),
    load: seenBoth,
    may: (actor, { org }) => policy.manage(actor, org),
    run: async (ctx, { period, asAt = lastDay(ctx, period), appealsUntil = addDays(today(ctx), 7) }, { org, found }) => {
      const row = found.row!
      assertDays(ctx, { period, asAt, appealsUntil })
      if (isPersonal(found.scheme)) throw forbidden('personal-scheme', PERSONAL_REASON)
      if (row.state !== 'published') throw conflict('scheme-not-published', '这份方案还没有发布，或已撤下。先凭文号发布方案，再发布结果')
      await sql`select pg_advisory_xact_lock(hashtextextended(${`evaluation.run ${org.id} ${row.key} ${period}`}, 0))`.execute(ctx.db)
      const before = await tables(ctx)
        .selectFrom('evaluation.run as r')
        .innerJoin('evaluation.scheme as s', 's.id', 'r.scheme_id')
        .select('r.id')
        .where('r.org_id', '=', org.id)
        .where('s.key', '=', row.key) // another edition does not give the same period a second result
        .where('r.period', '=', period)
        .executeTakeFirst()
      if (before) throw conflict('already-published', '这一期的结果已经发布过，不能再发布一次；有异议的走申诉，凭决定重算')
      const through = await numberedSize(ctx)
      const orgIds = await orgIdsUnder(ctx, org.path)
      const { evaluation, objects } = await computeWithObjects(ctx.db, declared, { scheme: found.scheme, period, asAt, through, orgIds })
      if (evaluation.objects.length === 0) throw conflict('no-objects', '本级没有这份方案考核的对象，请换一级组织或方案')
      const digest = createHash('sha256').update(evaluationText(evaluation)).digest('hex')
      const id = newId()
      await tables(ctx)
        .insertInto('evaluation.run')
        .values({
          id, org_id: org.id, scheme_id: row.id, fingerprint: found.fingerprint, period, as_at: asAt, through,
          root: evaluation.treeHead.root, digest, state: 'checking', created_by: ctx.actor.personId, created_at: ctx.now, document_no: null,
          meeting_id: null, appeals_until: appealsUntil, announced_from: null, announced_until: null,
        }) // biome-ignore format: one row
        .execute()
      const groups = new Map(objects.map((o) => [o.orgId, o.group]))
      await storeResults(ctx, id, evaluation, groups)
      record(ctx, 'run.published', {
        subject: id,
        orgId: org.id,
        body: { schemeId: row.id, fingerprint: found.fingerprint, through, digest, asAt },
      })
      return { id, version: 1, objects: evaluation.objects.length, through, digest }
    },
  })

/** An appeal takes days, not years: a year mistyped would keep the result from being resolved on. */
const LONGEST = 60

/** The period is over, judged on a day after it that has come; and there is a time for appeals, which ends. */
function assertDays(ctx: Ctx, { period, asAt, appealsUntil }: { period: string; asAt: string; appealsUntil: string }): void {
  const running = notRunning(ctx, period)
  if (running !== true) throw running
  const [day, over] = [today(ctx), addDays(periodFromKey(period)!.to, 1)]
  if (asAt < over || asAt > day)
    throw invalid('bad-as-at', '结果按考核期结束以后、到今天为止的一天认定', { asAt: [`请填 ${over} 到 ${day} 之间的日期`] })
  if (appealsUntil < day) throw invalid('appeals-over', '申诉截止日期已经过去', { appealsUntil: ['请填今天或之后的日期'] })
  const latest = addDays(day, LONGEST)
  if (appealsUntil > latest)
    throw invalid('appeals-too-long', `申诉期最长 ${LONGEST} 天`, { appealsUntil: [`请填 ${latest} 或之前的日期`] })
}

/** The last number, once everything recorded has one, so that nothing that is already done is left out unnoticed. */
export async function numberedSize(ctx: Ctx): Promise<number> {
  const { rows } = await sql`select 1 from ledger.pending limit 1`.execute(ctx.db)
  if (rows.length > 0) throw busy('ledger-behind', '刚存入的记录正在编号，请过几秒再发布')
  return (await headNow(ctx.db))?.size ?? 0
}

async function storeResults(ctx: Ctx, runId: string, { objects }: Evaluation, groups: Map<string, string>) {
  const rows = objects.map((o) => ({ org: o.org.id, group: groups.get(o.org.id) ?? '', score: o.score, grade: o.grade, body: o }))
  await sql`insert into evaluation.result (org_id, run_id, like_group, score, grade, body)
    select r.org, ${runId}::uuid, r."group", r.score, r.grade, r.body
    from jsonb_to_recordset(${json(rows)}) as r(org uuid, "group" text, score numeric, grade text, body jsonb)`.execute(ctx.db)
}

export type SeenRun = Omit<RunRow, 'version'> & {
  version: number
  path: string
  org_name: string
  scheme_name: string
  filed: number
  upheld: number
}

/** Of a run r: its appeals that wait for a decision, and those upheld that wait for the recalculation. */
export const appealCounts = sql`coalesce(appeals.filed, 0) as filed, coalesce(appeals.upheld, 0) as upheld`
export const withAppeals = sql`left join (
  select run_id, (count(*) filter (where state = 'filed'))::int as filed, (count(*) filter (where state = 'upheld'))::int as upheld
  from evaluation.appeal group by run_id) appeals on appeals.run_id = r.id`

const today = (ctx: Ctx) => dateAt(ctx.now)

/** Whether a step may be taken with a run now: by its state, its appeals and its dates. */
export function mayStep(run: SeenRun, step: RunStep, day: string): Verdict {
  const allowed = runLife.allows(run.state, step)
  if (allowed !== true) return allowed
  if (step === 'recalculate') return run.upheld > 0 || conflict('nothing-upheld', '没有成立的申诉要重算')
  if (run.filed > 0) return conflict('appeals-open', `还有 ${run.filed} 件申诉没有复核，办完再走下一步`)
  if (run.upheld > 0) return conflict('recalculation-due', `有 ${run.upheld} 件申诉成立，先更正记录并重算`)
  if (step === 'resolve' && run.appeals_until !== null && day <= run.appeals_until)
    return conflict('still-checking', `结果核对到 ${run.appeals_until} 为止，期满再提请党委研究`)
  if (step === 'finalise' && run.announced_until !== null && day <= run.announced_until)
    return conflict('still-announced', `公示到 ${run.announced_until} 为止，期满再确定`)
  return true
}
export type RunStep = 'recalculate' | 'resolve' | 'announce' | 'finalise'

export const Can = z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })])
export const canOf = (verdict: Verdict) => (verdict === true ? (true as const) : { code: verdict.code, message: verdict.message })

/** The run, for whoever reads at its organisation, above, or anywhere below it. */
export async function seenRun(ctx: Ctx, { id }: { id: string }): Promise<SeenRun | undefined> {
  const { rows } = await sql<SeenRun>`select r.*, o.path, o.name as org_name, s.name as scheme_name, ${appealCounts}
    from evaluation.run r join organisation.org o on o.id = r.org_id join evaluation.scheme s on s.id = r.scheme_id ${withAppeals}
    where r.id = ${id}`.execute(ctx.db)
  const [run] = rows
  return run && (policy.read(ctx.actor, run) === true || bindsReader(ctx.actor, run.path)) ? run : undefined
}

const Line = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  schemeId: z.uuid(),
  schemeName: z.string(),
  period: z.string(),
  asAt: z.iso.date(),
  through: z.int(),
  state: z.enum(runLife.states),
  stateName: z.string(),
  documentNo: z.string().nullable(),
  fingerprint: z.string(),
  version: z.int(),
  /** Organisations of the run that the reader may see, by name; their results open by id. */
  objects: z.array(z.object({ orgId: z.uuid(), orgName: z.string() })),
  meetingId: z.uuid().nullable(),
  appealsUntil: z.iso.date().nullable(),
  announcedUntil: z.iso.date().nullable(),
  /** Appeals that are not decided, and upheld ones whose recalculation is due. */
  openAppeals: z.int(),
  upheldAppeals: z.int(),
  can: z.object({ recalculate: Can, resolve: Can, announce: Can, finalise: Can }),
})

export const runs = query('evaluation.runs', {
  title: '看已发布的考核结果',
  input: Paged.extend({ orgId: z.uuid().optional(), period: PeriodKey.optional() }),
  output: pageOf(Line),
  may: (actor) => actor.holdsAnywhere('evaluation.read'),
  run: async (ctx, { orgId, period, after, limit }) => {
    const org = orgId ? await seenOrg(ctx, { orgId }) : undefined
    if (orgId && !org) return { items: [], next: null }
    const order = [{ by: sql`r.id`, desc: true }]
    const { rows } = await sql<SeenRun & { objects: { orgId: string; orgName: string }[] }>`
      select r.*, o.path, o.name as org_name, s.name as scheme_name, seen.objects, ${appealCounts}
      from evaluation.run r join organisation.org o on o.id = r.org_id join evaluation.scheme s on s.id = r.scheme_id ${withAppeals}
      join (
        select t.run_id, jsonb_agg(jsonb_build_object('orgId', p.id, 'orgName', p.name) order by p.name collate "zh-x-icu", p.id) as objects
        from evaluation.result t join organisation.org p on p.id = t.org_id
        where ${ctx.actor.within('evaluation.read', 'p.path')} and ${org ? sql`starts_with(p.path, ${org.path})` : sql`true`}
        group by t.run_id) seen on seen.run_id = r.id
      where ${period ? sql`r.period = ${period}` : sql`true`} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (r) => [r.id])
    return { ...page, items: page.items.map((r) => lineOf(ctx, r)) }
  },
})

const lineOf = (ctx: Ctx, r: SeenRun & { objects: { orgId: string; orgName: string }[] }): z.output<typeof Line> => ({
  id: r.id,
  orgId: r.org_id,
  orgName: r.org_name,
  schemeId: r.scheme_id,
  schemeName: r.scheme_name,
  period: r.period,
  asAt: r.as_at,
  through: r.through,
  state: r.state,
  stateName: RUN_STATES[r.state],
  documentNo: r.document_no,
  fingerprint: r.fingerprint,
  version: r.version,
  objects: r.objects,
  meetingId: r.meeting_id,
  appealsUntil: r.appeals_until,
  announcedUntil: r.announced_until,
  // Whose result is one of many learns nothing of the others' appeals.
  openAppeals: policy.read(ctx.actor, r) === true ? r.filed : 0,
  upheldAppeals: policy.read(ctx.actor, r) === true ? r.upheld : 0,
  can: {
    recalculate: canOf(all(policy.manage(ctx.actor, r), mayStep(r, 'recalculate', today(ctx)))),
    resolve: canOf(all(policy.manage(ctx.actor, r), mayStep(r, 'resolve', today(ctx)))),
    announce: canOf(all(policy.manage(ctx.actor, r), mayStep(r, 'announce', today(ctx)))),
    finalise: canOf(all(policy.manage(ctx.actor, r), mayStep(r, 'finalise', today(ctx)))),
  },
})
