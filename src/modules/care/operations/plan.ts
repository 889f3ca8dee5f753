import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, missing, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { lockPerson } from '#modules/members/published.ts'
import { overWith } from '#modules/notifications/published.ts'
import { orgSeen, personSeen } from '#modules/organisation/published.ts'
import { Arrangement, Ending, Kind } from '../contract.ts'
import { mark } from '../marks.ts'
import { lockedPlan, NO_KEEPER, record, type Stored, termsOf } from '../store.ts'

const Done = z.object({ id: z.uuid(), version: z.int() })
const Step = z.object({ id: z.uuid(), version: z.int() })

const Plan = {
  /** Since when away, out of contact, or retired. */
  since: z.iso.date(),
  /** Where to; empty for who is lost. */
  place: z.string().trim().max(100).default(''),
  /** Stays in one place there. */
  settled: z.boolean().default(false),
  abroad: z.boolean().default(false),
  /** Who keeps the contact. */
  contactId: z.uuid().nullable().default(null),
  everyDays: z.int().min(1).max(400),
  arrangement: Arrangement.nullable().default(null),
}

export const open = command('care.open', {
  title: '建立联系计划',
  input: z.object({ personId: z.uuid(), kind: Kind, ...Plan }),
  output: Done,
  load: async (ctx, { personId, contactId }) => {
    if (contactId && !(await personSeen(ctx, contactId))) return undefined
    return homeSeen(ctx, personId)
  },
  may: (actor, org) => actor.holds('care.manage', org.path),
  run: async (ctx, { personId, kind, ...plan }, org) => {
    assertPlan(ctx, personId, plan)
    await lockPerson(ctx, personId)
    const { rows } = await sql`select from care.plan where person_id = ${personId} and kind = ${kind} and ended_on is null`.execute(ctx.db)
    if (rows.length > 0) throw conflict('planned-already', '这个人已经有联系计划，请在那一条上修改')
    const id = newId()
    const fact = record(ctx, 'contact.planned', { subject: id, orgId: org.id, personId, body: { kind, everyDays: plan.everyDays } })
    await sql`insert into care.plan (org_id, id, person_id, kind, since, place, settled, abroad, contact_id, every_days, arrangement,
        planned_fact, version)
      values (${org.id}, ${id}, ${personId}, ${kind}, ${plan.since}, ${plan.place}, ${plan.settled}, ${plan.abroad}, ${plan.contactId},
        ${plan.everyDays}, ${plan.arrangement}, ${fact}, 1)`.execute(ctx.db)
    await mark(ctx, personId, kind, true, plan.place)
    return { id, version: 1 }
  },
})

export const change = command('care.change', {
  title: '修改联系计划',
  input: Step.extend({
    ...Plan,
    /** From which day contact is kept as often as this says; what was owed before stays. Left out, today. */
    from: z.iso.date().optional(),
  }),
  output: Done,
  load: async (ctx, { id, contactId }) => {
    if (contactId && !(await personSeen(ctx, contactId))) return undefined
    return lockedPlan(ctx, { id })
  },
  may: (actor, r) => actor.holds('care.manage', r.path),
  run: async (ctx, { id, version, from = dateAt(ctx.now), ...plan }, r) => {
    assertOpen(r, version)
    assertPlan(ctx, r.person_id, plan)
    const { person_id: personId, kind, plan_org_id: orgId } = r
    let fact = r.planned_fact
    if (plan.everyDays !== r.every_days) {
      await assertAfterLast(ctx, r, from)
      fact = record(ctx, 'contact.planned', { subject: id, orgId, personId, happenedOn: from, body: { kind, everyDays: plan.everyDays } })
    }
    await sql`update care.plan set since = ${plan.since}, place = ${plan.place}, settled = ${plan.settled}, abroad = ${plan.abroad},
        contact_id = ${plan.contactId}, every_days = ${plan.everyDays}, arrangement = ${plan.arrangement}, planned_fact = ${fact},
        version = version + 1 where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
    await mark(ctx, personId, kind, true, plan.place)
    if (plan.contactId) await overWith(ctx, NO_KEEPER, { gone: [id] })
    return { id, version: version + 1 }
  },
})

export const contact = command('care.contact', {
  title: '记一次联系',
  input: z.object({ id: z.uuid(), on: z.iso.date() }),
  output: z.object({ id: z.uuid() }),
  load: lockedPlan,
  may: (actor, r) => r.contact_id === actor.personId || actor.holds('care.manage', r.path),
  run: async (ctx, { id, on }, r) => {
    if (r.ended_on !== null) throw conflict('plan-ended', '这个联系计划已经结束，请刷新后再看')
    assertPast(ctx, on, 'on')
    if (on < r.since!) throw invalid('too-early', `${r.since} 才开始，请填之后的日期`, { on: [`请填 ${r.since} 或以后`] })
    const orgId = r.plan_org_id
    const { rows } = await sql`select from care.contact where org_id = ${orgId} and plan_id = ${id} and on_day = ${on}`.execute(ctx.db)
    if (rows.length > 0) throw conflict('contacted-already', '这一天的联系已经记过，不用再记')
    const fact = record(ctx, 'contact.made', { subject: id, orgId, personId: r.person_id, happenedOn: on, body: { kind: r.kind } })
    await sql`insert into care.contact (org_id, id, plan_id, on_day, by_person_id, fact_id)
      values (${orgId}, ${newId()}, ${id}, ${on}, ${ctx.actor.personId}, ${fact})`.execute(ctx.db)
    await sql`update care.plan set last_on = greatest(last_on, ${on}::date) where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
    return { id }
  },
})

export const dropContact = command('care.dropContact', {
  title: '撤回记错的一次联系',
  input: z.object({ id: z.uuid(), on: z.iso.date() }),
  output: z.object({ id: z.uuid() }),
  load: lockedPlan,
  may: (actor, r) => r.contact_id === actor.personId || actor.holds('care.manage', r.path),
  run: async (ctx, { id, on }, { plan_org_id: orgId }) => {
    const { rows } = await sql<{ fact: string }>`delete from care.contact where org_id = ${orgId} and plan_id = ${id} and on_day = ${on}
      returning fact_id as fact`.execute(ctx.db)
    if (!rows[0]) throw conflict('no-contact', '这一天没有记过联系，请刷新后再看')
    retract(ctx, { orgId, factId: rows[0].fact, kind: 'contact.made', reason: 'mistake' })
    await sql`update care.plan set last_on = (select max(on_day) from care.contact where org_id = ${orgId} and plan_id = ${id})
      where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
    return { id }
  },
})

export const end = command('care.end', {
  title: '结束联系计划',
  input: Step.extend({ on: z.iso.date(), why: Ending }),
  output: Done,
  load: lockedPlan,
  may: (actor, r) => actor.holds('care.manage', r.path),
  run: async (ctx, { id, version, on, why }, r) => {
    assertOpen(r, version)
    assertPast(ctx, on, 'on')
    if (on < r.since!) throw invalid('too-early', `${r.since} 才开始，请填之后的日期`, { on: [`请填 ${r.since} 或以后`] })
    const { plan_org_id: orgId, person_id: personId, kind } = r
    record(ctx, 'contact.ended', { subject: id, orgId, personId, happenedOn: on, body: { kind, why } })
    await sql`update care.plan set ended_on = ${on}, ended_why = ${why}, version = version + 1
      where org_id = ${orgId} and id = ${id}`.execute(ctx.db)
    await mark(ctx, personId, kind, false, '')
    await overWith(ctx, NO_KEEPER, { gone: [id] })
    return { id, version: version + 1 }
  },
})

/** A change holds from its day on; one before the last change would say something about what was changed since. */
async function assertAfterLast(ctx: Ctx, r: Stored, from: string) {
  assertPast(ctx, from, 'from')
  const [last] = await termsOf(ctx, r)
  if (last && from < last.from)
    throw invalid('before-last-change', `现在的安排 ${last.from} 起定下，请填这一天或以后`, { from: [`请填 ${last.from} 或以后`] })
}

function assertPlan(ctx: Ctx, personId: string, { since, contactId }: { since: string; contactId: string | null }) {
  assertPast(ctx, since, 'since')
  if (contactId === personId) throw invalid('own-contact', '联系人不能是本人，请另选一位', { contactId: ['请另选一位'] })
}

export function assertPast(ctx: Pick<Ctx, 'now'>, on: string, field: string): void {
  if (on > dateAt(ctx.now)) throw invalid('ahead', '这一天还没有到，请填今天或以前', { [field]: ['不能晚于今天'] })
}

function assertOpen(r: Stored, version: number) {
  if (version !== r.version) throw stale({ version }, { version: r.version, everyDays: r.every_days })
  if (r.ended_on !== null) throw conflict('plan-ended', '这个联系计划已经结束，请刷新后再看')
}

/** The roster on which somebody stands, where the actor reads; on none, as if not there. */
export async function homeSeen(ctx: Ctx, personId: string, capability = 'care.read') {
  const { rows } = await sql<{ orgId: string }>`select m.org_id as "orgId" from members.membership m
    join members.standing s on s.person_id = m.person_id and upper(s.valid) is null and s.standing in ('fullMember', 'probationaryMember')
    where m.person_id = ${personId} and upper(m.valid) is null`.execute(ctx.db)
  if (!rows[0]) throw missing()
  return orgSeen(ctx, rows[0].orgId, capability)
}
