import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#kernel/database.ts'
import { Standing } from './contract.ts'

/** A fact of a person's life that was taken back, as the file's history shows it. */
export const Retracted = z.object({
  /** The day it was taken back. */
  on: z.string(),
  reason: z.string(),
  /** What had been recorded: the kind of fact, where, and from which day. */
  kind: z.string(),
  orgName: z.string().nullable(),
  happenedOn: z.string(),
  standing: Standing.nullable(),
})
export type Retracted = z.output<typeof Retracted>

/** What was taken back of a person's life, the latest first. */
export async function retractedOf(db: Db, personId: string, membershipIds: readonly string[]): Promise<Retracted[]> {
  const { rows } = await sql<Retracted>`
    select to_char(r.recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "on", r.body->>'reason' as reason, f.kind,
      o.name as "orgName", f.happened_on as "happenedOn", f.body->>'standing' as standing
    from ledger.fact f
    join ledger.fact r on r.org_id = f.org_id and r.subject = f.id and r.kind = 'fact.retracted'
    left join organisation.org o on o.id = f.org_id
    where f.subject = any(${[personId, ...membershipIds]}::uuid[]) and f.person_id = ${personId}
    order by r.recorded_at desc, f.happened_on, f.id limit 50`.execute(db)
  return rows
}
