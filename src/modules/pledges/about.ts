import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'
import { ACCOUNTS, type Account, KINDS, type Kind } from './contract.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '公开承诺',
  why: '你自己向一定范围公开的承诺和说明；没有人打分',
  tables: ['pledges.pledge'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{
      on: string
      kind: Kind
      text: string
      account: Account | null
    }>`select published_on as "on", kind, text, account
      from pledges.pledge where person_id = ${personId} order by published_on desc, id limit 100`.execute(db)
    return rows.map(({ on, kind, text, account }) => ({
      label: on,
      value: `${KINDS[kind]}：${text}${account ? `（本人说明：${ACCOUNTS[account]}）` : ''}`,
    }))
  },
}
