import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '谈心谈话',
  why: '谈心谈话覆盖到每个人；只记哪天和谁谈，不记内容',
  tables: ['talks.talk'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ on: string; name: string }>`select t.held_on as "on", p.name
      from talks.talk t join organisation.person p on p.id = case when t.a_id = ${personId} then t.b_id else t.a_id end
      where ${personId}::uuid in (t.a_id, t.b_id) and t.withdrawn_at is null order by t.held_on desc, t.id limit 100`.execute(db)
    return rows.map(({ on, name }) => ({ label: on, value: `和${name}谈心谈话` }))
  },
}
