import { Agent, request } from 'node:http'

/** One request of a measurement. */
export interface Shot {
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  body?: string
}

export interface Answer {
  status: number
  body: string
  headers: NodeJS.Dict<string | string[]>
}

/** Sends requests to one server over kept connections. */
export function client(port: number, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const send = ({ method, path, headers, body }: Shot): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
      const req = request({ host: '127.0.0.1', port, agent, method, path, headers: { ...headers, ...length } }, (res) => {
        const parts: Buffer[] = []
        res.on('data', (part: Buffer) => parts.push(part))
        res.on('end', () => resolve({ status: res.statusCode!, headers: res.headers, body: Buffer.concat(parts).toString() }))
      })
      req.on('error', reject)
      req.end(body)
    })
  return { send, close: () => agent.destroy() }
}

/** Sends `count` requests, `connections` at a time; answers how long each took in milliseconds. Any refusal stops the measurement. */
export async function fire(
  { send }: ReturnType<typeof client>,
  shotOf: (i: number) => Shot,
  count: number,
  connections: number,
): Promise<number[]> {
  const took: number[] = []
  let next = 0
  const worker = async () => {
    for (let i = next++; i < count; i = next++) {
      const started = performance.now()
      const { status, body } = await send(shotOf(i))
      took.push(performance.now() - started)
      if (status !== 200) throw new Error(`${shotOf(i).path.slice(0, 80)} answered ${status}: ${body.slice(0, 400)}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  return took
}

export const median = (values: readonly number[]): number => percentile(values, 50)

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))]!
}
