import { sql } from 'kysely'
import { z } from 'zod'
import { all, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { dissolveOrg, mergeOrg, moveOrg, renameOrg } from '../changes.ts'
import { OrgKind } from '../contract.ts'
import { foundOrg } from '../founding.ts'
import { type OrgCard, orgSeen } from '../published.ts'

const Name = z.string().trim().min(1).max(100)
const Changed = z.object({ id: z.uuid(), version: z.int() })

/** The organisation with its version, locked, and the other one named by the input. */
interface Loaded {
  org: OrgCard & { version: number }
  other: OrgCard | null
}

export const found = command('organisation.found', {
  title: '成立党组织',
  input: z.object({
    /** Null founds a root. */
    parentId: z.uuid().nullable(),
    kind: OrgKind,
    name: Name,
    shortName: Name.optional(),
    /** A code of the unit's own. */
    code: z.string().trim().min(1).max(40).optional(),
    foundedOn: z.iso.date(),
  }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { parentId }) => (parentId === null ? null : orgSeen(ctx, parentId)),
  may: (actor, parent) => actor.holds('organisation.manage', parent?.path ?? '/'),
  run: async (ctx, input) => ({ id: await foundOrg(ctx, input) }),
})

export const rename = command('organisation.rename', {
  title: '更改党组织名称',
  input: z.object({ id: z.uuid(), version: z.int(), on: z.iso.date(), name: Name, shortName: Name.nullable().default(null) }),
  output: Changed,
  load: (ctx, { id }) => loaded(ctx, id),
  may: (actor, { org }) => actor.holds('organisation.manage', org.path),
  run: (ctx, input, { org }) => change(ctx, org, input, () => renameOrg(ctx, org, input.on, input.name, input.shortName)),
})

export const move = command('organisation.move', {
  title: '调整隶属关系或类别',
  input: z.object({ id: z.uuid(), version: z.int(), on: z.iso.date(), parentId: z.uuid().nullable(), kind: OrgKind.optional() }),
  output: Changed,
  load: (ctx, { id, parentId }) => loaded(ctx, id, parentId),
  may: (actor, { org, other }) => all(actor.holds('organisation.manage', org.path), actor.holds('organisation.manage', other?.path ?? '/')),
  run: (ctx, input, { org }) =>
    change(ctx, org, input, () => moveOrg(ctx, org, input.on, { parentId: input.parentId, kind: input.kind ?? org.kind })),
})

export const merge = command('organisation.merge', {
  title: '合并党组织',
  input: z.object({ id: z.uuid(), version: z.int(), on: z.iso.date(), intoId: z.uuid() }),
  output: Changed,
  load: (ctx, { id, intoId }) => loaded(ctx, id, intoId),
  may: (actor, { org, other }) => all(actor.holds('organisation.manage', org.path), actor.holds('organisation.manage', other!.path)),
  run: (ctx, input, { org, other }) => change(ctx, org, input, () => mergeOrg(ctx, org, input.on, other!)),
})

export const dissolve = command('organisation.dissolve', {
  title: '撤销党组织',
  input: z.object({ id: z.uuid(), version: z.int(), on: z.iso.date() }),
  output: Changed,
  load: (ctx, { id }) => loaded(ctx, id),
  may: (actor, { org }) => actor.holds('organisation.manage', org.path),
  run: (ctx, input, { org }) => change(ctx, org, input, () => dissolveOrg(ctx, org, input.on)),
})

/** The organisation, locked for an edit, and the other one that the input names; undefined when one is not to be seen. */
export async function loaded(ctx: Ctx, id: string, otherId: string | null = null): Promise<Loaded | undefined> {
  const { rows } = await sql<{ version: number }>`select version from organisation.org where id = ${id} for update`.execute(ctx.db)
  const [org, other] = [await orgSeen(ctx, id), otherId ? await orgSeen(ctx, otherId) : null]
  if (!org || other === undefined) return undefined
  return { org: { ...org, version: rows[0]!.version }, other }
}

/** Runs the edit of the version the actor saw, and counts it. */
export async function change(ctx: Ctx, org: Loaded['org'], input: { id: string; version: number }, run: () => Promise<void>) {
  if (input.version !== org.version) throw stale(input, { name: org.name, kind: org.kind, parentId: org.parentId, version: org.version })
  await run()
  await sql`update organisation.org set version = version + 1 where id = ${org.id}`.execute(ctx.db)
  return { id: org.id, version: org.version + 1 }
}
