import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Module } from '#kernel/module.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { modules } from '../platform.ts'

let w: World
let branch: string
let secretary: string
let member: string

beforeAll(async () => {
  w = await world()
  branch = await makeOrg(w, { kind: 'partyBranch', name: '综采党支部' })
  secretary = await makeMember(w, branch, { name: '王某某' })
  await givePost(w, branch, secretary, 'partySecretary')
  member = await makeMember(w, branch, { name: '李某某' })
})
afterAll(() => w.close())

const auditOf = async (operation: string) =>
  (await w.pool.query('select person_id, subject, outcome from kernel.audit where operation = $1 order by id', [operation])).rows

describe('files that leave', () => {
  test('stand in the audit with who took them and what they are about', async () => {
    await w.done(secretary, 'members.rosterExport', { orgId: branch })
    expect(await auditOf('members.rosterExport')).toEqual([{ person_id: secretary, subject: branch, outcome: 'done' }])
  })

  test('stand there, too, when they were refused', async () => {
    const { status } = await w.call(secretary, 'evaluation.resultWorkbook', { orgId: branch, runId: randomUUID() } as never)
    expect(status).toBe(422)
    expect(await auditOf('evaluation.resultWorkbook')).toEqual([{ person_id: secretary, subject: null, outcome: 'no-result' }])
  })

  test('are never kept by a browser or a proxy, and never shown as a page', async () => {
    const { headers } = await w.call(secretary, 'members.rosterExport', { orgId: branch })
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; /),
    })
  })
})

describe('cookies', () => {
  const ask = (cookies: Record<string, string>) => w.app.inject({ method: 'GET', url: '/api/members.headcounts', cookies })

  test('count only with the prefix that keeps neighbouring hosts from setting them', async () => {
    expect((await ask({ as: OWNER })).statusCode).toBe(401)
    expect((await ask({ '__Host-as': OWNER, as: secretary })).json()).toEqual((await ask({ '__Host-as': OWNER })).json())
  })

  test('a token that a neighbouring host planted does not pass for ours', async () => {
    const reply = await w.app.inject({
      method: 'POST',
      url: '/api/members.findByIdNumber',
      cookies: { '__Host-as': OWNER, csrf: 'planted' },
      headers: { 'x-csrf': 'planted', 'idempotency-key': randomUUID() },
      payload: { idNumber: '110101199003070000' },
    })
    expect(reply.json()).toMatchObject({ code: 'csrf' })
  })
})

describe('open commands', () => {
  const open = (modules as readonly Module[]).flatMap((m) => m.operations).filter((op) => op.open && op.kind === 'command')

  test.each(open.map((op) => op.name))('%s takes nothing that a form of another site can send', async (name) => {
    const good = {
      login: 'T1',
      password: 'x',
      code: 'x',
      unitName: '示例',
      name: '某',
      ticket: 'x'.repeat(30),
      origin: 'https://a.example',
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b']) {
      const payload = type.startsWith('multipart')
        ? `--b\r\ncontent-disposition: form-data; name="login"\r\n\r\nT1\r\n--b--\r\n`
        : JSON.stringify(good)
      const reply = await w.app.inject({ method: 'POST', url: `/api/${name}`, headers: { 'content-type': type }, payload })
      if (name === 'identity.signOut') continue // has no input, and needs our own cookie, which is SameSite=Strict
      expect([reply.statusCode >= 400 && reply.statusCode < 500, reply.headers['set-cookie']], `${name} ${type}`).toEqual([true, undefined])
    }
  })
})

describe('multipart bodies', () => {
  const url = '/api/members.importRoster'
  const cookies = () => ({ '__Host-as': OWNER, '__Host-csrf': 'token' })
  const headers = () => ({ 'x-csrf': 'token', 'idempotency-key': randomUUID(), 'content-type': 'multipart/form-data; boundary=b' })
  const part = (head: string, text: string) => `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${text}\r\n`
  const input = part('name="input"', '{"dryRun":true}')
  const file = part('name="file"; filename="a.csv"', '姓名,支部\r\n王某某,综采党支部\r\n')

  test.each([
    ['no file', input],
    ['two files', input + file + file],
    ['a file without a name', input + part('name="file"; filename=""', 'x')],
    ['only a file', file],
    ['a hundred parts', part('name="a"', 'x').repeat(100) + input + file],
    ['a name of a megabyte', part(`name="${'n'.repeat(1_000_000)}"`, 'x') + input + file],
    ['an input of two megabytes', part('name="input"', `{"dryRun":true,"branches":"${'x'.repeat(2_000_000)}"}`) + file],
    ['an input that is no JSON', part('name="input"', '{') + file],
    ['the input twice, the second with a prototype', input + part('name="input"', '{"__proto__":{"dryRun":true}}') + file],
    ['a part called __proto__', part('name="__proto__"', '{"dryRun":true}') + file],
    ['a broken end', `${input}--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nabc`],
    ['nothing', ''],
    ['a bomb', input + part('name="file"; filename="a.xlsx"', `PK\u0003\u0004${'\u0000'.repeat(10_000)}`)],
    ['a PDF', input + part('name="file"; filename="a.pdf"', '%PDF-1.7 x')],
    ['a web page', input + part('name="file"; filename="a.xls"', '<html><table></table></html>')],
  ])('%s is refused without a fault of ours and without an effect', async (_what, body) => {
    const bugs = w.bugs.length
    const payload = body && !body.endsWith('abc') ? `${body}--b--\r\n` : body
    const reply = await w.app.inject({ method: 'POST', url, cookies: cookies(), headers: headers(), payload })
    expect([reply.statusCode >= 400 && reply.statusCode < 500, w.bugs.slice(bugs)], reply.body.slice(0, 300)).toEqual([true, []])
    expect(reply.body).not.toMatch(/select|insert|at .*\.ts/)
  })

  test('somebody without the right is refused before the file is looked at', async () => {
    const before = w.bugs.length
    const reply = await w.app.inject({
      method: 'POST',
      url,
      cookies: { ...cookies(), '__Host-as': member },
      headers: headers(),
      payload: `${input}${part('name="file"; filename="a.pdf"', '%PDF-1.7 x')}--b--\r\n`,
    })
    expect([reply.statusCode, w.bugs.length]).toEqual([403, before])
  })
})

describe('prototype pollution', () => {
  const bodies = [
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"orgId":"x","__proto__":{"isAdmin":true}}',
  ]
  test.each(
    (modules as readonly Module[])
      .flatMap((m) => m.operations)
      .filter((op) => !op.open)
      .map((op) => [op.name, op] as const),
  )('%s takes no key of the prototype', async (name, op) => {
    for (const body of bodies) {
      const reply =
        op.kind === 'command' && !op.upload
          ? await w.app.inject({
              method: 'POST',
              url: `/api/${name}`,
              cookies: { '__Host-as': OWNER, '__Host-csrf': 'token' },
              headers: { 'x-csrf': 'token', 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
              payload: body,
            })
          : await w.app.inject({
              method: 'GET',
              url: `/api/${name}?__proto__=${encodeURIComponent('{"polluted":1}')}&constructor[prototype][polluted]=1`,
              cookies: { '__Host-as': OWNER },
            })
      expect(reply.statusCode).toBeLessThan(500)
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

describe('texts as deep as the limit of a body allows', () => {
  const deep = (open: string, close: string, n: number) => open.repeat(n) + close.repeat(n)
  const send = (name: string, payload: string) =>
    w.app.inject({
      method: 'POST',
      url: `/api/${name}`,
      cookies: { '__Host-as': OWNER, '__Host-csrf': 'token' },
      headers: { 'x-csrf': 'token', 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
      payload,
    })

  test.each([
    ['lists', `{"content":${deep('[', ']', 200_000)}}`],
    [
      'dimensions',
      `{"content":{"sheets":[{"name":"a","total":"100","children":${deep('[{"children":', '}]', 30_000).replace(':}', ':[]}')}}]}}`,
    ],
    ['YAML lists', JSON.stringify({ yaml: deep('[', ']', 100_000) })],
    [
      'YAML references',
      JSON.stringify({
        yaml: `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
          .split('')
          .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
          .join('\n')}`,
      }),
    ],
  ])('%s are refused soon', async (_what, payload) => {
    const bugs = w.bugs.length
    const started = performance.now()
    const reply = await send('evaluation.checkScheme', payload)
    expect([reply.statusCode < 500, w.bugs.slice(bugs).map(String)], reply.body.slice(0, 200)).toEqual([true, []])
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
