import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, daysBetween } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { DutyKind, EXEMPT_DAYS } from '../contract.ts'
import { policy } from '../policy.ts'
import { record, tables } from '../tables.ts'
import { visibleOrg } from '../visibleOrg.ts'

const Exemption = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  duty: DutyKind,
  from: z.iso.date(),
  until: z.iso.date(),
  reason: z.string(),
  approvedBy: z.string(),
  withdrawn: z.boolean(),
  version: z.int(),
})

export const exemptions = query('duties.exemptions', {
  title: '豁免',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({ items: z.array(Exemption), can: z.object({ grant: z.boolean(), ask: z.boolean() }) }),
  load: (ctx, { orgId }) => visibleOrg(ctx, orgId),
  may: policy.read,
  run: async (ctx, _input, org) => {
    const { rows } = await sql<z.output<typeof Exemption>>`
      select id, org_id as "orgId", duty, from_on as "from", until_on as until, reason, approved_by as "approvedBy",
        withdrawn_at is not null as withdrawn, version
      from duties.exemption where org_id = ${org.id} order by from_on desc, id limit 200`.execute(ctx.db)
    return {
      items: rows,
      can: { grant: isBranch(org) && policy.exempt(ctx.actor, org) === true, ask: isBranch(org) && policy.ask(ctx.actor, org) === true },
    }
  },
})

export const isBranch = ({ kind }: { kind: OrgKind }) => BRANCH_KINDS.includes(kind)

export const exempt = command('duties.exempt', {
  title: '豁免应办事项',
  input: z.object({
    orgId: z.uuid(),
    duty: DutyKind,
    from: z.iso.date(),
    until: z.iso.date(),
    reason: z.string().trim().min(2).max(300),
    approvedBy: z.string().trim().min(2).max(100),
  }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { orgId }) => visibleOrg(ctx, orgId),
  may: policy.exempt,
  run: async (ctx, { duty, from, until, reason, approvedBy }, org) => {
    if (!isBranch(org)) throw conflict('not-a-branch', '应办事项由支部承担，豁免请到支部逐个登记')
    assertSpan(from, until)
    return { id: await grantExemption(ctx, { orgId: org.id, duty, from, until, reason, approvedBy }) }
  },
})

/** An exemption has an end, and not one beyond a year: for longer the rule itself is changed. */
export function assertSpan(from: string, until: string): void {
  if (from > until) throw invalid('dates-reversed', '豁免的结束日期早于开始日期', { until: [`应不早于 ${from}`] })
  if (daysBetween(from, until) >= EXEMPT_DAYS)
    throw invalid('too-long', '豁免一次最多一年，到期仍需要的请重新报批', { until: [`请填 ${addDays(from, EXEMPT_DAYS)} 之前`] })
}

interface Granted {
  orgId: string
  duty: z.output<typeof DutyKind>
  from: string
  until: string
  reason: string
  approvedBy: string
}

/** Stores an exemption with its fact; answers its id. */
export async function grantExemption(ctx: Ctx, { orgId, duty, from, until, reason, approvedBy }: Granted): Promise<string> {
  const id = newId()
  await tables(ctx)
    .insertInto('duties.exemption')
    .values({
      id,
      org_id: orgId,
      duty,
      from_on: from,
      until_on: until,
      reason,
      approved_by: approvedBy,
      granted_by: ctx.actor.personId,
      withdrawn_at: null,
    })
    .execute()
  record(ctx, 'exemption.granted', { subject: id, orgId, body: { duty, from, until } })
  return id
}

interface Locked {
  id: string
  org_id: string
  path: string
  version: number
  withdrawn_at: Date | null
}

export const withdrawExemption = command('duties.withdrawExemption', {
  title: '撤回豁免',
  input: z.object({ id: z.uuid(), version: z.int() }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx: Ctx, { id }) => {
    const { rows } = await sql<Locked>`
      select e.id, e.org_id, o.path, e.version, e.withdrawn_at from duties.exemption e join organisation.org o on o.id = e.org_id
      where e.id = ${id} and ${ctx.actor.within('duties.read', 'o.path')} for update of e`.execute(ctx.db)
    return rows[0]
  },
  may: policy.manage,
  run: async (ctx, { version }, row) => {
    if (row.version !== version) throw stale({}, { version: row.version })
    if (row.withdrawn_at) throw conflict('already-withdrawn', '这条豁免已经撤回')
    await sql`update duties.exemption set withdrawn_at = ${ctx.now}, version = version + 1 where id = ${row.id}`.execute(ctx.db)
    record(ctx, 'exemption.withdrawn', { subject: row.id, orgId: row.org_id, body: {} })
    return { id: row.id }
  },
})
