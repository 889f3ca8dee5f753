import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataFolder } from './dataFolder.ts'
import { createLogger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { isLoopback, loadTls, selfSignedTls } from './tls.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rongjian-test-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

describe('the connection', () => {
  it('is encrypted with an own certificate that stays the same, names this machine and is explained', async () => {
    const folder = await openDataFolder(join(home, 'tls'))
    const tls = await selfSignedTls(folder, '0.0.0.0')
    expect(tls.notice).toContain(tls.fingerprint)
    expect(tls.notice).toContain('--tls-cert')
    expect((await selfSignedTls(folder, '0.0.0.0')).fingerprint).toBe(tls.fingerprint)
    expect((await stat(join(folder.keys, 'tls.json'))).mode & 0o077).toBe(0)

    const server = https.createServer({ cert: tls.cert, key: tls.key }, (_, response) => response.end('ok'))
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const trusting = { host: '127.0.0.1', port, ca: tls.cert }
    for (const servername of ['localhost', hostname()]) expect(await fetched({ ...trusting, servername })).toBe('ok')
    await expect(fetched({ ...trusting, servername: 'elsewhere.example' })).rejects.toThrow(/altname/)
    await expect(fetched({ host: '127.0.0.1', port })).rejects.toThrow(/self-signed/)
    server.close()

    const renewed = await selfSignedTls(folder, 'party.example')
    expect(renewed.fingerprint).not.toBe(tls.fingerprint)
  })

  it('takes the operator’s certificate and refuses a wrong pair, a missing file and an ended one', async () => {
    const one = await selfSignedTls(await openDataFolder(join(home, 'one')), 'localhost')
    const two = await selfSignedTls(await openDataFolder(join(home, 'two')), 'localhost')
    const [cert, key, other] = ['cert.pem', 'key.pem', 'other.pem'].map((name) => join(home, name)) as [string, string, string]
    await Promise.all([writeFile(cert, one.cert), writeFile(key, one.key), writeFile(other, two.key)])
    expect(await loadTls(cert, key)).toMatchObject({ fingerprint: one.fingerprint, selfSigned: false })
    await expect(loadTls(cert, other)).rejects.toThrow(/不能一起使用/)
    await expect(loadTls(join(home, 'none.pem'), key)).rejects.toThrow(/读不到证书文件/)
  })

  it('is known to be local or not', () => {
    expect(['127.0.0.1', 'localhost', '::1', '127.8.8.8'].every(isLoopback)).toBe(true)
    expect(['0.0.0.0', '::', '10.0.0.1', 'localhost.example', '1127.0.0.1'].some(isLoopback)).toBe(false)
  })
})

describe('the log', () => {
  it('holds operations, codes and stack frames, and nothing of a person', async () => {
    const lines: string[] = []
    const log = createLogger({ write: (line) => void lines.push(line) })
    const app = Fastify({ loggerInstance: log })
    app.get('/api/members.list', async () => {
      throw Object.assign(new Error('Key (phone)=(13800000000) already exists'), { code: '23505', detail: '13800000000', table: 'person' })
    })
    await app.inject({ url: '/api/members.list?search=王某某', headers: { cookie: 'secret=1', 'x-note': '110101199001010000' } })
    log.info({ operation: 'members.list', name: '王某某', body: { phone: '13800000000' }, seconds: 0.1 }, 'done %s', '王某某')
    log.warn('hello %s', '13800000000')
    log.error(new Error('王某某'))
    log.error({ err: new Error('王某某') })
    const text = lines.join('')
    for (const canary of ['王某某', encodeURIComponent('王某某'), '13800000000', '110101199001010000', 'secret=1', 'search='])
      expect(text).not.toContain(canary)
    expect(text).toContain('"code":"23505"')
    expect(text).toContain('/api/members.list"')
    expect(JSON.parse(lines.at(-4)!)).toMatchObject({ operation: 'members.list', seconds: 0.1, dropped: ['name', 'body'], level: 'info' })
    await app.close()
  })
})

describe('the metrics', () => {
  it('tell operations, events and watched numbers', async () => {
    const metrics = createMetrics()
    metrics.operationDone('members.list', 200, 0.02)
    metrics.count('sign-in-refused')
    metrics.watch('facts_unnumbered', 'Facts without a number', () => 3)
    const text = await metrics.text()
    expect(text).toContain('rongjian_operation_seconds_count{operation="members.list",status="200"} 1')
    expect(text).toContain('rongjian_events_total{event="sign-in-refused"} 1')
    expect(text).toContain('rongjian_facts_unnumbered 3')
  })
})

function fetched(options: https.RequestOptions): Promise<string> {
  return new Promise((done, fail) => {
    https.get({ ...options, agent: false }, (response) => response.setEncoding('utf8').on('data', done)).on('error', fail)
  })
}
