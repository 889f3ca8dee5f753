import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { blocksOf } from './store.ts'
import { frontierAt, remembering, rootOf } from './tree.ts'

/**
 * The relation of facts that count, with the columns of `ledger.fact`, in parentheses for a `from` clause: without retracted ones,
 * and either live (all committed, numbered or not) or exactly those numbered up to `through`.
 */
export function ledgerAsOf(through?: number): RawBuilder<unknown> {
  return sql`(select f.* from ledger.fact f where f.kind <> 'fact.retracted' ${numbered('f', through)} and not exists (
    select from ledger.fact r where r.kind = 'fact.retracted' and r.org_id = f.org_id and r.subject = f.id ${numbered('r', through)}))`
}

// What came later is less than what came before, for every moment a person is likely to ask for: it is left out, not looked up.
function numbered(alias: string, through: number | undefined): RawBuilder<unknown> {
  if (through === undefined) return sql``
  const [orgId, id] = [sql.ref(`${alias}.org_id`), sql.ref(`${alias}.id`)]
  return sql`and not exists (select from ledger.entry e where e.n > ${through} and e.fact_id = ${id} and e.org_id = ${orgId})
    and not exists (select from ledger.pending p where p.fact_id = ${id} and p.org_id = ${orgId})`
}

export { headNow, sizeOf as sizeNow } from './store.ts'

/** The root in hex of the tree of the first `size` facts; empty text for an empty ledger. */
export async function rootAt(db: Db, size: number): Promise<string> {
  return size === 0 ? '' : rootOf(await frontierAt(remembering(blocksOf(db)), size))
}
