import { sql } from 'kysely'
import type { Chapter } from '#kernel/module.ts'

const MOST = 500

/** 谈心谈话: who with whom on which day; nothing else is recorded. */
const talks: Chapter = {
  key: 'talks',
  title: '谈心谈话',
  order: 37,
  readWith: 'talks.record',
  write: async (ctx, { orgId, from, to }) => {
    const { rows } = await sql<{ held_on: string; a: string; b: string; total: number }>`
      select t.held_on, a.name as a, b.name as b, count(*) over ()::int as total
      from talks.talk t join organisation.person a on a.id = t.a_id join organisation.person b on b.id = t.b_id
      where t.org_id = ${orgId} and t.withdrawn_at is null and t.held_on between ${from}::date and ${to}::date
      order by t.held_on, t.id limit ${MOST}`.execute(ctx.db)
    const total = rows[0]?.total ?? 0
    if (total === 0) return { says: '没有谈心谈话登记', blocks: [] }
    const says = `登记 ${total} 次${total > MOST ? `，列出最早的 ${MOST} 次` : ''}`
    return {
      says,
      blocks: [
        { kind: 'text', text: `${says}。只记日期和谈话双方，不记内容。` },
        {
          kind: 'table',
          title: '谈心谈话登记',
          heads: ['日期', '谈话双方'],
          rows: rows.map((t) => [t.held_on, `${t.a}、${t.b}`]),
          widths: [1, 2],
        },
      ],
    }
  },
}

export const talkChapters = [talks]
