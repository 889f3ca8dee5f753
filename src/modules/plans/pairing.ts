import { sql } from 'kysely'
import { z } from 'zod'
import { json } from '#kernel/database.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import type { Side } from './contract.ts'
import { assertOpen, locked, mayManage, type SeenEntry } from './entries.ts'
import { type EntryRow, record } from './tables.ts'

export const pair = command('plans.pair', {
  title: '给重点业务任务配党建举措',
  input: z.object({ id: z.uuid(), version: z.int(), measureIds: z.array(z.uuid()).max(30) }),
  output: z.object({ id: z.uuid() }),
  load: locked,
  may: mayManage,
  run: async (ctx, { version, measureIds }, e) => {
    assertOpen(e, version)
    if (e.side !== 'business') throw conflict('not-a-business-task', '党建举措配给重点业务任务，请打开那一项来配')
    const wanted = new Set(measureIds)
    await assertThere(ctx, e, wanted, 'party', 'measureIds')
    const before = await measuresOf(ctx, e)
    const added = [...wanted].filter((id) => !before.has(id))
    const removed = [...before].filter((id) => !wanted.has(id))
    await write(ctx, e.org_id, added.map((measureId) => ({ taskId: e.id, measureId }))) // biome-ignore format: one call
    await sql`delete from plans.pair where org_id = ${e.org_id} and task_id = ${e.id} and measure_id = any(${removed}::uuid[])`.execute(
      ctx.db,
    )
    for (const measureId of removed) record(ctx, 'planEntry.unpaired', { subject: e.id, orgId: e.org_id, body: { measureId } })
    await sql`update plans.entry set version = version + 1 where org_id = ${e.org_id} and id = ${e.id}`.execute(ctx.db)
    return { id: e.id }
  },
})

/** Puts a measure that was just adopted beside the key business tasks it is for. */
export async function standBeside(ctx: Ctx, measure: Pick<EntryRow, 'org_id' | 'id' | 'year' | 'side'>, taskIds: readonly string[]) {
  const tasks = new Set(taskIds)
  if (tasks.size === 0) return
  if (measure.side === 'business') throw invalid('not-a-measure', '重点业务任务不能再配给别的任务', { forIds: ['请核对'] })
  await assertThere(ctx, measure, tasks, 'business', 'forIds')
  await write(ctx, measure.org_id, [...tasks].map((taskId) => ({ taskId, measureId: measure.id }))) // biome-ignore format: one call
}

async function write(ctx: Ctx, orgId: string, pairs: readonly { taskId: string; measureId: string }[]): Promise<void> {
  await sql`insert into plans.pair (org_id, task_id, measure_id) select ${orgId}::uuid, r."taskId", r."measureId"
    from jsonb_to_recordset(${json(pairs)}) as r("taskId" uuid, "measureId" uuid)`.execute(ctx.db)
  for (const { taskId, measureId } of pairs) record(ctx, 'planEntry.paired', { subject: taskId, orgId, body: { measureId } })
}

async function measuresOf(ctx: Ctx, { org_id, id }: SeenEntry): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select measure_id as id from plans.pair where org_id = ${org_id} and task_id = ${id}`.execute(
    ctx.db,
  )
  return new Set(rows.map((r) => r.id))
}

/** All of these stand on that side of the same plan, and are held as they are until the end of the transaction. */
async function assertThere(ctx: Ctx, plan: Pick<EntryRow, 'org_id' | 'year'>, ids: ReadonlySet<string>, side: Side, field: string) {
  const { rows } = await sql<{ id: string }>`select id from plans.entry where org_id = ${plan.org_id} and year = ${plan.year}
    and id = any(${[...ids]}::uuid[]) and side = ${side} and ended_on is null order by id for share`.execute(ctx.db)
  if (rows.length < ids.size)
    throw invalid('other-entry', '有的已经取消，或不在这一年的计划里', { [field]: ['有的已经取消，或不在这一年的计划里，请刷新后再选'] })
}
