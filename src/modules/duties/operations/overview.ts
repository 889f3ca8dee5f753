import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { periodOf } from '#kernel/period.ts'
import { type OrgCard, siblingOrder } from '#modules/organisation/published.ts'
import { type Branch, branchesUnder } from '../branches.ts'
import { Standing } from '../contract.ts'
import { standingsOf } from '../kept.ts'
import { ofOrg } from './reading.ts'

const BranchCell = Standing.extend({ orgId: z.uuid(), name: z.string() })
const Group = z.object({ orgId: z.uuid(), name: z.string(), branches: z.array(BranchCell) })

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
    groups: z.array(Group),
  }),
  ...ofOrg,
  run: async (ctx, input, org) => {
    const day = input.day ?? dateAt(ctx.now)
    const quarter = periodOf('quarter', day)
    const branches = await branchesUnder(ctx, org.path, { from: day, to: day })
    const standings = await standingsOf(ctx, org.id, branches, { quarter, day })
    const help = standings.filter((s) => s.overdue > 0).length
    const soon = standings.filter((s) => s.overdue === 0 && s.soon).length
    return {
      name: org.shortName ?? org.name,
      day,
      quarter: quarter.fullName,
      branches: branches.length,
      onTime: branches.length - help - soon,
      soon,
      help,
      allDone: standings.filter((s) => s.done === s.expected).length,
      groups: await groupsOf(ctx, org, standings),
    }
  },
})

/** The branches by the organisation directly below `org` that they stand under; those directly below it together, last. */
async function groupsOf<B extends Branch & z.output<typeof Standing>>(ctx: Ctx, org: OrgCard, branches: readonly B[]) {
  const { rows: below } = await sql<{ id: string; name: string; path: string }>`
    select o.id, coalesce(o.short_name, o.name) as name, o.path from organisation.org o where o.parent_id = ${org.id}
    order by ${siblingOrder('o')}`.execute(ctx.db)
  const cellOf = ({ id, name, done, expected, overdue, soon }: B) => ({ orgId: id, name, done, expected, overdue, soon })
  const groupOf = (b: B) => below.find((g) => b.path.startsWith(g.path) && b.path !== g.path)?.id ?? org.id
  const grouped = Map.groupBy(branches, groupOf)
  return [...below, { id: org.id, name: '直属支部' }].flatMap(({ id, name }) => {
    const of = grouped.get(id)
    return of ? [{ orgId: id, name, branches: of.map(cellOf) }] : []
  })
}
