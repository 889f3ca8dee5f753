import { sql } from 'kysely'
import type { Chapter } from '#kernel/module.ts'
import { kindOf, STATES } from './contract.ts'
import { columns, requestsPlaced, type Seen, visible } from './find.ts'

/** 请示与批复: what the branch asked in the span, and how it was answered. A 廉政意见 is read by few and stands in no book. */
const asked: Chapter = {
  key: 'requests',
  title: '请示与批复',
  order: 75,
  readWith: 'requests.read',
  write: async (ctx, { orgId, from, to }) => {
    const { rows } = await sql<Seen>`select ${columns} from ${requestsPlaced}
      where r.org_id = ${orgId} and r.sent_on between ${from}::date and ${to}::date and r.state <> 'withdrawn'
        and r.kind <> 'integrityOpinion' and ${visible(ctx.actor)} order by r.sent_on, r.out_no, r.id limit 500`.execute(ctx.db)
    if (rows.length === 0) return { says: '没有报送过请示', blocks: [] }
    const answered = rows.filter((r) => r.state === 'agreed' || r.state === 'refused').length
    return {
      says: `报送 ${rows.length} 件，已批复 ${answered} 件`,
      blocks: [
        {
          kind: 'table',
          title: '请示与批复',
          heads: ['报送', '标题', '类别', '办理情况', '批复文号', '批复日期'],
          rows: rows.map((r) => [r.sent_on, r.title, kindOf(r.kind).title, STATES[r.state], r.doc_no ?? '', r.answered_on ?? '']),
          widths: [4, 8, 4, 3, 5, 4],
        },
      ],
    }
  },
}

export const requestChapters = [asked]
