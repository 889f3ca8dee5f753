import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { headNow } from '#ledger/reading.ts'
import { gather, subjectsOf } from '../compute.ts'
import { runLife } from '../contract.ts'
import { type EvaluatedObject, type Evaluation, evaluateInTurns, evaluationText } from '../engine/evaluate.ts'
import { check } from '../engine/healthCheck.ts'
import type { Subject } from '../engine/input.ts'
import { canonicalJson } from '../engine/load.ts'
import type { Scheme } from '../engine/scheme.ts'
import { type Declared, knownMeasures } from '../known.ts'
import { policy } from '../policy.ts'
import { record, tables } from '../tables.ts'
import { movedItems } from './comparing.ts'
import { lockedRun } from './holding.ts'
import { mayStep, numberedSize, type SeenRun, seenRun } from './runs.ts'

const Moved = z.object({
  orgId: z.uuid(),
  orgName: z.string(),
  scoreBefore: z.string().nullable(),
  scoreAfter: z.string().nullable(),
  gradeBefore: z.string().nullable(),
  gradeAfter: z.string().nullable(),
  items: z.array(z.object({ path: z.string(), name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
})

export const recalculation = (declared: Declared) =>
  query('evaluation.recalculation', {
    title: '申诉成立后重算会改变什么（不保存）',
    input: z.object({ id: z.uuid() }),
    output: z.object({ through: z.int(), changes: z.array(Moved) }),
    load: (ctx, { id }: { id: string }) => seenRun(ctx, { id }),
    may: policy.manage,
    run: async (ctx, _input, run) => {
      const { through, changes } = await recomputed(ctx, declared, run, (await headNow(ctx.db))?.size ?? 0)
      return { through, changes: changes.map(movedOf) }
    },
  })

export const recalculateRun = (declared: Declared) =>
  command('evaluation.recalculateRun', {
    title: '申诉成立，按更正后的记录重算',
    input: z.object({ id: z.uuid(), version: z.int() }),
    output: z.object({ id: z.uuid(), version: z.int(), changes: z.array(Moved) }),
    load: lockedRun,
    may: policy.manage,
    run: async (ctx, { version }, run) => {
      if (run.version !== version) throw stale({}, { state: run.state, version: run.version })
      const legal = mayStep(run, 'recalculate', dateAt(ctx.now))
      if (legal !== true) throw legal
      const { through, changes, appellants, evaluation } = await recomputed(ctx, declared, run, await numberedSize(ctx))
      await store(ctx, run, through, changes, appellants)
      const digest = createHash('sha256').update(evaluationText(evaluation)).digest('hex')
      const [state, next] = [runLife.next(run.state, 'recalculate')!, run.version + 1]
      // A resolution on the result before was taken on other figures.
      const undone = { document_no: null, meeting_id: null, announced_from: null, announced_until: null }
      await tables(ctx)
        .updateTable('evaluation.run')
        .set({ ...undone, state, digest, version: next })
        .where('id', '=', run.id)
        .execute()
      record(ctx, 'run.recalculated', { subject: run.id, orgId: run.org_id, body: { digest, through } })
      return { id: run.id, version: next, changes: changes.map(movedOf) }
    },
  })

interface Changed {
  before: EvaluatedObject
  after: EvaluatedObject
}

const movedOf = ({ before, after }: Changed): z.output<typeof Moved> => ({
  orgId: after.org.id,
  orgName: after.org.name,
  scoreBefore: before.score,
  scoreAfter: after.score,
  gradeBefore: before.grade,
  gradeAfter: after.grade,
  items: movedItems(before, after),
})

interface Stored {
  org_id: string
  through: number | null
  body: EvaluatedObject
  upheld: boolean
}

/**
 * The result with the facts of those whose appeal was upheld read up to `size`; all others keep the number at which the data were frozen,
 * so that nothing changes silently. Places and quotas are worked out again over all.
 */
async function recomputed(ctx: Ctx, declared: Declared, run: SeenRun, size: number) {
  const { rows } = await sql<Stored>`select t.org_id, t.through, t.body, exists (select from evaluation.appeal a
      where a.org_id = t.org_id and a.run_id = t.run_id and a.state = 'upheld') as upheld
    from evaluation.result t where t.run_id = ${run.id} order by t.org_id`.execute(ctx.db)
  const scheme = await schemeOf(ctx, run.scheme_id)
  const byNumber = Map.groupBy(rows, (r) => (r.upheld ? size : (r.through ?? run.through)))
  const subjects: Subject[] = []
  for (const [through, of] of byNumber) {
    const asked = { scheme, period: run.period, asAt: run.as_at, through, orgIds: of.map((r) => r.org_id) }
    subjects.push(...(await subjectsOf(ctx.db, await gather(ctx.db, declared, asked), scheme)))
  }
  const treeHead = { size: run.through, root: run.root }
  const warnings = check(scheme, knownMeasures(declared))
  const args = { scheme, warnings, period: run.period, asAt: run.as_at, through: run.through, treeHead, subjects }
  const evaluation: Evaluation = await evaluateInTurns(args)
  const stored = new Map(rows.map((r) => [r.org_id, r.body]))
  const changes = evaluation.objects.flatMap((after): Changed[] => {
    const before = stored.get(after.org.id)
    return before && canonicalJson(before) !== canonicalJson(after) ? [{ before, after }] : []
  })
  return { through: size, changes, evaluation, appellants: rows.filter((r) => r.upheld).map((r) => r.org_id) }
}

async function schemeOf(ctx: Ctx, id: string): Promise<Scheme> {
  const { rows } = await sql<{ content: Scheme }>`select content from evaluation.scheme where id = ${id}`.execute(ctx.db)
  return rows[0]!.content
}

async function store(ctx: Ctx, run: SeenRun, through: number, changes: Changed[], appellants: string[]): Promise<void> {
  const rows = changes.map(({ after }) => ({ org: after.org.id, score: after.score, grade: after.grade, body: after }))
  await sql`update evaluation.result t set score = r.score, grade = r.grade, body = r.body
    from jsonb_to_recordset(${json(rows)}) as r(org uuid, score numeric, grade text, body jsonb)
    where t.org_id = r.org and t.run_id = ${run.id}`.execute(ctx.db)
  await sql`update evaluation.result set through = ${through} where run_id = ${run.id} and org_id = any(${appellants}::uuid[])`.execute(
    ctx.db,
  )
  if (changes.length > 0)
    await tables(ctx)
      .insertInto('evaluation.recalculation')
      .values(
        changes.map(({ before, after }) => ({
          org_id: after.org.id,
          id: newId(),
          run_id: run.id,
          through,
          score_before: before.score,
          score_after: after.score,
          grade_before: before.grade,
          grade_after: after.grade,
          items: JSON.stringify(movedItems(before, after)),
          recalculated_by: ctx.actor.personId,
          recalculated_at: ctx.now,
        })),
      )
      .execute()
  await sql`update evaluation.appeal set state = 'settled', version = version + 1
    where run_id = ${run.id} and org_id = any(${appellants}::uuid[]) and state = 'upheld'`.execute(ctx.db)
}
