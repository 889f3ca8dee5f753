import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, client, firstPeople } from '#testing/client.ts'
import { command, service } from '#testing/command.ts'

const PASSPHRASE = { RONGJIAN_PASSPHRASE: '备份口令-只为测试之用' }
const LONG = 180_000

let home: string
let data: string
let first: Client
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rj-guarded-'))
  data = join(home, 'data')
  const running = await service(data)
  first = (await firstPeople(running)).system
  const session = await first.get('identity.session', {})
  expect(session.status).toBe(200)
  const { address } = running
  const here = await fetch(`${address}/metrics`)
  expect([here.status, await here.text()]).toEqual([200, expect.stringContaining('rongjian_operation_seconds')])
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])
    expect((await fetch(`${address}/metrics`, { headers: { [header]: '203.0.113.9' } })).status, header).toBe(404)
  const kept = await command(['backup', join(home, 'a.rjb'), '--data', data], PASSPHRASE)
  expect(kept.code, kept.err).toBe(0)
  await running.stop()
}, LONG)
afterAll(() => rm(home, { recursive: true, force: true }))

const settings = async (name: string, content: unknown) => {
  await mkdir(join(data, 'config'), { recursive: true })
  await writeFile(join(data, 'config', `${name}.json`), typeof content === 'string' ? content : JSON.stringify(content))
}

test('figures are for this machine, or for who shows the token that the unit wrote down', { timeout: LONG }, async () => {
  await settings('metrics', { token: 'a token of the test' })
  await settings('oidc', { issuer: 'https://login.example', clientId: 'rongjian', clientSecret: 'secret', label: '集团统一登录' })
  const running = await service(data)
  try {
    const { address } = running
    const ask = async (authorization?: string) =>
      (await fetch(`${address}/metrics`, { headers: authorization ? { authorization } : {} })).status
    expect([await ask(), await ask('Bearer another'), await ask('Bearer a token of the test')]).toEqual([404, 404, 200])

    // The session made before goes on: a restart is no reason to sign in anew.
    first.address = address
    expect((await first.get('identity.session', {})).status).toBe(200)
    const { body } = await client(address).get('identity.welcome', {})
    expect(body.provider.label, 'from config/oidc.json').toBe('集团统一登录')
  } finally {
    await running.stop()
  }
})

test.each([
  ['{', '读不懂'],
  [{ issuer: 'https://login.example', clientId: 'rongjian' }, '缺少 clientSecret'],
  [{ issuer: 'https://login.example', clientId: 'a', clientSecret: 'b', lable: 'c' }, '不认识的 lable'],
  [{ issuer: 'login.example', clientId: 'a', clientSecret: 'b' }, '地址不对'],
])('a settings file that is wrong is told at the start, not found out later: %s', { timeout: LONG }, async (content, says) => {
  await settings('oidc', content)
  const ran = await command(['doctor', '--data', data])
  const started = await command(['reset-password', 'A1001', '--data', data])
  expect([started.code, started.err], ran.err).toEqual([1, expect.stringContaining(says)])
  await rm(join(data, 'config', 'oidc.json'))
})

test('after restore everybody signs in anew', { timeout: LONG }, async () => {
  const there = join(home, 'restored')
  const restored = await command(['restore', join(home, 'a.rjb'), '--data', there], PASSPHRASE)
  expect([restored.code, restored.out], restored.err).toEqual([0, expect.stringContaining('所有人都要重新登录')])
  const running = await service(there)
  try {
    first.address = running.address
    expect((await first.get('identity.session', {})).status).toBe(401)
    const again = client(running.address)
    const { status } = await again.post('identity.signIn', { login: 'A1001', password: '海阔凭鱼跃-天高任鸟飞翔' })
    expect([status, (await again.get('identity.session', {})).status], 'the control: the right password opens it').toEqual([200, 200])
  } finally {
    await running.stop()
  }
})

test('a lost key file stops the start and says what to fetch; a foreign one too', { timeout: LONG }, async () => {
  const path = join(data, 'keys', 'keys.json')
  await rm(path)
  const lost = await command(['reset-password', 'A1001', '--data', data])
  expect([lost.code, lost.err]).toEqual([1, expect.stringContaining('请从备份取回该文件')])
  expect(lost.out).toBe('')
})
