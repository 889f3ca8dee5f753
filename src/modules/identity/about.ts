import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '账号和登录',
  why: '让你登录；口令只存散列，登录记录用来发现冒用',
  tables: ['identity.account'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`select '登录名' as label, l.shown as value
      from identity.login l join identity.account a on a.id = l.account_id where a.person_id = ${personId} order by l.key`.execute(db)
    return rows
  },
}
