import { sql } from 'kysely'
import type { TextSource } from '#kernel/module.ts'
import { wordsOfFiles } from '#modules/files/published.ts'
import { kindsName } from './contract.ts'
import { meetingsPlaced } from './find.ts'
import { isCommittees } from './policy.ts'

interface Row {
  id: string
  orgId: string
  kinds: string[]
  title: string
  day: string
  orgName: string
  ownKind: string | null
  planId: string | null
  body: string
}

/** What was said and resolved in meetings; what a committee said is found by those who may read it. */
export const meetingTexts: TextSource = {
  kind: '会议',
  follows: ['meeting.held', 'meeting.signed', 'meeting.corrected', 'meeting.cancelled'],
  read: async (db, ids, orgIds) => {
    const ofThese = sql`org_id = any(${[...orgIds]}::uuid[]) and meeting_id = any(${[...ids]}::uuid[])`
    const { rows } = await sql<Row>`
      select m.id, m.org_id as "orgId", m.kinds, m.title, m.held_on as day, coalesce(n.name, '') as "orgName",
        k.name as "ownKind", m.plan_id as "planId",
        concat_ws(E'\\n', m.place, i.text, a.text, d.text) as body
      from ${meetingsPlaced}
      left join (select org_id, meeting_id, string_agg(concat_ws(E'\\n', topic, discussion, resolution), E'\\n' order by position) as text
        from meetings.item where ${ofThese} group by 1, 2) i on i.org_id = m.org_id and i.meeting_id = m.id
      left join (select org_id, meeting_id, string_agg(text, E'\\n' order by id) as text
        from meetings.action where ${ofThese} group by 1, 2) a on a.org_id = m.org_id and a.meeting_id = m.id
      left join (select org_id, meeting_id, string_agg(text, E'\\n' order by at) as text
        from meetings.addendum where ${ofThese} group by 1, 2) d on d.org_id = m.org_id and d.meeting_id = m.id
      where m.org_id = any(${[...orgIds]}::uuid[]) and m.id = any(${[...ids]}::uuid[]) and m.state <> 'cancelled'`.execute(db)
    const papers = await wordsOfFiles(
      db,
      rows.flatMap((r) => r.planId ?? []),
    )
    return rows.map(({ kinds, orgName, ownKind, planId, day, body, ...row }) => ({
      ...row,
      body: [ownKind, body, planId && papers.get(planId)].filter(Boolean).join('\n'),
      day,
      readWith: isCommittees(kinds) ? 'meetings.readCommittee' : 'meetings.read',
      note: `${day} ${kindsName(kinds, ownKind)} · ${orgName}`,
      open: `/meetings/${row.id}`,
    }))
  },
}
