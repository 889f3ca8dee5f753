import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Module } from '#kernel/module.ts'
import { schemaOf } from '#kernel/openapi.ts'
import { hostile } from '#testing/generate.ts'
import { makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { modules as typed } from './platform.ts'

const operations = (typed as readonly Module[]).flatMap((m) => m.operations)
/** 10,000 requests over all operations; RONGJIAN_FUZZ multiplies it. */
const REQUESTS = 10_000 * Number(process.env.RONGJIAN_FUZZ ?? 1)

let w: World
let known: Record<string, string>
beforeAll(async () => {
  w = await world()
  const orgId = await makeOrg(w, { kind: 'partyBranch', name: '某支部' })
  known = { orgId, personId: await makeMember(w, orgId), id: orgId }
})
afterAll(() => w.close())

describe('no hostile request is answered with 5xx, and unknown keys are always refused', () => {
  const numRuns = Math.ceil(REQUESTS / operations.length)
  test.each(operations.map((op) => [op.name, op] as const))('%s', { timeout: 60_000 * numRuns }, async (_name, op) => {
    const started = performance.now()
    const schema = schemaOf(op.input, 'input')
    await fc.assert(
      fc.asyncProperty(hostile(schema, known), async (input) => {
        const reply = await send(op, input)
        if (reply.statusCode >= 500) throw new Error(`${reply.body.slice(0, 300)} ${w.bugs.splice(0).map(String)}`)
        if (hasUnknown(input)) expect(reply.statusCode).not.toBe(200)
      }),
      { numRuns, endOnFailure: true },
    )
    expect((performance.now() - started) / numRuns, 'milliseconds for one request').toBeLessThan(2_000)
  })
})

test('broken bodies are refused, not crashed on', async () => {
  const command = operations.find((o) => o.kind === 'command' && !o.upload && !o.open)!
  for (const payload of ['', '{', '[[[', '\u0000', `{"a":${'['.repeat(10_000)}`, 'a'.repeat(2_000_000)]) {
    const reply = await w.app.inject({
      method: 'POST',
      url: `/api/${command.name}`,
      headers: { ...headers(), 'content-type': 'application/json' },
      cookies,
      payload,
    })
    expect(reply.statusCode).toBeGreaterThanOrEqual(400)
    expect(reply.statusCode).toBeLessThan(500)
  }
})

// What is undefined is not sent.
const hasUnknown = (input: unknown) =>
  input !== null && typeof input === 'object' && Object.entries(input).some(([key, value]) => key.startsWith('zz') && value !== undefined)

const cookies = { '__Host-as': OWNER, '__Host-csrf': 'token' }
const headers = () => ({ 'idempotency-key': randomUUID(), 'x-csrf': 'token' })

function send(op: (typeof operations)[number], input: unknown) {
  const url = `/api/${op.name}`
  if (op.kind !== 'command') {
    const entries = input && typeof input === 'object' ? Object.entries(input) : [['q', input]]
    const query = new URLSearchParams(
      entries.map(([k, v]): [string, string] => [String(k), typeof v === 'string' ? v : (JSON.stringify(v) ?? '')]),
    )
    return w.app.inject({ method: 'GET', url: `${url}?${query}`, cookies })
  }
  const payload = JSON.stringify(input) ?? 'null'
  if (!op.upload)
    return w.app.inject({ method: 'POST', url, headers: { ...headers(), 'content-type': 'application/json' }, cookies, payload })
  const body = `--b\r\ncontent-disposition: form-data; name="input"\r\n\r\n${payload}\r\n--b\r\ncontent-disposition: form-data; name="file"; filename="x.csv"\r\ncontent-type: text/csv\r\n\r\n姓名,支部\r\n王某某,某支部\r\n\r\n--b--\r\n`
  return w.app.inject({
    method: 'POST',
    url,
    headers: { ...headers(), 'content-type': 'multipart/form-data; boundary=b' },
    cookies,
    payload: body,
  })
}
