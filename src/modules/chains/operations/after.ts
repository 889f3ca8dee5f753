import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, type Fields, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { heldMeeting, type MeetingRef } from '#modules/meetings/published.ts'
import { giveTasks } from '#modules/tasks/published.ts'
import { CHAIN_KINDS, enoughCame, spanOf } from '../contract.ts'
import { chainsWhere, lockedChain, type SeenChain } from '../find.ts'
import { policy } from '../policy.ts'
import { type Chain, type Line, record } from '../tables.ts'
import { assertCurrent, OnChain, Stepped, step } from './prepare.ts'

export const linkMeeting = command('chains.link', {
  title: '关联开过的会',
  input: OnChain.extend({ meetingId: z.uuid() }),
  output: Stepped,
  load: lockedChain,
  may: policy.link,
  run: async (ctx, { version, meetingId }, c) => {
    assertCurrent(c, version)
    const refuse = (code: string, says: string) => invalid(code, says, { meetingId: [says] })
    const m = await heldMeeting(ctx.db, c.org_id, meetingId)
    if (!m) throw refuse('no-meeting', '没有这次会议的记录，请先记会议')
    if (!m.kinds.includes(c.kind)) throw refuse('wrong-kind', `这次会记的不是${CHAIN_KINDS[c.kind]}，请选对会议或先更正会议类别`)
    const [first, last] = spanOf(c.year)
    if (m.heldOn < first || m.heldOn > last)
      throw refuse('other-year', `这次会 ${m.heldOn} 召开，不是 ${c.year} 年度的；请选 ${first} 至 ${last} 开的会`)
    if (!enoughCame(c.kind, m.expected, m.present))
      throw refuse(
        'too-few',
        `应到 ${m.expected} 人，实到 ${m.present} 人，不足三分之二。民主生活会到会要达到三分之二，请另行召开（民主生活会若干规定）`,
      )
    const { rows } = await sql`select 1 from chains.chain
      where org_id = ${c.org_id} and meeting_id = ${meetingId} and dropped_reason is null`.execute(ctx.db)
    if (rows.length > 0) throw conflict('linked', '这次会已经关联到另一次筹备')
    const held = record(ctx, 'lifeChain.held', { subject: c.id, orgId: c.org_id, happenedOn: m.heldOn, body: { meetingId } })
    return step(ctx, c, { meeting_id: meetingId, held_on: m.heldOn, held_fact: held })
  },
})

export const unlinkMeeting = command('chains.unlink', {
  title: '取消关联的会',
  input: OnChain,
  output: Stepped,
  load: lockedChain,
  may: policy.unlink,
  run: async (ctx, { version }, c) => {
    assertCurrent(c, version)
    const { rows } = await sql`select 1 from chains.chain where org_id = ${c.org_id} and kind = ${c.kind} and year = ${c.year}
      and meeting_id is null and dropped_reason is null`.execute(ctx.db)
    if (rows.length > 0) throw conflict('another-open', '这一年又开始筹备了另一次，请先作废那一次，再取消关联')
    return step(ctx, c, takenBack(ctx, c))
  },
})

/** What a chain is without its meeting: the meeting and the report are taken back, visibly. */
function takenBack(ctx: Ctx, c: Chain): Partial<Chain> {
  retract(ctx, { orgId: c.org_id, factId: c.held_fact!, kind: 'lifeChain.held', reason: 'mistake' })
  if (c.reported_fact) retract(ctx, { orgId: c.org_id, factId: c.reported_fact, kind: 'lifeChain.reported', reason: 'mistake' })
  return { meeting_id: null, held_on: null, held_fact: null, reported_on: null, reported_fact: null }
}

/** A record that is cancelled is no meeting of a chain any more; where another is being prepared since, that one goes on. */
export async function chainsFollow(ctx: Ctx, m: MeetingRef): Promise<void> {
  const chains = await chainsWhere(ctx, sql`c.org_id = ${m.org_id} and c.meeting_id = ${m.id}`)
  for (const c of chains) {
    const others = await chainsWhere(
      ctx,
      sql`c.org_id = ${c.org_id} and c.kind = ${c.kind} and c.year = ${c.year} and c.meeting_id is null and c.dropped_reason is null`,
    )
    await step(ctx, c, { ...takenBack(ctx, c), ...(others.length > 0 ? { dropped_reason: '会议记录已作废' } : {}) })
  }
}

export const listRectification = command('chains.list', {
  title: '列整改清单',
  input: OnChain.extend({
    lines: z
      .array(
        z.strictObject({
          problem: z.string().trim().min(2, '请写明问题').max(500),
          measure: z.string().trim().min(2, '请写明怎么改').max(1_000),
          ownerId: z.uuid().nullable().default(null),
          dueOn: z.iso.date(),
        }),
      )
      .min(1, '请至少写一项')
      .max(50),
  }),
  output: Stepped,
  load: lockedChain,
  may: policy.list,
  run: async (ctx, { version, lines }, c) => {
    assertCurrent(c, version)
    await checkLines(ctx, c, lines)
    const rows = lines.map((l): Line => ({
      org_id: c.org_id, id: newId(), chain_id: c.id, problem: l.problem, measure: l.measure, owner_id: l.ownerId, due_on: l.dueOn,
      listed_at: ctx.now,
    })) // biome-ignore format: one row
    await sql`insert into chains.line select r.* from jsonb_populate_recordset(null::chains.line, ${json(rows)}) r`.execute(ctx.db)
    record(ctx, 'lifeChain.listed', { subject: c.id, orgId: c.org_id, body: { lines: rows.length } })
    await giveTasks(
      ctx,
      rows.map((l) => ({
        title: l.measure,
        text: `${c.title}整改清单\n问题：${l.problem}\n措施：${l.measure}`,
        source: 'rectification' as const,
        sourceId: l.id,
        placeId: c.id,
        giverOrgId: c.org_id,
        leadOrgId: c.org_id,
        leadId: l.owner_id,
        dueOn: l.due_on,
      })),
    )
    return step(ctx, c, {})
  },
})

async function checkLines(ctx: Ctx, c: SeenChain, lines: readonly { ownerId: string | null; dueOn: string }[]): Promise<void> {
  const [today, wrong]: [string, Fields] = [dateAt(ctx.now), {}]
  const { rows } = await sql<{ id: string }>`select person_id as id from chains.person
    where org_id = ${c.org_id} and chain_id = ${c.id}`.execute(ctx.db)
  const known = new Set(rows.map((r) => r.id))
  lines.forEach(({ ownerId, dueOn }, i) => {
    if (dueOn < today) wrong[`lines.${i}.dueOn`] = ['时限不能早于今天']
    if (ownerId && !known.has(ownerId)) wrong[`lines.${i}.ownerId`] = ['请从参加这次会的人里选']
  })
  const [first] = Object.values(wrong)
  if (first) throw invalid('invalid-input', first[0]!, wrong)
}

export const reportUp = command('chains.report', {
  title: '登记民主生活会情况已报上级',
  input: OnChain.extend({ on: z.iso.date() }),
  output: Stepped,
  load: lockedChain,
  may: policy.report,
  run: async (ctx, { version, on }, c) => {
    assertCurrent(c, version)
    if (on > dateAt(ctx.now) || on < c.held_on!) throw invalid('wrong-day', '报送在开会以后、今天以前', { on: ['请核对日期'] })
    if (c.reported_fact) retract(ctx, { orgId: c.org_id, factId: c.reported_fact, kind: 'lifeChain.reported', reason: 'mistake' })
    const fact = record(ctx, 'lifeChain.reported', { subject: c.id, orgId: c.org_id, happenedOn: on, body: {} })
    return step(ctx, c, { reported_on: on, reported_fact: fact })
  },
})

export const dropChain = command('chains.drop', {
  title: '作废一次筹备',
  input: OnChain.extend({ reason: z.string().trim().min(1, '请写明原因').max(200) }),
  output: Stepped,
  load: lockedChain,
  may: policy.drop,
  run: async (ctx, { version, reason }, c) => {
    assertCurrent(c, version)
    record(ctx, 'lifeChain.dropped', { subject: c.id, orgId: c.org_id, body: {} })
    return step(ctx, c, { dropped_reason: reason })
  },
})
