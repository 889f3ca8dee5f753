import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { RequestKind, RequestState } from './contract.ts'

export interface Asked {
  id: string
  orgId: string
  toOrgId: string
  kind: RequestKind
  state: RequestState
  sentOn: string
  dueOn: string
  answeredOn: string | null
  docNo: string | null
}

/** The last request of this kind about a person or procedure (`aboutId`), or of the organisation as a whole; withdrawn ones are none. */
export async function requestOf(
  db: Db,
  { orgId, kind, aboutId }: { orgId: string; kind: RequestKind; aboutId: string | null },
): Promise<Asked | undefined> {
  const { rows } = await sql<Asked>`select id, org_id as "orgId", to_org_id as "toOrgId", kind, state, sent_on as "sentOn",
      due_on as "dueOn", answered_on as "answeredOn", doc_no as "docNo"
    from requests.request where org_id = ${orgId} and kind = ${kind} and about_id is not distinct from ${aboutId}::uuid
      and state <> 'withdrawn' order by sent_on desc, id desc limit 1`.execute(db)
  return rows[0]
}

/** That request once the superior has agreed or refused; undefined until then. */
export async function replyOf(db: Db, about: { orgId: string; kind: RequestKind; aboutId: string | null }): Promise<Asked | undefined> {
  const asked = await requestOf(db, about)
  return asked && (asked.state === 'agreed' || asked.state === 'refused') ? asked : undefined
}

/** All requests of an organisation about one person or procedure, the last first. */
export async function requestsAbout(db: Db, orgId: string, aboutId: string): Promise<Asked[]> {
  const { rows } = await sql<Asked>`select id, org_id as "orgId", to_org_id as "toOrgId", kind, state, sent_on as "sentOn",
      due_on as "dueOn", answered_on as "answeredOn", doc_no as "docNo"
    from requests.request where org_id = ${orgId} and about_id = ${aboutId} and state <> 'withdrawn'
    order by sent_on desc, id desc`.execute(db)
  return rows
}

export { type About, beforeSending, onComposing, onReply, type Reply } from './hooks.ts'
