import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '组织生活会的对照检查',
  why: '组织生活会、民主生活会要有对照检查；内容只有本组织能看',
  tables: ['chains.person'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ title: string; text: string | null; paper: boolean }>`select c.title, p.text, p.on_paper as paper
      from chains.person p join chains.chain c on c.org_id = p.org_id and c.id = p.chain_id
      where p.person_id = ${personId} and c.dropped_reason is null order by c.year desc, c.id limit 50`.execute(db)
    return rows.map(({ title, text, paper }) => ({ label: title, value: text ?? (paper ? '已交纸质对照检查' : '还没有写对照检查') }))
  },
}
