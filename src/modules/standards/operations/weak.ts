import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { all, forbidden, invalid, stale, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { Paged, pageOf } from '#kernel/paging.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { Situation } from '../contract.ts'
import { weakRuleAt } from '../overhauls.ts'
import { REASONS, type Reason, situationsOf } from '../weak.ts'
import { factsBehind, knownUnder } from '../weakKnown.ts'

const ReasonKey = z.enum(Object.keys(REASONS) as [Reason, ...Reason[]])

const load = (ctx: Ctx, { orgId }: { orgId: string }) => orgSeen(ctx, orgId, 'standards.read')

/** Only who stands above branches says by what they are looked at: a branch does not excuse itself. */
export const mayJudge = (actor: Ctx['actor'], { kind, path }: Pick<OrgCard, 'kind' | 'path'>): Verdict =>
  all(
    actor.holds('standards.overhaul', path),
    !BRANCH_KINDS.includes(kind) || forbidden('own-branch', '认定情形由支部的上级党组织定，支部不能给自己定'),
  )

export const weakRule = query('standards.weakRule', {
  title: '看软弱涣散的认定情形',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({
    rule: z
      .object({
        orgName: z.string(),
        isOn: z.boolean(),
        reasons: z.array(ReasonKey),
        vacantMonths: z.int(),
        undevelopedMonths: z.int(),
        source: z.string(),
      })
      .nullable(),
    /** Of what this organisation itself has set; 0 for nothing. */
    version: z.int(),
    can: z.object({ set: z.boolean() }),
  }),
  load,
  may: (actor, org: OrgCard) => actor.holds('standards.read', org.path),
  run: async (ctx, { orgId }, org) => {
    const found = await weakRuleAt(ctx.db, orgId)
    const can = { set: mayJudge(ctx.actor, org) === true }
    if (!found) return { rule: null, version: 0, can }
    const { orgId: by, version, ...rule } = found
    return { rule, version: by === orgId ? version : 0, can }
  },
})

export const setWeakRule = command('standards.setWeakRule', {
  title: '定软弱涣散的认定情形',
  input: z.object({
    orgId: z.uuid(),
    /** 0 where this organisation has set nothing itself. */
    version: z.int().min(0),
    isOn: z.boolean(),
    reasons: z.array(ReasonKey).max(4),
    vacantMonths: z.int().min(1).max(24).default(3),
    undevelopedMonths: z.int().min(12).max(60).default(24),
    source: z.string().trim().min(4, '请写明是哪个文件规定的').max(200),
  }),
  output: z.object({ version: z.int() }),
  load,
  may: (actor, org: OrgCard) => mayJudge(actor, org),
  run: async (ctx, { orgId, version, isOn, source, vacantMonths, undevelopedMonths, ...given }) => {
    const reasons = [...new Set(given.reasons)]
    if (isOn && reasons.length === 0) throw invalid('no-reason', '请至少选一种情形', { reasons: ['请至少选一种'] })
    const values = sql`${isOn}, ${reasons}::text[], ${vacantMonths}::int, ${undevelopedMonths}::int, ${source}, ${ctx.actor.personId}::uuid, ${ctx.now}`
    const columns = sql`is_on, reasons, vacant_months, undeveloped_months, source, changed_by, changed_at`
    const { rows } =
      version === 0
        ? await sql<{ version: number }>`insert into standards.weak_rule (org_id, ${columns}, version) values (${orgId}, ${values}, 1)
            on conflict (org_id) do nothing returning version`.execute(ctx.db)
        : await sql<{ version: number }>`update standards.weak_rule set (${columns}) = (${values}), version = version + 1
            where org_id = ${orgId} and version = ${version} returning version`.execute(ctx.db)
    if (!rows[0]) throw stale({ isOn, reasons, source }, { version: null })
    return { version: rows[0].version }
  },
})

export const weakFound = query('standards.weakFound', {
  title: '看记录里有软弱涣散情形的支部',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(
    z.object({
      orgId: z.string(),
      orgName: z.string(),
      situations: z.array(Situation),
      facts: z.array(z.string()),
      /** Where the records stand. */
      open: z.string(),
    }),
  ).extend({ rule: z.object({ orgName: z.string(), source: z.string() }).nullable(), checked: z.int() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'standards.overhaul'),
  may: mayJudge,
  run: async (ctx, { after, limit, orgId }, org) => {
    const rule = await weakRuleAt(ctx.db, orgId)
    if (!rule?.isOn) return { items: [], next: null, rule: null, checked: 0 }
    const day = dateAt(ctx.now)
    const known = await knownUnder(ctx, org.path, day)
    const { rows } = await sql<{ orgId: string }>`select org_id as "orgId" from standards.overhaul where state = 'open'
      and org_id = any(${known.map((k) => k.orgId)}::uuid[])`.execute(ctx.db)
    const running = new Set(rows.map((r) => r.orgId))
    const found = known
      .filter((k) => !running.has(k.orgId))
      .map((k) => ({ orgId: k.orgId, orgName: k.name, situations: situationsOf(k, rule, day) }))
      .filter(({ situations }) => situations.length > 0)
    const start = after === undefined ? 0 : found.findIndex((f) => f.orgId === after) + 1
    const page = found.slice(start, start + limit)
    const facts = await factsBehind(ctx, page.map((f) => f.orgId)) // biome-ignore format: one call
    return {
      items: page.map((f) => ({ ...f, facts: facts.get(f.orgId) ?? [], open: openOf(f.orgId, f.situations[0]!.reason) })),
      next: start + limit < found.length ? page.at(-1)!.orgId : null,
      rule: { orgName: rule.orgName, source: rule.source },
      checked: known.length,
    }
  },
})

const openOf = (orgId: string, reason: Reason): string =>
  reason === 'life' ? `/duties?org=${orgId}` : reason === 'development' ? `/development?org=${orgId}` : `/organisation?org=${orgId}`
