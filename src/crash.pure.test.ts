import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseSource } from '#ledger/databaseSource.ts'
import { verifyLedger } from '#ledger/verify.ts'
import { pathsOf } from '#runtime/dataFolder.ts'
import { runningPid } from '#runtime/postgresProcess.ts'
import { type Client, done, firstPeople } from '#testing/client.ts'
import { service } from '#testing/command.ts'
import { type Installation, openInstallation } from './installation.ts'

/** More by option: RONGJIAN_KILLS=200. */
const KILLS = Number(process.env.RONGJIAN_KILLS ?? 20)
const WRITERS = 4

let home: string
let data: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rj-crash-'))
  data = join(home, 'data')
})
afterAll(() => rm(home, { recursive: true, force: true }))

interface Write {
  key: string
  name: string
  /** Of the organisation, once the service has said that it stands. */
  id?: string
}

test(`the service, its database or both are killed while people write, ${KILLS} times: nothing acknowledged is lost, nothing is done twice`, {
  timeout: 120_000 + KILLS * 60_000,
}, async () => {
  let running = await service(data)
  const { worker } = await firstPeople(running)
  const root = (
    await done(worker, 'organisation.found', { parentId: null, kind: 'partyCommittee', name: '示例矿业集团党委', foundedOn: '2010-01-01' })
  ).id
  const writes: Write[] = []
  for (let round = 0; round < KILLS; round++) {
    worker.address = running.address
    const unsure = writes.filter((w) => !w.id)
    let over = false
    // Another number of writes each time moves the kill about, and no round ends before it has begun.
    let before = randomInt(3, 30)
    const begun = Promise.withResolvers<void>()
    const statuses = new Set<number>()
    const write = async (mine: Write) => {
      const input = { parentId: root, kind: 'partyBranch', name: mine.name, foundedOn: '2020-01-01' }
      const reply = await worker.post('organisation.found', input, { key: mine.key }).catch(() => undefined)
      if (reply) statuses.add(reply.status)
      if (reply?.status !== 200) return
      mine.id = reply.body.id
      if (--before === 0) begun.resolve()
    }
    const writer = async () => {
      // What nobody answered before is sent again first, with its key.
      for (let again = unsure.pop(); again; again = unsure.pop()) await write(again)
      while (!over) {
        const fresh: Write = { key: randomUUID(), name: `第 ${writes.length} 党支部` }
        writes.push(fresh)
        await write(fresh)
        if (!fresh.id) await pause(20)
      }
    }
    const writers = Array.from({ length: WRITERS }, writer)
    await begun.promise
    await pause(randomInt(0, 50))
    await kill(round, running)
    if (round % 3 === 1) await returns(worker, running)
    over = true
    await Promise.all(writers)
    running.child.kill('SIGKILL')
    await running.ended
    expect([...statuses].filter((s) => s !== 200 && s !== 503)).toEqual([])
    await examine(writes)
    running = await service(data)
  }
  await running.stop()
  expect(writes.filter((w) => w.id).length).toBeGreaterThan(KILLS * 2)
})

/** The service, the database, or both at once. */
async function kill(round: number, { child }: Awaited<ReturnType<typeof service>>) {
  const database = await runningPid(pathsOf(data))
  if (round % 3 !== 0) process.kill(database!, 'SIGKILL')
  if (round % 3 !== 1) child.kill('SIGKILL')
}

/** The service starts its database again by itself. */
const returns = (by: Client, { child, said }: Awaited<ReturnType<typeof service>>) =>
  expect
    .poll(
      async () => {
        if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}: ${said.text}`)
        return (await by.get('identity.session', {}).catch(() => ({ status: 0 }))).status
      },
      { timeout: 60_000 },
    )
    .toBe(200)

async function examine(writes: readonly Write[]) {
  const installation = await openInstallation({ data, databaseUrl: undefined }, { role: 'command' })
  try {
    const acknowledged = writes.flatMap((w) => (w.id ? [w.id] : []))
    const { rows: lost } = await installation.database.pool.query(
      `select id from unnest($1::uuid[]) id where not exists (select from organisation.org o where o.id = id.id)
        or not exists (select from ledger.fact f where f.subject = id.id and f.kind = 'org.founded')`,
      [acknowledged],
    )
    expect(lost).toEqual([])
    const { rows: twice } = await installation.database.pool.query(`select name from organisation.org group by name having count(*) > 1`)
    expect(twice).toEqual([])
    await installation.sequencer.drain()
    expect(await verified(installation)).toMatchObject({ ok: true, findings: [] })
  } finally {
    await installation.close()
  }
}

async function verified({ owner, trust, folder }: Installation) {
  const source = await databaseSource(owner)
  return verifyLedger(source, { trust, heads: folder.heads }).finally(source.close)
}
