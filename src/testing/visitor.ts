import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Api } from '../platform.ts'
import { modules } from '../platform.ts'
import type { World } from './world.ts'

const commands = new Set(modules.flatMap((m) => m.operations.filter((op) => op.kind === 'command').map((op) => op.name as string)))

/** A browser of its own: keeps its cookies, sends the token of its page, comes from an address. */
export function visitor({ app, bugs }: World, { source = '10.0.0.1', agent = 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0' } = {}) {
  const jar = new Map<string, string>()

  async function call<N extends keyof Api>(operation: N, input: Api[N]['input'], more: { csrf?: string; key?: string } = {}) {
    const cookies = Object.fromEntries(jar)
    const headers = {
      'user-agent': agent,
      'idempotency-key': more.key ?? randomUUID(),
      'x-csrf': more.csrf ?? jar.get('__Host-csrf') ?? '',
    }
    const reply = await app.inject(
      commands.has(operation)
        ? { method: 'POST', url: `/api/${operation}`, cookies, headers, remoteAddress: source, payload: input as object }
        : { method: 'GET', url: `/api/${operation}`, cookies, headers, remoteAddress: source, query: queryOf(input as object) },
    )
    for (const { name, value } of reply.cookies) value === '' ? jar.delete(name) : jar.set(name, value)
    const isJson = String(reply.headers['content-type']).includes('json')
    return {
      status: reply.statusCode,
      body: (isJson ? reply.json() : reply.rawPayload) as Api[N]['output'] & { code?: string; message?: string; details?: unknown },
      headers: reply.headers,
    }
  }

  return {
    jar,
    call,
    /** Calls and expects success. */
    async done<N extends keyof Api>(operation: N, input: Api[N]['input'], more: { key?: string } = {}): Promise<Api[N]['output']> {
      const { status, body } = await call(operation, input, more)
      expect(status, `${operation}: ${JSON.stringify(body)} ${bugs.map(String)}`).toBe(200)
      return body
    },
    /** Calls and expects this refusal. */
    async refused<N extends keyof Api>(operation: N, input: Api[N]['input'], code: string) {
      const { status, body } = await call(operation, input)
      expect(body, `${operation} answered ${status}`).toMatchObject({ code })
      return { status, body }
    },
  }
}

export type Visitor = ReturnType<typeof visitor>

const queryOf = (input: object) =>
  Object.fromEntries(
    Object.entries(input)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)]),
  )
