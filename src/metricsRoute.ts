import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Metrics } from '#runtime/metrics.ts'

interface Options {
  /** Whoever shows this may read from anywhere; without one only this machine may. */
  token: string | null
  /** Behind a proxy every request comes from the proxy, so this machine is nobody's address. */
  behindProxy: boolean
}

/** The figures for Prometheus. To everybody else the place does not exist. */
export function metricsRoute(app: FastifyInstance, metrics: Metrics, { token, behindProxy }: Options): void {
  const mayRead = (request: FastifyRequest) => (token ? shows(request, token) : !behindProxy && isHere(request))
  app.get('/metrics', async (request, reply) =>
    mayRead(request)
      ? reply.type(metrics.contentType).send(await metrics.text())
      : reply.status(404).send({ code: 'not-found', message: '没有找到，或者你看不到它' }),
  )
}

/** From this machine itself, and not handed on by something that stands on it. */
function isHere({ socket, headers }: FastifyRequest): boolean {
  const handedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => name in headers)
  return !handedOn && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')
}

const shows = ({ headers }: FastifyRequest, token: string) =>
  timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`))

const digest = (text: string) => createHash('sha256').update(text).digest()
