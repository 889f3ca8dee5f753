import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { OrgKind } from '#modules/organisation/contract.ts'
import { type Branch, branchesUnder, chunksOf } from '../branches.ts'
import { CHANGES, type Change, RuleBody } from '../contract.ts'
import { changeOf, type Impact, impactOf, yearOfImpact } from '../impact.ts'
import { knownFrom } from '../load.ts'
import type { Rule } from '../owed.ts'
import { policy } from '../policy.ts'
import { visibleOrg } from '../visibleOrg.ts'

const HowChanged = z.enum(Object.keys(CHANGES) as [Change, ...Change[]])
const Owed = z.object({ times: z.int(), text: z.string(), layer: z.enum(['central', 'unit']) }).nullable()

/** A rule as somebody writes it, before it is stored. */
export const WrittenRule = RuleBody.omit({ layer: true, toVerify: true, metBy: true }).strict()

export const bodyOf = (written: z.output<typeof WrittenRule>): z.output<typeof RuleBody> => ({
  ...written,
  layer: 'unit',
  toVerify: false,
  metBy: written.duty === 'committeeSetUp' ? 'committee' : 'meeting',
})

export const previewRule = query('duties.previewRule', {
  title: '先看一条规则会让谁应办什么',
  input: z.object({
    orgId: z.uuid(),
    from: z.iso.date(),
    body: WrittenRule,
    /** The rule that ends when this one begins. */
    replaces: z.uuid().optional(),
    after: z.uuid().optional(),
    limit: z.int().min(1).max(200).default(20),
  }),
  output: z.object({
    /** The calendar year for which it is reckoned. */
    year: z.int(),
    branches: z.int(),
    /** Branches that owe it, and how often in the year all together, today's rules and with this one. */
    before: z.object({ branches: z.int(), times: z.int() }),
    after: z.object({ branches: z.int(), times: z.int() }),
    kinds: z.array(z.object({ kind: OrgKind, branches: z.int(), owing: z.int(), changed: z.int() })),
    /** The branches for which something changes. */
    items: z.array(
      z.object({ orgId: z.uuid(), name: z.string(), kind: OrgKind, fullMembers: z.int(), change: HowChanged, before: Owed, after: Owed }),
    ),
    changed: z.int(),
    next: z.string().nullable(),
  }),
  load: (ctx, { orgId }) => visibleOrg(ctx, orgId),
  may: policy.manage,
  run: async (ctx, { orgId, from, body, replaces, after, limit }, org) => {
    const today = dateAt(ctx.now)
    const branches = await branchesUnder(ctx, org.path, { from: today, to: today })
    const rule: Rule = { ...bodyOf(body), id: newId(), orgId, from, until: null }
    const all = await impactsOn(ctx, branches, rule, replaces ?? null)
    const changed = all.filter((i) => changeOf(i) !== 'same')
    const start = after === undefined ? 0 : changed.findIndex((i) => i.orgId === after) + 1
    const page = changed.slice(start, start + limit)
    return {
      year: yearOfImpact(from),
      branches: all.length,
      before: sumOf(all.map((i) => i.before)),
      after: sumOf(all.map((i) => i.after)),
      kinds: [...Map.groupBy(all, (i) => i.kind)].map(([kind, of]) => ({
        kind: kind as z.output<typeof OrgKind>,
        branches: of.length,
        owing: of.filter((i) => i.after).length,
        changed: of.filter((i) => changeOf(i) !== 'same').length,
      })),
      items: page.map(({ kind, ...i }) => ({ ...i, kind: kind as z.output<typeof OrgKind>, change: changeOf(i) })),
      changed: changed.length,
      next: start + limit < changed.length ? page.at(-1)!.orgId : null,
    }
  },
})

async function impactsOn(
  ctx: Ctx,
  branches: readonly Branch[],
  rule: Rule,
  replaces: string | null,
): Promise<(Impact & { name: string })[]> {
  const year = yearOfImpact(rule.from)
  const found: (Impact & { name: string })[] = []
  for (const part of chunksOf(branches)) {
    const ids = part.map((b) => b.id)
    const known = await knownFrom(ctx.db, ledgerAsOf(), ids, `${year}-01-01`, `${year}-12-31`)
    for (const { id, name } of part) {
      const impact = impactOf(known, id, rule, replaces)
      if (impact) found.push({ ...impact, name })
    }
  }
  return found
}

const sumOf = (of: readonly ({ times: number } | null)[]) => ({
  branches: of.filter(Boolean).length,
  times: of.reduce((sum, o) => sum + (o?.times ?? 0), 0),
})
