import { sql } from 'kysely'
import { z } from 'zod'
import { all, forbidden, invalid, stale, type Verdict } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { localRulesAt } from '../beside.ts'

const Rule = z.enum(['notice', 'again'])

/** A rule comes from above: a branch neither makes one for itself nor switches one off. */
const maySet = (actor: Ctx['actor'], { kind, path }: Pick<OrgCard, 'kind' | 'path'>): Verdict =>
  all(
    actor.holds('development.approve', path),
    !BRANCH_KINDS.includes(kind) || forbidden('own-branch', '本单位的规定由支部的上级党组织定，支部不能自己定、自己停'),
  )

export const localRules = query('development.localRules', {
  title: '本单位发展党员的规定',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({
    items: z.array(
      z.object({
        rule: Rule,
        /** Who set it; null: nobody has. */
        orgId: z.string().nullable(),
        orgName: z.string().nullable(),
        isOn: z.boolean(),
        days: z.int().nullable(),
        months: z.int().nullable(),
        source: z.string(),
        /** Of the organisation asked about; 0 where it has set nothing itself. */
        version: z.int(),
      }),
    ),
    can: z.object({ set: z.boolean() }),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'development.read'),
  may: (actor, org) => actor.holds('development.read', org.path),
  run: async (ctx, { orgId }, org) => {
    const set = await localRulesAt(ctx.db, orgId)
    const items = Rule.options.map((rule) => {
      const found = set.find((r) => r.rule === rule)
      if (!found) return { rule, orgId: null, orgName: null, isOn: false, days: null, months: null, source: '', version: 0 }
      return { ...found, version: found.orgId === orgId ? found.version : 0 }
    })
    return { items, can: { set: maySet(ctx.actor, org) === true } }
  },
})

export const setLocalRule = command('development.setLocalRule', {
  title: '定本单位发展党员的规定',
  input: z.object({
    orgId: z.uuid(),
    rule: Rule,
    /** 0 where this organisation has set nothing itself. */
    version: z.int().min(0),
    isOn: z.boolean(),
    /** Of `notice`: how many working days at least. */
    days: z.int().min(5, '不少于 5 个工作日').max(30).nullable().default(null),
    /** Of `again`: for how many calendar months. */
    months: z.int().min(1).max(24).nullable().default(null),
    /** Which paper says so. */
    source: z.string().trim().min(4, '请写明是哪个文件规定的').max(200),
  }),
  output: z.object({ version: z.int() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'development.read'),
  may: (actor, org) => maySet(actor, org),
  run: async (ctx, { orgId, rule, version, isOn, source, ...given }) => {
    const days = rule === 'notice' ? given.days : null
    const months = rule === 'again' ? given.months : null
    if (rule === 'notice' && days === null) throw invalid('days-missing', '请填公示不少于几个工作日', { days: ['请填工作日数'] })
    if (rule === 'again' && months === null) throw invalid('months-missing', '请填几个月内不再上会', { months: ['请填月数'] })
    const values = sql`${isOn}, ${days}::int, ${months}::int, ${source}, ${ctx.actor.personId}::uuid, ${ctx.now}`
    const { rows } =
      version === 0
        ? await sql<{ version: number }>`
      insert into development.local_rule (org_id, rule, is_on, days, months, source, changed_by, changed_at, version)
      values (${orgId}, ${rule}, ${values}, 1) on conflict (org_id, rule) do nothing returning version`.execute(ctx.db)
        : await sql<{ version: number }>`
      update development.local_rule set (is_on, days, months, source, changed_by, changed_at) = (${values}), version = version + 1
      where org_id = ${orgId} and rule = ${rule} and version = ${version} returning version`.execute(ctx.db)
    if (!rows[0]) throw stale({ isOn, days, months, source }, { version: null })
    return { version: rows[0].version }
  },
})
