import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { NOWHERE, newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { periodFromKey } from '#kernel/period.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { orgCard } from '#modules/organisation/published.ts'
import { DutyKind, RuleBody } from '../contract.ts'
import { knownFrom } from '../load.ts'
import { ancestorsOn, ruleFor, yearly } from '../owed.ts'
import { policy } from '../policy.ts'
import { record, tables } from '../tables.ts'

const RuleView = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  from: z.iso.date(),
  until: z.iso.date().nullable(),
  body: RuleBody,
  wording: z.string(),
  source: z.string(),
  verifiedOn: z.iso.date().nullable(),
  /** Asks less than the central minimum of the same duty: reported, and the higher is followed. */
  belowCentral: z.string().nullable(),
  /** The facts by which it was adopted. */
  facts: z.array(z.uuid()),
  version: z.int(),
})
type RuleView = z.output<typeof RuleView>

const columns = sql`r.id, r.org_id as "orgId", lower(valid) as "from", upper(valid) as until, body, wording, source,
  verified_on as "verifiedOn", version,
  array(select f.id from ledger.fact f where f.subject = r.id and f.org_id = r.org_id and f.kind = 'rule.adopted') as facts`

export const rules = query('duties.rules', {
  title: '应办规则',
  input: z.object({ orgId: z.uuid().optional() }),
  output: z.object({ items: z.array(RuleView) }),
  may: anyone, // confined below: central rules are public, unit rules to those who see the organisation
  run: async (ctx, { orgId }) => {
    const { rows } = await sql<Omit<RuleView, 'belowCentral'>>`select ${columns} from duties.rule r
      where org_id = ${NOWHERE} or (${orgId ? sql`org_id = ${orgId}` : sql`true`}
        and exists (select from organisation.org o where o.id = r.org_id and ${ctx.actor.within('duties.read', 'o.path')}))
      order by body->>'duty', org_id, lower(valid), id limit 500`.execute(ctx.db)
    return { items: rows.map((r) => ({ ...r, belowCentral: belowCentral(r, rows) })) }
  },
})

/** The sentence that names the conflict of a unit's rule with a central minimum, or null. A practice is no minimum. */
function belowCentral(rule: Pick<RuleView, 'body'>, all: readonly Omit<RuleView, 'belowCentral'>[]): string | null {
  if (rule.body.layer !== 'unit') return null
  const central = all.find((r) => r.body.layer === 'central' && r.body.duty === rule.body.duty && r.body.strength !== 'may')
  if (!central || yearly(rule.body) >= yearly(central.body)) return null
  return `低于中央规定：${central.wording}（${central.source}）。系统按中央规定提醒，请修订单位规定`
}

const Adopt = z.object({
  orgId: z.uuid(),
  from: z.iso.date(),
  body: RuleBody.omit({ layer: true, toVerify: true, metBy: true }).strict(),
  wording: z.string().trim().min(2).max(500),
  source: z.string().trim().min(2).max(300),
})

export const adoptRule = command('duties.adoptRule', {
  title: '登记单位规则',
  input: Adopt,
  output: z.object({ id: z.uuid(), belowCentral: z.string().nullable() }),
  load: (ctx, { orgId }) => visible(ctx, orgId),
  may: policy.manage,
  run: async (ctx, { orgId, from, wording, source, ...input }) => {
    if (from > dateAt(ctx.now)) throw invalid('future-date', '生效日期不能晚于今天，到那天再登记', { from: ['不能晚于今天'] })
    const id = newId()
    const body = {
      ...input.body,
      layer: 'unit' as const,
      toVerify: false,
      metBy: input.body.duty === 'committeeSetUp' ? ('committee' as const) : ('meeting' as const),
    }
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
    const { rows } = await sql<Omit<RuleView, 'belowCentral'>>`select ${columns} from duties.rule r where org_id = ${NOWHERE}`.execute(ctx.db)
    return { id, belowCentral: belowCentral({ body }, rows) }
  },
})

const ById = z.object({ id: z.uuid(), version: z.int() })
type RuleAt = { id: string; org_id: string; path: string; version: number; from: string; until: string | null }

/** A unit's rule that the reader may see, locked; central rules cannot be changed here. */
async function lockedRule(ctx: Ctx, { id }: { id: string }): Promise<RuleAt | undefined> {
  const { rows } = await sql<RuleAt>`
    select r.id, r.org_id, coalesce(o.path, '/') as path, r.version, lower(r.valid) as "from", upper(r.valid) as until
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
    if (on > dateAt(ctx.now)) throw invalid('future-date', '废止日期不能晚于今天，到那天再登记', { on: ['不能晚于今天'] })
    await sql`update duties.rule set valid = daterange(lower(valid), ${on}::date), version = version + 1 where id = ${rule.id}`.execute(
      ctx.db,
    )
    record(ctx, 'rule.ended', { subject: rule.id, orgId: rule.org_id, happenedOn: on, body: {} })
    return { id: rule.id }
  },
})

export const verifyRule = command('duties.verifyRule', {
  title: '核对规则原文',
  input: ById,
  output: z.object({ id: z.uuid() }),
  load: lockedRule,
  may: (actor) => actor.holdsAnywhere('duties.manage'),
  run: async (ctx, { version }, rule) => {
    if (rule.version !== version) throw stale({}, { version: rule.version })
    await sql`update duties.rule set verified_on = ${dateAt(ctx.now)}, verified_by = ${ctx.actor.personId}, version = version + 1
      where id = ${rule.id}`.execute(ctx.db)
    return { id: rule.id }
  },
})

const Reason = z.object({ rule: RuleView, chosen: z.boolean() })

export const why = query('duties.why', {
  title: '为什么要我办这件事',
  input: z.object({ orgId: z.uuid(), duty: DutyKind, period: z.string().max(10) }),
  output: z.object({ says: z.string(), fullMembers: z.string(), rules: z.array(Reason) }),
  load: (ctx, { orgId }) => visible(ctx, orgId),
  may: policy.read,
  run: async (ctx, { orgId, duty, period: key }, org) => {
    const period = periodFromKey(key)
    if (!period) throw invalid('bad-period', '期间写法不对', { period: ['写作 2025、2025-H1、2025-Q3 或 2025-07'] })
    const known = await knownFrom(ctx.db, ledgerAsOf(), [orgId], period.from, period.to)
    const history = known.histories.get(orgId)
    const of = known.rules.filter((r) => r.duty === duty)
    const chosen = history && ruleFor(known, of, history, period)
    const above = history ? ancestorsOn(known, history, period.from) : new Set<string>()
    const ids = of.filter((r) => r.orgId === NOWHERE || above.has(r.orgId)).map((r) => r.id)
    const { rows } = await sql<
      Omit<RuleView, 'belowCentral'>
    >`select ${columns} from duties.rule r where id = any(${ids}::uuid[]) order by lower(valid), id`.execute(ctx.db)
    const views = rows.map((r) => ({ rule: { ...r, belowCentral: belowCentral(r, rows) }, chosen: r.id === chosen?.id }))
    const ruled = views.find((v) => v.chosen)?.rule
    return {
      says: ruled
        ? `${org.name} ${period.fullName}：${ruled.wording}。依据：${ruled.source}`
        : `${org.name} ${period.fullName}不承担这一项`,
      fullMembers: ruled?.body.minFullMembers ? `这条规则适用于正式党员 ${ruled.body.minFullMembers} 人以上的支部` : '',
      rules: views,
    }
  },
})

export async function visible(ctx: Ctx, orgId: string) {
  const org = await orgCard(ctx.db, orgId)
  return org && ctx.actor.holds('duties.read', org.path) === true ? org : undefined
}
