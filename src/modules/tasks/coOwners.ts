import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { json } from '#kernel/database.ts'
import { type Fields, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { orgCard, personSeen } from '#modules/organisation/published.ts'
import type { CoOwnerRow, Task } from './tables.ts'

/** Whom a task may be given to: an organisation, or a person who does it for that organisation. */
export const Party = z.strictObject({ orgId: z.uuid(), personId: z.uuid().nullable().default(null) })
export type Party = z.output<typeof Party>

/** Refuses, at its field, an organisation or person that is not there or that the actor does not see. */
export async function assertParty(ctx: Ctx, { orgId, personId }: Party, field: string): Promise<void> {
  const org = await orgCard(ctx.db, orgId)
  if (!org || org.dissolvedOn !== null) throw wrong(`${field}.orgId`, '没有找到这个党组织，请另选')
  if (personId && !(await personSeen(ctx, personId))) throw wrong(`${field}.personId`, '没有找到这个人，请另选')
}

const wrong = (field: string, says: string) => invalid('invalid-input', says, { [field]: [says] } as Fields)

/** A clause that stores invitations to work on a task; each answers for itself. */
export function inviting(task: Pick<Task, 'org_id' | 'id'>, parties: readonly Party[]): RawBuilder<unknown> {
  const rows: CoOwnerRow[] = parties.map(({ orgId, personId }) => ({
    org_id: task.org_id,
    id: newId(),
    task_id: task.id,
    co_org_id: orgId,
    co_id: personId,
    state: 'asked',
    reason: null,
    answered_by: null,
    answered_at: null,
    version: 1,
  }))
  return sql`co_stored as (insert into tasks.co_owner select * from jsonb_populate_recordset(null::tasks.co_owner, ${json(rows)}))`
}
