import { spawn } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate } from './migrate.ts'

const MIGRATIONS = 8
const KILLS = 4

let folder: string
let database: pg.ClientConfig
const name = `migrated_${randomUUID().slice(0, 8)}`
const asSuperuser = async (statement: string) => {
  const client = new pg.Client(inject('superuser'))
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

beforeAll(async () => {
  await asSuperuser(`create database ${name}`)
  database = { ...inject('superuser'), database: name }
  folder = await mkdtemp(join(tmpdir(), 'rj-migrate-'))
  await mkdir(join(folder, 'steps'))
  for (let n = 1; n <= MIGRATIONS; n++) {
    const steps = [`create table public.step_${n} (n int)`, 'select pg_sleep(0.1)', `insert into public.step_${n} values (${n})`]
    await writeFile(join(folder, 'steps', `20270101-000${n}-step.sql`), steps.join(';\n'))
  }
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await asSuperuser(`drop database ${name} with (force)`)
})

test('a migration killed in the middle leaves whole steps only and goes on from there', { timeout: 120_000 }, async () => {
  const migrations = pathToFileURL(`${join(folder, 'steps')}/`)
  for (let kill = 0; kill < KILLS; kill++) {
    const script = `
      import { migrate } from '#kernel/migrate.ts'
      process.stdout.write('begun')
      await migrate(${JSON.stringify(database)}, [{ name: 'steps', migrations: new URL(${JSON.stringify(migrations.href)}) }])`
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'close')
    await once(child.stdout, 'data')
    await pause(randomInt(50, 500))
    child.kill('SIGKILL')
    await ended
    // The server goes on with the statement under way until it notices that nobody is there.
    const { done, tables } = await state()
    expect(tables).toEqual(done)
  }
  await migrate(database, [{ name: 'steps', migrations }])
  const { done, tables } = await state()
  expect(done).toEqual(Array.from({ length: MIGRATIONS }, (_, i) => i + 1))
  expect(tables).toEqual(done)
  expect(await migrate(database, [{ name: 'steps', migrations }]), 'nothing is left to do').toEqual([])
})

/** Which migrations are recorded as done, and which tables stand with exactly their one row. */
async function state(): Promise<{ done: number[]; tables: number[] }> {
  const client = new pg.Client(database)
  await client.connect()
  try {
    // The lock of a migration under way is let go when its server process has ended.
    await client.query('select pg_advisory_lock(7310)')
    const known = (await client.query("select to_regclass('kernel.migration') as it")).rows[0].it
    const recorded = known ? (await client.query('select name from kernel.migration order by name')).rows : []
    const made = (await client.query("select tablename as name from pg_tables where schemaname = 'public' order by 1")).rows
    const tables: number[] = []
    for (const { name: table } of made) {
      const { rows } = await client.query(`select n from public.${table}`)
      expect(rows).toHaveLength(1)
      tables.push(rows[0].n)
    }
    return { done: recorded.map((r) => Number(/-000(\d)-/.exec(r.name)![1])), tables }
  } finally {
    await client.end()
  }
}
