import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import type { FactCtx } from '#ledger/facts.ts'
import type { OrgKind } from './contract.ts'
import { record } from './record.ts'
import { place } from './structure.ts'
import { changeTree, newKey, PARTY, type Tree, UNITS } from './trees.ts'

export interface NewNode<V> {
  id: string
  parentId: string | null
  value: V
  name: string
  shortName: string | null
  code: string | null
  foundedOn: string
}

export interface NewOrg {
  parentId: string | null
  kind: OrgKind
  name: string
  shortName?: string | undefined
  code?: string | undefined
  foundedOn: string
}

/** Founds a Party organisation below an existing one, or as a root. Answers its id. */
export async function foundOrg(ctx: FactCtx, { kind, ...org }: NewOrg): Promise<string> {
  const id = newId()
  await foundOrgs(ctx, [{ ...org, id, value: kind, shortName: org.shortName ?? null, code: org.code ?? null }])
  return id
}

/** Founds many organisations at once; one may stand below another of them. */
export async function foundOrgs(ctx: FactCtx, orgs: readonly NewNode<OrgKind>[]): Promise<void> {
  for (const { id, kind, parentId, on, first } of await foundNodes(ctx, PARTY, orgs))
    record(ctx, first ? 'org.founded' : 'org.placed', { subject: id, orgId: id, happenedOn: on, body: { kind: kind as OrgKind, parentId } })
}

/** A new administrative unit; its facts belong to `orgId`, the organisation in whose name it is founded. */
export interface NewUnit extends NewNode<boolean> {
  orgId: string
}

/** Founds many administrative units at once. */
export async function foundUnits(ctx: FactCtx, units: readonly NewUnit[]): Promise<void> {
  const orgOf = new Map(units.map(({ id, orgId }) => [id, orgId]))
  for (const { id, kind, parentId, on, first } of await foundNodes(ctx, UNITS, units))
    record(ctx, first ? 'unit.founded' : 'unit.placed', {
      subject: id,
      orgId: orgOf.get(id)!,
      happenedOn: on,
      body: { independentLegalPerson: kind === true, parentId },
    })
}

interface Founding {
  id: string
  kind: string | boolean
  parentId: string | null
  on: string
  first: boolean
}

/** A node older than its superior stands by itself until there is the superior. */
async function foundNodes(ctx: FactCtx, tree: Tree, nodes: readonly NewNode<string | boolean>[]): Promise<Founding[]> {
  if (nodes.length === 0) return []
  const fresh = nodes.map((node) => ({ ...node, key: newKey() }))
  await sql`insert into ${sql.table(tree.node)} (id, key, path, parent_id, ${sql.ref(tree.value)}, name, short_name, code, founded_on)
    select id, key, '/' || key || '/', "parentId", value, name, "shortName", code, "foundedOn"
    from jsonb_to_recordset(${json(fresh)}) as t(id uuid, key text, "parentId" uuid, value ${sql.raw(tree.type)}, name text,
      "shortName" text, code text, "foundedOn" date)`.execute(ctx.db)
  await sql`insert into ${sql.table(tree.naming)} (${sql.ref(tree.id)}, valid, name, short_name)
    select id, daterange("foundedOn", null), name, "shortName"
    from jsonb_to_recordset(${json(fresh)}) as t(id uuid, name text, "shortName" text, "foundedOn" date)`.execute(ctx.db)
  return changeTree(ctx.db, tree, dateAt(ctx.now), (structure) => {
    for (const { id, foundedOn, value } of fresh) place(structure, id, foundedOn, { parentId: null, value })
    return fresh.flatMap(({ id, parentId, value, foundedOn }) => {
      const there = parentId === null ? null : (structure.get(parentId)?.spans[0]?.from ?? null)
      const from = there !== null && there > foundedOn ? there : foundedOn
      place(structure, id, from, { parentId, value })
      const settled = { id, kind: value, parentId, on: from, first: from === foundedOn }
      return settled.first ? [settled] : [{ id, kind: value, parentId: null, on: foundedOn, first: true }, settled]
    })
  })
}
