import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { MeetingKind } from '#modules/meetings/contract.ts'
import { orgSeen, postsOn } from '#modules/organisation/published.ts'
import { giveFor } from '#modules/tasks/published.ts'
import { Counted, Entry, Side, Year } from './contract.ts'
import { adoptEntry, assertOpen, entriesOf, locked, mayManage } from './entries.ts'
import { standBeside } from './pairing.ts'
import { record } from './tables.ts'

const OfYear = z.object({ orgId: z.uuid(), year: Year })
const Step = z.object({ id: z.uuid(), version: z.int() })

export const yearOfPlan = query('plans.year', {
  title: '看一个组织一年的计划',
  input: OfYear,
  output: z.object({
    orgName: z.string(),
    items: z.array(Entry),
    report: z.object({ text: z.string(), version: z.int() }),
    /** Who can be named as lead; empty for who only reads. */
    leads: z.array(z.object({ id: z.uuid(), name: z.string() })),
    can: z.object({ manage: z.boolean() }),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'plans.read'),
  may: (actor, org) => actor.holds('plans.read', org.path),
  run: async (ctx, { year }, org) => {
    const manage = ctx.actor.holds('plans.manage', org.path) === true
    const posts = manage ? await postsOn(ctx.db, org.id, dateAt(ctx.now)) : []
    return {
      orgName: org.name,
      items: await entriesOf(ctx, org.id, year),
      report: await wordsOf(ctx, org.id, year),
      leads: [...new Map(posts.map((p) => [p.personId, { id: p.personId, name: p.name }])).values()],
      can: { manage },
    }
  },
})

/** What the organisation says of the year itself; version 0 where it has said nothing. */
export async function wordsOf(ctx: Pick<Ctx, 'db'>, orgId: string, year: number): Promise<{ text: string; version: number }> {
  const { rows } = await sql<{ text: string; version: number }>`select text, version from plans.report
    where org_id = ${orgId} and year = ${year}`.execute(ctx.db)
  return rows[0] ?? { text: '', version: 0 }
}

export const adopt = command('plans.adopt', {
  title: '列入年度计划',
  input: OfYear.extend({
    title: z.string().trim().min(2, '请写清做什么').max(200),
    text: z.string().trim().max(2_000).default(''),
    dueOn: z.iso.date(),
    leadId: z.uuid().nullable().default(null),
    counted: Counted,
    meetingKind: MeetingKind.nullable().default(null),
    target: z.int().min(1).max(366).default(1),
    side: Side.default('party'),
    /** Of a Party measure: the key business tasks of that year it is for. */
    forIds: z.array(z.uuid()).max(30).default([]),
  }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'plans.read'),
  may: (actor, org) => actor.holds('plans.manage', org.path),
  run: async (ctx, { year, title, text, dueOn, leadId, counted, meetingKind, target, side, forIds }, org) => {
    if (dueOn.slice(0, 4) !== String(year)) throw invalid('other-year', '期限要在计划的年度里', { dueOn: [`请填 ${year} 年的日期`] })
    if ((counted === 'meetings') !== (meetingKind !== null))
      throw invalid('meeting-kind', '按会议算的要选会议类别，其他的不选', { meetingKind: ['请核对'] })
    if (leadId && !(await postsOn(ctx.db, org.id, dateAt(ctx.now))).some((p) => p.personId === leadId))
      throw invalid('no-post', '负责人请选在本组织任职的人', { leadId: ['这个人现在没有在本组织任职'] })
    const entry = {
      side,
      title,
      text,
      due_on: dueOn,
      lead_id: leadId,
      counted,
      meeting_kind: meetingKind,
      target: counted === 'said' ? 1 : target,
    }
    const id = await adoptEntry(ctx, org.id, year, entry)
    await standBeside(ctx, { org_id: org.id, id, year, side }, forIds)
    return { id }
  },
})

export const markDone = command('plans.markDone', {
  title: '写明计划的一项已完成',
  input: Step.extend({ on: z.iso.date(), note: z.string().trim().min(2, '请写明结果').max(1_000) }),
  output: z.object({ id: z.uuid() }),
  load: locked,
  may: mayManage,
  run: async (ctx, { version, on, note }, e) => {
    assertOpen(e, version)
    if (e.counted !== 'said') throw conflict('counted-by-records', '这一项由会议或任务的记录算出，不用另写')
    if (on > dateAt(ctx.now)) throw invalid('future', '完成日期不能晚于今天', { on: ['不能晚于今天'] })
    await sql`update plans.entry set done_on = ${on}::date, done_note = ${note}, version = version + 1
      where org_id = ${e.org_id} and id = ${e.id}`.execute(ctx.db)
    record(ctx, 'planEntry.done', { subject: e.id, orgId: e.org_id, body: { doneOn: on } })
    return { id: e.id }
  },
})

export const endEntry = command('plans.end', {
  title: '取消计划的一项',
  input: Step,
  output: z.object({ id: z.uuid() }),
  load: locked,
  may: mayManage,
  run: async (ctx, { version }, e) => {
    assertOpen(e, version)
    await sql`update plans.entry set ended_on = ${dateAt(ctx.now)}::date, version = version + 1
      where org_id = ${e.org_id} and id = ${e.id}`.execute(ctx.db)
    record(ctx, 'planEntry.ended', { subject: e.id, orgId: e.org_id, body: {} })
    return { id: e.id }
  },
})

export const giveTask = command('plans.giveTask', {
  title: '把计划的一项交办成任务',
  input: Step,
  output: z.object({ taskId: z.uuid() }),
  load: locked,
  may: (actor, e) => actor.holds('tasks.give', e.path),
  run: async (ctx, { version }, e) => {
    assertOpen(e, version)
    if (e.counted !== 'task') throw conflict('not-a-task', '只有按任务算的一项才交办成任务')
    const { rows } = await sql`select 1 from tasks.task where source = 'plan' and source_id = ${e.id} and state <> 'cancelled'`.execute(
      ctx.db,
    )
    if (rows.length >= e.target) throw conflict('already-given', '这一项要办的任务已经都交办了')
    if (e.due_on < dateAt(ctx.now)) throw conflict('past-term', '这一项的期限已经过去，请取消后按新的期限重新列入')
    await sql`update plans.entry set version = version + 1 where org_id = ${e.org_id} and id = ${e.id}`.execute(ctx.db)
    const place = { source_id: e.id, giver_org_id: e.org_id, lead_org_id: e.org_id, lead_id: e.lead_id, due_on: e.due_on }
    return { taskId: await giveFor(ctx, { title: e.title, text: e.text, source: 'plan', source_place_id: null, ...place }) }
  },
})

export const sayReport = command('plans.say', {
  title: '写年度报告里自己的话',
  input: OfYear.extend({ text: z.string().trim().max(20_000), version: z.int() }),
  output: z.object({ version: z.int() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'plans.read'),
  may: (actor, org) => actor.holds('plans.manage', org.path),
  run: async (ctx, { year, text, version }, org) => {
    const { rows } = await sql<{ version: number }>`
      insert into plans.report (org_id, year, text, written_by, written_at, version)
      select ${org.id}::uuid, ${year}::int, ${text}::text, ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz, 1 where ${version}::int = 0
      on conflict do nothing returning version`.execute(ctx.db)
    if (rows[0]) return rows[0]
    const { rows: changed } = await sql<{ version: number }>`update plans.report set text = ${text}, written_by = ${ctx.actor.personId},
      written_at = ${ctx.now}, version = version + 1 where org_id = ${org.id} and year = ${year} and version = ${version}
      returning version`.execute(ctx.db)
    if (changed[0]) return changed[0]
    throw stale({ text }, await wordsOf(ctx, org.id, year))
  },
})
