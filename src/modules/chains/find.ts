import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type Progress, stepsOf } from './contract.ts'
import type { Chain } from './tables.ts'

/** A chain with the place of its organisation today and how far it has come. */
export type SeenChain = Chain & {
  path: string
  org_name: string
  is_mine: boolean
  opinions: number
  people: number
  written: number
  lines: number
}

const counted = (table: 'opinion' | 'person' | 'line', what: RawBuilder<unknown>, where = sql`true`) =>
  sql`(select org_id, chain_id, ${what} from ${sql.table(`chains.${table}`)} where ${where} group by org_id, chain_id)`

/** Chains that the condition on `c` finds. */
export async function chainsWhere(ctx: Pick<Ctx, 'db' | 'actor'>, condition: RawBuilder<unknown>): Promise<SeenChain[]> {
  const { rows } = await sql<SeenChain>`select c.*, o.path, coalesce(o.short_name, o.name) as org_name, i.person_id is not null as is_mine,
      coalesce(p.n, 0)::int as opinions, coalesce(w.people, 0)::int as people, coalesce(w.written, 0)::int as written,
      coalesce(l.n, 0)::int as lines
    from chains.chain c join organisation.org o on o.id = c.org_id
    left join chains.person i on i.org_id = c.org_id and i.chain_id = c.id and i.person_id = ${ctx.actor.personId}::uuid
    left join ${counted('opinion', sql`count(*) as n`, sql`withdrawn_at is null`)} p on p.org_id = c.org_id and p.chain_id = c.id
    left join ${counted('person', sql`count(*) as people, count(written_at) as written`)} w on w.org_id = c.org_id and w.chain_id = c.id
    left join ${counted('line', sql`count(*) as n`)} l on l.org_id = c.org_id and l.chain_id = c.id
    where ${condition} order by c.year desc, c.id desc limit 200`.execute(ctx.db)
  return rows
}

/** The chain if the actor takes part in it, works for the organisation's committee or above it. */
export async function seenChain(ctx: Ctx, { id }: { id: string }): Promise<SeenChain | undefined> {
  const [chain] = await chainsWhere(ctx, sql`c.id = ${id}`)
  return chain && (chain.is_mine || ctx.actor.holds('chains.read', chain.path) === true) ? chain : undefined
}

/** The same, locked for a step: locked first, read then. */
export async function lockedChain(ctx: Ctx, { id }: { id: string }): Promise<SeenChain | undefined> {
  const found = await seenChain(ctx, { id })
  if (!found) return undefined
  await sql`select from chains.chain where org_id = ${found.org_id} and id = ${id} for update`.execute(ctx.db)
  return seenChain(ctx, { id })
}

/** Is this the actor's own committee, which leads the chain and reads what was written? */
export const isOwn = (a: Actor, c: Pick<Chain, 'org_id'>): boolean => a.grantsOf('chains.lead').some((g) => g.orgId === c.org_id)

export const progressOf = (c: SeenChain, talksLeft: number | null): Progress => ({
  kind: c.kind,
  opinions: c.opinions,
  talksLeft,
  people: c.people,
  written: c.written,
  heldOn: c.held_on,
  lines: c.lines,
  reportedOn: c.reported_on,
})

export const stepsOfChain = (c: SeenChain, talksLeft: number | null) => stepsOf(progressOf(c, talksLeft))
