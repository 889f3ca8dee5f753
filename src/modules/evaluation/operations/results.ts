import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { invalid } from '#kernel/errors.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { ledgerAsOf, rootAt } from '#ledger/reading.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { computeWithObjects } from '../compute.ts'
import { RUN_STATES, runLife } from '../contract.ts'
import type { EvaluatedObject } from '../engine/evaluate.ts'
import type { Scheme } from '../engine/scheme.ts'
import { isPersonal } from '../engine/scheme.ts'
import type { Declared } from '../known.ts'
import { FactLine, factLines } from '../ledgerFacts.ts'
import { LeftOut, leftOutOf } from '../leftOut.ts'
import { isOver, mayLive, policy, seenOrg } from '../policy.ts'
import { SchemeRef, seenScheme } from '../schemes.ts'
import { CaseView, DimensionView, dimensionsOf, ItemView, ToDo, toDosOf } from '../view.ts'
import { mayAppeal } from './appeals.ts'
import { PeriodKey } from './entries.ts'
import { lastDay } from './evaluating.ts'
import { appealCounts, Can, canOf, type SeenRun, withAppeals } from './runs.ts'

/** One organisation's result: of a published run, or live from a scheme and period. */
export const ResultRef = SchemeRef.extend({ orgId: z.uuid(), runId: z.uuid().optional(), period: PeriodKey.optional() })
type ResultRef = z.output<typeof ResultRef>

export interface Got {
  org: OrgCard
  run: SeenRun | null
  scheme: Scheme
  fingerprint: string
  period: string
  asAt: string
  through: number
  root: string
  group: string
  object: EvaluatedObject
}

/** Whoever reads results at the organisation may open those that are published; a live one only as `mayLive` says. */
export const ofResult = {
  load: seenOrg,
  may: policy.read,
}

/** Finds or computes the result; refuses a live one to whom it is not for. */
export async function resultOf(ctx: Ctx, declared: Declared, ref: ResultRef, org: OrgCard): Promise<Got> {
  if (ref.runId) return storedResult(ctx, ref.runId, org)
  const found = await seenScheme(ctx, ref)
  if (!found || !ref.period || isPersonal(found.scheme))
    throw invalid('run-or-scheme', '请指明看哪一次结果，或用哪份方案看哪一期', { runId: ['请选一次结果'] })
  const verdict = await mayLive(ctx, org, ref.period)
  if (verdict !== true) throw verdict
  const { scheme, fingerprint } = found
  const [period, asAt] = [ref.period, lastDay(ctx, ref.period)]
  const { evaluation, objects } = await computeWithObjects(ctx.db, declared, { scheme, period, asAt, orgIds: [org.id] })
  const object = evaluation.objects[0]
  if (!object) throw invalid('not-this-kind', `这份方案不考核「${org.name}」这类组织，请换一份方案`, { schemeId: ['请换一份方案'] })
  const { through, treeHead } = evaluation
  return { org, run: null, scheme, fingerprint, period, asAt, through, root: treeHead.root, group: objects[0]!.group, object }
}

async function storedResult(ctx: Ctx, runId: string, org: OrgCard): Promise<Got> {
  const { rows } = await sql<SeenRun & { body: EvaluatedObject; like_group: string; content: Scheme; own_through: number | null }>`
    select r.*, s.name as scheme_name, s.content, t.body, t.like_group, t.through as own_through, ${appealCounts}
    from evaluation.result t join evaluation.run r on r.id = t.run_id join evaluation.scheme s on s.id = r.scheme_id ${withAppeals}
    where t.org_id = ${org.id} and t.run_id = ${runId}`.execute(ctx.db)
  const [row] = rows
  if (!row) throw invalid('no-result', `这一次结果里没有「${org.name}」，请从列表里选`, { runId: ['请从列表里选'] })
  const { body: object, like_group: group, content: scheme, own_through, ...run } = row
  const through = own_through ?? run.through
  const root = own_through === null ? run.root : await rootAt(ctx.db, own_through)
  return {
    org, run, scheme, fingerprint: run.fingerprint, period: run.period, asAt: run.as_at, through, root, group, object,
  } // biome-ignore format: one row
}

const Heading = z.object({
  runId: z.uuid().nullable(),
  /** Those of a run are published; selfCheck is for the unit's own eyes; trial is the office's preparation. */
  state: z.enum([...runLife.states, 'selfCheck', 'trial']),
  stateName: z.string(),
  documentNo: z.string().nullable(),
  schemeName: z.string(),
  fingerprint: z.string(),
  period: z.string(),
  asAt: z.iso.date(),
  through: z.int(),
  root: z.string(),
})

const Recalculated = z.object({
  on: z.iso.date(),
  scoreBefore: z.string().nullable(),
  scoreAfter: z.string().nullable(),
  gradeBefore: z.string().nullable(),
  gradeAfter: z.string().nullable(),
  items: z.array(z.object({ path: z.string(), name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
})

export const result = (declared: Declared) =>
  query('evaluation.result', {
    title: '看一个组织的考核结果',
    input: ResultRef,
    output: Heading.extend({
      org: z.object({ id: z.uuid(), name: z.string() }),
      score: z.string().nullable(),
      outOf: z.string().nullable(),
      grade: z.string().nullable(),
      health: z.string().nullable(),
      says: z.string(),
      bars: z.array(z.object({ says: z.string(), does: z.string(), facts: z.array(z.uuid()) })),
      linkage: z.array(z.object({ to: z.string(), value: z.string().nullable(), says: z.string() })),
      open: z.array(z.string()),
      bands: z.array(
        z.object({
          name: z.string(),
          above: z.string().optional(),
          atLeast: z.string().optional(),
          below: z.string().optional(),
          atMost: z.string().optional(),
        }),
      ),
      bandsBy: z.string().nullable(),
      dimensions: z.array(DimensionView),
      toDos: z.array(ToDo),
      /** Until when the organisation itself may appeal, and whether the reader may for it. */
      appeal: z.object({ until: z.iso.date().nullable(), can: Can }).nullable(),
      /** What recalculations after appeals changed, the latest first. */
      recalculated: z.array(Recalculated),
      entries: z.array(
        z.object({ inputKey: z.string(), source: z.string(), by: z.string().nullable(), on: z.iso.date(), factId: z.uuid() }),
      ),
    }),
    snapshot: true,
    ...ofResult,
    run: async (ctx, ref, org) => {
      const got = await resultOf(ctx, declared, ref, org)
      const { object, scheme } = got
      const dimensions = dimensionsOf(scheme, object)
      return {
        ...headingOf(ctx, got),
        org: { id: org.id, name: object.org.name },
        score: object.score,
        outOf: object.outOf,
        grade: object.grade,
        health: object.state,
        says: object.says,
        bars: object.bars.map(({ says, does, facts }) => ({ says, does, facts })),
        linkage: object.linkage,
        open: object.open,
        bands: (scheme.grades?.bands ?? []).map(({ name, above, atLeast, below, atMost }) => ({ name, above, atLeast, below, atMost })),
        bandsBy: scheme.grades?.by ?? null,
        dimensions,
        toDos: toDosOf(dimensions, ctx.now),
        appeal: got.run && {
          until: got.run.state === 'announced' ? got.run.announced_until : got.run.appeals_until,
          can: canOf(mayAppeal(ctx.actor, org.id, got.run, dateAt(ctx.now))),
        },
        recalculated: await recalculatedOf(ctx, got),
        entries: await entriesOf(ctx, got),
      }
    },
  })

const headingOf = (ctx: Ctx, { run, scheme, fingerprint, period, asAt, through, root }: Got): z.output<typeof Heading> => ({
  runId: run?.id ?? null,
  ...(run
    ? { state: run.state, stateName: RUN_STATES[run.state] }
    : isOver(ctx, period)
      ? { state: 'trial' as const, stateName: '试算，没有发布' }
      : { state: 'selfCheck' as const, stateName: '年度考核对照（供自查，不排名、不通报）' }),
  documentNo: run?.document_no ?? null,
  schemeName: run?.scheme_name ?? scheme.name,
  fingerprint,
  period,
  asAt,
  through,
  root,
})

async function recalculatedOf(ctx: Ctx, { org, run }: Got): Promise<z.output<typeof Recalculated>[]> {
  if (!run) return []
  const { rows } = await sql<z.output<typeof Recalculated>>`
    select to_char(recalculated_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on, score_before::text as "scoreBefore",
      score_after::text as "scoreAfter", grade_before as "gradeBefore", grade_after as "gradeAfter", items
    from evaluation.recalculation where org_id = ${org.id} and run_id = ${run.id} order by id desc`.execute(ctx.db)
  return rows
}

/** Who entered what counts here by hand, the latest of each key. */
async function entriesOf(ctx: Ctx, { org, scheme, period, through, run }: Got) {
  const { rows } = await sql<{ inputKey: string; source: string; by: string | null; on: string; factId: string }>`
    select distinct on (e.input_key) e.input_key as "inputKey", e.source, p.name as by, f.id as "factId",
      to_char(e.entered_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on
    from evaluation.entry e
    join ${ledgerAsOf(run ? through : undefined)} f on f.org_id = e.org_id and f.subject = e.id and f.kind = 'value.entered'
    left join organisation.person p on p.id = e.entered_by
    where e.org_id = ${org.id} and e.scheme_key = ${scheme.key} and e.period = ${period}
    order by e.input_key, e.entered_at desc, e.id desc`.execute(ctx.db)
  return rows
}

export const cases = (declared: Declared) =>
  query('evaluation.cases', {
    title: '看一项得分的依据',
    input: ResultRef.extend({ path: z.string().min(1).max(1000) }),
    output: ItemView.extend({
      cases: z.array(CaseView.omit({ facts: true }).extend({ facts: z.array(FactLine) })),
      /** Facts of values entered by hand for this item. */
      entered: z.array(FactLine.extend({ source: z.string(), by: z.string().nullable() })),
      /** Meetings of the same kind in the period that the number does not count, each with why. */
      leftOut: z.array(LeftOut),
      through: z.int(),
      root: z.string(),
      fingerprint: z.string(),
      period: z.string(),
      orgName: z.string(),
    }),
    snapshot: true,
    ...ofResult,
    run: async (ctx, ref, org) => {
      const got = await resultOf(ctx, declared, ref, org)
      const item = dimensionsOf(got.scheme, got.object)
        .flatMap((d) => d.items)
        .find((i) => i.path === ref.path)
      if (!item) throw invalid('no-such-item', '结果里没有这一项，请从得分树里选', { path: ['请从得分树里选'] })
      const entries = (await entriesOf(ctx, got)).filter(
        (e) => e.inputKey === item.path || e.inputKey.startsWith(`${item.path}#`) || e.inputKey.startsWith(`${item.path}@`),
      )
      const lines = await factLines(ctx.db, [...item.cases.flatMap((c) => c.facts), ...entries.map((e) => e.factId)])
      return {
        ...item,
        cases: item.cases.map((c) => ({ ...c, facts: c.facts.flatMap((id) => lines.get(id) ?? []) })),
        entered: entries.flatMap(({ factId, source, by }) => {
          const line = lines.get(factId)
          return line ? [{ ...line, source, by }] : []
        }),
        leftOut: await leftOutOf(ctx.db, got, item),
        through: got.through,
        root: got.root,
        fingerprint: got.fingerprint,
        period: got.period,
        orgName: got.object.org.name,
      }
    },
  })
