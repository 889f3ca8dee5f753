import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'
import { PAYERS, yuan } from './contract.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '党费',
  why: '计算每月应交，登记交纳；基数加密保存',
  tables: ['dues.base', 'dues.owed', 'dues.payment', 'dues.donation', 'dues.reduction'],
  lines: async ({ db }, personId) => {
    const { rows: bases } = await sql<{ from: string; payer: keyof typeof PAYERS }>`select lower(valid) as "from", payer
      from dues.base where person_id = ${personId} order by valid`.execute(db)
    const { rows: owed } = await sql<{ month: string; cents: number }>`select month::text, cents from dues.owed
      where person_id = ${personId} order by month desc limit 36`.execute(db)
    return [
      ...bases.map(({ from, payer }) => ({
        label: `${from.slice(0, 7)} 起`,
        value: `${PAYERS[payer]}的党费基数（加密保存，在“我的党费”看）`,
      })),
      ...owed.map(({ month, cents }) => ({ label: month.slice(0, 7), value: `应交 ${yuan(cents)} 元` })),
    ]
  },
}
