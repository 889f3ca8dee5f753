import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  /** The text of `/metrics`, in Prometheus' format. */
  text: () => Promise<string>
  contentType: string
  /** Counts one finished operation; fits the kernel's `onDone`. */
  operationDone: (operation: string, status: number, seconds: number) => void
  /** Counts something that happened, by a fixed kebab name (never an id or a name of a person). */
  count: (event: string) => void
  /** Asks for a number at each scrape, such as how many facts are unnumbered or passwords wait. */
  watch: (name: string, help: string, read: () => number | Promise<number>) => void
}

/** The installation's own registry; labels hold operation names and statuses, never anything about persons. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'rongjian_operation_seconds',
    help: 'Duration of operations by name and HTTP status',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const events = new Counter({
    name: 'rongjian_events_total',
    help: 'Things that happened inside the service',
    labelNames: ['event'],
    registers: [registry],
  })
  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    operationDone: (operation, status, duration) => seconds.observe({ operation, status }, duration),
    count: (event) => events.inc({ event }),
    watch(name, help, read) {
      const gauge: Gauge = new Gauge({
        name: `rongjian_${name}`,
        help,
        registers: [registry],
        collect: async () => gauge.set(await read()),
      })
    },
  }
}
