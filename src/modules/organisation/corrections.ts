import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#kernel/database.ts'
import { organisationFacts, PostRole } from './contract.ts'

/** A fact of an organisation that was taken back, as its history shows it. */
export const Retracted = z.object({
  /** The day it was taken back. */
  on: z.string(),
  reason: z.string(),
  kind: z.string(),
  happenedOn: z.string(),
  /** Of a post: whose and which. */
  name: z.string().nullable(),
  role: PostRole.nullable(),
})
export type Retracted = z.output<typeof Retracted>

/** What was taken back of the organisation's structure, posts and terms, the latest first. */
export async function retractedOf(db: Db, orgId: string): Promise<Retracted[]> {
  const { rows } = await sql<Retracted>`
    select to_char(r.recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "on", r.body->>'reason' as reason, f.kind,
      f.happened_on as "happenedOn", p.name, f.body->>'role' as role
    from ledger.fact f
    join ledger.fact r on r.org_id = f.org_id and r.subject = f.id and r.kind = 'fact.retracted'
    left join organisation.person p on p.id = f.person_id
    where f.org_id = ${orgId} and f.kind = any(${Object.keys(organisationFacts)}::text[])
    order by r.recorded_at desc, f.happened_on, f.id limit 50`.execute(db)
  return rows
}
