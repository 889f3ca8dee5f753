import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backup, localPassphrase } from './backup.ts'
import { type DataFolder, openDataFolder } from './dataFolder.ts'
import { keyFile, loadKeys } from './keys.ts'
import { attachOrStart, type Cluster, urlOf } from './postgres.ts'
import { inspectBackup, restore } from './restore.ts'

const passphrase = '井冈山 的 示例口令 42'
const cost = 10
const known = ['kernel/1.sql', 'sample/2.sql']

/** A schema with what is hard to load: a self reference, a circle of foreign keys, identity, generated columns, a trigger, seeded rows. */
async function migrate(database: pg.PoolConfig) {
  await query(
    database,
    `create schema kernel; create table kernel.migration (name text primary key, at timestamptz not null default now());
     create schema sample;
     create table sample.org (id int primary key, parent_id int references sample.org, head_id int, name text not null);
     create table sample.person (id int generated always as identity primary key, org_id int not null references sample.org,
       name text not null, born date, weight numeric(12,4), at timestamptz, photo bytea, tags text[], body jsonb,
       doubled numeric generated always as (weight * 2) stored);
     alter table sample.org add constraint org_head foreign key (head_id) references sample.person deferrable;
     create table sample.empty (id int);
     create table sample."odd ""name" ("from" text);
     create sequence sample.numbers;
     create function sample.forbid() returns trigger language plpgsql as 'begin raise exception ''by hand only''; end';
     create table sample.guarded (id int);
     insert into sample.guarded values (1);
     create trigger forbid before insert on sample.guarded for each row execute function sample.forbid();
     create table sample.seeded (id int); insert into sample.seeded values (1), (2);
     insert into kernel.migration (name) values ('kernel/1.sql'), ('sample/2.sql')`,
  )
}

const filled = `insert into sample.org values (1, null, null, '示例矿业集团'), (3, 1, null, E'带\\t制表、\\\\反斜杠\\n换行'), (2, 3, null, '\\N');
  insert into sample.person (org_id, name, born, weight, at, photo, tags, body)
    select 1 + n % 3, '王某某' || n, date '1949-10-01' + n, n / 7.0, timestamptz '2025-01-01 08:00+08' + n * interval '1 hour',
      decode(md5(n::text), 'hex'), array['a,b', null, '"'], jsonb_build_object('n', n) from generate_series(1, 5000) n;
  update sample.org set head_id = 7 where id = 1;
  insert into sample."odd ""name" values ('x'); select setval('sample.numbers', 41); delete from sample.seeded where id = 1`

let home: string
let source: { cluster: Cluster; folder: DataFolder; database: pg.PoolConfig }
let file: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rongjian-test-'))
  source = await place('source')
  await loadKeys(source.folder)
  await writeFile(join(source.folder.heads, 'heads.ndjson'), '{"size":1}\n')
  await migrate(source.database)
  await query(source.database, filled)
  file = join(home, 'whole.rjbackup')
  await backup({ ...source, file, passphrase, cost })
})
afterAll(async () => {
  await source.cluster.stop()
  await rm(home, { recursive: true, force: true })
})

describe('a backup', () => {
  it('holds every table with its counts, and nothing readable, and is for its owner only', async () => {
    const manifest = await inspectBackup(file, passphrase)
    expect(Object.fromEntries(manifest.entries.map(({ name, rows }) => [name, rows]))).toEqual({
      'keys/keys.json': 0,
      'heads/heads.ndjson': 0,
      'kernel.migration': 2,
      'sample.empty': 0,
      'sample.guarded': 1,
      'sample.odd "name': 1,
      'sample.org': 3,
      'sample.person': 5000,
      'sample.seeded': 1,
    })
    expect(manifest).toMatchObject({ migrations: known, sequences: expect.arrayContaining([expect.objectContaining({ value: '41' })]) })
    const bytes = await readFile(file)
    for (const canary of ['王某某', '示例矿业', 'sample.person', 'PRIVATE', 'kernel/1.sql']) expect(bytes.includes(canary)).toBe(false)
    expect((await stat(file)).mode & 0o077).toBe(0)
  })

  it('is one moment, even while users write', async () => {
    let writing = true
    const writer = (async () => {
      // Each transaction writes both tables; a snapshot sees both or neither.
      while (writing)
        await query(source.database, `begin; insert into sample.empty values (1); insert into sample."odd ""name" values ('y'); commit`)
    })()
    const whileWriting = join(home, 'while-writing.rjbackup')
    const { entries } = await backup({ ...source, file: whileWriting, passphrase, cost }).finally(async () => {
      writing = false
      await writer
    })
    const rows = (name: string) => entries.find((entry) => entry.name === name)!.rows
    expect(rows('sample.odd "name')).toBe(rows('sample.empty') + 1)
    await query(source.database, `truncate sample.empty; delete from sample."odd ""name" where "from" = 'y'`)
  })

  it('refuses a short passphrase and an existing file, and leaves no half file', async () => {
    await expect(backup({ ...source, file: join(home, 'a'), passphrase: '短口令', cost })).rejects.toThrow(/至少 10/)
    await expect(backup({ ...source, file, passphrase, cost })).rejects.toThrow(/已存在/)
    await expect(backup({ ...source, file: join(home, 'none', 'a'), passphrase, cost })).rejects.toThrow(/不能写入/)
    expect((await readdir(home)).filter((name) => name.includes('partial'))).toEqual([])
    expect(await localPassphrase(source.folder)).toBe(await localPassphrase(source.folder))
  })
})

describe('a restore', { timeout: 120_000 }, () => {
  it.each([
    [18, 18],
    [18, 15],
    [15, 18],
  ] as const)('from PostgreSQL %i to %i gives the same rows, keys, heads, sequences and constraints', async (from, to) => {
    const first = from === 18 ? { file, stop: async () => {} } : await backupOn(from)
    const target = await place(`to-${from}-${to}`, to)
    const manifest = await restore({ ...target, file: first.file, passphrase, known, migrate: () => migrate(target.database) })
    expect(manifest.postgres).toBe(from)
    const sample = `select (select count(*)::int from sample.person) as persons, (select name from sample.org where id = 3) as odd,
      (select name from sample.org where id = 2) as backslash, (select doubled::text from sample.person where id = 700) as doubled,
      (select at from sample.person where id = 1) as at, nextval('sample.numbers') as next`
    expect(await query(target.database, sample)).toMatchObject([
      { persons: 5000, odd: '带\t制表、\\反斜杠\n换行', backslash: '\\N', doubled: '200.0000', next: '42' },
    ])
    expect(await query(target.database, `insert into sample.person (org_id, name) values (1, 'x') returning id`)).toEqual([{ id: 5001 }])
    await expect(query(target.database, 'insert into sample.org (id, name, head_id) values (9, 1, 99999)')).rejects.toThrow(/org_head/)
    await expect(query(target.database, 'insert into sample.guarded values (2)')).rejects.toThrow(/by hand only/)
    expect(await readFile(keyFile(target.folder), 'utf8')).toBe(await readFile(keyFile(source.folder), 'utf8'))
    expect(await readFile(join(target.folder.heads, 'heads.ndjson'), 'utf8')).toBe('{"size":1}\n')
    await target.cluster.stop()
    await first.stop()
  })

  it('refuses a used place and changes nothing there', async () => {
    const before = await query(source.database, 'select count(*) from sample.person')
    const none = { known, migrate: async () => expect.unreachable() }
    await expect(restore({ ...source, ...none, file, passphrase })).rejects.toThrow(/已有数据/)
    expect(await query(source.database, 'select count(*) from sample.person')).toEqual(before)
    const target = await place('with-keys')
    await loadKeys(target.folder)
    await expect(restore({ ...target, ...none, file, passphrase })).rejects.toThrow(/已有密钥/)
    await target.cluster.stop()
  })

  it('refuses a wrong passphrase, a foreign file, a newer schema and any changed byte, before anything is written', async () => {
    const target = await place('untouched')
    const attempt = (changed: Partial<Parameters<typeof restore>[0]>) =>
      restore({ ...target, file, passphrase, known, migrate: async () => expect.unreachable(), ...changed })
    await expect(attempt({ passphrase: `${passphrase} ` })).rejects.toMatchObject({ code: 'wrong-passphrase' })
    await expect(attempt({ known: known.slice(0, 1) })).rejects.toMatchObject({ code: 'newer-backup' })
    await expect(attempt({ file: join(home, 'none') })).rejects.toMatchObject({ code: 'file-not-readable' })
    const foreign = join(home, 'foreign')
    await writeFile(foreign, 'PK\u0003\u0004 a spreadsheet')
    await expect(attempt({ file: foreign })).rejects.toMatchObject({ code: 'foreign-file' })

    const { size } = await stat(file)
    const bad = join(home, 'bad')
    for (let flip = 0; flip < 200; flip++) {
      const bytes = await readFile(file)
      // The first bytes are tried one by one, the rest anywhere.
      const at = flip < 60 ? flip * 3 : Math.floor((flip / 200) * size + ((flip * 7919) % 199)) % size
      bytes[at]! ^= 1 << (flip % 8)
      await writeFile(bad, bytes)
      await expect(attempt({ file: bad }), `byte ${at}`).rejects.toMatchObject({ name: 'Refusal' })
    }
    for (const length of [0, 10, 100, 1000, size - 1, size - 20]) {
      await copyFile(file, bad)
      await truncate(bad, length)
      await expect(attempt({ file: bad }), `length ${length}`).rejects.toMatchObject({ name: 'Refusal' })
    }
    await writeFile(bad, Buffer.concat([await readFile(file), Buffer.from('x')]))
    await expect(attempt({ file: bad })).rejects.toMatchObject({ code: 'damaged-backup' })
    expect(await contentOf(target)).toEqual({ schemas: ['public'], keys: [], heads: [] })
    await target.cluster.stop()
  })

  it('that fails in the middle leaves an empty place, where the next attempt succeeds', async () => {
    const target = await place('middle')
    const broken = async () => {
      await migrate(target.database)
      await query(target.database, 'alter table sample.person add constraint young check (id < 2500)')
    }
    await expect(restore({ ...target, file, passphrase, known, migrate: broken })).rejects.toThrow(/young/)
    expect(await contentOf(target)).toEqual({ schemas: ['public'], keys: [], heads: [] })
    const other = async () => {
      await migrate(target.database)
      await query(target.database, `insert into kernel.migration (name) values ('later/3.sql')`)
    }
    await expect(restore({ ...target, file, passphrase, known, migrate: other })).rejects.toMatchObject({ code: 'schema-differs' })
    await restore({ ...target, file, passphrase, known, migrate: () => migrate(target.database) })
    expect(await query(target.database, 'select count(*)::int from sample.person')).toEqual([{ count: 5000 }])
    await target.cluster.stop()
  })
})

async function place(name: string, version: 18 | 15 = 18) {
  const folder = await openDataFolder(join(home, name))
  const cluster = await attachOrStart(folder.root, { version, fast: true })
  return { folder, cluster, database: urlOf(cluster, 'rongjian', 'owner') }
}

async function backupOn(version: 15) {
  const on = await place(`source-${version}`, version)
  await copyFile(keyFile(source.folder), keyFile(on.folder))
  await copyFile(join(source.folder.heads, 'heads.ndjson'), join(on.folder.heads, 'heads.ndjson'))
  await migrate(on.database)
  await query(on.database, filled)
  const file = join(home, `from-${version}.rjbackup`)
  await backup({ ...on, file, passphrase, cost })
  return { file, stop: on.cluster.stop }
}

async function contentOf({ database, folder }: { database: pg.PoolConfig; folder: DataFolder }) {
  const schemas = await query(database, `select nspname from pg_namespace where nspname !~ '^pg_|information' order by 1`)
  return { schemas: schemas.map(({ nspname }) => nspname), keys: await readdir(folder.keys), heads: await readdir(folder.heads) }
}

async function query(database: pg.PoolConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database as pg.ClientConfig)
  await client.connect()
  return client
    .query(sql)
    .then((result) => result.rows)
    .finally(() => client.end())
}
