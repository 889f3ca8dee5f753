import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Module } from '#kernel/module.ts'
import { schemaOf } from '#kernel/openapi.ts'
import { type Carried, DAY, examples, type Ground, prepareGround } from '#testing/commands.ts'
import { sample } from '#testing/generate.ts'
import { makeMember } from '#testing/people.ts'
import { bodyOf, OWNER, type World, world } from '#testing/world.ts'
import { type Api, modules } from './platform.ts'

/** Kept by hand: these act on the program, not on the database alone. That every other command has an example is tested with once.test.ts. */
const ELSEWHERE = ['ledger.verify', 'ledger.openEpoch']
const commands = (modules as readonly Module[]).flatMap((m) => m.operations).filter((op) => op.kind === 'command')
const guarded = commands.filter((op) => !op.open && !ELSEWHERE.includes(op.name) && op.name in examples)

let w: World
let g: Ground
let stranger: string
beforeAll(async () => {
  w = await world({ now: DAY })
  g = await prepareGround(w)
  stranger = await makeMember(w, g.other)
}, 120_000)
afterAll(() => w.close())

/** What another site can make a browser send: the cookies, but not the token; or, were the token known, still its own name. */
const FORMS: [string, (token: string) => Record<string, string>][] = [
  ['no token', () => ({})],
  ['a token that was made up', () => ({ 'x-csrf': 'made up' })],
  ['the token, and the browser says that it comes from another site', (t) => ({ 'x-csrf': t, 'sec-fetch-site': 'cross-site' })],
  ['the token, and the browser says that it comes from a neighbouring host', (t) => ({ 'x-csrf': t, 'sec-fetch-site': 'same-site' })],
  ['the token, and the name of another origin', (t) => ({ 'x-csrf': t, origin: 'https://evil.example' })],
  ['the token, and no origin at all', (t) => ({ 'x-csrf': t, origin: 'null' })],
]

describe('a command from another site', () => {
  test.each(guarded)('$name is refused in every form, without effect, and the audit knows', async ({ name }) => {
    const example: Carried<any> = await examples[name as keyof Api]!(g)
    const before = await state()
    for (const [form, headersOf] of FORMS) {
      const reply = await send(name, example, headersOf)
      expect([reply.status, reply.body.code], form).toEqual([403, 'csrf'])
      expect(await audited(reply.body.requestId), form).toEqual([{ operation: name, outcome: 'csrf' }])
    }
    expect(await state()).toEqual(before)
    const own = await send(name, example, (token) => ({ 'x-csrf': token, 'sec-fetch-site': 'same-origin' }))
    expect(own.status, `the control: ${JSON.stringify(own.body)}`).toBe(200)
  })

  test.each(commands.filter((op) => op.open))('$name, open to everybody, is refused too', async ({ name }) => {
    const reply = await w.app.inject({
      method: 'POST',
      url: `/api/${name}`,
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      payload: {},
    })
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'csrf'])
    const own = await w.app.inject({ method: 'POST', url: `/api/${name}`, headers: { 'sec-fetch-site': 'same-origin' }, payload: {} })
    expect(own.json().code, 'the control: from our own page it is looked at').not.toBe('csrf')
  })
})

test('a file asked for by a page of another site, or of a neighbouring host, does not leave', async () => {
  const ask = (headers: Record<string, string>) =>
    w.app.inject({ method: 'GET', url: `/api/members.rosterExport?orgId=${g.other}`, cookies: { '__Host-as': OWNER }, headers })
  for (const site of ['cross-site', 'same-site']) expect((await ask({ 'sec-fetch-site': site })).statusCode, site).toBe(403)
  for (const site of ['same-origin', 'none']) expect((await ask({ 'sec-fetch-site': site })).statusCode, `the control: ${site}`).toBe(200)
})

describe('a command that is refused', () => {
  const met = new Set<number>()

  test.each(guarded)('$name leaves a line in the audit, whatever the refusal', async (op) => {
    const input = sample(schemaOf(op.input, 'input'), { orgId: g.branch.id, personId: g.branch.members[0], id: g.branch.id })
    const file = op.upload ? { file: { name: '空.csv', data: Buffer.from('') } } : {}
    const token = (t: string) => ({ 'x-csrf': t })
    const replies = [
      await send(op.name, { as: stranger, input, ...file }, token),
      await send(op.name, { as: OWNER, input, ...file }, token),
      await send(op.name, { as: OWNER, input: { unknown: 1 }, ...file }, token),
      await send(op.name, { as: OWNER, input, ...file }, (t) => ({ 'x-csrf': t, 'idempotency-key': 'x' })),
    ]
    const refused = replies.filter(({ status }) => status !== 200)
    for (const { status, body } of refused) {
      met.add(status)
      expect([401, 403, 404, 409, 422, 503]).toContain(status)
      expect(await audited(body.requestId)).toEqual([{ operation: op.name, outcome: body.code }])
    }
    expect(refused.length, 'a wrong key and an unknown field are never taken').toBeGreaterThanOrEqual(2)
  })

  test('so it was seen for each kind of refusal', async () => {
    const rule = await examples['duties.endRule']!(g)
    const stale = await send('duties.endRule', { ...rule, input: { ...rule.input, version: 99 } }, (t) => ({ 'x-csrf': t }))
    expect(await audited(stale.body.requestId)).toEqual([{ operation: 'duties.endRule', outcome: 'stale-version' }])
    expect([...met, stale.status].sort()).toEqual(expect.arrayContaining([403, 404, 409, 422]))
  })
})

async function send(name: string, { as, input, file }: Carried<any>, headersOf: (token: string) => Record<string, string>) {
  const cookies: Record<string, string> = typeof as === 'string' ? { '__Host-as': as, '__Host-csrf': 'token' } : Object.fromEntries(as.jar)
  const headers = { 'idempotency-key': randomUUID(), ...headersOf(cookies['__Host-csrf']!) }
  const reply = await w.app.inject({ method: 'POST', url: `/api/${name}`, cookies, ...bodyOf(headers, input, file) })
  return { status: reply.statusCode, body: reply.json() }
}

const audited = async (requestId: string) =>
  (await w.pool.query('select operation, outcome from kernel.audit where request_id = $1', [requestId])).rows

/** Everything that was recorded, but for the audit itself. */
async function state() {
  const { rows } =
    await w.pool.query(`select (select count(*) from ledger.fact) as facts, (select count(*) from kernel.idempotency) as answers,
    (select count(*) from identity.session) as sessions, (select coalesce(sum(version), 0) from identity.account) as accounts,
    (select count(*) from identity.sign_in) as attempts, (select count(*) from members.reveal) as reveals,
    (select count(*) from kernel.audit where outcome = 'done') as done`)
  return rows[0]
}
