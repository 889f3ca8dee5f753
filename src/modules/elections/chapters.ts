import { sql } from 'kysely'
import type { Chapter } from '#kernel/module.ts'
import { STATES, type State } from './contract.ts'

/** 换届选举 planned or held in the span. */
const elections: Chapter = {
  key: 'elections',
  title: '换届选举',
  order: 70,
  readWith: 'elections.read',
  write: async (ctx, { orgId, from, to }) => {
    const { rows } = await sql<Held>`select e.planned_on, e.held_on, e.state, e.seats, e.entitled, e.present,
        (select string_agg(p.name, '、' order by c.place) from elections.candidate c join organisation.person p on p.id = c.person_id
          where c.election_id = e.id and c.elected_votes is not null) as elected
      from elections.election e where e.org_id = ${orgId} and e.state <> 'cancelled'
        and coalesce(e.held_on, e.planned_on) between ${from}::date and ${to}::date order by e.planned_on, e.id`.execute(ctx.db)
    if (rows.length === 0) return { says: '没有换届', blocks: [] }
    const heads = ['选举日期', '状态', '应选', '应到会', '实到会', '当选']
    const lines = rows.map((e) => [
      e.held_on ?? `${e.planned_on}（拟）`, STATES[e.state], String(e.seats), String(e.entitled ?? ''), String(e.present ?? ''), e.elected ?? '',
    ]) // biome-ignore format: one row
    return { says: `换届 ${rows.length} 次`, blocks: [{ kind: 'table', heads, rows: lines, widths: [4, 5, 2, 2, 2, 6] }] }
  },
}

interface Held {
  planned_on: string
  held_on: string | null
  state: State
  seats: number
  entitled: number | null
  present: number | null
  elected: string | null
}

export const electionChapters = [elections]
