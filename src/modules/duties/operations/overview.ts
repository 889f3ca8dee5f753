import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { periodOf } from '#kernel/period.ts'
import { type OrgCard, siblingOrder } from '#modules/organisation/published.ts'
import { branchesUnder, placesOfBranches } from '../branches.ts'
import type { Standing } from '../contract.ts'
import { standingsOf } from '../kept.ts'
import { CELLS, foldOverview, Named, OverviewGroup, SHOWN } from '../overview.ts'
import { ofOrg } from './reading.ts'

export const overview = query('duties.overview', {
  title: '所辖支部本季应办总览',
  input: z.object({ orgId: z.uuid(), day: z.iso.date().optional() }),
  output: z.object({
    name: z.string(),
    day: z.iso.date(),
    quarter: z.string(),
    branches: z.int(),
    /** Branches with everything done that is due by now, with something due within a fortnight, and with something overdue. */
    onTime: z.int(),
    soon: z.int(),
    help: z.int(),
    /** Done to the end of the quarter. */
    allDone: z.int(),
    groups: z.array(OverviewGroup),
    /** The first of those to be helped, and of those with something due soon. */
    firstHelp: z.array(Named),
    firstSoon: z.array(Named),
  }),
  ...ofOrg,
  run: async (ctx, input, org) => {
    const day = input.day ?? dateAt(ctx.now)
    const quarter = periodOf('quarter', day)
    const places = await placesOfBranches(ctx, org.path, day)
    const branches = places.length > CELLS ? places : await branchesUnder(ctx, org.path, { from: day, to: day })
    const standings = await standingsOf(ctx, org.id, branches, { quarter, day })
    const { help, soon, ...folded } = foldOverview(standings, await belowOf(ctx, org))
    const [firstHelp, firstSoon] = [help.slice(0, SHOWN), soon.slice(0, SHOWN)]
    const named = await namesOf(ctx, [...firstHelp, ...firstSoon])
    return {
      ...folded,
      name: org.shortName ?? org.name,
      day,
      quarter: quarter.fullName,
      help: help.length,
      soon: soon.length,
      firstHelp: firstHelp.map(named),
      firstSoon: firstSoon.map(named),
    }
  },
})

/** The organisations directly below in the order of the tree, and `org` itself for the branches directly below it. */
async function belowOf(ctx: Ctx, { id, path }: OrgCard) {
  const { rows } = await sql<{ id: string; name: string; path: string }>`
    select o.id, coalesce(o.short_name, o.name) as name, o.path from organisation.org o where o.parent_id = ${id}
    order by ${siblingOrder('o')}`.execute(ctx.db)
  return [...rows, { id, name: '直属支部', path }]
}

async function namesOf(ctx: Ctx, branches: readonly { id: string }[]) {
  const { rows } = await sql<{ id: string; name: string }>`select id, coalesce(short_name, name) as name from organisation.org
    where id = any(${branches.map((b) => b.id)}::uuid[])`.execute(ctx.db)
  const names = new Map(rows.map((r) => [r.id, r.name]))
  return ({ id, done, expected, overdue, soon }: Standing & { id: string }): Named => ({
    orgId: id,
    name: names.get(id)!,
    done,
    expected,
    overdue,
    soon,
  })
}
