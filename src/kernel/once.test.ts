import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Carried, DAY, examples, type Ground, prepareGround } from '#testing/commands.ts'
import { type World, world } from '#testing/world.ts'
import { type Api, modules } from '../platform.ts'
import type { Module } from './module.ts'

/** What is tried elsewhere: these act on the program, not on the database alone. Kept by hand: a new line is a decision. */
const ELSEWHERE = ['ledger.verify', 'ledger.openEpoch']
/** Commands of somebody who is signed in; the open ones (signing in and first run) are tried with identity. */
const commands = (modules as readonly Module[])
  .flatMap((m) => m.operations)
  .filter((op) => op.kind === 'command' && !op.open && !ELSEWHERE.includes(op.name))
const TIMES = 10
const EACH = 8

let w: World
let g: Ground
let countStatement: string
/** One connection that keeps the plan of the long statement. */
let counter: PoolClient
beforeAll(async () => {
  w = await world({ now: DAY })
  g = await prepareGround(w)
  const { rows: tables } = await w.pool.query<{ name: string; versioned: boolean }>(`
    select c.oid::regclass::text as name,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'version' and not a.attisdropped) as versioned
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in (select distinct split_part(name, '/', 1) from kernel.migration)
      and c.oid::regclass::text not in ('identity.sign_in', 'identity.failure')`)
  const only = (table: string) => (table === 'kernel.audit' ? "where outcome = 'done'" : '')
  const versions = (versioned: boolean) => (versioned ? 'coalesce(sum(version), 0)' : '0')
  countStatement = tables
    .map(({ name, versioned }) => `select '${name}' as name, count(*) + ${versions(versioned)} as n from ${name} ${only(name)}`)
    .join(' union all ')
  counter = await w.pool.connect()
}, 120_000)
afterAll(() => {
  counter.release()
  return w.close()
})

test('every command has an example, so that none escapes these tests', () => {
  expect(commands.map((op) => op.name).filter((name) => !(name in examples))).toEqual([])
})

const tried = commands.filter((op) => op.name in examples)

describe(`sent ${TIMES} times at once with the same key`, () => {
  test.each(tried)('$name has exactly one effect and one answer', async (op) => {
    const key = randomUUID()
    let first: Carried<any> | undefined
    const alone = await effectOf(op.name, async (example) => {
      first = example
      expect(await send(op.name, example, key)).toMatchObject({ status: 200 })
    })
    expect(alone['kernel.audit']).toBe(1)

    const together = await effectOf(op.name, async (example) => {
      const sameKey = randomUUID()
      const answers = await sentTimes(op.name, example, () => sameKey)
      const [done, ...others] = answers.sort((a, b) => a.status - b.status)
      expect(done).toMatchObject({ status: 200 })
      for (const other of others) {
        if (!op.secret) expect(other).toEqual(done)
        // Proving oneself with a password many times at once is held back before anything is done.
        else expect((other.body as { code: string }).code).toMatch(op.prepare ? /^(done-before|locked)$/ : /^done-before$/)
      }
    })
    expect(together).toEqual(alone)
    expect(w.bugs).toEqual([])

    // What a key is good for afterwards is the pipeline's affair, the same for every command but the secret ones.
    if (!op.secret && tried.indexOf(op) % EACH !== 0) return
    const again = await effectOf(op.name, async (example) => {
      const isOther = op.secret || JSON.stringify(example.input) !== JSON.stringify(first!.input)
      const { status } = await send(op.name, { ...example, as: first!.as }, key)
      expect(status).toBe(isOther ? 409 : 200)
    })
    expect(again).toEqual({})
  })
})

test('the control: with a key of its own each time the same command has as many effects', async () => {
  for (const name of ['duties.exempt', 'duties.adoptRule', 'members.reveal']) {
    const effect = await effectOf(name, async (example) => {
      for (const { status } of await sentTimes(name, example, randomUUID)) expect(status).toBe(200)
    })
    expect(effect['kernel.audit'], name).toBe(TIMES)
  }
})

interface Answer {
  status: number
  body: unknown
}

const sentTimes = (name: string, example: Carried<any>, keyOf: () => string): Promise<Answer[]> =>
  Promise.all(Array.from({ length: TIMES }, () => send(name, example, keyOf())))

async function send(name: string, { as, input, file }: Carried<any>, key: string): Promise<Answer> {
  const { status, body } =
    typeof as === 'string'
      ? await w.call(as, name as never, input as never, { key, ...(file ? { file } : {}) })
      : await as.call(name as never, input as never, { key })
  return { status, body }
}

/** What changes in the database while somebody acts on a fresh example of the command. */
async function effectOf(name: string, act: (example: Carried<any>) => Promise<void>): Promise<Record<string, number>> {
  const example: Carried<any> = await examples[name as keyof Api]!(g)
  const before = await counts()
  await act(example)
  const after = await counts()
  return Object.fromEntries(
    Object.keys(after)
      .map((t) => [t, after[t]! - before[t]!] as const)
      .filter(([, n]) => n !== 0),
  )
}

/** Rows of every table (of the audit what was done) and the sum of their versions; without attempts to prove oneself, which count whatever comes of them. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await counter.query<{ name: string; n: number }>({ name: 'counts', text: countStatement })
  return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]))
}
