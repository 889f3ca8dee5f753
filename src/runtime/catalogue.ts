import type pg from 'pg'
import type { TableContent } from './backupFormat.ts'

// The job queue keeps its own schema and versions; what it runs is found again from the ledger and the rules.
const ownSchemas = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgboss')
  and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/** Every table of the installation with the columns that can be written (not the generated ones), by name. */
export async function tablesIn(client: pg.Client): Promise<TableContent[]> {
  const { rows } = await client.query<TableContent>(`
    select n.nspname::text as schema, c.relname::text as name,
      array(select a.attname::text from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${ownSchemas}
    order by n.nspname::text collate "C", c.relname::text collate "C"`)
  return rows
}

/** The position of every sequence. */
export async function sequencesIn(client: pg.Client): Promise<{ schema: string; name: string; value: string; called: boolean }[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(`
    select n.nspname::text as schema, c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${ownSchemas} order by 1, 2`)
  const found = []
  for (const { schema, name } of rows) {
    const sequence = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted(client, schema, name)}`,
    )
    found.push({ schema, name, ...sequence.rows[0]! })
  }
  return found
}

/** How many tables, views and sequences of anybody's are in the database. */
export async function relationCount(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`
    select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`)
  return rows[0]!.count
}

/** The schemas that are not PostgreSQL's own. */
export async function schemasIn(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select nspname::text as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1`,
  )
  return rows.map(({ name }) => name)
}

/** The statements that take foreign keys and own triggers away for a bulk load, and those that put them back and so check all rows. */
export async function constraintsIn(client: pg.Client): Promise<{ drop: string[]; restore: string[] }> {
  const { rows: keys } = await client.query<{ schema: string; table: string; name: string; definition: string }>(`
    select n.nspname::text as schema, c.relname::text as table, k.conname::text as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and k.conparentid = 0 and ${ownSchemas} order by 1, 2, 3`)
  const { rows: triggers } = await client.query<{ schema: string; table: string }>(`
    select distinct n.nspname::text as schema, c.relname::text as table
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and ${ownSchemas} order by 1, 2`)
  const alter = ({ schema, table }: { schema: string; table: string }) => `alter table ${quoted(client, schema, table)}`
  return {
    drop: [
      ...keys.map((key) => `${alter(key)} drop constraint ${client.escapeIdentifier(key.name)}`),
      ...triggers.map((trigger) => `${alter(trigger)} disable trigger user`),
    ],
    restore: [
      ...keys.map((key) => `${alter(key)} add constraint ${client.escapeIdentifier(key.name)} ${key.definition}`),
      ...triggers.map((trigger) => `${alter(trigger)} enable trigger user`),
    ],
  }
}

/** The names of the migrations the database has run, or none. */
export async function migrationsIn(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(`select to_regclass('kernel.migration') is not null as there`)
  if (!found[0]?.there) return []
  const { rows } = await client.query<{ name: string }>('select name from kernel.migration order by name collate "C"')
  return rows.map(({ name }) => name)
}

/** A schema-qualified name, quoted. */
export const quoted = (client: pg.Client, schema: string, name: string): string =>
  `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`

/** One form of text for every value, whatever the server's and the login's defaults are, and no time limit. */
export async function settle(client: pg.Client): Promise<void> {
  await client.query(`set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
    set extra_float_digits = 3; set bytea_output = 'hex'; set statement_timeout = 0; set lock_timeout = 0;
    set idle_in_transaction_session_timeout = 0; set synchronize_seqscans = off; set search_path = pg_catalog`)
}
