import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { dateAt, daysBetween } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, type Fields, forbidden, invalid, type Verdict } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { assertThere, type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { TALKS_AT_ONCE } from '../contract.ts'
import { circlesOn, record, type Talk } from '../store.ts'

/** The branch itself (or the committee itself) keeps and sees its talks; those above see counts only. */
export const ofOwn = (a: Actor, org: Pick<OrgCard, 'id'>): Verdict =>
  a.grantsOf('talks.record').some((g) => g.orgId === org.id) || forbidden('own-only', '谁和谁谈了只由本组织登记和查看，上级只看次数')

export const recordTalks = command('talks.record', {
  title: '登记谈心谈话',
  input: z.object({
    orgId: z.uuid(),
    talks: z
      .array(z.strictObject({ on: z.iso.date(), aId: z.uuid(), bId: z.uuid() }))
      .min(1, '请至少选一个人')
      .max(TALKS_AT_ONCE, `一次最多登记 ${TALKS_AT_ONCE} 次`),
  }),
  output: z.object({ recorded: z.int(), known: z.int() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'talks.read'),
  may: (actor, org) => ofOwn(actor, org),
  run: async (ctx, { orgId, talks }, org) => {
    await check(ctx, org, talks)
    const wanted = new Map(talks.map((t) => [keyOf(t), ordered(t)]))
    const rows = [...wanted.values()].map((t) => ({ id: newId(), fact_id: newId(), ...t }))
    const { rows: kept } = await sql<Talk>`insert into talks.talk (org_id, id, a_id, b_id, held_on, recorded_by, recorded_at, fact_id)
      select ${orgId}::uuid, r.id, r."aId", r."bId", r."on", ${ctx.actor.personId}::uuid, ${ctx.now}::timestamptz, r.fact_id
      from jsonb_to_recordset(${json(rows)}) as r(id uuid, fact_id uuid, "aId" uuid, "bId" uuid, "on" date)
      on conflict (org_id, a_id, b_id, held_on) where withdrawn_at is null do nothing returning *`.execute(ctx.db)
    const facts = kept.map((t) => ({
      id: t.id,
      fact_id: record(ctx, 'talk.held', { subject: t.id, orgId, happenedOn: t.held_on, body: { aId: t.a_id, bId: t.b_id } }),
    }))
    await sql`update talks.talk t set fact_id = r.fact_id from jsonb_to_recordset(${json(facts)}) as r(id uuid, fact_id uuid)
      where t.org_id = ${orgId} and t.id = r.id`.execute(ctx.db)
    return { recorded: kept.length, known: wanted.size - kept.length }
  },
})

export const withdrawTalk = command('talks.withdraw', {
  title: '撤回一条谈心谈话登记',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  load: locked,
  may: (actor, talk) => ofOwn(actor, { id: talk.org_id }),
  run: async (ctx, { id }, talk) => {
    if (talk.withdrawn_at) throw conflict('withdrawn', '这条登记已经撤回')
    retract(ctx, { orgId: talk.org_id, factId: talk.fact_id, kind: 'talk.held', reason: 'mistake' })
    await sql`update talks.talk set withdrawn_at = ${ctx.now}, withdrawn_by = ${ctx.actor.personId}::uuid
      where org_id = ${talk.org_id} and id = ${id}`.execute(ctx.db)
    return { id }
  },
})

async function locked(ctx: Ctx, { id }: { id: string }): Promise<Talk | undefined> {
  const { rows } = await sql<Talk>`select * from talks.talk where id = ${id}`.execute(ctx.db)
  const [talk] = rows
  if (!talk || !(await orgSeen(ctx, talk.org_id, 'talks.read'))) return undefined
  const { rows: held } = await sql<Talk>`select * from talks.talk where org_id = ${talk.org_id} and id = ${id} for update`.execute(ctx.db)
  return held[0]
}

interface Given {
  on: string
  aId: string
  bId: string
}

const ordered = ({ on, aId, bId }: Given): Given => (aId < bId ? { on, aId, bId } : { on, aId: bId, bId: aId })
const keyOf = (t: Given) => Object.values(ordered(t)).join()

/** Every mistake at its field: days to come, talks with oneself, people who do not belong here that day. */
async function check(ctx: Ctx, org: OrgCard, talks: readonly Given[]): Promise<void> {
  const today = dateAt(ctx.now)
  const wrong: Fields = {}
  const circles = new Map<string, Set<string>>()
  for (const on of new Set(talks.map((t) => t.on)))
    if (on <= today) {
      assertThere(org, on, 'talks')
      circles.set(on, new Set((await circlesOn(ctx.db, [org.id], on)).map((p) => p.personId)))
    }
  talks.forEach(({ on, aId, bId }, i) => {
    if (on > today) wrong[`talks.${i}.on`] = ['还没有到这一天，请谈过以后再登记']
    else if (daysBetween(on, today) > 400) wrong[`talks.${i}.on`] = ['超过一年的谈话不再登记']
    else if (aId === bId) wrong[`talks.${i}.bId`] = ['请选两个人']
    else
      for (const [field, id] of [
        ['aId', aId],
        ['bId', bId],
      ] as const)
        if (!circles.get(on)!.has(id)) wrong[`talks.${i}.${field}`] = ['这个人当天不在本组织，请从当天的名册里选']
  })
  const [first] = Object.values(wrong)
  if (first) throw invalid('invalid-input', first[0]!, wrong)
}
