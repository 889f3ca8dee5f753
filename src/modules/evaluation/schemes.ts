import { sql } from 'kysely'
import { z } from 'zod'
import { invalid } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { fingerprint, listShipped } from './engine/load.ts'
import type { Scheme } from './engine/scheme.ts'
import { bindsReader, policy } from './policy.ts'
import type { SchemeRow } from './tables.ts'

/** Names a scheme: one of the unit's own by id, or one that comes with the product by its file name without ending. */
export const SchemeRef = z.object({
  schemeId: z.uuid().optional(),
  shipped: z
    .string()
    .regex(/^[a-z0-9-]{1,80}$/)
    .optional(),
})
export type SchemeRef = z.output<typeof SchemeRef>

type Stored = Omit<SchemeRow, 'content' | 'version'> & { content: Scheme; version: number; path: string; org_name: string }

/** A scheme as an operation finds it; `row` is null for one that comes with the product. */
export interface Found {
  scheme: Scheme
  fingerprint: string
  shipped: string | null
  row: Stored | null
}

let shippedOnce: Map<string, Found> | undefined

/** The schemes that come with the product, by name. */
export function shippedSchemes(): Map<string, Found> {
  shippedOnce ??= new Map(
    listShipped().flatMap(({ file, loaded }) => {
      const shipped = file.replace(/\.yaml$/, '')
      return 'scheme' in loaded ? [[shipped, { scheme: loaded.scheme, fingerprint: fingerprint(loaded.scheme), shipped, row: null }]] : []
    }),
  )
  return shippedOnce
}

/** The scheme if the reader may see it: shipped ones all who read evaluations; a unit's own those it binds; drafts who manages them. */
export async function seenScheme(ctx: Ctx, { schemeId, shipped }: SchemeRef): Promise<Found | undefined> {
  if ((schemeId === undefined) === (shipped === undefined))
    throw invalid('scheme-or-shipped', '请指明一份方案：本单位的写 schemeId，随产品带的写 shipped', { schemeId: ['请选一份方案'] })
  if (shipped !== undefined) return ctx.actor.holdsAnywhere('evaluation.read') === true ? shippedSchemes().get(shipped) : undefined
  const [row] = await storedWhere(ctx, sql`s.id = ${schemeId}`)
  return row && foundOf(row)
}

/** The unit's own scheme, locked for a change. */
export async function lockedScheme(ctx: Ctx, { id }: { id: string }): Promise<Stored | undefined> {
  await sql`select 1 from evaluation.scheme where id = ${id} for update`.execute(ctx.db)
  const [row] = await storedWhere(ctx, sql`s.id = ${id}`)
  return row
}

/** Schemes of units that the reader may see, newest edition first. */
export async function storedWhere(ctx: Ctx, condition: ReturnType<typeof sql>): Promise<Stored[]> {
  const { rows } = await sql<Stored>`select s.*, o.path, o.name as org_name
    from evaluation.scheme s join organisation.org o on o.id = s.org_id
    where ${condition} order by o.path, s.key, s.edition desc`.execute(ctx.db)
  return rows.filter((r) => policy.manage(ctx.actor, r) === true || (r.state !== 'draft' && isRead(ctx, r)))
}

const isRead = ({ actor }: Ctx, { path }: Stored) => policy.read(actor, { path }) === true || bindsReader(actor, path)

export const foundOf = (row: Stored): Found => ({ scheme: row.content, fingerprint: row.fingerprint, shipped: null, row })
export type { Stored }
