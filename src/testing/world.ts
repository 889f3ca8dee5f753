import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject } from 'vitest'
import { Actor, type Grant } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { openDatabase } from '#kernel/database.ts'
import { buildApp } from '#kernel/http.ts'
import type { Module } from '#kernel/module.ts'
import type { RequestPort } from '#kernel/operation.ts'
import type { Pipeline } from '#kernel/perform.ts'
import { writeFacts } from '#ledger/facts.ts'
import { startFollowers } from '#ledger/reactions.ts'
import { fileServices } from '#modules/files/published.ts'
import { identityServices, sessionOpen, signInOf } from '#modules/identity/published.ts'
import { ledgerServices } from '#modules/ledger/published.ts'
import { ledgerOfTests } from '#modules/ledger/testing.ts'
import { memberServices } from '#modules/members/published.ts'
import { type Channels, notificationServices } from '#modules/notifications/published.ts'
import { fieldCipher } from '#runtime/fieldCipher.ts'
import { passwordHasher } from '#runtime/password.ts'
import { actorOf, grantsOfRole } from '../actors.ts'
import { calendarRoute } from '../calendarRoute.ts'
import { liveRoute } from '../liveRoute.ts'
import { type Api, modules, reactions } from '../platform.ts'
import { STATEMENTS } from './statements.ts'

const everywhere: Grant[] = (modules as readonly Module[])
  .flatMap((m) => Object.keys(m.capabilities ?? {}))
  .map((capability) => ({ capability, orgId: '', path: '/', subtree: true }))

/** Holds every capability everywhere: for preparing a world, never for testing who may. */
export const OWNER = 'owner'

export type World = Awaited<ReturnType<typeof world>>

/**
 * A whole platform in one process on its own database: real routes, real SQL, no network. `now` can be set.
 * A person is signed in by their id, or by a session of identity; with `signIn: 'real'` (but for OWNER) only by that.
 */
export async function world(options: { now?: Date; signIn?: 'real'; template?: string; channels?: Channels } = {}) {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(`create database ${name} template ${options.template ?? 'template_rongjian'} owner rongjian_owner`)
  const database = openDatabase({ ...inject('app'), database: name }, { max: 12, onStatement: capture })
  let now = options.now
  const bugs: unknown[] = []
  const signedIn = signInOf({ db: database.db, now: () => now ?? new Date() })
  memberServices({ cipher })
  fileServices({ store: null })
  notificationServices({ cipher, ...(options.channels ?? NOBODY_OUTSIDE) })
  const pauses: number[] = []
  const pause = async (milliseconds: number) => void pauses.push(milliseconds)
  identityServices({ hasher, cipher, actorOf, grantsOfRole, version: 'test', pause, titleOf })

  const ledger = await ledgerOfTests(database.db, { ...inject('app'), database: name })
  ledgerServices(ledger.services)

  const { readOnly } = ledger.services
  const pipeline: Pipeline = { db: database.db, writeFacts, readOnly, checkAnswers: true, now: () => now ?? new Date() }
  const signIn = async (request: RequestPort) => {
    const as = request.cookies.as
    if (!as || (options.signIn === 'real' && as !== OWNER)) return signedIn(request)
    if (as === OWNER) return new Actor({ accountId: OWNER_ID, personId: null, name: '测试准备', sessionId: null, grants: everywhere })
    return actorOf(database.db, { accountId: as, personId: as, name: '测试人', sessionId: null }, dateAt(now ?? new Date()))
  }
  const app = await buildApp({
    pipeline,
    modules,
    version: 'test',
    nobody: new Actor({ accountId: null, personId: null, name: '未登录', sessionId: null, grants: [] }),
    signIn,
    onBug: (error) => bugs.push(error),
  })
  const feedActor = (personId: string, day: string) => actorOf(database.db, { accountId: null, personId, name: '', sessionId: null }, day)
  calendarRoute(app, { db: database.db, now: () => now ?? new Date(), actorOf: feedActor })
  liveRoute(app, { signIn, stillOpen: (id) => sessionOpen(database.db, id) })

  async function call<N extends keyof Api>(
    as: string | null,
    operation: N,
    input: Api[N]['input'],
    more: { key?: string; file?: TestFile } = {},
  ) {
    const before = await lastFact(database.pool)
    const op = (modules as readonly Module[]).flatMap((m) => [...m.operations]).find((o) => o.name === operation)
    const cookies: Record<string, string> = as ? { '__Host-as': as, '__Host-csrf': 'token' } : {}
    const headers = { 'idempotency-key': more.key ?? randomUUID(), 'x-csrf': 'token' }
    const reply = await app.inject(
      op?.kind === 'command'
        ? { method: 'POST', url: `/api/${operation}`, cookies, ...bodyOf(headers, input, more.file) }
        : { method: 'GET', url: `/api/${operation}`, cookies, query: queryOf(input as Record<string, unknown>) },
    )
    const facts = await factsSince(database.pool, before)
    const isJson = String(reply.headers['content-type']).includes('json')
    return { status: reply.statusCode, body: (isJson ? reply.json() : reply.rawPayload) as Api[N]['output'], facts, headers: reply.headers }
  }

  return {
    app,
    db: database.db,
    pool: database.pool,
    pipeline,
    databaseName: name,
    bugs,
    ledger,
    /** Numbers every fact and lets everything that follows the ledger come to its end. */
    async followed() {
      await ledger.number()
      const followers = startFollowers({ db: database.db, reactions, pollMs: 1_000_000 })
      await followers.drain()
      await followers.stop()
    },
    /** How long strangers were made to wait before signing in, in milliseconds. */
    pauses,
    setNow: (at: Date) => {
      now = at
    },
    call,
    /** Calls and expects success. */
    async done<N extends keyof Api>(as: string | null, operation: N, input: Api[N]['input'], more: { key?: string; file?: TestFile } = {}) {
      const { status, body } = await call(as, operation, input, more)
      expect(status, `${operation}: ${JSON.stringify(body)} ${bugs.map(String)}`).toBe(200)
      return body
    },
    /** Lets go of the database and leaves it as a template for other worlds; `drop` removes it. */
    async freeze() {
      await app.close()
      await ledger.close()
      await database.close()
      return { template: name, drop: () => asSuperuser(`drop database ${name} with (force)`) }
    },
    async close() {
      await app.close()
      await ledger.close()
      await database.close()
      await asSuperuser(`drop database ${name} with (force)`)
    },
  }
}

export interface TestFile {
  name: string
  data: Buffer
}

const titles = new Map<string, string>(modules.flatMap((m) => m.operations.map((op) => [op.name, op.title])))
const titleOf = (operation: string) => titles.get(operation) ?? operation
const secret = { id: 'test', secret: Buffer.alloc(32, 7) }
const cipher = fieldCipher({ fields: { current: secret, byId: new Map([['test', secret]]) }, blindIndex: secret })
const hasher = passwordHasher()

/** Ways out that lead nowhere: a test that wants to see messages arrive gives its own. */
const NOBODY_OUTSIDE: Channels = {
  channels: { mail: async () => {}, wecom: async () => {} },
  robotOrigins: { wecom: 'https://qyapi.weixin.qq.com' },
}

const OWNER_ID = '00000000-0000-7000-8000-000000000001'

async function asSuperuser(statement: string) {
  const client = new pg.Client(inject('superuser'))
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** Ids of one process only grow, so what came after this one is new. */
async function lastFact(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('select id from ledger.fact order by id desc limit 1')
  return rows[0]?.id ?? '00000000-0000-0000-0000-000000000000'
}

async function factsSince(pool: pg.Pool, id: string): Promise<{ id: string; kind: string }[]> {
  return (await pool.query('select id, kind from ledger.fact where id > $1 order by recorded_at, id', [id])).rows
}

const queryOf = (input: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(input).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)]))

/** Body and headers of a command, with its file when it brings one. */
export function bodyOf(headers: Record<string, string>, input: unknown, file: TestFile | undefined) {
  if (!file) return { headers, payload: input as object }
  const boundary = 'rongjian-test-boundary'
  const part = (head: string, data: Buffer | string) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    Buffer.from(data as string),
    Buffer.from('\r\n'),
  ]
  const payload = Buffer.concat([
    ...part('content-disposition: form-data; name="input"', JSON.stringify(input)),
    ...part(
      `content-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream`,
      file.data as never,
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` }, payload }
}

const captured = join(STATEMENTS, `${process.pid}-${randomUUID().slice(0, 8)}.sql`)
const seen = new Set<string>()

/** Keeps each distinct statement the tests really sent, for the lint that follows the run. */
function capture(text: string) {
  if (seen.has(text)) return
  if (seen.size === 0) mkdirSync(STATEMENTS, { recursive: true })
  seen.add(text)
  appendFileSync(captured, `${JSON.stringify(text)}\n`)
}
