import { sql } from 'kysely'
import type { TextSource } from '#kernel/module.ts'
import { STATES, type State } from './contract.ts'

interface Row {
  id: string
  orgId: string
  orgName: string
  state: State
  day: string
  people: string | null
}

/** Elections by their organisation and whoever was nominated; never how anybody voted. One called off is not found. */
export const electionTexts: TextSource = {
  kind: '换届',
  follows: [
    'election.opened',
    'election.approved',
    'election.nominated',
    'election.candidatesApproved',
    'election.held',
    'election.completed',
    'election.cancelled',
  ],
  read: async (db, ids) => {
    const { rows } = await sql<Row>`
      select e.id, e.org_id as "orgId", o.name as "orgName", e.state, to_char(coalesce(e.held_on, e.planned_on), 'YYYY-MM-DD') as day, c.people
      from elections.election e join organisation.org o on o.id = e.org_id
        left join (select election_id, string_agg(p.name, '、' order by place) as people from elections.candidate
          join organisation.person p on p.id = person_id where election_id = any(${[...ids]}::uuid[]) group by 1) c on c.election_id = e.id
      where e.id = any(${[...ids]}::uuid[]) and e.state <> 'cancelled'`.execute(db)
    return rows.map(({ orgName, state, people, ...row }) => ({
      ...row,
      readWith: 'elections.read',
      title: `${orgName}换届`,
      note: `${row.day} ${STATES[state]}`,
      open: `/elections?org=${row.orgId}`,
      body: people ? `候选人预备人选：${people}` : '',
    }))
  },
}
