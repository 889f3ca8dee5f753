import { sql } from 'kysely'
import { z } from 'zod'
import { invalid } from '#kernel/errors.ts'
import { NOWHERE } from '#kernel/id.ts'
import { query } from '#kernel/operation.ts'
import { type Period, periodFromKey } from '#kernel/period.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { DutyKind, RuleView } from '../contract.ts'
import { existsOn, fewestFullMembers, type OrgHistory } from '../history.ts'
import { knownFrom } from '../load.ts'
import { ancestorsOn, type Rule, ruleFor } from '../owed.ts'
import { rulesWhere } from '../registerOfRules.ts'
import { ofOrg } from './reading.ts'

const Reason = z.object({ rule: RuleView, chosen: z.boolean() })

export const why = query('duties.why', {
  title: '为什么要我办这件事',
  input: z.object({ orgId: z.uuid(), duty: DutyKind, period: z.string().max(10) }),
  output: z.object({ says: z.string(), fullMembers: z.string(), rules: z.array(Reason) }),
  ...ofOrg,
  run: async (ctx, { orgId, duty, period: key }, org) => {
    const period = periodFromKey(key)
    if (!period) throw invalid('bad-period', '期间写法不对', { period: ['写作 2025、2025-H1、2025-Q3 或 2025-07'] })
    const known = await knownFrom(ctx.db, ledgerAsOf(), [orgId], period.from, period.to)
    const history = known.histories.get(orgId)
    const of = known.rules.filter((r) => r.duty === duty)
    const chosen = history && existsOn(history, period.to) ? ruleFor(known, of, history, period) : undefined
    const above = history ? ancestorsOn(known, history, period.from) : new Set<string>()
    // A rule of a committee above binds the branch, so the branch may read it.
    const binding = of.filter((r) => r.orgId === NOWHERE || above.has(r.orgId))
    const views = await rulesWhere(ctx, sql`r.id = any(${binding.map((r) => r.id)}::uuid[])`)
    const ruled = views.find((v) => v.id === chosen?.id)
    return {
      says: ruled
        ? `${org.name} ${period.fullName}：${ruled.wording}。依据：${ruled.source}`
        : `${org.name} ${period.fullName}不承担这一项`,
      fullMembers: history ? membersText(history, period, chosen, binding) : '',
      rules: views.map((rule) => ({ rule, chosen: rule.id === chosen?.id })),
    }
  },
})

/** What the roster has to do with it: the fewest full members of the period beside the number the rule asks for. */
function membersText(history: OrgHistory, period: Period, chosen: Rule | undefined, binding: readonly Rule[]): string {
  if (!existsOn(history, period.to)) return `${period.fullName}的最后一天没有这个支部`
  const members = fewestFullMembers(history, period.from > history.foundedOn ? period.from : history.foundedOn, period.to)
  if (chosen) return chosen.minFullMembers === null ? '' : `期内正式党员最少时 ${members} 人，达到 ${chosen.minFullMembers} 人，所以适用`
  const asked = binding.flatMap((r) => (r.minFullMembers !== null && members < r.minFullMembers ? [r.minFullMembers] : []))
  return asked.length > 0 ? `期内正式党员最少时 ${members} 人，不到 ${Math.min(...asked)} 人，所以不适用` : ''
}
