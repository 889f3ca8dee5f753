import { sql } from 'kysely'
import type { Chapter } from '#kernel/module.ts'
import { type Block, labelled } from '#runtime/document/document.ts'
import { GRADES, ROUND_STATES } from './contract.ts'
import { membersOf, roundsWhere } from './rounds.ts'

/** 民主评议党员: steps and grades; what people wrote of themselves stays with them and the committee. */
const appraisals: Chapter = {
  key: 'appraisals',
  title: '民主评议党员',
  order: 40,
  readWith: 'appraisals.lead',
  write: async (ctx, { orgId, from, to }) => {
    const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
    const which = sql`r.org_id = ${orgId} and r.year between ${first}::int and ${last}::int and r.state <> 'dropped'`
    const rounds = await roundsWhere(ctx, which, sql`r.year, r.id`, 20)
    const blocks: Block[] = []
    for (const round of rounds) {
      const people = await membersOf(ctx, round)
      const graded = people.filter((p) => p.grade !== null)
      const counts = Object.entries(GRADES).map(([grade, title]) => `${title} ${graded.filter((p) => p.grade === grade).length} 名`)
      blocks.push(
        labelled(
          `${round.year} 年`,
          `${ROUND_STATES[round.state]}；参加 ${people.length} 名，自评 ${round.tally.reviewed} 名，反馈 ${round.tally.told} 名`,
        ),
        labelled('互评', round.mutual_on ?? '未记'),
        labelled('评定', graded.length === 0 ? '未评定' : counts.join('，')),
        ...(graded.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                title: `${round.year} 年度评议结果`,
                heads: ['姓名', '等次', '反馈日期'],
                rows: graded.map((p) => [p.name, GRADES[p.grade!], p.told_on ?? '未反馈']),
              },
            ]),
      )
    }
    return { says: rounds.length === 0 ? '没有评议记录' : rounds.map((r) => `${r.year} 年${ROUND_STATES[r.state]}`).join('，'), blocks }
  },
}

export const appraisalChapters = [appraisals]
