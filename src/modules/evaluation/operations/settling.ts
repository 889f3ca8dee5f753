import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { runLife } from '../contract.ts'
import { policy } from '../policy.ts'
import { record, tables } from '../tables.ts'
import { lockedRun } from './holding.ts'
import { assertMeeting, DocumentNo } from './publishing.ts'
import { mayStep, type RunStep, type SeenRun } from './runs.ts'

const Step = z.object({ id: z.uuid(), version: z.int() })
const Taken = z.object({ id: z.uuid(), version: z.int(), state: z.enum(runLife.states) })

export const resolveRun = command('evaluation.resolveRun', {
  title: '登记党委对考核结果的决议',
  input: Step.extend({ documentNo: DocumentNo, meetingId: z.uuid() }),
  output: Taken,
  load: lockedRun,
  may: policy.manage,
  run: async (ctx, { version, documentNo, meetingId }, run) => {
    assertStep(ctx, run, 'resolve', version)
    const heldOn = await assertMeeting(ctx, run.org_id, meetingId)
    const since = await standsSince(ctx, run)
    if (heldOn < since)
      throw invalid('meeting-before-result', `这次会议 ${heldOn} 开，现在的结果 ${since} 才算出，会上研究的不是它`, {
        meetingId: [`请选 ${since} 或之后研究结果的会议`],
      })
    record(ctx, 'run.resolved', { subject: run.id, orgId: run.org_id, body: { digest: run.digest, meetingId } })
    return moved(ctx, run, 'resolve', { document_no: documentNo, meeting_id: meetingId })
  },
})

/** The day on which the result was calculated as it now is. */
async function standsSince(ctx: Ctx, run: SeenRun): Promise<string> {
  const { rows } = await sql<{ at: Date }>`select max(recorded_at) as at from ledger.fact
    where org_id = ${run.org_id} and subject = ${run.id} and kind in ('run.published', 'run.recalculated')`.execute(ctx.db)
  return dateAt(rows[0]!.at)
}

/** 不少于五个工作日, which a week always holds; a year mistyped would keep the result from ever becoming final. */
const [SHORTEST, LONGEST] = [7, 60]

export const announceRun = command('evaluation.announceRun', {
  title: '公示考核结果',
  input: Step.extend({ until: z.iso.date() }),
  output: Taken,
  load: lockedRun,
  may: policy.manage,
  run: async (ctx, { version, until }, run) => {
    assertStep(ctx, run, 'announce', version)
    const from = dateAt(ctx.now)
    const earliest = addDays(from, SHORTEST)
    if (until < earliest) throw invalid('announced-too-short', '公示一般不少于 5 个工作日', { until: [`请填 ${earliest} 或之后的日期`] })
    const latest = addDays(from, LONGEST)
    if (until > latest) throw invalid('announced-too-long', `公示最长 ${LONGEST} 天`, { until: [`请填 ${latest} 或之前的日期`] })
    record(ctx, 'run.announced', { subject: run.id, orgId: run.org_id, body: { until } })
    return moved(ctx, run, 'announce', { announced_from: from, announced_until: until })
  },
})

export const finaliseRun = command('evaluation.finaliseRun', {
  title: '公示期满，确定考核结果',
  input: Step,
  output: Taken,
  load: lockedRun,
  may: policy.manage,
  run: async (ctx, { version }, run) => {
    assertStep(ctx, run, 'finalise', version)
    record(ctx, 'run.finalised', { subject: run.id, orgId: run.org_id, body: { digest: run.digest } })
    return moved(ctx, run, 'finalise', {})
  },
})

function assertStep(ctx: Ctx, run: SeenRun, step: RunStep, version: number): void {
  if (run.version !== version) throw stale({}, { state: run.state, version: run.version })
  const verdict = mayStep(run, step, dateAt(ctx.now))
  if (verdict !== true) throw verdict
}

interface Change {
  document_no?: string
  meeting_id?: string
  announced_from?: string
  announced_until?: string
}

async function moved(ctx: Ctx, run: SeenRun, step: RunStep, change: Change) {
  const [state, version] = [runLife.next(run.state, step)!, run.version + 1]
  await tables(ctx)
    .updateTable('evaluation.run')
    .set({ ...change, state, version })
    .where('id', '=', run.id)
    .execute()
  return { id: run.id, version, state }
}
