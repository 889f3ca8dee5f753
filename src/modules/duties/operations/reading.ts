import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { periodOf } from '#kernel/period.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { casesOf } from '../cases.ts'
import { type DutyState, DutyView, RuleLine, Standing } from '../contract.ts'
import { policy } from '../policy.ts'
import { ruleLines } from '../ruleLines.ts'
import { standingIn } from '../standing.ts'
import { viewOf } from '../view.ts'
import { visibleOrg } from '../visibleOrg.ts'

export const Year = z.int().min(1990).max(2100)

export const ofOrg = {
  load: (ctx: Ctx, { orgId }: { orgId: string }) => visibleOrg(ctx, orgId),
  may: policy.read,
}

/** The organisation the answer is about, and what the reader can do there. */
const About = z.object({
  orgId: z.uuid(),
  name: z.string(),
  isBranch: z.boolean(),
  can: z.object({ record: z.boolean(), manage: z.boolean() }),
})

const about = ({ actor }: Ctx, { id, name, shortName, kind, path }: OrgCard): z.output<typeof About> => ({
  orgId: id,
  name: shortName ?? name,
  isBranch: BRANCH_KINDS.includes(kind),
  can: { record: actor.holds('meetings.record', path) === true, manage: actor.holds('duties.manage', path) === true },
})

export const year = query('duties.year', {
  title: '一个支部一年的应办事项',
  input: z.object({ orgId: z.uuid(), year: Year, asAt: z.iso.date().optional() }),
  output: About.extend({ asAt: z.iso.date(), duties: z.array(DutyView), rules: z.array(RuleLine) }),
  ...ofOrg,
  run: async (ctx, input, org) => {
    const asAt = input.asAt ?? dateAt(ctx.now)
    const cases = await casesOf(ctx, [org.id], `${input.year}-01-01`, `${input.year}-12-31`, asAt)
    return { ...about(ctx, org), asAt, duties: cases.map(viewOf), rules: await ruleLines(ctx.db, cases) }
  },
})

export const now = query('duties.now', {
  title: '现在要办的事',
  input: z.object({ orgId: z.uuid(), day: z.iso.date().optional() }),
  output: About.extend({
    day: z.iso.date(),
    open: z.array(DutyView),
    overdue: z.array(DutyView),
    done: z.array(DutyView),
    rules: z.array(RuleLine),
    quarter: Standing.extend({ name: z.string() }),
  }),
  ...ofOrg,
  run: async (ctx, input, org) => {
    const day = input.day ?? dateAt(ctx.now)
    const quarter = periodOf('quarter', day)
    // To the end of the quarter, because its months to come count among what is due in it.
    const cases = await casesOf(ctx, [org.id], `${day.slice(0, 4)}-01-01`, quarter.to, day)
    const byDue = (a: DutyView, b: DutyView) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0)
    const of = (...states: DutyState[]) =>
      cases
        .filter((c) => states.includes(c.state) && c.period.from <= day)
        .map(viewOf)
        .sort(byDue)
    return {
      ...about(ctx, org),
      day,
      open: of('open'),
      overdue: of('overdue'),
      done: of('met').filter((d) => d.dueOn >= day),
      rules: await ruleLines(ctx.db, cases),
      quarter: { ...standingIn(cases, quarter, day), name: quarter.name },
    }
  },
})
