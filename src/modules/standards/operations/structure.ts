import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { pageOf } from '#kernel/paging.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { checksOf } from '../checks.ts'
import { CHECKS, Finding, Level } from '../contract.ts'
import { setUpsUnder } from '../setUps.ts'

export const ofOrg = {
  load: (ctx: Ctx, { orgId }: { orgId: string }) => orgSeen(ctx, orgId, 'standards.read'),
  may: (actor: Ctx['actor'], org: OrgCard) => actor.holds('standards.read', org.path),
}

export const structure = query('standards.structure', {
  title: '党组织设置检查',
  input: z.object({
    orgId: z.uuid(),
    level: Level.optional(),
    after: z.string().max(100).optional(),
    limit: z.int().min(1).max(200).default(30),
  }),
  output: pageOf(Finding).extend({ checked: z.int(), counts: z.record(Level, z.int()) }),
  ...ofOrg,
  run: async (ctx, { level, after, limit }, org) => {
    const all = await setUpsUnder(ctx, org.path)
    const today = dateAt(ctx.now)
    const found = all.flatMap((o) => checksOf(o, today).map((f) => ({ o, ...f, ...CHECKS[f.check], key: `${o.orgId} ${f.check}` })))
    const listed = found.filter((f) => !level || f.level === level)
    const start = after === undefined ? 0 : listed.findIndex((f) => f.key === after) + 1
    const page = listed.slice(start, start + limit)
    const facts = await factsOf(ctx, page.map((f) => f.o.orgId)) // biome-ignore format: one call
    const count = (of: Level) => found.filter((f) => f.level === of).length
    return {
      items: page.map(({ o, key, check, level: strength, says, remedy, source }) => ({
        key,
        check,
        level: strength,
        orgId: o.orgId,
        orgName: o.name,
        orgKind: o.kind,
        says,
        remedy,
        source,
        facts: facts.get(`${o.orgId} ${check === 'project-over' ? 'project.set' : 'org.founded'}`) ?? [],
        open: `/organisation?org=${o.orgId}`,
        project: o.project,
        canSetProject: o.manages && (o.kind === 'provisionalBranch' || o.kind === 'jointBranch'),
      })),
      next: start + limit < listed.length ? page.at(-1)!.key : null,
      checked: all.length,
      counts: { must: count('must'), generally: count('generally'), may: count('may') },
    }
  },
})

async function factsOf(ctx: Ctx, orgIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{
    key: string
    ids: string[]
  }>`select org_id || ' ' || kind as key, array_agg(id order by recorded_at, id) as ids
    from ${ledgerAsOf()} f where org_id = any(${[...new Set(orgIds)]}::uuid[]) and kind in ('project.set', 'org.founded') group by 1`.execute(
    ctx.db,
  )
  return new Map(rows.map((r) => [r.key, r.ids]))
}
