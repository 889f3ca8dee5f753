import pino, { type DestinationStream, type Logger } from 'pino'

/**
 * A JSON logger that cannot write personal data by mistake: only the fields named here pass, an error keeps its kind, code and
 * stack frames but not its message (PostgreSQL and the parsers quote values there), and values to be put into the text are dropped.
 */
export function createLogger(destination: DestinationStream = pino.destination(2), level = 'info'): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: (fields) => allowed(fields) },
    // Fastify's own serialisers would otherwise see the whole request.
    serializers: { req: (value) => value, res: (value) => value, err: (value) => value },
    hooks: {
      logMethod([first, second], method) {
        if (typeof first === 'string') return method.apply(this, [first])
        const errors = [first, ...Object.values((first ?? {}) as object)].filter((value) => value instanceof Error)
        // An error's message is what pino and Fastify would write when they are given no other text.
        const text = typeof second === 'string' && !errors.some(({ message }) => second.includes(message)) ? second : undefined
        method.apply(this, [first, text ?? (errors.length > 0 ? 'error' : '')])
      },
    },
  }
  return pino(options, destination)
}

const plain = new Set(
  'operation status seconds requestId code event n size count done total job module version port pid ms address node postgres'.split(' '),
)

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const dropped: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Error) kept.err = describeError(value)
    else if (name === 'req') kept.req = requestOf(value)
    else if (name === 'res') kept.res = { status: (value as { statusCode?: number }).statusCode }
    else if (name === 'reqId') kept.requestId = value
    else if (name === 'responseTime') kept.ms = value
    else if (plain.has(name) && ['string', 'number', 'boolean'].includes(typeof value)) kept[name] = value
    else dropped.push(name)
  }
  return dropped.length > 0 ? { ...kept, dropped } : kept
}

/** What may be kept of an error: its kind, PostgreSQL's code and constraint, and where in the program it arose. */
export function describeError(error: Error): Record<string, unknown> {
  const { code, constraint, table, cause } = error as Error & { code?: unknown; constraint?: unknown; table?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    ...Object.fromEntries(Object.entries({ code, constraint, table }).filter(([, value]) => typeof value === 'string')),
    stack: frames.slice(0, 12).map((line) => line.trim()),
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  }
}

function requestOf(value: unknown) {
  const { method, routeOptions } = value as { method?: string; routeOptions?: { url?: string } }
  // The route as declared: the real URL holds a query string, and with it names people searched for.
  return { method, route: routeOptions?.url }
}
