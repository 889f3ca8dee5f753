import { sql } from 'kysely'
import { z } from 'zod'
import { stale } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { KINDS, kindOf, RequestKind } from '../contract.ts'
import { record } from '../tables.ts'

export const deadlines = query('requests.deadlines', {
  title: '答复时限',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({
    items: z.array(
      z.object({
        kind: RequestKind,
        kindName: z.string(),
        /** Working days of its own; null: the usual term holds. */
        days: z.int().nullable(),
        usual: z.string(),
        version: z.int(),
      }),
    ),
    can: z.object({ set: z.boolean() }),
  }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'requests.read'),
  may: (actor, org) => actor.holds('requests.read', org.path),
  run: async (ctx, { orgId }, org) => {
    const { rows } = await sql<{ kind: string; days: number; version: number }>`select kind, days, version from requests.deadline
      where org_id = ${orgId}`.execute(ctx.db)
    const own = new Map(rows.map((r) => [r.kind, r]))
    const items = (Object.keys(KINDS) as RequestKind[]).map((kind) => ({
      kind,
      kindName: kindOf(kind).title,
      days: own.get(kind)?.days ?? null,
      usual: usualTerm(kind),
      version: own.get(kind)?.version ?? 0,
    }))
    return { items, can: { set: ctx.actor.holds('requests.answer', org.path) === true } }
  },
})

const usualTerm = (kind: RequestKind): string => {
  const { months, days, source } = kindOf(kind).term
  return `${months === undefined ? `${days} 个工作日` : `${months} 个月`}${source ? `（${source}）` : ''}`
}

export const setDeadline = command('requests.setDeadline', {
  title: '改定答复时限',
  input: z.object({ orgId: z.uuid(), kind: RequestKind, days: z.int().min(1).max(366), version: z.int() }),
  output: z.object({ version: z.int() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'requests.read'),
  may: (actor, org) => actor.holds('requests.answer', org.path),
  run: async (ctx, { orgId, kind, days, version }) => {
    const { rows } =
      version === 0
        ? await sql<{ version: number }>`insert into requests.deadline (org_id, kind, days, version)
            values (${orgId}, ${kind}, ${days}, 1) on conflict (org_id, kind) do nothing returning version`.execute(ctx.db)
        : await sql<{ version: number }>`update requests.deadline set days = ${days}, version = version + 1
            where org_id = ${orgId} and kind = ${kind} and version = ${version} returning version`.execute(ctx.db)
    if (!rows[0]) throw stale({ days, version }, await storedOf(ctx, orgId, kind))
    record(ctx, 'deadline.set', { subject: orgId, orgId, body: { kind, days } })
    return { version: rows[0].version }
  },
})

/** What stands there now; nothing, and version 0, where the usual term holds. */
async function storedOf(ctx: Ctx, orgId: string, kind: RequestKind): Promise<{ days: number | null; version: number }> {
  const { rows } = await sql<{ days: number; version: number }>`select days, version from requests.deadline
    where org_id = ${orgId} and kind = ${kind}`.execute(ctx.db)
  return rows[0] ?? { days: null, version: 0 }
}
