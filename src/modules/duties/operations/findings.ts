import { z } from 'zod'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { invalid } from '#kernel/errors.ts'
import { query } from '#kernel/operation.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { branchesUnder, pageOfBranches } from '../branches.ts'
import { DUTY_KINDS, DutyKind } from '../contract.ts'
import { knownFrom } from '../load.ts'
import { dutiesOf } from '../owed.ts'
import { policy } from '../policy.ts'
import { visibleOrg } from '../visibleOrg.ts'

const Finding = z.object({
  key: z.enum(['missing', 'no-committee']),
  orgId: z.uuid(),
  orgName: z.string(),
  duty: DutyKind,
  period: z.string(),
  says: z.string(),
  remedy: z.string(),
  facts: z.array(z.uuid()),
  open: z.string(),
})

const MOST_YEARS = 10

export const findings = query('duties.findings', {
  title: '没有办到的应办事项',
  input: z.object({
    orgId: z.uuid(),
    from: z.iso.date(),
    to: z.iso.date(),
    asAt: z.iso.date().optional(),
    after: z.uuid().optional(),
    limit: z.int().min(1).max(200).default(100),
  }),
  output: z.object({ items: z.array(Finding), next: z.string().nullable() }),
  load: (ctx, { orgId }) => visibleOrg(ctx, orgId),
  may: policy.read,
  run: async (ctx, { from, to, after, limit, ...input }, org) => {
    if (to > addYears(from, MOST_YEARS))
      throw invalid('span-too-long', `一次最多看 ${MOST_YEARS} 年，请分段看`, { to: [`请填 ${addYears(from, MOST_YEARS)} 之前`] })
    const asAt = input.asAt ?? dateAt(ctx.now)
    const { page, next } = pageOfBranches(await branchesUnder(ctx, org.path, { from, to }), { after, limit })
    const known = await knownFrom(
      ctx.db,
      ledgerAsOf(),
      page.map((b) => b.id),
      `${from.slice(0, 4)}-01-01`,
      to,
    )
    const items = page.flatMap(({ id, name }) =>
      dutiesOf(known, id, { from, to, asAt })
        .filter((c) => c.state === 'overdue')
        .map((c) => ({
          key: c.rule.metBy === 'committee' ? ('no-committee' as const) : ('missing' as const),
          orgId: id,
          orgName: name,
          duty: c.duty,
          period: c.period.key,
          says: `${name}：${c.note}`,
          remedy:
            c.rule.metBy === 'committee'
              ? '请报上级党组织同意后选举产生支委会'
              : `确已召开的请补录；没有召开的，请尽快安排${DUTY_KINDS[c.duty]}`,
          facts: c.facts,
          open: `/duties?org=${id}&year=${c.period.from.slice(0, 4)}`,
        })),
    )
    return { items, next }
  },
})
