import { sql } from 'kysely'
import { z } from 'zod'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { NOWHERE, newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { RuleView } from '../contract.ts'
import { policy } from '../policy.ts'
import { belowCentral, rulesWhere } from '../registerOfRules.ts'
import { record, tables } from '../tables.ts'
import { visibleOrg } from '../visibleOrg.ts'
import { bodyOf, WrittenRule } from './preview.ts'

export const rules = query('duties.rules', {
  title: '应办规则',
  input: z.object({ orgId: z.uuid().optional() }),
  output: z.object({ items: z.array(RuleView), can: z.object({ adopt: z.boolean(), verify: z.boolean() }) }),
  may: anyone, // confined below: central rules are public, unit rules to those whom they bind or who see the organisation
  run: async (ctx, { orgId }) => {
    const org = orgId ? await visibleOrg(ctx, orgId) : undefined
    const seen = ctx.actor.within('duties.read', 'o.path')
    // Rules from above bind the organisation, so whoever sees it may read them.
    const about = org ? sql`(starts_with(${org.path}, o.path) or (starts_with(o.path, ${org.path}) and ${seen}))` : seen
    const items = await rulesWhere(ctx, sql`r.org_id = ${NOWHERE} ${orgId && !org ? sql`` : sql`or ${about}`}`)
    const adopt = org !== undefined && policy.manage(ctx.actor, org) === true
    return { items, can: { adopt, verify: ctx.actor.holdsAnywhere('duties.manage') === true } }
  },
})

const Adopt = z.object({
  orgId: z.uuid(),
  from: z.iso.date(),
  body: WrittenRule,
  wording: z.string().trim().min(2).max(500),
  source: z.string().trim().min(2).max(300),
  /** A new version of this rule of the organisation, which ends the day the new one begins. */
  replaces: z.strictObject({ id: z.uuid(), version: z.int() }).optional(),
})

/** A rule may be set so many years ahead at most. */
const AHEAD_YEARS = 1

export const adoptRule = command('duties.adoptRule', {
  title: '登记单位规则',
  input: Adopt,
  output: z.object({ id: z.uuid(), belowCentral: z.string().nullable() }),
  load: (ctx, { orgId }) => visibleOrg(ctx, orgId),
  may: policy.manage,
  run: async (ctx, { orgId, from, wording, source, replaces, ...input }) => {
    const last = addYears(dateAt(ctx.now), AHEAD_YEARS)
    if (from > last) throw invalid('far-date', '生效日期最多提前一年登记', { from: [`请填 ${last} 之前`] })
    const body = bodyOf(input.body)
    if (replaces) await endReplaced(ctx, replaces, { orgId, from, duty: body.duty })
    const id = newId()
    const row = {
      id,
      org_id: orgId,
      valid: sql<string>`daterange(${from}::date, null)`,
      body: JSON.stringify(body),
      code: null,
      wording,
      source,
    }
    await tables(ctx)
      .insertInto('duties.rule')
      .values({ ...row, verified_on: null, verified_by: null })
      .execute()
    record(ctx, 'rule.adopted', { subject: id, orgId, happenedOn: from, body })
    return { id, belowCentral: belowCentral({ body }, await rulesWhere(ctx, sql`r.org_id = ${NOWHERE}`)) }
  },
})

/** Ends the version that a new one follows, on the day on which the new one begins. */
async function endReplaced(
  ctx: Ctx,
  { id, version }: { id: string; version: number },
  next: { orgId: string; from: string; duty: string },
) {
  const rule = await lockedRule(ctx, { id })
  if (rule?.org_id !== next.orgId || rule.duty !== next.duty)
    throw invalid('other-rule', '只能修订本组织同一事项的规则', { replaces: ['请选本组织同一事项的规则'] })
  if (rule.version !== version) throw stale(next, { until: rule.until })
  if (rule.until) throw conflict('already-ended', `这条规则已定于 ${rule.until} 废止，不能再修订`)
  if (next.from <= rule.from)
    throw invalid('before-start', '新版的生效日期应晚于旧版', { from: [`旧版 ${rule.from} 起执行，请填之后的日期`] })
  await endOn(ctx, rule, next.from)
}

async function endOn(ctx: Ctx, rule: RuleAt, on: string): Promise<void> {
  await sql`update duties.rule set valid = daterange(lower(valid), ${on}::date), version = version + 1 where id = ${rule.id}`.execute(
    ctx.db,
  )
  record(ctx, 'rule.ended', { subject: rule.id, orgId: rule.org_id, happenedOn: on, body: {} })
}

const ById = z.object({ id: z.uuid(), version: z.int() })
type RuleAt = { id: string; org_id: string; path: string; version: number; from: string; until: string | null; duty: string }

/** A rule that the reader may see, locked. */
async function lockedRule(ctx: Ctx, { id }: { id: string }): Promise<RuleAt | undefined> {
  const { rows } = await sql<RuleAt>`
    select r.id, r.org_id, coalesce(o.path, '/') as path, r.version, lower(r.valid) as "from", upper(r.valid) as until,
      r.body->>'duty' as duty
    from duties.rule r left join organisation.org o on o.id = r.org_id
    where r.id = ${id} and (r.org_id = ${NOWHERE} or ${ctx.actor.within('duties.read', 'o.path')}) for update of r`.execute(ctx.db)
  return rows[0]
}

export const endRule = command('duties.endRule', {
  title: '废止单位规则',
  input: ById.extend({ on: z.iso.date() }),
  output: z.object({ id: z.uuid() }),
  load: lockedRule,
  may: policy.manage,
  run: async (ctx, { on, version }, rule) => {
    if (rule.version !== version) throw stale({ on }, { until: rule.until })
    if (rule.org_id === NOWHERE) throw conflict('central-rule', '中央规定随产品更新，不能在单位废止')
    if (rule.until) throw conflict('already-ended', `这条规则已于 ${rule.until} 废止`)
    if (on <= rule.from) throw invalid('before-start', '废止日期应晚于生效日期', { on: [`应晚于 ${rule.from}`] })
    const last = addYears(dateAt(ctx.now), AHEAD_YEARS)
    if (on > last) throw invalid('far-date', '废止日期最多提前一年登记', { on: [`请填 ${last} 之前`] })
    await endOn(ctx, rule, on)
    return { id: rule.id }
  },
})

export const verifyRule = command('duties.verifyRule', {
  title: '核对规则原文',
  input: ById,
  output: z.object({ id: z.uuid() }),
  load: lockedRule,
  // A central rule is compared once, by whoever manages rules anywhere in the unit.
  may: (actor, rule) => (rule.org_id === NOWHERE ? actor.holdsAnywhere('duties.manage') : policy.manage(actor, rule)),
  run: async (ctx, { version }, rule) => {
    if (rule.version !== version) throw stale({}, { version: rule.version })
    await sql`update duties.rule set verified_on = ${dateAt(ctx.now)}, verified_by = ${ctx.actor.personId}, version = version + 1
      where id = ${rule.id}`.execute(ctx.db)
    return { id: rule.id }
  },
})
