import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { heldMeeting } from '#modules/meetings/published.ts'
import { tellDesk } from '#modules/notifications/published.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { callOffTasks, giveTasks } from '#modules/tasks/published.ts'
import { guidesFrom, lockedVisit, mayGuide, mayWithdraw, record, tables, type Visit } from '../store.ts'

export const makeVisit = command('visits.make', {
  title: '写督导意见',
  input: z.object({
    /** The organisation whose meeting it was. */
    orgId: z.uuid(),
    meetingId: z.uuid(),
    comment: z.string().trim().min(2, '请写几句对这次会的意见').max(4_000),
    followUps: z
      .array(z.strictObject({ text: z.string().trim().min(2, '请写明要办什么').max(500), dueOn: z.iso.date() }))
      .max(20)
      .default([]),
  }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'visits.read'),
  may: (actor, org) => mayGuide(actor, org),
  run: async (ctx, { orgId, meetingId, comment, followUps }, org) => {
    const m = await heldMeeting(ctx.db, orgId, meetingId)
    if (!m) throw invalid('no-meeting', '没有这次会议的记录，或者已经作废', { meetingId: ['没有这次会议的记录'] })
    const late = followUps.findIndex((f) => f.dueOn < dateAt(ctx.now))
    if (late >= 0) throw invalid('past-term', '时限不能早于今天', { [`followUps.${late}.dueOn`]: ['不能早于今天'] })
    const { rows: before } = await sql`select 1 from visits.visit where org_id = ${orgId} and meeting_id = ${meetingId}
      and guide_id = ${ctx.actor.personId}::uuid and withdrawn_reason is null`.execute(ctx.db)
    if (before.length > 0) throw conflict('already-made', '你已经写过这次会的督导意见。要改，请先撤回再写')
    const [id, fromOrgId] = [newId(), guidesFrom(ctx.actor, org)!]
    const row: Visit = {
      org_id: orgId, id, meeting_id: meetingId, from_org_id: fromOrgId, guide_id: ctx.actor.personId!, visited_on: m.heldOn, comment,
      made_at: ctx.now, withdrawn_reason: null, version: 1,
      fact_id: record(ctx, 'visit.made', {
        subject: id, orgId, personId: ctx.actor.personId, happenedOn: m.heldOn, body: { fromOrgId, meetingId, followUps: followUps.length },
      }),
    } // biome-ignore format: one row
    await tables(ctx).insertInto('visits.visit').values(row).execute()
    const items = followUps.map((f) => ({ org_id: orgId, id: newId(), visit_id: id, text: f.text, due_on: f.dueOn }))
    await sql`insert into visits.follow_up select r.* from jsonb_populate_recordset(null::visits.follow_up, ${json(items)}) r`.execute(
      ctx.db,
    )
    await giveTasks(
      ctx,
      items.map((f) => ({
        title: f.text,
        text: `${m.heldOn} ${m.title}督导意见\n${f.text}`,
        source: 'guidance' as const,
        sourceId: f.id,
        placeId: id,
        giverOrgId: fromOrgId,
        leadOrgId: orgId,
        leadId: null,
        dueOn: f.due_on,
      })),
    )
    await tellDesk(
      ctx,
      orgId,
      { kind: 'visits.made', key: id, text: `上级督导对「${m.title}」留下了意见，请查看`, open: `/visits/${id}` },
      ctx.actor.personId,
    )
    return { id, version: 1 }
  },
})

export const withdrawVisit = command('visits.withdraw', {
  title: '撤回督导意见',
  input: z.object({ id: z.uuid(), version: z.int(), reason: z.string().trim().min(1, '请写明原因').max(200) }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: lockedVisit,
  may: mayWithdraw,
  run: async (ctx, { id, version, reason }, v) => {
    if (version !== v.version) throw stale({ reason }, { version: v.version, withdrawnReason: v.withdrawn_reason })
    if (v.withdrawn_reason !== null) throw conflict('withdrawn', '这份督导意见已经撤回')
    retract(ctx, { orgId: v.org_id, factId: v.fact_id, kind: 'visit.made', reason: 'mistake' })
    await sql`update visits.visit set withdrawn_reason = ${reason}, version = ${version + 1}
      where org_id = ${v.org_id} and id = ${id}`.execute(ctx.db)
    await callOffTasks(ctx, { orgId: v.org_id, source: 'guidance', placeId: id }, `督导意见已撤回：${reason}`)
    return { id, version: version + 1 }
  },
})
