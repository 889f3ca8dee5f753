import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { beforeSending, onComposing, onReply } from '#modules/requests/published.ts'
import { Month, yuan } from '../contract.ts'
import { firstOf } from '../months.ts'
import { homeOf, keptOrg } from '../place.ts'
import { record } from '../record.ts'

export const askReduction = command('dues.askReduction', {
  title: '拟定少交或免交党费',
  input: z.object({
    orgId: z.uuid(),
    personId: z.uuid(),
    from: Month,
    until: Month,
    /** What is paid a month instead; 0 is nothing. */
    cents: z.int().min(0).max(100_000_000),
    reason: z.string().trim().min(2).max(200),
  }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: async (ctx, { orgId, personId }) => ((await homeOf(ctx, personId))?.id === orgId ? keptOrg(ctx, orgId) : undefined),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { orgId, personId, from, until, cents, reason }) => {
    if (until < from) throw invalid('months-order', '止的月份应在起的月份以后', { until: ['应在起的月份以后'] })
    const { rows } = await sql`select from dues.reduction where person_id = ${personId} and state = 'asked'`.execute(ctx.db)
    if (rows.length > 0) throw conflict('asked-already', '已经拟定过一次，等上级批复；要改请先撤销那一次')
    const id = newId()
    await sql`insert into dues.reduction (id, org_id, person_id, from_month, until_month, cents, reason, state, asked_by)
      values (${id}, ${orgId}, ${personId}, ${firstOf(from)}, ${firstOf(until)}, ${cents}, ${reason}, 'asked',
        ${ctx.actor.personId})`.execute(ctx.db)
    record(ctx, 'reduction.asked', { subject: id, orgId, personId, body: { from: firstOf(from), until: firstOf(until), cents } })
    return { id, version: 1 }
  },
})

interface Reduction {
  id: string
  orgId: string
  personId: string
  from: string
  until: string
  cents: number
  reason: string
  state: string
  version: number
  path: string
}

const rows = sql`select r.id, r.org_id as "orgId", r.person_id as "personId", r.from_month as "from", r.until_month as until, r.cents,
  r.reason, r.state, r.version, o.path from dues.reduction r join organisation.org o on o.id = r.org_id`

export const endReduction = command('dues.endReduction', {
  title: '撤销或提前结束少交党费',
  /** The first month without it; what was only planned is dropped whole. */
  input: z.object({ id: z.uuid(), version: z.int(), month: Month }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: async (ctx, { id }) => {
    const found = (await sql<Reduction>`${rows} where r.id = ${id} for update of r`.execute(ctx.db)).rows[0]
    return found && ctx.actor.holds('dues.manage', found.path) === true ? found : undefined
  },
  may: (actor, r) => actor.holds('dues.manage', r.path),
  run: async (ctx, { version, month }, r) => {
    if (version !== r.version) throw stale({ version }, { state: r.state, version: r.version })
    if (r.state === 'refused' || r.state === 'ended') throw conflict('ended-already', '已经结束或没有批准，不用再办')
    const drops = r.state === 'asked' || firstOf(month) <= r.from
    await sql`update dues.reduction set state = ${drops ? 'refused' : 'ended'},
      until_month = greatest(from_month, least(until_month, (${firstOf(month)}::date - interval '1 month')::date)), version = version + 1
      where id = ${r.id}`.execute(ctx.db)
    record(ctx, 'reduction.ended', { subject: r.id, orgId: r.orgId, personId: r.personId, body: { from: drops ? r.from : firstOf(month) } })
    return { id: r.id, version: r.version + 1 }
  },
})

/** What the branch plans for this person and the superior has not answered yet. */
async function planned(ctx: Pick<Ctx, 'db'>, orgId: string, personId: string | null): Promise<Reduction | undefined> {
  const found = await sql<Reduction>`${rows} where r.org_id = ${orgId} and r.person_id = ${personId} and r.state = 'asked'`.execute(ctx.db)
  return found.rows[0]
}

/** A request to the superior is drafted from what was planned, cannot be sent without it, and its answer puts it in force. */
export function followRequests(): void {
  onComposing(['duesReduction'], async (ctx, { orgId, aboutId }): Promise<Record<string, string>> => {
    const r = await planned(ctx, orgId, aboutId)
    return r ? { reason: r.reason, from: monthText(r.from), amount: yuan(r.cents) } : {}
  })
  beforeSending(['duesReduction'], async (ctx, { orgId, aboutId }) =>
    (await planned(ctx, orgId, aboutId))
      ? undefined
      : invalid('nothing-planned', '请先在党费里拟定少交或免交（从哪个月到哪个月、每月多少），再报送请示', { aboutId: ['先拟定少交'] }),
  )
  onReply(['duesReduction'], async (ctx, { orgId, aboutId, decision, answeredOn }) => {
    const r = await planned(ctx, orgId, aboutId)
    if (!r || decision === 'returned') return
    const state = decision === 'agreed' ? 'approved' : 'refused'
    await sql`update dues.reduction set state = ${state}, decided_on = ${answeredOn}, decided_by = ${ctx.actor.personId},
      version = version + 1 where id = ${r.id}`.execute(ctx.db)
    const happening = { subject: r.id, orgId, personId: r.personId, happenedOn: answeredOn }
    if (state === 'refused') record(ctx, 'reduction.refused', { ...happening, body: {} })
    else record(ctx, 'reduction.approved', { ...happening, body: { from: r.from, until: r.until, cents: r.cents } })
  })
}

const monthText = (day: string) => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月`
