import { sql } from 'kysely'
import { type Db, json } from '#kernel/database.ts'
import { holdsOn } from '#kernel/dated.ts'
import { type Laid, layPaths, type Structure } from './structure.ts'

/** One of the two dated trees: its tables, and what is dated together with the place. */
export interface Tree {
  node: string
  placement: string
  naming: string
  id: string
  value: string
  type: 'text' | 'boolean'
}

export const PARTY: Tree = {
  node: 'organisation.org',
  placement: 'organisation.placement',
  naming: 'organisation.naming',
  id: 'org_id',
  value: 'kind',
  type: 'text',
}

export const UNITS: Tree = {
  node: 'organisation.unit',
  placement: 'organisation.unit_placement',
  naming: 'organisation.unit_naming',
  id: 'unit_id',
  value: 'independent_legal_person',
  type: 'boolean',
}

type Value = string | boolean

/**
 * Changes the dated tree: reads it whole, lets `edit` change it, and stores only the stretches that became different, whole
 * subtrees in two statements. One change at a time, so that two of them cannot close a circle.
 */
export async function changeTree<T>(db: Db, tree: Tree, day: string, edit: (structure: Structure<Value>) => T): Promise<T> {
  await sql`select pg_advisory_xact_lock(hashtext(${tree.node}))`.execute(db)
  const { structure, stored } = await readTree(db, tree)
  const result = edit(structure)
  await writeTree(db, tree, layPaths(structure), stored)
  await refreshPaths(db, tree, day)
  return result
}

/** The tree with all its stretches, and the rows as they are stored. */
export async function readTree(db: Db, tree: Tree): Promise<{ structure: Structure<Value>; stored: Laid<Value>[] }> {
  const { rows } = await sql<Laid<Value> & { key: string }>`
    select n.id, n.key, lower(p.valid) as "from", upper(p.valid) as "to", p.parent_id as "parentId", p.${sql.ref(tree.value)} as value, p.path
    from ${sql.table(tree.node)} n left join ${sql.table(tree.placement)} p on p.${sql.ref(tree.id)} = n.id
    order by n.id, lower(p.valid)`.execute(db)
  const structure: Structure<Value> = new Map()
  const stored: Laid<Value>[] = []
  for (const { key, ...row } of rows) {
    const node = structure.get(row.id) ?? { key, spans: [] }
    structure.set(row.id, node)
    if (row.from === null) continue
    stored.push(row)
    const last = node.spans.at(-1)
    if (last && last.to === row.from && last.parentId === row.parentId && last.value === row.value) last.to = row.to
    else node.spans.push({ from: row.from, to: row.to, parentId: row.parentId, value: row.value })
  }
  return { structure, stored }
}

async function writeTree(db: Db, tree: Tree, laid: readonly Laid<Value>[], stored: readonly Laid<Value>[]) {
  const before = Map.groupBy(stored, ({ id }) => id)
  const changed = [...Map.groupBy(laid, ({ id }) => id)].filter(([id, rows]) => textOf(rows) !== textOf(before.get(id) ?? []))
  if (changed.length === 0) return
  await sql`delete from ${sql.table(tree.placement)}
    where ${sql.ref(tree.id)} = any(${changed.map(([node]) => node)}::uuid[])`.execute(db)
  await insertPlaces(
    db,
    tree,
    changed.flatMap(([, rows]) => rows),
  )
}

/** Puts these places instead of all that were. */
export async function replaceTree(db: Db, tree: Tree, laid: readonly Laid<Value>[]): Promise<void> {
  await sql`delete from ${sql.table(tree.placement)}`.execute(db)
  await insertPlaces(db, tree, laid)
}

const insertPlaces = (db: Db, tree: Tree, laid: readonly Laid<Value>[]) =>
  sql`insert into ${sql.table(tree.placement)} (${sql.ref(tree.id)}, valid, parent_id, ${sql.ref(tree.value)}, path)
    select id, daterange("from", "to"), "parentId", value, path
    from jsonb_to_recordset(${json(laid)})
      as t(id uuid, "from" date, "to" date, "parentId" uuid, value ${sql.raw(tree.type)}, path text)`.execute(db)

const textOf = (rows: readonly Laid<Value>[]) =>
  JSON.stringify(rows.map(({ from, to, parentId, value, path }) => [from, to, parentId, value, path]))

/**
 * Brings place and name "as today" of every node up to date with the dated tables. Called after each change, when the server
 * starts and once a day, because a change dated ahead comes true by itself.
 */
export async function refreshPaths(db: Db, tree: Tree, day: string): Promise<void> {
  const [node, id, value] = [sql.table(tree.node), sql.ref(tree.id), sql.ref(tree.value)]
  await sql`update ${node} n set path = case when n.dissolved_on <= ${day}::date then n.path else p.path end,
      parent_id = p.parent_id, ${value} = p.${value}, name = m.name, short_name = m.short_name
    from ${sql.table(tree.placement)} p, ${sql.table(tree.naming)} m
    where p.${id} = n.id and m.${id} = n.id and ${holdsOn('p.valid', shown(day))} and ${holdsOn('m.valid', shown(day))}
      and (case when n.dissolved_on <= ${day}::date then n.path else p.path end, p.parent_id, p.${value}, m.name, m.short_name)
        is distinct from (n.path, n.parent_id, n.${value}, n.name, n.short_name)`.execute(db)
  // What is gone stands where its successor, or else its last superior, stands now; those may be gone too.
  for (let moved = 1n; moved > 0n; ) {
    const result = await sql`update ${node} n set path = coalesce(h.path, '/') || n.key || '/'
      from ${node} d left join ${node} h on h.id = coalesce(d.successor_id, d.parent_id)
      where d.id = n.id and n.dissolved_on <= ${day}::date and n.path <> coalesce(h.path, '/') || n.key || '/'`.execute(db)
    moved = result.numAffectedRows ?? 0n
  }
}

/** The day whose state is shown as "now": today, or the first or last day of what is not yet or no longer there. */
const shown = (day: string) =>
  sql`(case when n.dissolved_on <= ${day}::date then n.dissolved_on - 1 else greatest(${day}::date, n.founded_on) end)`

/** A new key for paths: 8 letters and digits. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return [...bytes].map((b) => 'abcdefghijklmnopqrstuvwxyz0123456789'[b % 36]).join('')
}
