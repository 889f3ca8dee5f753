import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyCompress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { Actor } from '#kernel/actor.ts'
import { buildApp } from '#kernel/http.ts'
import type { RequestPort } from '#kernel/operation.ts'
import { sessionOpen } from '#modules/identity/published.ts'
import type { createLogger } from '#runtime/log.ts'
import { createMetrics } from '#runtime/metrics.ts'
import { pageFolder } from '#runtime/page.ts'
import { readSettings } from '#runtime/settings.ts'
import type { Tls } from '#runtime/tls.ts'
import { actorOf } from './actors.ts'
import { calendarRoute } from './calendarRoute.ts'
import type { Installation } from './installation.ts'
import { liveRoute } from './liveRoute.ts'
import { metricsRoute } from './metricsRoute.ts'
import { modules } from './platform.ts'
import { version } from './version.ts'

export interface ServerOptions {
  tls?: Tls
  /** The proxy whose forwarded addresses are believed. */
  behindProxy?: string
  logger?: ReturnType<typeof createLogger>
  signIn: (request: RequestPort) => Promise<Actor | undefined>
}

const NAMELESS = { accountId: null, name: '日历订阅', sessionId: null }

const nobody = new Actor({ accountId: null, personId: null, name: '未登录', sessionId: null, grants: [] })

/** The whole web server: operations, health, metrics and the page. Not listening yet. */
export async function buildServer(
  installation: Installation,
  { tls, behindProxy, logger, signIn }: ServerOptions,
): Promise<FastifyInstance> {
  const metrics = createMetrics()
  const app = await buildApp({
    pipeline: installation.pipeline,
    modules,
    version,
    nobody,
    signIn,
    hsts: tls !== undefined && !tls.selfSigned,
    server: {
      // A request that trickles in must not keep its connection, or its place among the uploads, for good.
      requestTimeout: 300_000,
      ...(tls ? { https: { cert: tls.cert, key: tls.key } } : {}),
      ...(behindProxy ? { trustProxy: behindProxy } : {}),
    } as object,
    onBug: (error, requestId, operation) => logger?.error({ err: error, requestId, operation }, 'bug'),
    onDone: metrics.operationDone,
  })
  liveRoute(app, { signIn, stillOpen: (id) => sessionOpen(installation.database.db, id) })
  const { db } = installation.database
  calendarRoute(app, {
    db,
    now: installation.pipeline.now ?? (() => new Date()),
    actorOf: (personId, day) => actorOf(db, { ...NAMELESS, personId }, day),
  })
  await app.register(fastifyCompress, { global: true, threshold: 2048 })
  health(app, installation)
  const token = (await readSettings(installation.folder, 'metrics', { needed: ['token'] }))?.token ?? null
  metricsRoute(app, metrics, { token, behindProxy: behindProxy !== undefined })
  await page(app)
  return app
}

function health(app: FastifyInstance, { database }: Installation) {
  app.get('/healthz', async () => ({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await sql`select 1`.execute(database.db)
      return { ok: true }
    } catch {
      return reply.status(503).send({ ok: false, message: '数据库暂时没有应答' })
    }
  })
}

/** Files of the built page are immutable by name; every other address is a place inside the page. */
export async function page(app: FastifyInstance) {
  const index = await readFile(join(pageFolder, 'index.html')).catch(() => undefined)
  await app.register(fastifyStatic, {
    root: pageFolder,
    wildcard: false,
    index: false,
    immutable: true,
    maxAge: '365d',
    serveDotFiles: false,
  })
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/') || !index)
      return reply.status(404).send({ code: 'not-found', message: '没有找到，或者你看不到它' })
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(index)
  })
}
