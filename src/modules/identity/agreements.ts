import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { json } from '#kernel/database.ts'
import { conflict } from '#kernel/errors.ts'
import { NOWHERE, newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { AgreementKind } from './contract.ts'
import { record } from './tables.ts'

/** What may only be done when another person has agreed to it. */
export interface Asked {
  kind: AgreementKind
  /** The account whose password it is about, or the organisation whose roster; null for the whole unit. */
  subject: string | null
  /** What it is about, in Chinese, for the one who decides. */
  about: string
  /** Exactly what may be done: the agreement is good for this and nothing else. */
  detail: unknown
  /** How many persons it reaches. */
  count: number | null
  reason: string
}

/** An agreement is good for a day from the asking. */
const HOURS = 24

/** Asks for another person's agreement; answers the id and the moment it runs out. Refuses while the same is waiting already. */
export async function askAgreement(ctx: Ctx, asked: Asked): Promise<{ id: string; until: Date }> {
  const { kind, subject, about, detail, count, reason } = asked
  const by = ctx.actor.accountId
  await sql`select pg_advisory_xact_lock(hashtext(${`agreement ${by}`}))`.execute(ctx.db)
  const { rows } = await sql`select from identity.agreement where ${same(ctx.actor, asked)} and used_at is null
    and until > ${ctx.now} and agreed is distinct from false`.execute(ctx.db)
  if (rows.length > 0) throw conflict('asked-before', '已经提出过了，还在等另一人同意，或者已经同意还没有用')
  const id = newId()
  const until = new Date(ctx.now.getTime() + HOURS * 3_600_000)
  await sql`insert into identity.agreement (id, kind, subject, about, detail, count, reason, requested_by, requested_at, until)
    values (${id}, ${kind}, ${subject}, ${about}, ${json(detail)}, ${count}, ${reason}, ${by}, ${ctx.now}, ${until})`.execute(ctx.db)
  const orgId = kind === 'rosterExport' && subject ? subject : NOWHERE
  record(ctx, 'agreement.asked', { subject: id, orgId, body: { kind, about: subject, count, by } })
  return { id, until }
}

/**
 * Uses up the agreement that another person gave this one to do exactly this; answers its id and who gave it, or undefined when there
 * is none. Two at a time use it once.
 */
export async function spendAgreement(ctx: Ctx, asked: Pick<Asked, 'kind' | 'subject' | 'detail'>): Promise<Used | undefined> {
  const { rows } = await sql<Used>`update identity.agreement g set used_at = ${ctx.now}
    where ${same(ctx.actor, asked)} and used_at is null and agreed and until > ${ctx.now}
    returning id, count, (select p.name from identity.account a join organisation.person p on p.id = a.person_id where a.id = g.decided_by) as by`.execute(
    ctx.db,
  )
  return rows[0]
}

interface Used {
  id: string
  /** How many persons it was given for. */
  count: number | null
  by: string | null
}

export type Standing = 'none' | 'waiting' | 'agreed'

/** Whether this person has asked for this, and whether somebody agreed. */
export async function agreementOn(ctx: Ctx, asked: Pick<Asked, 'kind' | 'subject' | 'detail'>): Promise<Standing> {
  const { rows } = await sql<{ agreed: boolean | null }>`select agreed from identity.agreement where ${same(ctx.actor, asked)}
    and used_at is null and until > ${ctx.now} and agreed is distinct from false`.execute(ctx.db)
  return rows[0] ? (rows[0].agreed ? 'agreed' : 'waiting') : 'none'
}

const same = (actor: Actor, { kind, subject, detail }: Pick<Asked, 'kind' | 'subject' | 'detail'>) =>
  sql`requested_by = ${actor.accountId} and kind = ${kind} and subject is not distinct from ${subject}::uuid and detail = ${json(detail)}`
