import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrationsOf } from '#kernel/migrate.ts'
import { schemaSources } from '../platform.ts'
import { faultsOf } from './statementRules.ts'
import { type World, world } from './world.ts'

interface Table {
  name: string
  kind: string | null
  /** Columns of each primary key, unique constraint, unique index and exclusion. */
  unique: string[][]
  foreign: { to: string; columns: string[] }[]
}

let w: World
let tables: Table[]
beforeAll(async () => {
  w = await world()
  tables = await readTables()
})
afterAll(() => w.close())

const rules: [string, (table: Table, all: readonly Table[]) => unknown[]][] = [
  ['Each table says in its comment whether it is ref, fact or local.', ({ kind }) => (/^(ref|fact|local)$/.test(kind ?? '') ? [] : [kind])],
  [
    'What is unique among facts is unique within an organisation.',
    ({ kind, unique }) => (kind === 'fact' ? unique.filter((columns) => !columns.includes('org_id')) : []),
  ],
  ['Each table of facts has a key.', ({ kind, unique }) => (kind === 'fact' && unique.length === 0 ? ['no key'] : [])],
  [
    'A key from facts to facts goes by the organisation.',
    ({ kind, foreign }, all) =>
      kind === 'fact' ? foreign.filter((f) => kindOf(f.to, all) === 'fact' && !f.columns.includes('org_id')) : [],
  ],
  [
    'What stands everywhere never points at facts or at what is local.',
    ({ kind, foreign }, all) => (kind === 'ref' ? foreign.filter((f) => kindOf(f.to, all) !== 'ref') : []),
  ],
]

const kindOf = (name: string, all: readonly Table[]) => all.find((t) => t.name === name)?.kind
const broken = (rule: (typeof rules)[number][1], all: readonly Table[]) =>
  all.flatMap((table) => rule(table, all).map((what) => `${table.name}: ${JSON.stringify(what)}`))

test.each(rules)('%s', (_says, rule) => {
  expect(tables.length).toBeGreaterThan(30)
  expect(broken(rule, tables)).toEqual([])
})

test('the control: each rule finds the table that breaks it', () => {
  const bad: Table[] = [
    { name: 'x.unnamed', kind: null, unique: [], foreign: [] },
    { name: 'x.fact', kind: 'fact', unique: [['id']], foreign: [{ to: 'x.keyless', columns: ['id'] }] },
    { name: 'x.keyless', kind: 'fact', unique: [], foreign: [] },
    { name: 'x.ref', kind: 'ref', unique: [['id']], foreign: [{ to: 'x.fact', columns: ['org_id', 'id'] }] },
  ]
  expect(rules.filter(([, rule]) => broken(rule, bad).length === 0)).toEqual([])
})

test('the schema has no trigger and no function of ours', async () => {
  const { rows } = await w.pool.query(`
    select tgname as name from pg_trigger where not tgisinternal
    union all select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in (select distinct split_part(name, '/', 1) from kernel.migration)`)
  expect(rows).toEqual([])
  const steps = (await migrationsOf(schemaSources)).flatMap((m) => m.steps)
  expect(steps.flatMap((step) => faultsOf(step, new Map()))).toEqual([])
})

test('the kinds that the lint of statements reads are those of this database', async () => {
  const kinds = JSON.parse(await readFile(new URL('../../.cache/tables.json', import.meta.url), 'utf8'))
  expect(kinds).toEqual(Object.fromEntries(tables.map((t) => [t.name, t.kind])))
})

async function readTables(): Promise<Table[]> {
  const columnsOf = (numbers: string) => `array(select a.attname::text from unnest(${numbers}) with ordinality k(n, at)
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n order by k.at)`
  const { rows } = await w.pool.query<Table>(`
    select n.nspname || '.' || c.relname as name, substring(obj_description(c.oid, 'pg_class') from '^[a-z]+') as kind,
      coalesce((select json_agg(${columnsOf('i.indkey::int2[]')}) from pg_index i
        where i.indrelid = c.oid and (i.indisunique or i.indisexclusion)), '[]') as unique,
      coalesce((select json_agg(json_build_object('columns', ${columnsOf('f.conkey')}, 'to', tn.nspname || '.' || t.relname))
        from pg_constraint f join pg_class t on t.oid = f.confrelid join pg_namespace tn on tn.oid = t.relnamespace
        where f.conrelid = c.oid and f.contype = 'f'), '[]') as foreign
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in (select distinct split_part(name, '/', 1) from kernel.migration) order by 1`)
  return rows
}
