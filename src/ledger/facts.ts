import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json, THEN_COMMIT } from '#kernel/database.ts'
import type { Fact } from '#kernel/fact.ts'
import { newId } from '#kernel/id.ts'
import type { Ctx } from '#kernel/operation.ts'
import { code, fingerprint, isPlanned } from './bodies.ts'

/** Fact kinds a module may record, each with the shape of its body. Kinds are never renamed, only added. */
export type FactKinds = Record<string, z.core.$ZodType>

/** The part of an operation's context that recording needs. */
export type FactCtx = Pick<Ctx, 'db' | 'now' | 'operation' | 'facts'> & { readonly actor: { readonly personId: string | null } }

export interface Happening<B> {
  subject: string
  /** The organisation at the time of the fact; `NOWHERE` when it belongs to none. */
  orgId: string
  personId?: string | null
  /** YYYY-MM-DD; today in Shanghai when left out. */
  happenedOn?: string
  body: B
}

/** A recorder that knows one module's kinds, so no module can record another's facts. Returns the fact's id. */
export const recorderOf =
  <F extends FactKinds>(kinds: F) =>
  <K extends Extract<keyof F, string>>(ctx: FactCtx, kind: K, happening: Happening<z.input<F[K]>>): string => {
    const schema = kinds[kind]!
    const body = z.parse(schema, happening.body)
    const happenedOn = z.parse(z.iso.date(), happening.happenedOn ?? dateAt(ctx.now))
    if (happenedOn > dateAt(ctx.now) && !isPlanned(schema)) throw new RangeError(`${kind} cannot happen in the future (${happenedOn})`)
    const { subject, orgId, personId = null } = happening
    const fact: Fact = { id: newId(), kind, subject, orgId, personId, happenedOn, body }
    ctx.facts.push(fact)
    return fact.id
  }

/** Kinds of the ledger itself. A retracted fact stands, but no later reader counts it. */
export const ledgerFacts = {
  'fact.retracted': z.object({
    factId: z.uuid(),
    kind: code(),
    reason: z.enum(['mistake', 'duplicate', 'replaced', 'cancelled', 'ordered']),
  }),
  'ledger.epochOpened': z.object({
    epoch: z.int(),
    fromSize: z.int(),
    knownSize: z.int(),
    knownRoot: fingerprint(),
    officers: z.tuple([z.uuid(), z.uuid()]),
  }),
} satisfies FactKinds

/** Records the ledger's own facts. */
export const record = recorderOf(ledgerFacts)

export interface Retraction extends z.input<(typeof ledgerFacts)['fact.retracted']> {
  /** The organisation of the fact that is taken back. */
  orgId: string
}

/** Takes a fact back, visibly: a new fact about the old one, recorded today. Returns the new fact's id. */
export const retract = (ctx: FactCtx, { orgId, ...body }: Retraction): string =>
  record(ctx, 'fact.retracted', { subject: body.factId, orgId, body })

/**
 * Writes the operation's facts and their places in the sequencer's queue, in its transaction and in one statement. `also` are clauses
 * of that statement (`name as (insert …)`); with them it is the last one of the transaction.
 */
export async function writeFacts(ctx: FactCtx, also?: RawBuilder<unknown>): Promise<void> {
  const clauses = [...(ctx.facts.length > 0 ? [clausesOf(ctx)] : []), ...(also ? [also] : [])]
  if (clauses.length === 0) return
  await sql`${sql.raw(also ? THEN_COMMIT : '')} with ${sql.join(clauses)} select 1`.execute(ctx.db)
}

const clausesOf = (ctx: FactCtx) => sql`fresh as (
      select * from jsonb_to_recordset(${json(ctx.facts)})
        as t("orgId" uuid, id uuid, kind text, subject uuid, "personId" uuid, "happenedOn" date, body jsonb)
    ), written as (
      insert into ledger.fact (org_id, id, kind, subject, person_id, happened_on, recorded_at, operation, actor_id, body)
      select "orgId", id, kind, subject, "personId", "happenedOn",
        ${ctx.now}::timestamptz, ${ctx.operation}::text, ${ctx.actor.personId}::uuid, body from fresh
    ), queued as (
      insert into ledger.pending (org_id, fact_id, recorded_at) select "orgId", id, ${ctx.now}::timestamptz from fresh
    )`
