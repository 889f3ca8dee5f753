import { sql } from 'kysely'
import type { TextSource } from '#kernel/module.ts'
import { kindOf, type RequestKind } from './contract.ts'

interface Row {
  id: string
  orgId: string
  kind: RequestKind
  title: string
  orgName: string
  day: string
  body: string
}

/** Requests with their replies, for who reads those of the sender. A 廉政意见 is read by few and is never found. */
export const requestTexts: TextSource = {
  kind: '请示批复',
  follows: ['request.sent', 'request.registered', 'reply.received', 'request.withdrawn'],
  read: async (db, ids) => {
    const { rows } = await sql<Row>`
      select r.id, r.org_id as "orgId", r.kind, r.title, coalesce(n.name, o.name) as "orgName", to_char(r.sent_on, 'YYYY-MM-DD') as day,
        concat_ws(E'\\n', r.letter_no, r.body, r.doc_no, r.reply) as body
      from requests.request r join organisation.org o on o.id = r.org_id
        left join organisation.naming n on n.org_id = r.org_id and n.valid @> r.sent_on
      where r.id = any(${[...ids]}::uuid[]) and r.kind <> 'integrityOpinion' and r.state <> 'withdrawn'`.execute(db)
    return rows.map(({ kind, orgName, ...row }) => ({
      ...row,
      readWith: 'requests.read',
      note: `${row.day} ${kindOf(kind).title} · ${orgName}`,
      open: `/requests?org=${row.orgId}&view=all&open=${row.id}`,
    }))
  },
}
