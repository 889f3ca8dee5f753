import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '通知和邮箱',
  why: '把要办的事告诉你；邮箱地址加密保存',
  tables: ['notifications.notice', 'notifications.mailbox'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ label: string; value: string }>`select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as label,
        text as value from notifications.notice where person_id = ${personId} order by at desc limit 50`.execute(db)
    const { rows: boxes } = await sql`select from notifications.mailbox where person_id = ${personId}`.execute(db)
    return [...(boxes.length > 0 ? [{ label: '邮箱', value: '登记了一个（在“我的通知”看和删）' }] : []), ...rows]
  },
}
