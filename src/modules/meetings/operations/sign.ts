import { sql } from 'kysely'
import { z } from 'zod'
import { invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { followCancelling, followSigning } from '../actions.ts'
import { CancelReason } from '../contract.ts'
import { locked, type Seen } from '../find.ts'
import { policy } from '../policy.ts'
import { type Meeting, record, tables } from '../tables.ts'

const Step = z.object({ id: z.uuid(), version: z.int() })
const Stepped = z.object({ id: z.uuid(), state: z.string(), version: z.int() })

export const sign = command('meetings.sign', {
  title: '签字确认会议记录',
  input: Step.extend({ note: z.string().trim().max(200).default('') }),
  output: Stepped,
  load: locked,
  may: policy.sign,
  run: async (ctx, { version, note }, m) => {
    assertCurrent(m, version)
    const bySubstitute = ctx.actor.personId !== m.chair_id
    if (bySubstitute && !note) throw invalid('say-why', '请写明由你代签的原因', { note: ['你不是主持人：请写明原因，例如「主持人出差」'] })
    record(ctx, 'meeting.signed', { subject: m.id, orgId: m.org_id, personId: ctx.actor.personId, body: { bySubstitute } })
    await followSigning(ctx, m)
    return advance(ctx, m, {
      state: 'signed',
      signed_by: ctx.actor.personId,
      signed_at: ctx.now,
      by_substitute: bySubstitute,
      sign_note: note || null,
    })
  },
})

export const addendum = command('meetings.addendum', {
  title: '补充会议记录',
  input: Step.extend({ text: z.string().trim().min(1).max(4_000) }),
  output: Stepped,
  load: locked,
  may: policy.addendum,
  run: async (ctx, { version, text }, m) => {
    assertCurrent(m, version)
    await addTo(ctx, m, text, null)
    return advance(ctx, m, {})
  },
})

export const cancel = command('meetings.cancel', {
  title: '作废会议记录',
  input: Step.extend({ reason: CancelReason, note: z.string().trim().min(1, '请写明原因').max(500) }),
  output: Stepped,
  load: locked,
  may: policy.cancel,
  run: async (ctx, { version, reason, note }, m) => {
    assertCurrent(m, version)
    record(ctx, 'meeting.cancelled', { subject: m.id, orgId: m.org_id, body: { reason } })
    await followCancelling(ctx, m)
    if (m.plan_id) await reopenPlan(ctx, m)
    return advance(ctx, m, {
      state: 'cancelled',
      cancelled_by: ctx.actor.personId,
      cancelled_at: ctx.now,
      cancel_reason: reason,
      cancel_note: note,
    })
  },
})

/** Its record gone, the plan stands as before: to be recorded rightly, or cancelled. */
const reopenPlan = async (ctx: Ctx, m: Seen) => {
  const which = sql`org_id = ${m.org_id}`
  await sql`update meetings.plan set state = 'announced', meeting_id = null, version = version + 1
    where ${which} and id = ${m.plan_id} and meeting_id = ${m.id}`.execute(ctx.db)
  await sql`update meetings.plan_item set dealt = null where ${which} and plan_id = ${m.plan_id}`.execute(ctx.db)
}

/** Adds a dated text beside the record; `corrected` are the lines saying which figures changed. */
export async function addTo(ctx: Ctx, m: Pick<Seen, 'org_id' | 'id'>, text: string, corrected: string[] | null) {
  const row = { org_id: m.org_id, id: newId(), meeting_id: m.id, at: ctx.now, by_id: ctx.actor.personId, text }
  await tables(ctx)
    .insertInto('meetings.addendum')
    .values({ ...row, corrected: corrected && (sql`${JSON.stringify(corrected)}::jsonb` as never) })
    .execute()
}

export function assertCurrent(m: Seen, version: number) {
  if (version !== m.version) throw stale({ version }, { version: m.version, state: m.state })
}

/** Takes the step: what changes with it, and the version, in one update. */
export async function advance(ctx: Ctx, m: Seen, changes: Partial<Meeting>) {
  const version = m.version + 1
  await tables(ctx)
    .updateTable('meetings.meeting')
    .set({ ...changes, version })
    .where('org_id', '=', m.org_id)
    .where('id', '=', m.id)
    .execute()
  return { id: m.id, state: changes.state ?? m.state, version }
}
