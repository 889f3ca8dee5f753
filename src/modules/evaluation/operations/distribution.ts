import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '#kernel/operation.ts'
import { compare, exact, textOf } from '../engine/exact.ts'
import { ofResult } from './results.ts'

/** Below this many like units a distribution would tell on single ones. */
export const FEWEST = 5
const MOST_BINS = 9

export const distribution = query('evaluation.distribution', {
  title: '看同类组织的得分分布',
  input: z.object({ orgId: z.uuid(), runId: z.uuid(), path: z.string().max(1000).optional() }),
  output: z.object({
    group: z.string(),
    count: z.int(),
    bins: z.array(z.object({ label: z.string(), count: z.int() })),
    mine: z.int().nullable(),
    median: z.object({ at: z.number(), label: z.string() }).nullable(),
    says: z.string(),
  }),
  ...ofResult,
  run: async (ctx, { orgId, runId, path }) => {
    const marks = path
      ? sql`(select i->>'score' from jsonb_array_elements(t.body->'items') i where i->>'path' = ${path})`
      : sql`t.score::text`
    const { rows } = await sql<{ own: boolean; group: string; marks: string | null }>`
      with mine as (select like_group from evaluation.result where org_id = ${orgId} and run_id = ${runId})
      select t.org_id = ${orgId} as own, t.like_group as group, ${marks} as marks
      from evaluation.result t join mine on mine.like_group = t.like_group where t.run_id = ${runId}`.execute(ctx.db)
    const group = rows.find((r) => r.own)?.group ?? ''
    const scored = rows.flatMap((r) => (r.marks === null ? [] : [{ own: r.own, marks: r.marks }]))
    const none = { group, count: scored.length, bins: [], mine: null, median: null }
    if (scored.length < FEWEST) return { ...none, count: 0, says: `同类少于 ${FEWEST} 个，不显示分布` }
    return spread(group, scored)
  },
})

interface Scored {
  own: boolean
  marks: string
}

/** Bins of equal width from the lowest to the highest; where all have the same marks, one. */
function spread(group: string, scored: Scored[]) {
  const values = scored.map((s) => Number(s.marks))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const width = niceWidth((high - low) / MOST_BINS)
  const first = Math.floor(low / width)
  const count = Math.floor(high / width) - first + 1
  const binOf = (value: number) => Math.floor(value / width) - first
  const bins = Array.from({ length: count }, (_, i) => ({
    label: `${round((first + i) * width)}`,
    count: values.filter((v) => binOf(v) === i).length,
  }))
  const sorted = [...scored].sort((a, b) => compare(exact(a.marks), exact(b.marks)))
  const middle = sorted.length / 2
  const median =
    sorted.length % 2 ? Number(sorted[Math.floor(middle)]!.marks) : (Number(sorted[middle - 1]!.marks) + Number(sorted[middle]!.marks)) / 2
  const own = scored.find((s) => s.own)
  const gap = own ? round(Number(own.marks) - median) : 0
  const compared = gap === 0 ? '与中位数相同' : gap > 0 ? `比中位数多 ${gap} 分` : `比中位数少 ${-gap} 分`
  return {
    group,
    count: scored.length,
    bins,
    mine: own ? binOf(Number(own.marks)) : null,
    median: { at: Math.min(count - 1, Math.max(0, median / width - first - 0.5)), label: `中位 ${round(median)}` },
    says: `一格是一个同类组织，共 ${scored.length} 个。${own ? `本组织 ${textOf(exact(own.marks))} 分，${compared}。` : ''}不显示其他组织名称，不排名次。`,
  }
}

const niceWidth = (width: number): number => [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].find((w) => w >= width) ?? Math.ceil(width)
const round = (value: number) => Math.round(value * 100) / 100
