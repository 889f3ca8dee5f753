import type { FastifyInstance } from 'fastify'
import type { Actor } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import { readFeed } from '#modules/calendar/published.ts'

/** So often may one link be read in an hour; calendars ask every few hours. */
const READS = 60
const HOUR = 3_600_000

interface Options {
  db: Db
  now: () => Date
  actorOf: (personId: string, day: string) => Promise<Actor>
}

/**
 * The calendar behind a secret link, for programs that cannot sign in. A link that is unknown or revoked is not there; what it shows is what
 * its owner may see now. The address is a secret: it stands in no log (the log names the route) and may be kept by nobody between.
 */
export function calendarRoute(app: FastifyInstance, { db, now, actorOf }: Options): void {
  const reads = new Map<string, number>()
  let hour = 0
  app.get<{ Params: { token: string } }>('/calendar/feed/:token.ics', async (request, reply) => {
    const { token } = request.params
    const notThere = () => reply.status(404).send({ code: 'not-found', message: '没有这个订阅链接，或者已经停用' })
    if (!/^[\w-]{43}$/.test(token)) return notThere()
    const at = now()
    if (Math.floor(at.getTime() / HOUR) !== hour) {
      hour = Math.floor(at.getTime() / HOUR)
      reads.clear()
    }
    if ((reads.get(token) ?? 0) >= READS)
      return reply.status(429).header('retry-after', '3600').send({ code: 'too-often', message: '读得太勤，请过一小时再试' })
    const feed = await readFeed(db, token, { now: at, actorOf })
    if (!feed) return notThere()
    reads.set(token, (reads.get(token) ?? 0) + 1)
    reply.header('etag', feed.etag).header('cache-control', 'private, no-cache').header('x-robots-tag', 'noindex')
    if (request.headers['if-none-match'] === feed.etag) return reply.status(304).send()
    return reply.type('text/calendar; charset=utf-8').send(feed.text)
  })
}
