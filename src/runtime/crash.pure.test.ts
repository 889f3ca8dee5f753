import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCluster, urlOf } from './postgres.ts'

const rounds = Number(process.env.RONGJIAN_KILLS ?? 6)
let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rongjian-test-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

it(`loses no acknowledged write when node, postgres or both are killed while writing (${rounds} times)`, {
  timeout: rounds * 20_000,
}, async () => {
  const folder = join(home, 'data')
  await withDatabase(folder, (query) => query('create table written (n int primary key)'))
  let acknowledged = 0
  for (let round = 0; round < rounds; round++) {
    const { service, database, lines } = await writer(folder, acknowledged + 1)
    // Another number of writes each time moves the kill about.
    const enough = acknowledged + 20 + ((round * 37) % 200)
    for await (const line of lines) {
      acknowledged = Math.max(acknowledged, Number(line))
      if (acknowledged < enough) continue
      if (round % 3 !== 0) process.kill(database, 'SIGKILL')
      if (round % 3 !== 1) service.kill('SIGKILL')
      else setTimeout(() => service.kill('SIGKILL'), 300 + round)
      break
    }
    // What it said before it died counts as acknowledged, too.
    for await (const line of lines) acknowledged = Math.max(acknowledged, Number(line))
    await withDatabase(folder, async (query) => {
      const missing = await query(
        `select n from generate_series(1, ${acknowledged}) n where not exists (select 1 from written w where w.n = n.n)`,
      )
      expect(missing, `round ${round}`).toEqual([])
      acknowledged = Math.max(acknowledged, (await query('select max(n) from written'))[0].max)
    })
  }
  expect(acknowledged).toBeGreaterThan(rounds * 20)
})

/** A service in its own process that writes one row after the other and says each when it is committed. */
async function writer(folder: string, from: number) {
  const script = `
    import { writeSync } from 'node:fs'
    import pg from 'pg'
    import { startCluster, urlOf } from '#runtime/postgres.ts'
    const cluster = await startCluster(${JSON.stringify(folder)})
    const pool = new pg.Pool(urlOf(cluster, 'rongjian', 'owner'))
    pool.on('error', () => {})
    writeSync(1, 'database ' + (await cluster.pid()) + '\\n')
    for (let n = ${from}; ; ) {
      try {
        await pool.query('insert into written values ($1) on conflict do nothing', [n])
        writeSync(1, n + '\\n')
        n++
      } catch { await new Promise((done) => setTimeout(done, 20)) }
    }`
  const service = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = createInterface({ input: service.stdout })[Symbol.asyncIterator]()
  const first = (await said.next()).value as string
  // An iterator that may be left and taken up again.
  const lines = { [Symbol.asyncIterator]: () => ({ next: () => said.next() }) }
  return { service, database: Number(first.split(' ')[1]), lines }
}

async function withDatabase(folder: string, use: (query: (sql: string) => Promise<any[]>) => Promise<unknown>) {
  const cluster = await startCluster(folder)
  const client = new pg.Client(urlOf(cluster, 'rongjian', 'owner') as pg.ClientConfig)
  await client.connect()
  await use(async (sql) => (await client.query(sql)).rows).finally(async () => {
    await client.end()
    await cluster.stop()
  })
}
