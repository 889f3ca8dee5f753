import { z } from 'zod'
import { invalid } from '#kernel/errors.ts'
import { query } from '#kernel/operation.ts'
import { periodFromKey } from '#kernel/period.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { answerOf, BELOW } from '../below.ts'
import type { Declared } from '../known.ts'
import { policy, seenOrg } from '../policy.ts'
import { PeriodKey } from './entries.ts'
import { lastDay } from './evaluating.ts'

const Filter = z.record(z.string().max(40), z.string().max(100))

const Case = z.object({
  period: z.string(),
  expected: z.number(),
  met: z.number(),
  facts: z.array(z.uuid()),
  note: z.string(),
  applicable: z.boolean(),
})

export const measure = (declared: Declared) =>
  query('evaluation.measure', {
    title: '看一个取数口径数出了什么',
    input: z.object({
      measure: z.string().max(100),
      filter: Filter.default({}),
      orgId: z.uuid(),
      period: PeriodKey,
      asAt: z.iso.date().optional(),
      through: z.int().min(0).optional(),
    }),
    output: z.object({ title: z.string(), expected: z.number(), met: z.number(), cases: z.array(Case) }),
    snapshot: true,
    load: seenOrg,
    may: policy.read,
    run: async (ctx, { measure: key, filter, orgId, period, asAt = lastDay(ctx, period), through }) => {
      const found = declared.measures.find((m) => m.key === key)
      const known = declared.measures.map((m) => m.key).join('、')
      if (!found) throw invalid('no-such-measure', `没有这个取数口径。现有：${known}`, { measure: [`现有：${known}`] })
      for (const [name, value] of Object.entries(filter)) {
        const values = ({ ...found.filters, ...BELOW } as Record<string, readonly string[]>)[name]
        const says = values ? `「${name}」只能是：${values.join('、')}` : `「${found.title}」没有筛选项「${name}」`
        if (!values?.includes(value)) throw invalid('bad-filter', says, { [`filter.${name}`]: [says] })
      }
      const { from, to } = periodFromKey(period)!
      const question = { db: ctx.db, facts: ledgerAsOf(through), orgIds: [orgId], from, to, asAt, filter, memo: new Map() }
      const cases = await answerOf(found, question)
      const counted = cases.filter((c) => c.applicable !== false)
      return {
        title: found.title,
        expected: counted.reduce((n, c) => n + c.expected, 0),
        met: counted.reduce((n, c) => n + Math.min(c.met, c.expected), 0),
        cases: cases.map(({ orgId: _, applicable = true, ...c }) => ({ ...c, applicable })),
      }
    },
  })
