import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { invalid } from './errors.ts'

/** The part of a list's input that pages: extend it with the list's own filters. */
export const Paged = z.object({
  after: z.string().max(1000).optional(),
  limit: z.int().min(1).max(200).default(20),
})

export const pageOf = <T extends z.core.$ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** One column of an order: an SQL expression that is never null, and its direction. */
export interface OrderBy {
  by: RawBuilder<unknown>
  desc?: boolean
}

/** The order clause of a keyset page. The last column must be unique. */
export const orderOf = (order: readonly OrderBy[]) => sql.join(order.map(({ by, desc }) => (desc ? sql`${by} desc` : sql`${by} asc`)))

/** The condition "after this cursor", true for the first page. */
export function afterCursor(order: readonly OrderBy[], after: string | undefined): RawBuilder<boolean> {
  if (!after) return sql<boolean>`true`
  const values = decode(after, order.length)
  const steps = order.map(({ by, desc }, i) => {
    const equal = order.slice(0, i).map((o, j) => sql`${o.by} = ${values[j]}`)
    const beyond = desc ? sql`${by} < ${values[i]}` : sql`${by} > ${values[i]}`
    return sql`(${sql.join([...equal, beyond], sql` and `)})`
  })
  return sql<boolean>`(${sql.join(steps, sql` or `)})`
}

/** Cuts the one row too many that was asked for (`limit + 1`) and tells where the next page begins. */
export function cut<T>(rows: readonly T[], limit: number, keyOf: (row: T) => readonly unknown[]): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? encode(keyOf(last)) : null }
}

const encode = (values: readonly unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')

function decode(cursor: string, length: number): (string | number | boolean)[] {
  try {
    const values = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.length === length && values.every((v) => ['string', 'number', 'boolean'].includes(typeof v)))
      return values
  } catch {}
  throw invalid('bad-cursor', '翻页位置失效了，请从第一页重新看', { after: ['翻页位置失效了，请从第一页重新看'] })
}
