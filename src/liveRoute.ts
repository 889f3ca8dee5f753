import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Actor } from '#kernel/actor.ts'
import { requestPort } from '#kernel/http.ts'
import type { RequestPort } from '#kernel/operation.ts'
import { listenersOf, onNews } from '#modules/notifications/published.ts'

/** A person's open pages; more than that is no person. */
const PAGES = 12
const HEARTBEAT = 25_000

interface Options {
  signIn: (request: RequestPort) => Promise<Actor | undefined>
  /** Looks at a session without using it: an open page must not keep alive what nobody uses. */
  stillOpen: (sessionId: string) => Promise<boolean>
}

/**
 * Tells open pages at once that there is something new (server-sent events). The message says nothing else: what is new is asked by the
 * page through the operations, under their permissions. A session that ended is noticed with the next heartbeat.
 */
export function liveRoute(app: FastifyInstance, { signIn, stillOpen }: Options): void {
  const open = new Set<FastifyReply>()
  app.addHook('preClose', async () => {
    for (const reply of open) reply.raw.end()
  })
  app.get('/api/live', { compress: false } as object, async (request, reply) => {
    const { personId, sessionId } = (await signIn(requestPort(request, reply))) ?? {}
    if (!personId) return reply.status(401).send({ code: 'sign-in-first', message: '请先登录' })
    if (listenersOf(personId) >= PAGES) return reply.status(429).send({ code: 'too-many-pages', message: '打开的页面太多，请关掉一些' })

    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    raw.write('retry: 10000\n\n')
    open.add(reply)
    const stop = onNews(personId, () => raw.write('event: news\ndata: 1\n\n'))
    const beat = setInterval(async () => {
      if (!sessionId || (await stillOpen(sessionId).catch(() => true))) raw.write(': beat\n\n')
      else raw.end('event: over\ndata: 1\n\n')
    }, HEARTBEAT)
    raw.on('close', () => {
      clearInterval(beat)
      stop()
      open.delete(reply)
    })
  })
}
