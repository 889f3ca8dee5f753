import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { invalid } from '#kernel/errors.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { periodFromKey } from '#kernel/period.ts'
import { computeEvaluation } from '../compute.ts'
import { loadScheme } from '../engine/load.ts'
import type { Scheme } from '../engine/scheme.ts'
import type { Declared } from '../known.ts'

const Asked = z.object({
  /** The scheme as YAML text. */
  scheme: z.string().max(500_000),
  period: z.string().max(10),
  asAt: z.iso.date().optional(),
  through: z.int().min(0).optional(),
})

/** Evaluates a scheme that is only given, not stored: for the command line and for trying a scheme out. */
export const evaluateGiven = (declared: Declared) =>
  query('evaluation.evaluateGiven', {
    title: '用一份方案试算',
    input: Asked,
    output: z.any(),
    snapshot: true,
    may: (actor) => actor.holds('evaluation.manage', '/'),
    run: async (ctx, { scheme: text, period, asAt, through }) => {
      const scheme = schemeOf(text)
      return computeEvaluation(ctx.db, declared, { scheme, period, asAt: asAt ?? lastDay(ctx, period), through })
    },
  })

/** A scheme from YAML, or a refusal naming every place that has to be mended. */
export function schemeOf(text: string): Scheme {
  const loaded = loadScheme(text)
  if ('scheme' in loaded) return loaded.scheme
  const fields = Object.fromEntries(loaded.errors.map((e) => [e.place, [`${e.problem}。${e.remedy}`]]))
  throw invalid('bad-scheme', '方案有几处需要修改', fields)
}

/** A period that is over is judged on its last day's morrow, so that the same arguments always give the same bytes. */
export function lastDay(ctx: Pick<Ctx, 'now'>, period: string): string {
  const to = periodFromKey(period)?.to
  const today = dateAt(ctx.now)
  return to && to < today ? nextDay(to) : today
}

const nextDay = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
