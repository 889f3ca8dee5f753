import { sql } from 'kysely'
import type { Chapter } from '#kernel/module.ts'
import { talksOfYear } from '#modules/talks/published.ts'
import { type Block, heading, labelled } from '#runtime/document/document.ts'
import { CHAIN_KINDS } from './contract.ts'
import { chainsWhere, stepsOfChain } from './find.ts'
import { linesOf } from './operations/read.ts'

/** 组织生活会: how far each step came, and what is put right; opinions and comparisons stay with the committee. */
const lifeMeetings: Chapter = {
  key: 'lifeMeetings',
  title: '组织生活会筹备与整改',
  order: 35,
  readWith: 'chains.read',
  write: async (ctx, { orgId, from, to }) => {
    const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
    const which = sql`c.org_id = ${orgId} and c.year between ${first}::int and ${last}::int and c.dropped_reason is null`
    const chains = await chainsWhere(ctx, which)
    const blocks: Block[] = []
    for (const chain of chains.reverse()) {
      const [talks, lines] = [await talksOfYear(ctx.db, orgId, chain.year, ctx.now), await linesOf(ctx, chain)]
      blocks.push(heading(1, chain.title))
      for (const { title, says } of stepsOfChain(chain, talks.left)) blocks.push(labelled(title, says))
      if (lines.length > 0)
        blocks.push({
          kind: 'table',
          title: `${chain.year} 年${CHAIN_KINDS[chain.kind]}整改清单`,
          heads: ['问题', '怎么改', '负责人', '期限'],
          rows: lines.map((l) => [l.problem, l.measure, l.owner ?? '', l.due_on]),
          widths: [6, 8, 3, 4],
        })
    }
    const held = chains.filter((c) => c.held_on !== null).length
    return { says: chains.length === 0 ? '没有筹备组织生活会的记录' : `筹备 ${chains.length} 次，召开 ${held} 次`, blocks }
  },
}

export const chainChapters = [lifeMeetings]
