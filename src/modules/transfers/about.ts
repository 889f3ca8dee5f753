import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'
import { STATES, type State } from './contract.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '组织关系转接',
  why: '办理转出和接收',
  tables: ['transfers.transfer'],
  lines: async ({ db }, personId) => {
    const { rows } = await sql<{ on: string; state: State; from: string; to: string }>`select t.sent_on as "on", t.state,
        coalesce(a.name, t.place) as "from", coalesce(b.name, t.place) as "to"
      from transfers.transfer t left join organisation.org a on a.id = t.from_id left join organisation.org b on b.id = t.to_id
      where t.person_id = ${personId} order by t.sent_on desc limit 50`.execute(db)
    return rows.map(({ on, state, from, to }) => ({ label: on, value: `${from} → ${to}：${STATES[state]}` }))
  },
}
