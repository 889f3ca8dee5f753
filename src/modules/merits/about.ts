import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'
import { Actor } from '#kernel/actor.ts'
import { type Stored, storedRows } from './store.ts'
import { shown } from './view.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '奖励与处分',
  why: '评先、提名时核对；处分内容加密保存',
  tables: ['merits.record'],
  lines: async ({ db, now }, personId) => {
    const { rows } = await sql<Stored>`${storedRows} where r.person_id = ${personId} order by r.approved_on desc, r.id limit 100`.execute(
      db,
    )
    const nobody = new Actor({ accountId: null, personId, name: '', sessionId: null, grants: [] })
    return rows.map((row) => {
      const { title, by, docNo, says } = shown({ now, actor: nobody }, row)
      return { label: row.approved_on, value: `${title}，${by}，${docNo}。${says}` }
    })
  },
}
